"""Meetings: planned, summoned, opened, ended."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate
from steering import permissions, quorum, state
from steering.actions.agenda import copy_item
from steering.actions.attendance import Present, call_roll
from steering.actions.locking import acting, lock_meeting, require_open
from steering.actions.papers import send_call, send_summons
from steering.actions.seating import release, seat_item
from steering.models import Absence, AgendaItem, Meeting, SeatLine, Term
from tym.core.errors import Refused


@dataclass(frozen=True)
class Plan:
    """When, where and how the group meets."""

    held_on: datetime.date
    kind: str = Meeting.Kind.MEETING
    starts_at: datetime.time | None = None
    place: str = ""
    deadline: datetime.date | None = None
    note: str = ""


@transaction.atomic
def plan_meeting(*, agreement: Agreement, by: Mandate, on: datetime.date, plan: Plan) -> Meeting:
    """A new meeting with the next number of its year, and the items every meeting has."""
    agreement = lock_agreement(agreement.pk)
    by = acting(by, agreement.pk, on, permissions.can_prepare_meeting)
    meeting = Meeting(agreement=agreement)
    _fill(meeting, plan)
    history.save(meeting, by=by, reason="planned")
    _add_standing_items(meeting, by)
    return meeting


@transaction.atomic
def edit_meeting(*, meeting: Meeting, by: Mandate, on: datetime.date, plan: Plan) -> Meeting:
    """Change the plan; once summoned, only the time, the place and the note."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if not meeting.is_before:
        raise Refused(_("The meeting has been opened; its plan is not changed any more."))
    kept = (plan.held_on, plan.kind, plan.deadline) == (meeting.held_on, meeting.kind, meeting.deadline)
    if meeting.state == Meeting.State.SUMMONED and not kept:
        raise Refused(_("The group has been summoned. To meet on another day, cancel this meeting and plan a new one."))
    _fill(meeting, plan)
    history.save(meeting, by=by, reason="edited")
    return meeting


def _fill(meeting: Meeting, plan: Plan) -> None:
    term = Term.objects.on(plan.held_on).filter(agreement=meeting.agreement_id).first()
    if term is None:
        raise Refused(_("No term of the steering group holds that day."), clause=_("decree 388/2024 1 §"))
    if plan.kind == Meeting.Kind.WRITTEN and (plan.deadline is None or plan.deadline < plan.held_on):
        raise Refused(_("Give the last day on which views are stated."), clause=_("act 410/2015 100 § as the model"))
    if meeting.year != plan.held_on.year:
        meeting.year = plan.held_on.year
        last = meeting.agreement.meetings.filter(year=meeting.year).aggregate(last=Max("number"))["last"]
        meeting.number = (last or 0) + 1
    meeting.term, meeting.held_on, meeting.kind = term, plan.held_on, plan.kind
    meeting.deadline = plan.deadline if plan.kind == Meeting.Kind.WRITTEN else None
    meeting.starts_at, meeting.place, meeting.note = plan.starts_at, plan.place.strip(), plan.note.strip()


def _add_standing_items(meeting: Meeting, by: Mandate) -> None:
    if meeting.is_written:
        return
    Kind = AgendaItem.Kind
    opening = (
        Kind.NOTE,
        _("Opening of the meeting, legality and quorum"),
        _("It is stated that the meeting has been lawfully called and is quorate."),
    )
    checkers = (Kind.DECIDE, _("Minute checkers"), _("Two minute checkers are elected."))
    two = state.rules_on(meeting.agreement, meeting.held_on).minutes == quorum.Minutes.TWO_CHECKERS
    for position, (kind, title, proposal) in enumerate((opening, checkers) if two else (opening,), start=1):
        item = AgendaItem(meeting=meeting, position=position, kind=kind, title=title, proposal=proposal, standing=True)
        history.save(item, by=by, reason="planned")


