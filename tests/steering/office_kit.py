"""Situations of the group's offices and goals, made through the actions where an action makes them."""

from datetime import date
from decimal import Decimal

from agreements.actions import decide_matter
from steering import actions, national
from steering.actions import Candidate, GoalInput, SeatHolder
from steering.models import Appointment, NationalGoal, Term
from tests.cast import TODAY

NEXT = date(2025, 7, 1)
TERM_ENDS = date(2029, 12, 31)


def term_of(cast):
    """The term of the cast's own group, 1.1.2025-31.12.2029."""
    return Term.objects.get(agreement=cast.agreement)


def candidate(capacity="stand_in", name="Antti Luvia", email="antti.luvia@example.org"):
    return Candidate(capacity, SeatHolder(name, email, "palveluesihenkilö"))


def propose(cast, *candidates, by=None, valid_from=NEXT, valid_to=TERM_ENDS, on=TODAY, agreement=None):
    """The matter of an appointment, before the group."""
    return actions.propose_appointment(
        agreement=agreement or cast.agreement,
        by=by or cast.coordinator,
        on=on,
        candidates=candidates or [candidate()],
        valid_from=valid_from,
        valid_to=valid_to,
    )


def put_forward(cast, capacity="stand_in", **told):
    """One person's appointment, before the group."""
    return Appointment.objects.get(matter=propose(cast, candidate(capacity), **told))


def approve(cast, matter, outcome="approve", *, decided_on=TODAY, on=TODAY, by=None):
    """What the group decided on the matter."""
    matter.refresh_from_db()
    own = matter.appointments.filter(person=cast.coordinator.person).exists()
    return decide_matter(
        matter=matter,
        by=by or (cast.holder("secretary") if own else cast.coordinator),
        on=on,
        organ="Johtoryhmä",
        decided_on=decided_on,
        section="6",
        outcome=outcome,
        sha256=matter.sha256,
    )


def approved(cast, capacity="stand_in", **told):
    appointment = put_forward(cast, capacity, **told)
    approve(cast, appointment.matter, outcome="note" if capacity == "youth_lead" else "approve")
    return appointment


def name(cast, appointment, *, by=None, on=TODAY, **told):
    """The authority's naming today."""
    told = {"named_on": TODAY, "organ": "Elinvoimajohtaja", "section": "12", "case_number": "PRIDno-2025-1", **told}
    return actions.name_appointed(appointment=appointment, by=by or cast.ta, on=on, **told)


def named(cast, capacity="stand_in", **told):
    """In office, the lawful way."""
    term_of(cast)
    return name(cast, approved(cast, capacity, **told))


def national_goals(cast):
    """The five of 2025–2027."""
    return actions.load_national_goals(
        by=cast.system, first_year=national.FIRST_YEAR, last_year=national.LAST_YEAR, texts=national.TEXTS
    )


def goal_input(**differing):
    told = {
        "name": "Suunnitelmat ajallaan",
        "measure": "suunnitelma kolmessa kuukaudessa",
        "unit": "%",
        "target": Decimal("90.00"),
        "reason_for_none": "perustuu 9 §:ään",
    }
    return GoalInput(**{**told, **differing})


def draft_goals(cast, *goals, year=2026, by=None, on=TODAY):
    """Goals in preparation."""
    told = {"by": by or cast.coordinator, "on": on}
    goal_set = actions.draft_goals(agreement=cast.agreement, year=year, guidance="Jaoston ohje on luettu.", **told)
    for values in goals or [goal_input()]:
        actions.save_goal(goal_set=goal_set, values=values, **told)
    return goal_set


def submitted_goals(cast, *goals, **told):
    return actions.submit_goals(goal_set=draft_goals(cast, *goals, **told), by=cast.coordinator, on=TODAY)


def approved_goals(cast, *goals, **told):
    goal_set = submitted_goals(cast, *goals, **told)
    approve(cast, goal_set.matter)
    return goal_set


def linked(cast, *numbers):
    """National goals by number."""
    national_goals(cast)
    return list(NationalGoal.objects.filter(number__in=numbers))
