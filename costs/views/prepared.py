"""What the coordinator prepares: a cost before the group, splits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.acts import ConfirmForm
from agreements.permissions import require
from agreements.views.acts import Act, perform
from costs import actions, permissions
from costs.explained import explain, in_words
from costs.forms import ReasonForm
from costs.models import CostItem
from costs.views.pages import SECTION, item_address, open_item
from tym.core.errors import Refused
from tym.core.formats import format_day, format_euro
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
    told = {"source": found.source, "steps": in_words(found.steps), "amount": found.shared}
    return _("By %(source)s, %(amount)s, method of largest remainder. %(steps)s. A split cannot be changed.") % told
