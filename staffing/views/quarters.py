"""The quarter in two presses: realised as agreed, and no changes in Annex 2, for every agreement on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffing.actions import Promise, confirm_quarter
from staffing.periods import Period
from staffing.sheets import Entry, Sheet, sheet_of
from staffing.state import days_in_words, period_in_words
from staffing.summary import Total
from tym.accounts.models import User
from tym.core import periods
from tym.core.errors import Refused
from tym.core.once import acts_once


@dataclass(frozen=True)
class Picked:
    """A party on the page where one checks: which of the two is about to be confirmed."""

    entry: Entry
    realised: bool
    annex: bool


@require_http_methods(["GET", "POST"])
@acts_once
def quarter_sheet(request: HttpRequest) -> HttpResponse:
    """Every agreement on which the person tells her party's figures. 403 for who tells none, anywhere."""
    person, today = cast(User, request.user), periods.today()
    period = _period(request)
    sheet = sheet_of(person, period, today)
    if sheet.earliest is None:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, sheet)
    if "confirm" in request.POST:
        return _confirm(request, sheet)
    picked = _picked(request.POST.get("pick", ""), sheet)
    if not picked:
        refusal = Refused(_("There is nothing to confirm, or somebody confirmed it meanwhile."))
        return _page(request, sheet, refusal=refusal, status=409)
    return TemplateResponse(request, "staffing/quarter_check.html", _words(sheet) | {"picked": picked})


def _period(request: HttpRequest) -> Period:
    """The quarter in the address, or the last that is over."""
    code = request.GET.get("kausi", "")
    latest = Period.ended_before(periods.today())
    if not code:
        return latest
    try:
        period = Period.parse(code)
    except ValueError:
        raise Http404 from None
    if not period.is_quarter or period > latest:
        raise Http404
    return period


def _picked(pick: str, sheet: Sheet) -> list[Picked]:
    """ "all", or "realised-7" or "annex-7" of one party."""
    what, _dash, pk = pick.partition("-")
    if what == "all":
        every = [Picked(entry, entry.may_realise, entry.may_confirm) for entry in sheet.entries]
        return [picked for picked in every if picked.realised or picked.annex]
    entry = sheet.entry(pk)
    if entry is None or what not in ("realised", "annex"):
        return []
    may = entry.may_realise if what == "realised" else entry.may_confirm
    return [Picked(entry, what == "realised", what == "annex")] if may else []


def _confirm(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    realised = [_seen(request, sheet, pk) for pk in request.POST.getlist("realised")]
    annexes = [_seen(request, sheet, pk) for pk in request.POST.getlist("annex")]
    if not realised and not annexes:
        return _page(request, sheet, refusal=Refused(_("Nothing was ticked, so nothing was confirmed.")), status=409)
    try:
        confirm_quarter(
            period=sheet.period,
            realised=realised,
            annexes=annexes,
            person=cast(User, request.user),
            on=periods.today(),
        )
    except Refused as refusal:
        return _page(request, sheet, refusal=refusal, status=409)
    messages.success(request, _done(realised, annexes))
    return redirect(f"{reverse('staffing:quarter_sheet')}?kausi={sheet.period.code}")


def _seen(request: HttpRequest, sheet: Sheet, pk: str) -> Promise:
    """What the person saw of the party, as her page sends it back; a party that is not hers does not exist."""
    entry = sheet.entry(pk)
    if entry is None:
        raise Http404
    version = entry.version
    if version and request.POST.get(f"version-{pk}") != str(version.pk):
        version = None
    return replace(sheet.promise(entry), agreed=_total(request.POST.get(f"agreed-{pk}", "")), version=version)


def _total(text: str) -> Total | None:
    persons, _slash, years = text.partition("/")
    try:
        return Total(int(persons), Decimal(years))
    except (ValueError, InvalidOperation):
        return None


def _done(realised: Sequence[Promise], annexes: Sequence[Promise]) -> str:
    return _("Confirmed: %(realised)s figures as agreed, %(annexes)s annexes without changes.") % {
        "realised": len(realised),
        "annexes": len(annexes),
    }


def _page(request: HttpRequest, sheet: Sheet, *, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    latest, previous = Period.ended_before(periods.today()), sheet.period.previous
    context = _words(sheet) | {
        "refusal": refusal,
        "previous": previous if sheet.earliest and sheet.earliest <= previous.last else None,
        "previous_title": period_in_words(previous),
        "next": sheet.period.next if sheet.period < latest else None,
        "next_title": period_in_words(sheet.period.next),
    }
    return TemplateResponse(request, "staffing/quarter_sheet.html", context, status=status)


def _words(sheet: Sheet) -> dict[str, object]:
    return {
        "sheet": sheet,
        "period_title": period_in_words(sheet.period),
        "days": days_in_words(sheet.period),
    }
