"""The yearly development day: how many came, or why none was held."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.access import Access
from agreements.permissions import require
from agreements.views.acts import Act, perform
from costs import actions, permissions
from costs.forms import AttendanceForm, NotHeldForm
from costs.models import DevelopmentDay
from costs.views.pages import SECTION, open_costs, year_address
from tym.core.formats import Unreadable, parse_day
from tym.core.once import acts_once


@require_http_methods(["GET", "POST"])
@acts_once
def day_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The development day and how many came; ?paiva= is one that is there already."""
    access = open_costs(request, pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    form = AttendanceForm(request.POST or None, initial=_start(request, access), parties=access.agreement.parties.all())
    act = Act(
        title=_("Record the development day"),
        lead=access.agreement.short_title,
        back=year_address(pk, access.day.today.year),
        done=_("The development day has been recorded."),
        note=_("Premises and catering are shared by those who attended from each party (agreement 9 §)."),
    )

    def record(held_on: datetime.date, place: str, **_counts: Any) -> DevelopmentDay:
        told = {"held_on": held_on, "place": place, "attendance": form.attendance}
        return actions.record_day(agreement=access.agreement, by=by, on=access.day.today, **told)  # type: ignore[arg-type]

    return perform(request, access, act, form, record, section=SECTION)


def _start(request: HttpRequest, access: Access) -> dict[str, Any]:
    try:
        held_on = parse_day(request.GET.get("paiva", ""))
    except Unreadable:
        return {}
    day = access.agreement.development_days.filter(held_on=held_on).first()
    if day is None:
        return {}
    came = {f"came_{row.party.order}": row.persons for row in day.attendance.select_related("party")}
    return {"held_on": day.held_on, "place": day.place, **came}


@require_http_methods(["GET", "POST"])
@acts_once
def day_not_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Why no development day was held; ?vuosi= is the year."""
    access = open_costs(request, pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    this_year = access.day.today.year
    years = range(this_year, access.agreement.valid_from.year - 1, -1)
    year = request.GET.get("vuosi", "")
    start = next((known for known in years if str(known) == year), this_year)
    told = access.agreement.days_not_held.filter(year=start).first()
    act = Act(
        title=_("Record why no development day was held"),
        lead=access.agreement.short_title,
        back=year_address(pk, start),
        done=_("The reason has been recorded."),
        note=_("A development day is held every year (agreement 9 §)."),
    )
    return perform(
        request,
        access,
        act,
        NotHeldForm(request.POST or None, initial={"year": start, "reason": told.reason if told else ""}, years=years),
        lambda **typed: actions.record_no_day(agreement=access.agreement, by=by, on=access.day.today, **typed),
        section=SECTION,
    )
