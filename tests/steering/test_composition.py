"""The group on a day: each rule with its clause, who sat where, and the agreement with two authorities."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from steering.composition import composition_on, seats_on
from steering.models import SeatLine
from steering.seats import checks, impossible
from tests.cast import TODAY
from tests.factories import MandateFactory, OrganisationFactory, PartyFactory
from tests.steering.seat_kit import appoint, close, day_before, decision, notice, person, present, revise, term
from tym.core.errors import NotAllowed, Refused

pytestmark = pytest.mark.usefixtures("english")
FROM = date(2025, 7, 1)


def composition(cast, day=TODAY):
    return composition_on(cast.agreement, day, list(cast.agreement.parties.all()))


def broken(cast, **seats):
    """{sentence: clause} of the rules that do not hold when seats (by number, as s1, s2 …) have other values."""
    rows = seats_on(cast.agreement, TODAY)
    for name, values in seats.items():
        for field, value in values.items():
            setattr(rows[int(name[1:]) - 1], field, value)
    return {check.sentence: check.clause for check in checks(rows, cast.agreement.parties.all()) if not check.holds}


def test_composition_as_appointed_is_in_order(cast):
    group = composition(cast)
    assert group.is_complete
    assert [check.holds for check in group.checks] == [True] * 6


def test_there_is_one_chair_and_one_vice_chair(cast):
    assert broken(cast, s1={"role": "member"}) == {"There is to be one chair.": "agreement 7 §"}
    assert broken(cast, s2={"role": "chair"}) == {"There is to be one chair.": "agreement 7 §"}
    assert broken(cast, s3={"role": "member"}) == {"There is to be one vice chair.": "agreement 7 §"}


def test_chair_is_the_authoritys_and_vice_chair_the_countys(cast):
    said = broken(cast, s1={"role": "vice_chair"}, s3={"role": "chair"})
    assert set(said.values()) == {"agreement 7 §"}
    assert len(said) == 2
    rows = seats_on(cast.agreement, TODAY)
    rows[4].role = "chair"
    assert [check.clause for check in impossible(rows)] == ["agreement 7 §"] * 2


def test_every_party_has_a_seat(cast):
    assert broken(cast, s5={"party": cast.ta.party}) == {"No seat: Kela.": "decree 388/2024 1 §"}


def test_every_member_has_a_personal_deputy(cast):
    assert broken(cast, s2={"deputy": None}, s4={"deputy": None}) == {
        "No personal deputy: seat 2, 4.": "decree 388/2024 1 §"
    }
    shared = broken(cast, s2={"deputy": cast.chair_deputy.person})
    assert shared == {"Deputy of more than one seat: Veikko Varajäsen.": "decree 388/2024 1 §"}


def test_nobody_sits_twice(cast):
    twice = {"On more than one seat, or also a deputy: Pirjo Puheenjohtaja.": "agreement 7 §"}
    assert broken(cast, s2={"member": cast.chair.person}) == twice
    assert broken(cast, s2={"deputy": cast.chair.person}) == twice


def test_who_sat_where_on_any_day(cast):
    notice(cast, cast.hva, place=1, member=person("Kesän Jäsen"), wanted_from=FROM)
    notice(cast, cast.hva, place=1, member=person("Syksyn Jäsen"), wanted_from=date(2025, 9, 1))
    days = {
        date(2025, 1, 1): "Jari Jäsen",
        day_before(FROM): "Jari Jäsen",
        FROM: "Kesän Jäsen",
        date(2025, 8, 31): "Kesän Jäsen",
        date(2025, 9, 1): "Syksyn Jäsen",
        date(2029, 12, 31): "Syksyn Jäsen",
    }
    for day, name in days.items():
        assert composition(cast, day).seats[3].member.name == name, day
        assert seats_on(cast.agreement, day)[3].member.name == name, day
    told = [(row.member.name, start) for row, start in composition(cast).history if row.position == 4]
    assert told == [("Jari Jäsen", date(2025, 1, 1)), ("Kesän Jäsen", FROM), ("Syksyn Jäsen", date(2025, 9, 1))]


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2030, 1, 1)])
def test_no_group_outside_its_term(cast, day):
    group = composition(cast, day)
    assert (group.term, group.seats) == (None, ())
    assert seats_on(cast.agreement, day) == []
    assert not group.is_complete


def test_seat_that_ended_is_told_as_ended(cast):
    revise(cast, present(cast)[:4], first=FROM)
    ended = [(row.position, row.removed, start) for row, start in composition(cast).history if row.removed]
    assert (5, True, FROM) in ended
    assert [seat.position for seat in composition(cast, FROM).seats] == [1, 2, 3, 4]


def test_queries_do_not_grow_with_seats_or_terms(cast):
    def count():
        with CaptureQueriesContext(connection) as seen:
            group = composition(cast, date(2030, 6, 1))
            assert [(seat.member.name, seat.deputy.name, seat.party.short_name) for seat in group.seats]
            assert [str(term) for term in group.terms]
        return len(seen)

    seats = present(cast)
    appoint(cast, seats[:1])
    one = count()
    appoint(cast, [*seats, *(replace(seats[1], member=person(f"Jäsen {n}"), deputy=None) for n in "abcde")],
            first=date(2035, 1, 1))  # fmt: skip
    appoint(cast, seats, first=date(2040, 1, 1))
    assert count() == one


def test_second_authority_names_members_and_one_appoints(cast):
    """An agreement of two employment areas: either authority's decision appoints the one group."""
    second = PartyFactory(agreement=cast.agreement, organisation=OrganisationFactory(), role="employment_authority")
    theirs = MandateFactory(agreement=cast.agreement, party=second, capacity="liaison", may_bind_party=True)
    seats = present(cast)
    with pytest.raises(Refused, match="only one"):
        appoint(cast, [*seats, replace(seats[0], party=second, member=person("Toinen Puheenjohtaja"), deputy=None)])
    with pytest.raises(NotAllowed):
        appoint(cast, [*seats], by=theirs)
    appoint(cast, [*seats, replace(seats[1], party=second, member=person("Toisen Alueen Jäsen"), deputy=None)])
    assert composition(cast, date(2030, 1, 1)).seats[5].party == second
    named = [check.sentence for check in composition(cast).checks if not check.holds]
    assert named == [f"No seat: {second.short_name}."]


def test_rows_of_another_agreement_are_not_here(cast):
    own = {row.pk for row in composition(cast).lines}
    assert own == set(SeatLine.objects.filter(version__document__agreement=cast.agreement).values_list("pk", flat=True))
    close(cast, TODAY)
    assert term(cast).closed_on == TODAY
    assert composition_on(cast.second, date(2026, 1, 1), []).term.closed_on is None
    assert decision().organ == "Kaupunginhallitus"
