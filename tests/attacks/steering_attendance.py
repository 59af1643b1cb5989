"""Attacks on attendance, on the calling of deputies, and on the history of all that meetings keep."""

from datetime import time, timedelta

from steering.guards.meetings import MEETING_TRACKED
from steering.models import Absence, Attendance
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, histories, insert, update
from tests.attacks.steering_meetings import ended, opened, stamped
from tests.cast import TODAY
from tests.steering.kit import Group, last_item

TOMORROW = TODAY + timedelta(days=1)


def attends(cast, number=1, **values):
    group = Group(cast)
    meeting = group.opened(TODAY, "Asia", present=())
    told = {"meeting": meeting, "person": group.member(number), "seat": group.seat(number), "capacity": "member"}
    return Attendance(**told | {name: value(group) if callable(value) else value for name, value in values.items()})


@attack("steering_attendance_open", INSERT)
def attend_before_the_meeting(cast):
    return insert(attends(cast, meeting=lambda group: group.plan(TOMORROW)))


@attack("steering_attendance_open", UPDATE)
def carry_an_attendance_to_another_meeting(cast):
    group = Group(cast)
    meeting, other = group.opened(TODAY, "Asia"), group.plan(TOMORROW)
    return update(meeting.attendances.first(), meeting=other)


@attack("steering_attendance_kept", UPDATE, also=("steering_attendance_open",))
def leave_after_the_meeting(cast):
    return update(ended(cast).attendances.first(), left_at=time(23))


@attack("steering_attendance_kept", DELETE)
def forget_who_was_there(cast):
    return delete(ended(cast).attendances.first())


@attack("steering_attendance_own_items", INSERT)
def attend_items_of_another_meeting(cast):
    return insert(attends(cast, from_item=lambda group: last_item(group.plan(TOMORROW))))


@attack("steering_attendance_own_items", UPDATE)
def leave_after_an_item_of_another_meeting(cast):
    group = Group(cast)
    meeting, other = group.opened(TODAY, "Asia"), group.plan(TOMORROW)
    return update(meeting.attendances.first(), until_item=last_item(other))


@attack("steering_attendance_own_seat", INSERT)
def attend_in_the_seat_of_another(cast):
    return insert(attends(cast, person=lambda group: group.member(2)))


@attack("steering_attendance_own_seat", INSERT, label="deputy of another")
def attend_as_deputy_of_another(cast):
    return insert(attends(cast, person=lambda group: group.deputy(2), capacity="deputy"))


@attack("steering_attendance_own_seat", UPDATE)
def become_a_deputy(cast):
    return update(opened(cast).attendances.first(), capacity="deputy")


def called(cast, group, meeting):
    absence = Absence(meeting=meeting, seat=group.seat(1))
    stamped(absence)
    absence.save()
    return absence


@attack("steering_absence_before", INSERT)
def call_the_deputy_afterwards(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, present=(1, 2, 3, 4))
    for item in meeting.items.all():
        group.unanimous(item)
    return insert(Absence(meeting=group.end(meeting), seat=group.seat(1)))


@attack("steering_absence_kept", UPDATE)
def move_a_call_to_another_seat(cast):
    group = Group(cast)
    return update(called(cast, group, group.summoned(TODAY)), seat=group.seat(2))


@attack("steering_absence_kept", DELETE)
def forget_a_call(cast):
    group = Group(cast)
    return delete(called(cast, group, group.summoned(TODAY)))


@attack("steering_absence_own_seat", INSERT)
def call_the_deputy_of_a_seat_that_is_not_there_yet(cast):
    group = Group(cast)
    meeting = group.summoned(TODAY)
    return insert(Absence(meeting=meeting, seat=group.unadopted_seat()))


# History


def everything(cast):
    """A meeting in which everything happens."""
    group = Group(cast)
    return group.full_meeting()


histories.MADE |= {model.__name__: everything for model in MEETING_TRACKED}
