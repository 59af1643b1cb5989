"""Meetings: the list, the page of one, and what is done with it as a whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.models import Mandate
from agreements.permissions import require
from agreements.views.acts import Act, perform
from steering import actions, permissions, state
from steering.forms.meetings import (
    ArrivalForm,
    CancelForm,
    EndForm,
    LeavingForm,
    OpenForm,
    PlanForm,
    SummonsForm,
)
from steering.models import Attendance, Meeting, SeatLine
from steering.views import shown
from steering.views.pages import SECTION, fill_in, navigation, open_meetings, open_one, press
from tym.accounts.models import User
from tym.core.once import acts_once


@require_GET
def meeting_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The group's meetings, coming ones first, and what waits for the group."""
    access = open_meetings(request, pk)
    meetings = list(access.agreement.meetings.select_related("agreement"))
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "coming": [meeting for meeting in reversed(meetings) if not meeting.is_over],
        "past": [meeting for meeting in meetings if meeting.is_over],
        "offered": [
            (matter, permissions.can_record_elsewhere(access.mandates, matter))
            for matter in state.offered_matters(access.agreement).prefetch_related("appointments")
        ],
        "may_plan": permissions.can_prepare_meeting(access.mandates),
    }
    return TemplateResponse(request, "steering/meeting_list.html", context | navigation(access))


