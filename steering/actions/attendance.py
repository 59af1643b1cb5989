"""Who is at a meeting, from which item to which (läsnäolo)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Mandate
from steering import permissions, state
from steering.actions.locking import acting, lock_meeting, require_open
from steering.models import AgendaItem, Attendance, Meeting, SeatLine
from tym.accounts.models import User
from tym.core.errors import Refused

Capacity = Attendance.Capacity


@dataclass(frozen=True)
class Present:
    """Somebody who is there. capacity is not needed of a member or deputy: the seat tells."""

    person: User
    capacity: str = ""


def call_roll(meeting: Meeting, present: Iterable[Present], *, came_at: datetime.time, by: Mandate) -> None:
    """Everybody who is there when the meeting is opened."""
    seats = state.seats_on(meeting.agreement_id, meeting.held_on)
    for one in present:
        _note(meeting, one, seats, by, came_at=came_at)


@transaction.atomic
def attend(
    *,
    meeting: Meeting,
    present: Present,
    by: Mandate,
    on: datetime.date,
    came_at: datetime.time,
    from_item: AgendaItem | None = None,
) -> Attendance:
    """Somebody comes while the meeting is going on, for the items from `from_item` on."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    require_open(meeting)
    if meeting.is_written:
        raise Refused(_("Nobody attends a written procedure."))
    there = meeting.attendances.filter(person=present.person).select_related("until_item")
    if any(row.until_item is None for row in there):
        raise Refused(_("%(name)s is there already.") % {"name": present.person.name})
    seats = state.seats_on(meeting.agreement_id, meeting.held_on)
    return _note(meeting, present, seats, by, came_at=came_at, from_item=_own(meeting, from_item))


@transaction.atomic
def leave(
    *,
    attendance: Attendance,
    by: Mandate,
    on: datetime.date,
    left_at: datetime.time,
    until_item: AgendaItem,
) -> Attendance:
    """Somebody leaves after `until_item`."""
    meeting = lock_meeting(attendance.meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    require_open(meeting)
    attendance = Attendance.objects.select_related("from_item", "until_item").get(pk=attendance.pk)
    if attendance.until_item is not None:
        raise Refused(_("She has left already."))
    if attendance.from_item and until_item.position < attendance.from_item.position:
        raise Refused(_("She came only later."))
    if attendance.came_at and left_at < attendance.came_at:
        raise Refused(_("The time of leaving is before the time of coming."))
    attendance.left_at, attendance.until_item = left_at, _own(meeting, until_item)
    history.save(attendance, by=by, reason="left", fields=["left_at", "until_item"])
    return attendance


def _own(meeting: Meeting, item: AgendaItem | None) -> AgendaItem | None:
    if item is not None and item.meeting_id != meeting.pk:
        raise Refused(_("The item is of another meeting."))
    return item


def _note(
    meeting: Meeting,
    one: Present,
    seats: list[SeatLine],
    by: Mandate,
    *,
    came_at: datetime.time,
    from_item: AgendaItem | None = None,
) -> Attendance:
    seat = next((seat for seat in seats if one.person.pk in (seat.member_id, seat.deputy_id)), None)
    capacity = one.capacity if seat is None else _capacity(seat, one.person)
    if not capacity or (seat is None and capacity in Attendance.OF_A_SEAT):
        raise Refused(
            _("%(name)s has no seat in the group on that day. Say in what capacity she is there.")
            % {"name": one.person.name}
        )
    attendance = Attendance(
        meeting=meeting, person=one.person, seat=seat, capacity=capacity, came_at=came_at, from_item=from_item
    )
    history.save(attendance, by=by, reason="came")
    return attendance


def _capacity(seat: SeatLine, person: User) -> Capacity:
    return Capacity.MEMBER if seat.member_id == person.pk else Capacity.DEPUTY
