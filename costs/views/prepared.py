"""What the coordinator prepares: the development day, a cost before the group, splits."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.access import Access
from agreements.forms.acts import ConfirmForm
from agreements.permissions import require
from agreements.views.acts import Act, perform
from costs import actions, permissions
from costs.explained import explain, in_words
from costs.forms import AttendanceForm, ReasonForm
from costs.models import CostItem, DevelopmentDay
from costs.views.pages import SECTION, item_address, open_costs, open_item, year_address
from tym.core.errors import Refused
from tym.core.formats import Unreadable, format_day, format_euro, parse_day
from tym.core.once import acts_once


def _lead(item: CostItem) -> str:
    return f"{item}, {format_day(item.invoiced_on)}, {format_euro(item.gross)}"


@require_http_methods(["GET", "POST"])
@acts_once
def item_submit(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Put a joint cost before the steering group."""
    access, item = open_item(request, pk, item_pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    act = Act(
        title=_("Put the joint cost before the steering group"),
        lead=_lead(item),
        back=item_address(item),
        done=_("The joint cost is before the steering group."),
        note=_("The item cannot be changed after this. It is split when the group has approved it (agreement 9 §)."),
    )
    return perform(
        request,
        access,
        act,
        ReasonForm(request.POST or None),
        lambda reason: actions.submit_cost(item=item, by=by, on=access.day.today, reason=reason),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def item_split(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Split an item: every step is shown before it is confirmed."""
    access, item = open_item(request, pk, item_pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    act = Act(
        title=_("Split the cost"),
        lead=_lead(item),
        back=item_address(item),
        done=_("The cost has been split."),
        note=_preview(item),
    )
    return perform(
        request,
        access,
        act,
        ConfirmForm(request.POST or None),
        lambda: actions.split_item(item=item, by=by, on=access.day.today),
        section=SECTION,
    )


def _preview(item: CostItem) -> str:
    """What would be split; a refusal comes in its own words when it is tried."""
    if item.kind == CostItem.Kind.OWN:
        return ""
    try:
        found = explain(item)
    except Refused:
        return ""
    told = {"source": found.source, "steps": in_words(found.steps)}
    return _("By %(source)s, method of largest remainder. %(steps)s. A split cannot be changed.") % told


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
