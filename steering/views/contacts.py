"""Municipalities: asked, answered, met (8 §)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.access import Access, open_agreement
from agreements.models import Municipality
from agreements.permissions import require
from agreements.views.acts import Act, perform
from steering import actions, permissions
from steering.forms.offices import AskForm, ContactForm, EventForm
from steering.models import MunicipalContact
from steering.views.offices import SECTION, back_to_list
from tym.core.once import acts_once


def _area(access: Access) -> QuerySet[Municipality]:
    return Municipality.objects.filter(pk__in=access.agreement.area.values("municipality"))


@require_http_methods(["GET", "POST"])
@acts_once
def municipalities_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Municipalities have been asked to name a contact person."""
    access = open_agreement(request, pk)
    by = require(permissions.can_keep_contacts(access.mandates))
    act = Act(
        title=_("Record that municipalities were asked for a contact person"),
        lead=access.agreement.short_title,
        back=back_to_list(pk),
        done=_("The question has been recorded."),
        note=_("A municipality asked anew is waited for anew; its earlier answer stays in the history."),
    )
    asked = access.agreement.municipal_contacts.values("municipality")
    initial = {"municipalities": _area(access).exclude(pk__in=asked)}
    return perform(
        request,
        access,
        act,
        AskForm(request.POST or None, area=_area(access), initial=initial),
        lambda **values: actions.ask_municipalities(agreement=access.agreement, by=by, on=access.day.today, **values),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def contact_answer(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """What a municipality answered."""
    access = open_agreement(request, pk)
    contacts = MunicipalContact.objects.filter(agreement=access.agreement).select_related("municipality")
    contact = contacts.filter(pk=contact_pk).first()
    if contact is None:
        raise Http404
    by = require(permissions.can_keep_contacts(access.mandates))
    act = Act(
        title=_("Record the municipality's answer"),
        lead=contact.municipality.name,
        back=back_to_list(pk),
        done=_("The answer has been recorded."),
        note=_("A municipality that names nobody has answered all the same (agreement 8 §)."),
    )
    return perform(
        request,
        access,
        act,
        ContactForm(request.POST or None, initial={"name": contact.name}),
        lambda **values: actions.record_contact(contact=contact, by=by, on=access.day.today, **values),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def event_record(request: HttpRequest, pk: int) -> HttpResponse:
    """An event with municipalities has been held."""
    access = open_agreement(request, pk)
    by = require(permissions.can_record_event(access.mandates))
    act = Act(
        title=_("Record an event with municipalities"),
        lead=access.agreement.short_title,
        back=back_to_list(pk),
        done=_("The event has been recorded."),
    )
    return perform(
        request,
        access,
        act,
        EventForm(request.POST or None, area=_area(access)),
        lambda **values: actions.record_event(agreement=access.agreement, by=by, on=access.day.today, **values),
        section=SECTION,
    )
