"""Where a party's people edit their own rows of Annex 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements import contents
from staffing import summary
from staffing.actions import LineInput, replace_lines
from staffing.forms import MAX_ROWS, BaseLineFormSet, StartForm, as_typed
from staffing.views.desk import Desk, open_desk
from tym.core.errors import Stale


@require_http_methods(["GET", "POST"])
def draft_lines(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The party's own rows in a draft. 404 for who may not see it, 403 for who may not edit it."""
    desk = open_desk(request, pk, number)
    if request.method == "POST":
        return _post(request, desk)
    rows = [as_typed(line) for line in desk.stored.own]
    return _page(request, desk, desk.formset(initial=rows or [{}]))


def _post(request: HttpRequest, desk: Desk) -> HttpResponse:
    formset, start = desk.sent(request)
    if "add" in request.POST or "copy" in request.POST:
        return _one_row_more(request, desk, formset, start)
    # "look": rows of a spreadsheet that somebody wants to correct before they are saved; "totals": without a script.
    if not formset.is_valid() or "look" in request.POST or "totals" in request.POST:
        return _page(request, desk, formset, start=start)
    return _save(request, desk, formset, start.cleaned_data)


@require_POST
def draft_totals(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The sums of the rows as they stand on somebody's screen. Writes nothing."""
    desk = open_desk(request, pk, number)
    formset, _start = desk.sent(request)
    context = {"change": desk.change, "sums": desk.sums(formset), "swapped": True}
    return TemplateResponse(request, "staffing/_draft_sums.html", context)


def _one_row_more(request: HttpRequest, desk: Desk, formset: BaseLineFormSet, start: StartForm) -> HttpResponse:
    rows = formset.typed
    if len(rows) >= MAX_ROWS:
        messages.warning(request, _("There can be at most %(rows)s rows.") % {"rows": MAX_ROWS})
        return _page(request, desk, desk.formset(initial=rows), start=start)
    pattern = {str(place): row for place, row in enumerate(rows)}.get(request.POST.get("copy", ""), {})
    more = desk.formset(initial=[*rows, {**pattern, "key": "", "remove": False}])
    more.forms[-1].fields["title"].widget.attrs["autofocus"] = True
    return _page(request, desk, more, start=start)


def _save(request: HttpRequest, desk: Desk, formset: BaseLineFormSet, started: dict[str, Any]) -> HttpResponse:
    posted = {form.cleaned_data.get("key") for form in formset.forms}
    try:
        if not posted.issuperset(line.key for line in desk.stored.own):
            raise Stale("")
        replace_lines(
            change=desk.change, document=desk.document, by=desk.by, on=desk.today, lines=formset.lines, **started
        )
    except Stale:
        return _conflict(request, open_desk(request, desk.change.pk, desk.document.number), formset)
    return _saved(request, desk)


def _saved(request: HttpRequest, desk: Desk) -> HttpResponse:
    messages.success(request, _("The staff rows have been saved in the draft."))
    return redirect(desk.change)


def _conflict(request: HttpRequest, desk: Desk, formset: BaseLineFormSet) -> HttpResponse:
    """Both versions on one page: the stored one to look at, the person's own still in the form."""
    if _told(formset.lines) == _told(map(LineInput.of, desk.stored.own)):
        # The same button pressed twice.
        return _saved(request, desk)
    rows = [{**row, "key": row["key"] if row["key"] in desk.stored.keys else ""} for row in formset.typed]
    kept = {row["key"] for row in rows}
    rows += [as_typed(line) for line in desk.stored.own if line.key not in kept]
    return _page(request, desk, desk.formset(initial=rows), conflict=True, status=409)


def _told(lines: Iterable[LineInput]) -> list[list[Any]]:
    """What the rows say, apart from which rows they continue."""
    return sorted([*line.values.values(), sorted(place.pk for place in line.municipalities)] for line in lines)


def _page(
    request: HttpRequest,
    desk: Desk,
    formset: BaseLineFormSet,
    *,
    start: StartForm | None = None,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "agreement": desk.change.matter.agreement,
        "section": "changes",
        "change": desk.change,
        "document": desk.document,
        "formset": formset,
        "start": start or desk.start,
        "area": desk.area,
        "conflict": conflict,
        "stored": summary.table(desk.stored.own),
        "sums": desk.sums(formset),
        "meanwhile": contents.decided_meanwhile(desk.change),
        "overtaken": summary.table(desk.stored.overtaken),
        "others": summary.table(desk.stored.others),
    }
    return TemplateResponse(request, "staffing/draft_lines.html", context, status=status)