@transaction.atomic
def summon(
    *,
    meeting: Meeting,
    by: Mandate,
    on: datetime.date,
    summoned_on: datetime.date,
    deviation: str = "",
    send: bool = True,
) -> Meeting:
    """Record that the group has been summoned. A late summons is recorded with its reason, not refused.

    send: by e-mail, after the commit; a mail that fails undoes nothing and is told in `mail_failed`.
    """
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_summon)
    if meeting.state != Meeting.State.PLANNED:
        raise Refused(_("The group has been summoned already, or the meeting has been cancelled."))
    if summoned_on > on or summoned_on > meeting.held_on:
        raise Refused(_("The day of the summons is in the future, or after the meeting."))
    days = state.rules_on(meeting.agreement, meeting.held_on).summons_days
    late = meeting.summons_is_late(summoned_on, days)
    if late and not deviation.strip():
        raise Refused(
            _("The summons goes out less than %(days)s days before. Give the reason to go on.") % {"days": days}
        )
    meeting.state, meeting.summoned_on = Meeting.State.SUMMONED, summoned_on
    meeting.summons_deviation = deviation.strip() if late else ""
    history.save(meeting, by=by, reason="summoned", fields=["state", "summoned_on", "summons_deviation"])
    if send:
        transaction.on_commit(lambda: send_summons(meeting, by, on))
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Mandate, on: datetime.date, note: str) -> Meeting:
    """The meeting is not held. What was on its agenda is offered to the next one again."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_summon)
    if not meeting.is_before:
        raise Refused(_("A meeting that has been opened is ended, not cancelled."))
    if not note.strip():
        raise Refused(_("Write why the meeting is cancelled."))
    meeting.state, meeting.note = Meeting.State.CANCELLED, note.strip()
    history.save(meeting, by=by, reason="cancelled", fields=["state", "note"])
    return meeting


@transaction.atomic
def open_meeting(
    *, meeting: Meeting, by: Mandate, on: datetime.date, opened_at: datetime.time, present: Sequence[Present] = ()
) -> Meeting:
    """Open: call the roll, and number the items from the last § of the year on.

    A written procedure has no roll: every seat states its view, so all items are taken up at once.
    """
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if meeting.state != Meeting.State.SUMMONED:
        raise Refused(_("Only a meeting to which the group has been summoned is opened, and once."))
    if meeting.held_on > on:
        raise Refused(_("The day of the meeting is in the future."))
    meeting.state, meeting.opened_at = Meeting.State.OPEN, opened_at
    history.save(meeting, by=by, reason="opened", fields=["state", "opened_at"])
    items = number_items(meeting, by=by)
    if meeting.is_written:
        sitting = state.sitting(meeting)
        for item in items:
            seat_item(item, sitting, by=by)
    else:
        call_roll(meeting, present, came_at=opened_at, by=by)
    return meeting


def number_items(meeting: Meeting, *, by: Mandate) -> list[AgendaItem]:
    """Give every item without one the next § of the year."""
    numbered = AgendaItem.objects.filter(meeting__agreement=meeting.agreement_id, meeting__year=meeting.year)
    last = numbered.aggregate(last=Max("section"))["last"] or 0
    items = list(meeting.items.filter(section=None).select_related("meeting__agreement", "matter"))
    for section, item in enumerate(items, start=last + 1):
        item.section = section
        history.save(item, by=by, reason="numbered", fields=["section"])
    return items


@transaction.atomic
def call_deputy(*, meeting: Meeting, seat: SeatLine, by: Mandate, on: datetime.date) -> Absence:
    """The member cannot come and calls her personal deputy, who is told by e-mail. Pressing twice is one call."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, lambda held: permissions.can_call_deputy(held, meeting, seat))
    if seat not in state.seats_on(meeting.agreement_id, meeting.held_on):
        raise Refused(_("The seat is not one of the group on the day of the meeting."))
    if seat.deputy_id is None:
        raise Refused(_("The seat has no personal deputy. Tell the party that named you."), clause=_("agreement 7 §"))
    known = meeting.absences.filter(seat=seat).first()
    if known:
        return known
    absence = Absence(meeting=meeting, seat=seat)
    history.save(absence, by=by, reason="deputy called")
    transaction.on_commit(lambda: send_call(absence))
    return absence


@transaction.atomic
def ask_for_meeting(*, meeting: Meeting, by: Mandate, on: datetime.date) -> Meeting:
    """A member asks that what was to be decided in writing goes to a meeting (kuntalaki 100 § as the model)."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, lambda held: permissions.can_ask_for_meeting(held, meeting))
    if meeting.items.filter(state=AgendaItem.State.CLOSED).exists():
        raise Refused(_("The matter has been decided already."))
    if meeting.asked_by_id is None:
        meeting.asked_by = by.person
        history.save(meeting, by=by, reason="asked for a meeting", fields=["asked_by"])
    return meeting


@transaction.atomic
def end_meeting(
    *, meeting: Meeting, by: Mandate, on: datetime.date, ended_at: datetime.time, moved_to: Meeting | None = None
) -> Meeting:
    """End: what was not handled moves to another meeting. Without a quorum the meeting is recorded as such."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    require_open(meeting)
    items = list(meeting.items.select_related("meeting__agreement", "matter"))
    if not meeting.is_written and any(item.is_handled for item in items):
        raise Refused(_("An item is still being handled. Close it, or put it back, first."))
    decided = any(item.outcome in AgendaItem.DECISIVE for item in items)
    quorate = decided or _is_quorate(meeting, items)
    _move_items([item for item in items if not item.is_closed], moved_to, by)
    meeting.state = Meeting.State.ENDED if quorate else Meeting.State.NOT_QUORATE
    meeting.ended_at = ended_at
    history.save(meeting, by=by, reason=str(meeting.state), fields=["state", "ended_at"])
    return meeting


def _is_quorate(meeting: Meeting, items: Sequence[AgendaItem]) -> bool:
    sitting = state.sitting(meeting)
    return any(sitting.quorum_of(item).quorate for item in items)


def _move_items(left: Sequence[AgendaItem], moved_to: Meeting | None, by: Mandate) -> None:
    if any(not item.standing for item in left) and (moved_to is None or not moved_to.is_before):
        raise Refused(_("Some items have not been handled. Choose the coming meeting to which they move."))
    if moved_to and left and moved_to.agreement_id != left[0].meeting.agreement_id:
        raise Refused(_("The items move to a meeting of the same group."))
    for item in left:
        release(item, by=by)
        item.state, item.closed_at = AgendaItem.State.CLOSED, timezone.now()
        item.outcome = AgendaItem.Outcome.DROPPED if item.standing else AgendaItem.Outcome.MOVED
        item.moved_to = None if item.standing else moved_to
        history.save(item, by=by, reason="moved", fields=["state", "closed_at", "outcome", "moved_to"])
        if moved_to and not item.standing:
            copy_item(item, moved_to, by)
