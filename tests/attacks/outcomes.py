"""Attacks on what is recorded as the group's decision: by whom, and against its vote or deadline."""

from datetime import date

from agreements.models import Decision
from steering import actions
from steering.actions import Candidate, SeatHolder
from tests.attacks import INSERT, attack, insert
from tests.cast import TODAY


@attack("agreements_decision_not_by_appointee", INSERT)
def record_what_the_group_decided_on_oneself(cast):
    person = cast.coordinator.person
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY}
    one = Candidate("coordinator", SeatHolder(person.name, person.email))
    period = {"valid_from": date(2025, 7, 1), "valid_to": date(2025, 12, 31)}
    matter = actions.propose_appointment(candidates=[one], **told, **period)
    same = {"matter": matter, "sha256": matter.sha256, "mandate": cast.coordinator}
    return insert(Decision(organ="Johtoryhmä", decided_on=TODAY, section="1", outcome="approve", **same))
