"""Minutes of the demo's meetings: two signed, one that waits for a checker, two still to be written."""

from __future__ import annotations

from datetime import timedelta

from agreements.models import Mandate
from steering import actions, state
from steering.models import Meeting
from tym.desk.demo.meetings import secretary
from tym.desk.demo.stage import Stage

# Seats of those who were chosen to check, by number of the meeting in 2025; how many of them have checked.
CHECKERS = {1: ((3, 5), 2), 2: ((3, 4), 2), 4: ((5, 7), 1)}


def load(stage: Stage) -> None:
    for number, (seats, done) in CHECKERS.items():
        _write(stage, stage.agreement.meetings.get(year=2025, number=number), seats, done)


def _write(stage: Stage, meeting: Meeting, numbers: tuple[int, ...], done: int) -> None:
    by, on = secretary(stage), meeting.held_on + timedelta(days=5)
    seats = {seat.position: seat for seat in state.seats_on(stage.agreement.pk, meeting.held_on)}
    people = [seats[number].member for number in numbers]
    actions.save_minutes(meeting=meeting, by=by, on=on, checkers=people)
    minutes = actions.put_to_check(meeting=meeting, by=by, on=on)
    held = Mandate.objects.in_force(meeting.held_on).filter(agreement=stage.agreement, capacity__in=Mandate.OF_A_SEAT)
    mandates = {mandate.person_id: mandate for mandate in held}
    for person in people[:done]:
        actions.check_minutes(meeting=meeting, by=mandates[person.pk], on=on, sha256=minutes.sha256)
    if done == len(people):
        chair = mandates[seats[1].member_id]
        for office, mandate in (("chair", chair), ("secretary", by)):
            actions.sign_minutes(meeting=meeting, by=mandate, office=office, sha256=minutes.sha256)
