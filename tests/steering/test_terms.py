"""The group is appointed for five years, again, in another size, and closed early."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agreements.actions import give_consent
from agreements.models import Mandate
from steering.actions import SeatInput
from steering.models import SeatLine, Term
from steering.models.terms import last_day_of_term
from tests.attacks import insert
from tests.attacks.terms import appointment
from tests.cast import TODAY
from tests.factories import TermFactory
from tests.steering.seat_kit import (
    NEXT_FIRST,
    NEXT_LAST,
    appoint,
    close,
    day_before,
    decision,
    notice,
    offices,
    person,
    present,
    revise,
    seated,
    term,
)
from tym.core.errors import NotAllowed, Refused
from tym.core.uploads import Upload

pytestmark = pytest.mark.usefixtures("english")
FILE = Upload("ote.pdf", b"%PDF-1.7 x", "application/pdf")
FIVE_YEARS = [  # first day, last day
    (date(2030, 1, 1), date(2034, 12, 31)),
    (date(2030, 1, 2), date(2035, 1, 1)),
    (date(2031, 2, 1), date(2036, 1, 31)),
    (date(2030, 3, 1), date(2035, 2, 28)),
    (date(2031, 3, 1), date(2036, 2, 29)),
    (date(2032, 2, 29), date(2037, 2, 28)),
    (date(2030, 8, 31), date(2035, 8, 30)),
    (date(2030, 12, 1), date(2035, 11, 30)),
    (date(2030, 12, 31), date(2035, 12, 30)),
]


@pytest.mark.parametrize(("first", "last"), FIVE_YEARS)
def test_database_takes_exactly_five_years(cast, first, last):
    """The rule of the database and that of the action are the same, and both know the leap day."""
    assert last_day_of_term(first) == last
    told = {"agreement": cast.agreement, "party": cast.ta.party, "valid_from": first}
    matter = appointment(cast)
    for wrong in (last - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(IntegrityError, match="steering_term_five_years"), transaction.atomic():
            insert(TermFactory.build(matter=matter, valid_to=wrong, **told))()
    insert(TermFactory.build(matter=matter, valid_to=last, **told))()
    assert Term.objects.on(last).filter(agreement=cast.agreement).get().valid_from == first


def test_appointment_seats_its_people_with_mandates_to_the_end_of_the_term(cast):
    assert (term(cast).valid_from, term(cast).valid_to) == (date(2025, 1, 1), date(2029, 12, 31))
    held = cast.agreement.mandates.filter(capacity__in=Mandate.OF_A_SEAT)
    assert {(mandate.valid_from, mandate.valid_to) for mandate in held} == {
        (term(cast).valid_from, term(cast).valid_to)
    }
    assert sorted(mandate.capacity for mandate in held) == ["chair", *["deputy"] * 5, *["member"] * 3, "vice_chair"]
    assert seated(cast)[1] == ("Pirjo Puheenjohtaja", "Veikko Varajäsen")


def test_appointment_is_a_decision_of_the_authority_in_its_own_matter(cast):
    made = term(cast).matter.decisions.get()
    assert (made.party, made.outcome, made.organ) == (cast.ta.party, "approve", "Kaupunginhallitus")
    assert term(cast).matter.kind == "group_appointment"


def test_second_term_follows_the_first(cast):
    """Who goes on in the same office goes on holding it, and a seat of the first term is no seat of the second."""
    seats = present(cast)
    seats[0] = replace(seats[0], member=person("Uusi Puheenjohtaja"))
    second = appoint(cast, seats)
    assert (second.valid_from, second.valid_to) == (NEXT_FIRST, NEXT_LAST)
    assert seated(cast, day_before(NEXT_FIRST))[1] == ("Pirjo Puheenjohtaja", "Veikko Varajäsen")
    assert seated(cast, NEXT_FIRST)[1] == ("Uusi Puheenjohtaja", "Veikko Varajäsen")
    assert len(seated(cast, NEXT_FIRST)) == 5
    assert offices(cast, "Pirjo Puheenjohtaja", day_before(NEXT_FIRST)) == ["chair"]
    assert offices(cast, "Pirjo Puheenjohtaja", NEXT_FIRST) == []
    for day in (day_before(NEXT_FIRST), NEXT_FIRST, NEXT_LAST):
        assert offices(cast, "Jari Jäsen", day) == ["member"], day
        assert offices(cast, "Jaana Jäsenvara", day) == ["deputy"], day
    assert offices(cast, "Jari Jäsen", NEXT_LAST + timedelta(days=1)) == []


def test_nobody_sits_between_terms(cast):
    later = NEXT_FIRST + timedelta(days=31)
    appoint(cast, first=later)
    assert seated(cast, day_before(later)) == {}
    assert offices(cast, "Jari Jäsen", day_before(later)) == []
    assert len(seated(cast, later)) == 5


@pytest.mark.parametrize("first", [date(2029, 12, 31), date(2025, 6, 2), date(2025, 1, 1)])
def test_terms_do_not_overlap(cast, first):
    with pytest.raises(Refused, match="another term") as refused:
        appoint(cast, first=first, deviation="Syy.")
    assert "388/2024" in refused.value.clause


def test_authority_appoints_and_a_preparer_records_it_from_the_extract(cast):
    with pytest.raises(Refused, match="extract"):
        appoint(cast, by=cast.coordinator)
    made = appoint(cast, by=cast.coordinator, decision=decision(extract=FILE)).matter.decisions.get()
    assert (made.extract.party, made.mandate) == (cast.ta.party, cast.coordinator)


@pytest.mark.parametrize("who", ["hva", "kela", "chair", "member", "stranger"])
def test_nobody_else_appoints_or_closes(cast, who):
    for act in (lambda by: appoint(cast, by=by), lambda by: close(cast, TODAY, by=by)):
        with pytest.raises(NotAllowed):
            act(getattr(cast, who))


def test_start_before_the_decision_is_a_deviation(cast):
    close(cast, date(2025, 5, 31))
    with pytest.raises(Refused, match="before the decision"):
        appoint(cast, first=date(2025, 6, 1), seats=_again(cast))
    appoint(cast, first=date(2025, 6, 1), seats=_again(cast), deviation="Asettaminen viivästyi.")
    assert len(seated(cast, date(2025, 6, 1))) == 5


def _again(cast):
    return present(cast, date(2025, 5, 31))


def test_decision_is_not_in_the_future(cast):
    with pytest.raises(Refused, match="future"):
        appoint(cast, decision=decision(TODAY + timedelta(days=1)))


def _second_chair(seats):
    return [*seats[:1], replace(seats[1], role="chair"), *seats[2:]]


def _chair_of_kela(seats):
    return [replace(seats[0], role="member"), *seats[1:4], replace(seats[4], role="chair")]


def _vice_chair_of_the_authority(seats):
    return [seats[0], replace(seats[1], role="vice_chair"), replace(seats[2], role="member"), *seats[3:]]


def _deputy_who_is_a_member(seats):
    return [replace(seats[0], deputy=seats[4].member), *seats[1:]]


def _member_twice(seats):
    return [*seats[:4], replace(seats[4], member=seats[0].member)]


def _own_deputy(seats):
    return [replace(seats[0], deputy=seats[0].member), *seats[1:]]


@pytest.mark.parametrize(
    "impossible",
    [_own_deputy, _second_chair, _chair_of_kela, _vice_chair_of_the_authority, _deputy_who_is_a_member, _member_twice],
)
def test_what_cannot_be_is_refused_in_words(cast, impossible):
    with pytest.raises(Refused) as refused, transaction.atomic():
        appoint(cast, impossible(present(cast)))
    assert "7 §" in refused.value.clause


def test_shared_deputy_needs_a_reason(cast):
    seats = present(cast)
    seats[1] = replace(seats[1], deputy=seats[0].deputy)
    with pytest.raises(Refused, match="personal"), transaction.atomic():
        appoint(cast, seats)
    made = appoint(cast, seats, deviation="Varajäsentä ei ole vielä nimetty.")
    assert made.matter.changes.get().deviation == "Varajäsentä ei ole vielä nimetty."
    assert offices(cast, "Veikko Varajäsen", NEXT_FIRST) == ["deputy"]


def test_seat_without_a_deputy_is_recorded(cast):
    seats = [replace(seat, deputy=None) for seat in present(cast)]
    appoint(cast, seats)
    assert seated(cast, NEXT_FIRST)[5] == ("Kirsi Kelajäsen", None)


def test_address_known_under_another_name_is_asked_about(cast):
    """Otherwise the seat would silently go to the person of the address."""
    seats = present(cast)
    seats[0] = replace(seats[0], member=person("Joku Muu", email="kela@example.org"))
    with pytest.raises(Refused, match=r"kela@example\.org"):
        appoint(cast, seats)


def test_seats_are_revised_in_the_middle_of_a_term(cast):
    """Two seats more, one less; who stays keeps the mandate she has."""
    start = date(2025, 9, 1)
    seats = present(cast)
    more = [SeatInput(person("Uusi Kelajäsen"), person("Uusi Kelavara"), party=cast.kela.party)]
    revise(cast, [*seats[:1], *seats[2:], *more, SeatInput(person("Toinen Uusi"), party=cast.hva.party)], first=start)
    assert len(seated(cast, day_before(start))) == 5
    assert [name for name, _deputy in seated(cast, start).values()] == [
        "Pirjo Puheenjohtaja", "Ville Varapuheenjohtaja", "Jari Jäsen", "Kirsi Kelajäsen", "Uusi Kelajäsen",
        "Toinen Uusi",
    ]  # fmt: skip
    assert offices(cast, "Tuula Työjäsen", day_before(start)) == ["member"]
    assert offices(cast, "Tuula Työjäsen", start) == []
    assert offices(cast, "Uusi Kelajäsen", term(cast).valid_to) == ["member"]
    stays = cast.agreement.mandates.get(person=cast.chair.person)
    assert (stays.valid_from, stays.valid_to) == (term(cast).valid_from, term(cast).valid_to)
    assert Term.objects.filter(agreement=cast.agreement).count() == 1


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2030, 1, 1)])
def test_seats_are_revised_within_the_term_only(cast, day):
    with pytest.raises(Refused, match="within the term"):
        revise(cast, present(cast), first=day, deviation="Syy.")


def test_term_is_closed_early_with_a_reason(cast):
    last = date(2025, 8, 31)
    notice(cast, cast.hva, place=1, member=person("Syksyn Jäsen"), wanted_from=date(2025, 10, 1))
    closed = close(cast, last)
    assert (closed.last_day, closed.closing_reason) == (last, "Työllisyysalue muuttuu.")
    assert len(seated(cast, last)) == 5
    assert seated(cast, last + timedelta(days=1)) == {}
    assert offices(cast, "Pirjo Puheenjohtaja", last) == ["chair"]
    for day in (last + timedelta(days=1), date(2025, 10, 1), date(2027, 1, 1)):
        assert not Mandate.objects.in_force(day).filter(agreement=cast.agreement, capacity__in=Mandate.OF_A_SEAT)


def test_new_group_begins_on_the_day_after_the_closed_one(cast):
    """Though a chair to come was already named for the closed term."""
    notice(cast, cast.ta, member=person("Syksyn Puheenjohtaja"), wanted_from=date(2025, 10, 1))
    close(cast, date(2025, 8, 31))
    first = date(2025, 9, 1)
    with pytest.raises(Refused, match="starts only"), transaction.atomic():
        appoint(cast, _first_again(cast), first=first)
    appoint(cast, _first_again(cast), first=date(2025, 10, 1))
    assert offices(cast, "Pirjo Puheenjohtaja", date(2025, 10, 1)) == ["chair"]
    assert offices(cast, "Syksyn Puheenjohtaja", date(2025, 10, 1)) == []


def _first_again(cast):
    return present(cast, date(2025, 8, 31))


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2029, 12, 31), date(2030, 1, 1)])
def test_term_is_closed_within_its_days(cast, day):
    with pytest.raises(Refused, match="within the term"):
        close(cast, day)


def test_term_is_closed_once_and_with_a_reason(cast):
    with pytest.raises(Refused, match="reason"):
        close(cast, TODAY, reason="  ")
    close(cast, TODAY)
    with pytest.raises(Refused, match="already"):
        close(cast, TODAY)


def test_seats_of_a_revision_are_those_of_the_term(cast):
    close(cast, date(2025, 8, 31))
    with pytest.raises(Refused, match="within the term"):
        revise(cast, present(cast), first=date(2025, 9, 1))
    change = notice(cast, cast.kela_main_user, member=person("Myöhässä"), wanted_from=date(2025, 9, 1))
    with pytest.raises(Refused, match="no term"):
        give_consent(change=change, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=change.sha256)
    assert SeatLine.objects.filter(version__change=change).count() == 1
