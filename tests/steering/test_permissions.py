"""Who may do what in meetings: every permission over every capacity."""

import pytest

from agreements.models import Mandate
from steering import permissions as p
from steering.actions import Candidate, SeatHolder
from steering.models import AgendaItem, Meeting, Seating, SeatLine
from tests.steering.kit import other_matter
from tests.steering.office_kit import propose

CAPACITIES = tuple(Mandate.Capacity.values)
PREPARERS = {"coordinator", "stand_in", "secretary"}
SEATED = {"chair", "vice_chair", "member", "deputy"}


def who_may(cast, may):
    """Capacities of everybody who may; the person is cast.nobody."""
    return {
        capacity
        for capacity in CAPACITIES
        if may((Mandate(agreement=cast.agreement, capacity=capacity, person=cast.nobody),)) is not None
    }


def test_who_sees_and_who_prepares_and_who_summons(cast):
    assert who_may(cast, p.can_view_meetings) == set(CAPACITIES) - {"municipal_contact"}
    assert who_may(cast, p.can_prepare_meeting) == PREPARERS
    assert who_may(cast, p.can_summon) == PREPARERS | {"chair", "vice_chair"}


@pytest.mark.parametrize(
    ("appointee", "expected"),
    [(None, PREPARERS), ("another", PREPARERS | {"chair", "vice_chair"}), ("herself", set())],
)
def test_who_handles_an_item(cast, appointee, expected):
    item = AgendaItem()
    person = cast.nobody if appointee == "herself" else cast.kela.person
    item.appointees = {person.pk: person.name} if appointee else {}
    assert who_may(cast, lambda mandates: p.can_handle_item(mandates, item)) == expected


@pytest.mark.parametrize("kind", ["goals", "cost"])
def test_who_records_a_decision_made_elsewhere(cast, kind):
    assert who_may(cast, lambda mandates: p.can_record_elsewhere(mandates, other_matter(cast, kind))) == PREPARERS


def test_chair_but_never_the_appointee_records_an_appointment_decided_elsewhere(cast):
    matter = propose(cast, Candidate("coordinator", SeatHolder(cast.nobody.name, cast.nobody.email)))
    assert who_may(cast, lambda mandates: p.can_record_elsewhere(mandates, matter)) == set()
    assert who_may(cast, lambda mandates: p.can_record_elsewhere(mandates, propose(cast))) == PREPARERS | {
        "chair", "vice_chair",
    }  # fmt: skip


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("state", Meeting.State.values)
def test_who_calls_the_deputy(cast, state, own):
    seat = SeatLine(member=cast.nobody if own else cast.kela.person)
    may = who_may(cast, lambda mandates: p.can_call_deputy(mandates, Meeting(state=state), seat))
    expected = PREPARERS | (SEATED if own else set())
    assert may == (expected if state in ("summoned", "open") else set())


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("state", Meeting.State.values)
@pytest.mark.parametrize("handled", AgendaItem.State.values)
def test_who_tells_of_disqualification_and_dissents(cast, state, handled, own):
    item = AgendaItem(meeting=Meeting(state=state), state=handled)
    person = cast.nobody.pk if own else cast.kela.person.pk
    expected = PREPARERS | (SEATED | {"youth_lead"} if own else set())
    declares = who_may(cast, lambda mandates: p.can_declare_disqualification(mandates, item, person))
    assert declares == (expected if state in ("summoned", "open") and handled == "open" else set())
    dissents = who_may(cast, lambda mandates: p.can_dissent(mandates, item, person))
    assert dissents == (expected if state == "open" and handled == "closed" else set())


def test_who_votes(cast):
    own, other = Seating(person=cast.nobody), Seating(person=cast.kela.person)
    assert who_may(cast, lambda mandates: p.can_vote(mandates, own)) == SEATED
    assert who_may(cast, lambda mandates: p.can_vote(mandates, other)) == set()


@pytest.mark.parametrize("kind", Meeting.Kind.values)
@pytest.mark.parametrize("state", Meeting.State.values)
def test_who_asks_for_a_meeting(cast, kind, state):
    may = who_may(cast, lambda mandates: p.can_ask_for_meeting(mandates, Meeting(kind=kind, state=state)))
    assert may == (SEATED if kind == "written" and state == "open" else set())


@pytest.mark.parametrize("own", [True, False])
def test_who_checks_and_who_signs_minutes(cast, own):
    chosen = {cast.nobody.pk if own else cast.kela.person.pk}
    assert who_may(cast, lambda mandates: p.can_check_minutes(mandates, chosen)) == (SEATED if own else set())
    assert who_may(cast, lambda mandates: p.can_sign_minutes(mandates, mandates if own else ())) == (
        set(CAPACITIES) if own else set()
    )
    either = who_may(cast, lambda mandates: p.can_sign_or_check(mandates, chosen, ()))
    assert either == (SEATED if own else set())
