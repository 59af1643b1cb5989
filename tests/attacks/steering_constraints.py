"""Rows of meetings that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from datetime import time

from django.utils import timezone

from steering.actions import prepare_followup
from steering.models import Absence, AgendaItem, Attendance, Disqualification, Dissent, Meeting, Seating, Vote
from tests.cast import TODAY
from tests.steering.kit import EVENING, Group, last_item, other_matter

BREAKS = {}
NOW = timezone.now()


def breaks(name):
    def register(prepare):
        BREAKS[f"steering_{name}"] = lambda cast: prepare(Group(cast))
        return prepare

    return register


def meeting(name, **values):
    @breaks(f"meeting_{name}")
    def prepare(group):
        told = {"year": 2025, "number": 9, "held_on": TODAY, **values}
        return Meeting(agreement=group.agreement, term=group.term, **told)


meeting("from_one", number=0)
meeting("deadline_of_written", kind="written")
meeting("summoned_whole", state="summoned")
meeting("times_of_state", opened_at=EVENING)


@breaks("meeting_number_once")
def number_twice(group):
    group.plan(TODAY)
    return Meeting(agreement=group.agreement, term=group.term, year=2025, number=1, held_on=TODAY)


def item(name, **values):
    @breaks(f"item_{name}")
    def prepare(group):
        return AgendaItem(meeting=group.plan(TODAY), **{"position": 9, "title": "Asia", **values})


DONE = {"state": "closed", "closed_at": NOW}
item("taken_up_whole", state="handled", present=3)
item("closed_whole", state="closed", outcome="note", needed=4, present=7)
item("quorate", **DONE, outcome="approve", needed=4, present=3)
item("moved_somewhere", **DONE, outcome="moved")


@breaks("item_one_followup")
def follow_up_twice(group):
    meeting = group.plan(TODAY)
    prepare_followup(meeting=meeting, by=group.cast.coordinator, on=TODAY)
    return AgendaItem(meeting=meeting, position=9, title="Seuranta", followup="{}")


@breaks("item_decision_in_matter")
def decide_without_a_decision(group):
    told = {**DONE, "outcome": "approve", "needed": 4, "present": 4, "position": 9, "title": "Asia"}
    return AgendaItem(meeting=group.plan(TODAY), matter=other_matter(group.cast), **told)


@breaks("agendaitem_decision_id_key")
def use_a_decision_twice(group):
    meeting = group.opened(TODAY, matters=(other_matter(group.cast),))
    first = group.close(group.take_up(last_item(meeting)))
    told = {**DONE, "outcome": "approve", "needed": 4, "present": 4, "position": 9, "title": "Asia"}
    return AgendaItem(meeting=meeting, matter=first.matter, decision=first.decision, **told)


def attendance(name, **values):
    @breaks(f"attendance_{name}")
    def prepare(group):
        return Attendance(meeting=group.opened(TODAY), person=group.member(1), **values)


attendance("seat_of_capacity", capacity="member")
attendance("times_in_order", capacity="guest", came_at=time(14), left_at=time(13))


@breaks("absence_once")
def call_twice(group):
    meeting = group.full_meeting()
    return Absence(meeting=meeting, seat=group.seat(1))


def disqualification(name, *, number=3, **values):
    @breaks(f"disqualification_{name}")
    def prepare(group):
        person = group.member(number)
        told = {"ground": "1", "reason": "Syy.", **values}
        return Disqualification(item=last_item(group.full_meeting()), person=person, declared_by=person, **told)


disqualification("once", number=2)
disqualification("on_a_ground", ground="8")


@breaks("seating_seat_once")
def sit_twice_in_a_seat(group):
    return Seating(item=group.handled(), seat=group.seat(1), person=group.deputy(1), as_deputy=True)


@breaks("seating_person_once")
def sit_in_two_seats(group):
    item = group.take_up(last_item(group.opened(TODAY, "Asia", present=(1, 2, 3, 4))))
    return Seating(item=item, seat=group.seat(5), person=group.member(1))


def voted(group):
    item = group.handled()
    group.vote(item)
    return item


@breaks("vote_once")
def vote_for_member_and_deputy(group):
    return Vote(item=voted(group), seat=group.seat(1), person=group.deputy(1), choice="against")


@breaks("vote_choice_known")
def vote_perhaps(group):
    return Vote(item=group.handled(), seat=group.seat(1), person=group.member(1), choice="perhaps")


@breaks("dissent_once")
def dissent_twice(group):
    item = group.closed()
    group.dissent(item, 7)
    return Dissent(item=item, person=group.member(7))


@breaks("disqualification_urgency_of_decided")
def take_part_urgently_before_the_group_has_decided(group):
    item = last_item(group.opened(TODAY, "Asia"))
    told = {"person": group.member(1), "declared_by": group.member(1), "ground": "1", "reason": "Puoliso."}
    return Disqualification(item=item, urgency="Määräaika.", **told)
