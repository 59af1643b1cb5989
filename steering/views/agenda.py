"""The agenda: items offered, added, edited, put in order, taken off."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.models import Matter
from agreements.permissions import require
from agreements.views.acts import Act
from steering import actions, permissions
from steering.forms.meetings import ItemForm
from steering.models import AgendaItem
from steering.views import shown
from steering.views.pages import fill_in, open_item, open_one, press
from tym.core.once import acts_once


@require_http_methods(["GET", "POST"])
@acts_once
def item_add(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """An item without a matter."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    started = {"kind": AgendaItem.Kind.DECIDE, "appeal": AgendaItem.Appeal.NOT_STATED, "preparer": by.person.name}
    form = ItemForm(request.POST or None, initial={**started, "presenter": by.person.name})
    act = Act(
        title=_("Add to the agenda"),
        lead=_("Meeting %(meeting)s") % {"meeting": meeting},
        back=meeting.get_absolute_url(),
        done=_("The item is on the agenda."),
    )

    def add(**told: Any) -> AgendaItem:
        return actions.add_item(meeting=meeting, by=by, on=access.day.today, item=actions.ItemInput(**told))

    return fill_in(request, access, act, form, add)


@require_POST
@acts_once
def item_offer(request: HttpRequest, pk: int, meeting_pk: int, matter_pk: int) -> HttpResponse:
    """Put a matter that waits for the group on the agenda."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    matter = shown.one_of(Matter.objects.filter(agreement=pk), matter_pk)
    return press(
        request,
        meeting.get_absolute_url(),
        _("The item is on the agenda."),
        lambda: actions.add_item(meeting=meeting, by=by, on=access.day.today, matter=matter),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def item_edit(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Write the item better."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    form = ItemForm(request.POST or None, initial={name: getattr(item, name) for name in ItemForm.base_fields})
    act = Act(_("Edit the item"), str(item), item.get_absolute_url(), _("The item has been saved."))

    def edit(**told: Any) -> AgendaItem:
        return actions.edit_item(item=item, by=by, on=access.day.today, told=actions.ItemInput(**told))

    return fill_in(request, access, act, form, edit)


@require_POST
@acts_once
def item_move(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """One step up or down."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    up = request.POST.get("to") == "up"
    back = reverse("steering:meeting_detail", args=[pk, meeting_pk])
    return press(
        request,
        back,
        _("The agenda is in the new order."),
        lambda: actions.move_item(item=item, by=by, on=access.day.today, up=up),
    )


@require_POST
@acts_once
def item_remove(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Take the item off the agenda."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    back = reverse("steering:meeting_detail", args=[pk, meeting_pk])
    return press(
        request,
        back,
        _("The item has been taken off the agenda."),
        lambda: actions.remove_item(item=item, by=by, on=access.day.today),
    )
