"""Attacks on what is recorded as the group's decision: by whom, and against its vote or deadline."""

from datetime import UTC, date, datetime, timedelta

from agreements.models import Decision
from steering import actions
from steering.actions import Candidate, SeatHolder
from tests.attacks import INSERT, UPDATE, attack, insert, update
from tests.cast import TODAY
from tests.steering.kit import Group, last_item, other_matter


@attack("agreements_decision_not_by_appointee", INSERT)
def record_what_the_group_decided_on_oneself(cast):
    person = cast.coordinator.person
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY}
    one = Candidate("coordinator", SeatHolder(person.name, person.email))
    period = {"valid_from": date(2025, 7, 1), "valid_to": date(2025, 12, 31)}
    matter = actions.propose_appointment(candidates=[one], **told, **period)
    same = {"matter": matter, "sha256": matter.sha256, "mandate": cast.coordinator}
    return insert(Decision(organ="Johtoryhmä", decided_on=TODAY, section="1", outcome="approve", **same))


def in_writing(group, *titles, **told):
    """An item of a written procedure with a week to go, on which everybody has stated a view."""
    deadline = TODAY + timedelta(days=7)
    item = last_item(group.opened(TODAY, *titles, kind="written", deadline=deadline, present=(), **told))
    group.vote(item)
    return item


@attack("steering_agendaitem_deadline_passed", UPDATE, label="no matter")
def close_in_writing_before_the_deadline(cast):
    item = in_writing(Group(cast), "Asia")
    return update(item, state="closed", outcome="approve", closed_at=datetime(2025, 6, 2, 12, tzinfo=UTC))


@attack("steering_agendaitem_deadline_passed", UPDATE, label="matter")
def decide_in_writing_before_the_deadline(cast):
    matter = other_matter(cast)
    item = in_writing(Group(cast), matters=[matter])
    same = {"matter": matter, "sha256": matter.sha256, "mandate": cast.coordinator, "outcome": "approve"}
    decision = Decision(organ="Johtoryhmä", decided_on=TODAY, section=str(item.section), **same)
    insert(decision)()
    later = datetime(2025, 6, 30, tzinfo=UTC)
    return update(item, state="closed", outcome="approve", closed_at=later, decision=matter.decisions.get())
