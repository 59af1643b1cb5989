"""What the rows say of themselves, and who sees them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agreements.models import Agreement, Change, Clause, Document, Mandate, Matter, Party, Version
from staffing.models import StaffingLine
from tests.cast import FIRST_DAY, TODAY
from tests.factories import AgreementFactory, MandateFactory

DAY = timedelta(days=1)
LAST = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "holds"), [(FIRST_DAY - DAY, False), (FIRST_DAY, True), (LAST, True), (LAST + DAY, False)]
)
def test_last_day_belongs_to_a_period(db, day, holds):
    agreement = AgreementFactory(valid_to=LAST)
    assert agreement.holds(day) is holds
    assert Agreement.objects.in_force(day).filter(pk=agreement.pk).exists() is holds


def test_period_until_further_notice_has_no_last_day(cast):
    assert cast.agreement.holds(date(2090, 1, 1))


@pytest.mark.parametrize(
    ("who", "titles"),
    [("kela", {"agreement"}), ("member", {"agreement"}), ("stranger", {"second"}), ("nobody", set())],
)
def test_agreement_is_visible_to_those_with_a_mandate_on_it(cast, who, titles):
    person = getattr(getattr(cast, who), "person", getattr(cast, who))
    assert set(Agreement.objects.visible_to(person, TODAY)) == {getattr(cast, title) for title in titles}


def test_agreement_is_seen_once_by_a_person_of_two_offices(cast):
    MandateFactory(agreement=cast.agreement, person=cast.kela.person)
    assert list(Agreement.objects.visible_to(cast.kela.person, TODAY)) == [cast.agreement]


def test_agreement_is_not_visible_before_or_after_the_mandate(cast):
    mandate = MandateFactory(agreement=cast.agreement, valid_to=TODAY)
    days = (FIRST_DAY - DAY, TODAY, TODAY + DAY)
    assert [Agreement.objects.visible_to(mandate.person, day).exists() for day in days] == [False, True, False]


@pytest.mark.parametrize("capacity", Mandate.Capacity.values)
def test_slot_is_for_offices_of_one(capacity):
    party = Party(pk=3)
    singles = {"chair", "vice_chair", "coordinator", "stand_in", "youth_lead"}
    expected = capacity if capacity in singles else "liaison:3" if capacity == "liaison" else ""
    assert Mandate.slot_of(capacity, party) == expected


def test_title_of_a_mandate_names_capacity_and_party(cast):
    assert (cast.kela.title, cast.coordinator.title) == ("yhteyshenkilö, Kela", "TYM-koordinaattori")


def test_document_is_called_as_in_the_agreement(cast):
    assert (str(cast.main_text), cast.annex2.full_title) == ("Sopimusteksti", "Liite 2 Henkilöstö")
    assert str(Document(kind="other", number=4, label="D")) == "Liite D"


def test_matter_is_referred_to_by_number_and_year():
    assert Matter(number=3, year=2026).reference == "3/2026"


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("draft", True), ("proposed", True), ("adopted", False), ("rejected", False), ("returned", False)],
)
def test_change_is_open_until_it_ends(state, is_open):
    assert Change(state=state).is_open is is_open


def test_every_state_of_a_change_is_reached_and_only_open_or_coming_ones_are_left():
    left, reached = ({str(step[n]) for step in Change.TRANSITIONS} for n in (0, 1))
    assert left == {"draft", "proposed", "adopted"}
    assert reached == set(Change.State.values) - {"draft"}


@pytest.mark.parametrize(
    ("leads", "typpi", "counts"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_line_counts_when_both_conditions_hold(leads, typpi, counts):
    assert StaffingLine(leads_client_work=leads, uses_typpi=typpi).counts is counts


def test_rows_are_told_by_their_heading_and_unit():
    assert str(Clause(number="3", heading="Johtaminen")) == "3 Johtaminen"
    assert str(StaffingLine(title="neuvoja", unit="Pori")) == "neuvoja, Pori"
    assert str(StaffingLine(title="neuvoja")) == "neuvoja"


def test_version_without_a_number_says_so(cast):
    assert str(Version(document=cast.annex2)) == "Liite 2 v–"


def test_area_lists_its_municipalities_in_order(cast):
    assert [str(place) for place in cast.agreement.municipalities.all()] == ["Harjavalta", "Kokemäki", "Pori", "Ulvila"]


def test_person_years_keep_their_cents(cast):
    assert sum(line.person_years for line in cast.lines()) == Decimal("10.50")
