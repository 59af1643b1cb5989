"""Seats, terms and settings that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from datetime import date

from tests import factories as f
from tests.attacks import seats, terms

ATTACKS = {}


def breaks(name):
    def register(prepare):
        ATTACKS[name] = prepare
        return prepare

    return register


def seat(name, **values):
    @breaks(f"steering_seatline_{name}")
    def write_a_seat(cast):
        people = {"member": f.UserFactory(), "deputy": f.UserFactory()}
        version = cast.draft(cast.kela, document=cast.annex3).versions.get()
        told = {name: value(cast) for name, value in values.items()}
        return f.SeatLineFactory.build(version=version, party=cast.kela.party, **{**people, **told})


@breaks("steering_seatline_once_a_version")
def seat_twice(cast):
    first = seats.row_of(seats.Seats, seats.Seats.draft(cast))
    return f.SeatLineFactory.build(version=first.version, **seats.as_before(first.base))


seat("removes_something", removed=lambda cast: True)
seat("role_known", role=lambda cast: "secretary")
seat("deputy_is_another", member=lambda cast: cast.nobody, deputy=lambda cast: cast.nobody)


def term(name, **values):
    @breaks(f"steering_term_{name}")
    def write_a_term(cast):
        told = {"agreement": cast.agreement, "party": cast.ta.party, **values}
        return f.TermFactory.build(matter=terms.appointment(cast), **told)


term("closed_with_reason", closed_on=date(2031, 1, 1))
term("closed_within", closed_on=date(2029, 12, 31), closing_reason="Syy.")


@breaks("steering_term_matter_id_key")
def appoint_twice_in_a_matter(cast):
    return f.TermFactory.build(agreement=cast.agreement, party=cast.ta.party, matter=terms.now(cast).matter)


@breaks("agreements_reading_once_a_matter")
def set_the_same_twice(cast):
    return f.ReadingFactory.build(matter=f.ReadingFactory().matter)
