"""Who works around the group: coordinator, stand-in, youth lead, liaisons, contacts of the municipalities."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access, open_agreement, open_agreement_with_people
from agreements.models import Municipality
from agreements.permissions import require
from agreements.views.acts import Act, perform
from steering import actions, offices, permissions
from steering.departures import clauses_of
from steering.forms.offices import AppointmentForm, EndingForm, NamingForm
from steering.models import Appointment, Event, Frame, Term, WorkingGroup
from steering.views.pages import navigation
from tym.core.once import acts_once

SECTION = "steering"


@require_GET
def office_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody around the group on the day, on what ground, and what is to be done."""
    access, held = open_agreement_with_people(request, pk)
    agreement, on = access.agreement, access.day.on
    forward = offices.put_forward(agreement)
    links = offices.liaisons(agreement.parties.all(), held, on)
    municipalities = Municipality.objects.filter(pk__in=agreement.area.values("municipality"))
    places = offices.places(municipalities, agreement.municipal_contacts.select_related("municipality"))
    now = offices.offices(held, forward, on)
    context = {
        "agreement": agreement,
        "section": SECTION,
        "day": access.day,
        "offices": now,
        "forward": [one for one in forward if one.is_open],
        "liaisons": links,
        "places": places,
        "places_told": offices.places_told(places),
        "todo": [
            *[todo for office in now for todo in office.todo],
            *offices.forward_todo(forward),
            *[todo for link in links for todo in link.todo],
            *offices.places_todo(places),
        ],
        **_set_up(access),
        **_rights(access),
    }
    return TemplateResponse(request, "steering/office_list.html", context | navigation(access))


def _set_up(access: Access) -> dict[str, Any]:
    """What the group has set up: events, the frame, working groups."""
    agreement, on = access.agreement, access.day.on
    groups = WorkingGroup.objects.decided_by(agreement, on).select_related("matter")
    return {
        "events": list(Event.objects.filter(agreement=agreement).prefetch_related("municipalities")),
        "frame": Frame.objects.decided_by(agreement, on).select_related("matter").last(),
        "working_groups": [group for group in groups if group.valid_to is None or group.valid_to >= on],
    }


def _rights(access: Access) -> dict[str, Any]:
    party = actions.offices.appointing_party(access.agreement, access.day.today)
    return {
        "may_propose": permissions.can_propose_appointment(access.mandates),
        "may_name": permissions.can_name(access.mandates, party) if party else None,
        "may_ask": permissions.can_keep_contacts(access.mandates),
        "may_record_event": permissions.can_record_event(access.mandates),
        "may_prepare": permissions.can_prepare(access.mandates),
    }


def back_to_list(pk: int) -> str:
    return reverse("steering:office_list", args=[pk])


def _propose(request: HttpRequest, pk: int, told: dict[str, Any], *, until_further_notice: bool) -> HttpResponse:
    """Put people for these offices before the group."""
    access = open_agreement(request, pk)
    by = require(permissions.can_propose_appointment(access.mandates))
    capacities = [c for c in Appointment.Capacity if (c == Appointment.Capacity.YOUTH_LEAD) is until_further_notice]
    labels = {capacity.value: capacity.label for capacity in capacities}
    act = Act(lead=access.agreement.short_title, back=back_to_list(pk), **told)
    term = Term.objects.on(access.day.today).filter(agreement=access.agreement).first()
    initial = {} if until_further_notice or term is None else {"valid_to": term.last_day}
    form = AppointmentForm(
        request.POST or None, offices=labels, until_further_notice=until_further_notice, initial=initial
    )

    def do(*, valid_from: Any, valid_to: Any, **values: Any) -> None:
        people = form.candidates(values, labels)
        actions.propose_appointment(
            agreement=access.agreement,
            by=by,
            on=access.day.today,
            candidates=people,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    return perform(request, access, act, form, do, section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def appointment_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator, the stand-in or both, for the group to approve."""
    told = {
        "title": _("Put the coordinator or the stand-in before the steering group"),
        "done": _("The matter is before the steering group."),
        "note": _(
            "The steering group approves first, then the employment authority names (agreement 7 §, act 381/2023 9 §)."
        ),
    }
    return _propose(request, pk, told, until_further_notice=False)


@require_http_methods(["GET", "POST"])
@acts_once
def youth_lead_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The youth lead, brought to the group for information."""
    told = {
        "title": _("Tell the steering group of the youth joint service lead"),
        "done": _("The matter is before the steering group."),
        "note": _(
            "The employment authority names the lead; the steering group notes it (agreement 7 §). "
            "The lead takes part in the group's work without a vote."
        ),
    }
    return _propose(request, pk, told, until_further_notice=True)


def _appointment(access: Access, appointment_pk: int) -> Appointment:
    found = Appointment.objects.filter(matter__agreement=access.agreement).exclude(matter__sha256="")
    appointment = found.select_related("person", "matter", "naming__party").filter(pk=appointment_pk).first()
    if appointment is None:
        raise Http404
    return appointment


@require_http_methods(["GET", "POST"])
@acts_once
def appointment_name(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    """The employment authority names; a preparer records it from the authority's extract."""
    access = open_agreement(request, pk)
    appointment = _appointment(access, appointment_pk)
    appointment.matter.agreement = access.agreement
    party = actions.offices.appointing_party(access.agreement, appointment.valid_from)
    by = require(permissions.can_name(access.mandates, party) if party else None)
    act = Act(
        title=_("Record the naming"),
        lead=f"{appointment}, {appointment.period}",
        back=back_to_list(pk),
        done=_("The naming has been recorded. The office and its rights begin on the first day."),
        note=_departing(appointment, access),
    )
    form = NamingForm(
        request.POST or None, request.FILES or None, needs_extract=party is not None and by.party_id != party.pk
    )
    return perform(
        request,
        access,
        act,
        form,
        lambda **values: actions.name_appointed(appointment=appointment, by=by, on=access.day.today, **values),
        section=SECTION,
    )


def _departing(appointment: Appointment, access: Access) -> str:
    """Said beforehand: what a naming today would depart from."""
    found = actions.offices.departures_of(appointment, access.day.today)
    if not found:
        return ""
    told = {"what": " ".join(departure.sentence for departure in found), "clause": clauses_of(found)}
    return _("%(what)s This departs from: %(clause)s. Give the reason, and you can go on.") % told


@require_http_methods(["GET", "POST"])
@acts_once
def appointment_end(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    """The office ends before its last day."""
    access = open_agreement(request, pk)
    appointment = _appointment(access, appointment_pk)
    naming = getattr(appointment, "naming", None)
    if naming is None:
        raise Http404
    by = require(permissions.can_name(access.mandates, naming.party))
    act = Act(
        title=_("End the office"),
        lead=f"{appointment}, {appointment.period}",
        back=back_to_list(pk),
        done=_("The end of the office has been recorded."),
        note=_("The right holds to the end of the last day."),
    )
    return perform(
        request,
        access,
        act,
        EndingForm(request.POST or None),
        lambda **values: actions.end_appointment(naming=naming, by=by, on=access.day.today, **values),
        section=SECTION,
    )
