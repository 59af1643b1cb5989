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
from agreements.models import Version
from agreements.openings import Versions, saved
from staffing import summary
from staffing.actions import replace_lines
from staffing.forms import MAX_ROWS, BaseLineFormSet, StartForm, as_typed
from staffing.merging import Merge, merged
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
    merge = merged(desk.change, desk.document, desk.stored, formset.lines, **started)
    posted = {form.cleaned_data.get("key") for form in formset.forms}
    try:
        if not posted.issuperset(merge.opened_keys):
            raise Stale(_("The rows did not come through whole. Nothing was saved."))
        replace_lines(
            change=desk.change, document=desk.document, by=desk.by, on=desk.today, lines=formset.lines, **started
        )
    except Stale as stale:
        return _conflict(request, open_desk(request, desk.change.pk, desk.document.number), formset, started, stale)
    if merge.is_done:
        messages.info(request, _("This has been saved already. Nothing was done twice."))
        return redirect(desk.change)
    if started["revision"] != desk.change.revision:
        messages.info(request, _("What others have saved in this draft meanwhile has been kept too."))
    messages.success(request, _("The staff rows have been saved in the draft."))
    return redirect(desk.change)


def _conflict(
    request: HttpRequest, desk: Desk, formset: BaseLineFormSet, started: dict[str, Any], stale: Stale
) -> HttpResponse:
    """Each row that two have changed: as it was, as it is stored, and hers, which stands in the form."""
    merge = merged(desk.change, desk.document, desk.stored, formset.lines, **started)
    posted = {form.cleaned_data.get("key") for form in formset.forms}
    cut_off = [line for line in desk.stored.own if line.key in merge.opened_keys and line.key not in posted]
    kept: list[Any] = [*merge.lines, *cut_off]
    rows = [as_typed(line) for line in kept]
    rows += [{**as_typed(clash.stored), "remove": True} for clash in merge.clashes if clash.stored and not clash.mine]
    rows = [{**row, "key": row["key"] if row["key"] in desk.stored.keys else ""} for row in rows]
    versions = _versions(desk, merge)
    return _page(request, desk, desk.formset(initial=rows), stale=stale, versions=versions, status=409)


def _versions(desk: Desk, merge: Merge) -> list[Versions]:
    """The rows that two have changed, with who saved what is stored."""
    rows = {row.key: row for row in (*desk.stored.decided.values(), *desk.stored.own, *desk.stored.overtaken)}
    pks = {rows[clash.key].version_id for clash in merge.clashes if clash.key in rows}
    by_version = {v.pk: saved(v.change) for v in Version.objects.filter(pk__in=pks).select_related("change")}
    last = saved(desk.change)
    return [
        Versions(
            title=next(line.title for line in (clash.mine, clash.stored, clash.opened) if line),
            opened=clash.opened,
            stored=clash.stored,
            mine=clash.mine,
            saved=by_version[rows[clash.key].version_id] if clash.stored else last,
            is_known=merge.opened is not None,
        )
        for clash in merge.clashes
    ]


def _page(
    request: HttpRequest,
    desk: Desk,
    formset: BaseLineFormSet,
    *,
    start: StartForm | None = None,
    stale: Stale | None = None,
    versions: Iterable[Versions] = (),
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
        "stale": stale,
        "versions": versions,
        "sums": desk.sums(formset),
        "meanwhile": contents.decided_meanwhile(desk.change),
        "overtaken": summary.table(desk.stored.overtaken),
        "others": summary.table(desk.stored.others),
    }
    return TemplateResponse(request, "staffing/draft_lines.html", context, status=status)