@require_GET
def meeting_detail(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """The agenda with all its items, who is there, what comes next; afterwards what was decided."""
    access, meeting = open_one(request, pk, meeting_pk)
    return TemplateResponse(request, "steering/meeting_detail.html", shown.meeting_context(access, meeting))


@require_http_methods(["GET", "POST"])
@acts_once
def meeting_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting."""
    access = open_meetings(request, pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    form = PlanForm(request.POST or None, initial={"kind": Meeting.Kind.MEETING})
    act = Act(
        title=_("Plan a meeting"),
        lead=access.agreement.short_title,
        back=reverse("steering:meeting_list", args=[pk]),
        done=_("The meeting has been planned. Its agenda has the items every meeting has."),
    )

    def plan(**told: Any) -> Meeting:
        return actions.plan_meeting(agreement=access.agreement, by=by, on=access.day.today, plan=actions.Plan(**told))

    return fill_in(request, access, act, form, plan)


@require_http_methods(["GET", "POST"])
@acts_once
def meeting_edit(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Change the plan."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    names = ("kind", "held_on", "starts_at", "place", "deadline", "note")
    form = PlanForm(request.POST or None, initial={name: getattr(meeting, name) for name in names})
    act = _act(meeting, _("Edit the plan"), _("The plan has been saved."))

    def edit(**told: Any) -> Meeting:
        return actions.edit_meeting(meeting=meeting, by=by, on=access.day.today, plan=actions.Plan(**told))

    return fill_in(request, access, act, form, edit)


def _act(meeting: Meeting, title: str, done: str, note: str = "") -> Act:
    lead = _("Meeting %(meeting)s") % {"meeting": meeting}
    return Act(title=title, lead=lead, back=meeting.get_absolute_url(), done=done, note=note)


@require_http_methods(["GET", "POST"])
@acts_once
def meeting_summon(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Record the summons: fill in, check, confirm."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_summon(access.mandates))
    form = SummonsForm(request.POST or None, initial={"summoned_on": access.day.today})
    note = _("The agenda is told to the members, and to the deputies for information.")
    act = _act(meeting, _("Call the meeting"), _("The group has been summoned."), note)
    told: dict[str, Any] = {"meeting": meeting, "by": by, "on": access.day.today}

    def call(**typed: Any) -> None:
        summoned = actions.summon(**told, **typed)
        if summoned.mail_failed:
            failed = {"names": ", ".join(summoned.mail_failed)}
            messages.error(request, _("The summons was not sent to: %(names)s. Send it in another way.") % failed)

    return perform(request, access, act, form, call, section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def meeting_cancel(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """The meeting is not held."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_summon(access.mandates))
    act = _act(meeting, _("Cancel the meeting"), _("The meeting has been cancelled."))
    told: dict[str, Any] = {"meeting": meeting, "by": by, "on": access.day.today}
    form = CancelForm(request.POST or None)
    return perform(request, access, act, form, lambda **typed: actions.cancel_meeting(**told, **typed), section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def meeting_open(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Roll call; the items get their §."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    seats = [] if meeting.is_written else state.seats_on(meeting.agreement_id, meeting.held_on)
    people = {str(person.pk): person for seat in seats for person in (seat.member, seat.deputy) if person}
    others = [] if meeting.is_written else shown.others_invited(access, people)
    people |= {str(mandate.person_id): mandate.person for mandate in others}
    capacities = {str(mandate.person_id): shown.INVITED[Mandate.Capacity(mandate.capacity)] for mandate in others}
    form = OpenForm(request.POST or None, people=shown.roll(seats, others), initial={"opened_at": meeting.starts_at})
    act = _act(meeting, _("Open the meeting"), _("The meeting is open. The items have been numbered."))

    def start(opened_at: Any, present: list[str] = []) -> Meeting:  # noqa: B006  never changed
        there = [actions.Present(people[key], capacities.get(key, "")) for key in present]
        return actions.open_meeting(meeting=meeting, by=by, on=access.day.today, opened_at=opened_at, present=there)

    return fill_in(request, access, act, form, start)


@require_http_methods(["GET", "POST"])
@acts_once
def meeting_end(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """End the meeting; what was not handled moves to another."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    form = EndForm(request.POST or None, coming=_coming(meeting))
    note = _("A meeting that has ended is not changed any more.")
    act = _act(meeting, _("End the meeting"), _("The meeting has ended."), note)
    told: dict[str, Any] = {"meeting": meeting, "by": by, "on": access.day.today}
    return perform(request, access, act, form, lambda **typed: actions.end_meeting(**told, **typed), section=SECTION)


def _coming(meeting: Meeting) -> QuerySet[Meeting]:
    return Meeting.objects.filter(agreement=meeting.agreement_id, state__in=Meeting.BEFORE)


@require_http_methods(["GET", "POST"])
@acts_once
def attendance_add(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Somebody comes."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    people = User.objects.filter(mandates__agreement=pk).distinct().order_by("name")
    form = ArrivalForm(request.POST or None, people=people, items=meeting.items.all())
    act = _act(meeting, _("Somebody comes"), _("The attendance has been recorded."))

    def come(person: User, capacity: str, **told: Any) -> Attendance:
        present = actions.Present(person, capacity)
        return actions.attend(meeting=meeting, present=present, by=by, on=access.day.today, **told)

    return fill_in(request, access, act, form, come)


@require_http_methods(["GET", "POST"])
@acts_once
def attendance_end(request: HttpRequest, pk: int, meeting_pk: int, attendance_pk: int) -> HttpResponse:
    """Somebody leaves."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    attendance = shown.one_of(meeting.attendances.select_related("meeting", "person"), attendance_pk)
    form = LeavingForm(request.POST or None, items=meeting.items.all())
    title = _("%(name)s leaves") % {"name": attendance.person}
    act = _act(meeting, title, _("The attendance has been recorded."))
    told: dict[str, Any] = {"attendance": attendance, "by": by, "on": access.day.today}
    return fill_in(request, access, act, form, lambda **typed: actions.leave(**told, **typed))


@require_POST
@acts_once
def deputy_call(request: HttpRequest, pk: int, meeting_pk: int, seat_pk: int) -> HttpResponse:
    """ "Olen estynyt – kutsu varajäseneni"."""
    access, meeting = open_one(request, pk, meeting_pk)
    seat = shown.one_of(SeatLine.objects.filter(version__document__agreement=pk), seat_pk)
    by = require(permissions.can_call_deputy(access.mandates, meeting, seat))

    def call() -> None:
        absence = actions.call_deputy(meeting=meeting, seat=seat, by=by, on=access.day.today)
        if absence.mail_failed:
            messages.error(
                request, _("The mail to the deputy was not sent. Tell %(name)s yourself.") % {"name": seat.deputy}
            )

    return press(request, meeting.get_absolute_url(), _("The personal deputy has been called."), call)


@require_POST
@acts_once
def meeting_ask(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """A member asks that a written procedure becomes a meeting."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_ask_for_meeting(access.mandates, meeting))
    actions.ask_for_meeting(meeting=meeting, by=by, on=access.day.today)
    return redirect(meeting)
