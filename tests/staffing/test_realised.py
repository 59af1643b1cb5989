"""What came true: who tells it, of what time, and what happens when two tell at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.actions import decide_matter
from agreements.models import Mandate
from staffing import permissions as p
from staffing.actions import Promise, confirm_quarter, propose_settings, withdraw_vacancy
from staffing.models import AnnexConfirmation, RealisedStaffing
from staffing.periods import Period
from staffing.readings import A33, CLIENTS_LIMIT
from staffing.state import settings_of, year_data
from staffing.summary import Total
from staffing.yearly import figures_of
from tests.agreements.test_concurrency import at_once, kinds
from tests.staffing.figures_kit import Q1, as_agreed, confirm, counts, promise, realised, vacancy
from tym.core.errors import NotAllowed, Refused, Stale


def test_as_agreed_takes_the_figures_of_annex_2(cast):
    row = as_agreed(cast)
    assert (row.persons, row.person_years, row.as_agreed, row.revision) == (2, Decimal("1.20"), True, 1)
    assert (row.confirmed_by, row.confirmed_on) == (cast.kela, cast.today)


def test_pressing_twice_is_pressing_once(cast):
    first, second = as_agreed(cast), as_agreed(cast)
    assert first == second
    assert (second.revision, second.history.count()) == (1, 1)
    assert confirm(cast) == confirm(cast)


def test_other_figures_are_not_overwritten_by_as_agreed(cast):
    realised(cast)
    with pytest.raises(Stale, match="1,10"):
        as_agreed(cast)


def test_both_presses_over_many_agreements_are_one_act(cast):
    """Nothing is written when one of them is no longer as it was seen."""
    seen = promise(cast.kela)
    wrong = Promise(cast.kela.party, agreed=Total(9, Decimal("9.00")))
    annex = Promise(cast.kela.party, version=cast.annex2.versions.get(number=1))
    for told in ([seen, wrong], [wrong]):
        with pytest.raises(Stale):
            confirm_quarter(period=Q1, realised=told, annexes=[annex], person=cast.kela.person, on=cast.today)
    assert not RealisedStaffing.objects.exists()
    assert not AnnexConfirmation.objects.exists()


def test_confirmation_is_of_the_version_that_was_seen(cast):
    seen = cast.annex2.versions.get(number=1)
    cast.adopted_change(cast.hva)
    with pytest.raises(Stale):
        confirm(cast, version=seen)
    assert confirm(cast).version.number == 2


@pytest.mark.parametrize("who", ["hva", "coordinator", "kela_seat", "stranger"])
def test_only_a_partys_own_people_tell_its_figures(cast, who):
    other = getattr(cast, who)
    for act in (
        lambda: realised(cast, other, party=cast.kela.party),
        lambda: confirm_quarter(
            period=Q1, realised=[promise(cast.kela)], annexes=[], person=other.person, on=cast.today
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not RealisedStaffing.objects.exists()


def test_main_user_tells_too(cast):
    assert realised(cast, cast.kela_main_user).confirmed_by == cast.kela_main_user


@pytest.mark.parametrize(
    ("period", "says"),
    [("2025-q2", "ei ole päättynyt"), ("2025-06", "ei ole päättynyt"), ("2024-q4", "ei ollut voimassa")],
)
def test_nothing_of_the_future_or_before_the_agreement(cast, period, says):
    with pytest.raises(Refused, match=says):
        realised(cast, period=Period.parse(period))


def test_months_and_quarters_do_not_overlap(cast):
    realised(cast, period=Period.month(2025, 2))
    with pytest.raises(Refused, match="kuukausittain"):
        realised(cast)
    realised(cast, period=Period.month(2025, 4))


def test_correction_keeps_what_was_told_first(cast):
    first = realised(cast)
    second = realised(cast, cast.kela_main_user, revision=1, person_years=Decimal("0.90"), note="Korjattu.")
    assert (first.pk, second.revision) == (second.pk, 2)
    told = [(line.person_years, line.mandate, line.history_change_reason) for line in second.history.all()]
    assert told == [(Decimal("0.90"), cast.kela_main_user, "corrected"), (Decimal("1.10"), cast.kela, "told")]


def test_second_of_two_sees_what_the_first_saved(cast):
    realised(cast)
    with pytest.raises(Stale, match=r"Katja Kela.*1,10"):
        realised(cast, cast.kela_main_user, person_years=Decimal("0.90"))
    realised(cast, cast.kela_main_user, person_years=Decimal("1.10"))
    assert cast.kela.party.realised_staffing.get().person_years == Decimal("1.10")


@pytest.mark.django_db(transaction=True)
def test_eight_save_one_figure_and_one_wins(cast):
    results = at_once(*[lambda n=n: realised(cast, person_years=Decimal(n) / 10) for n in range(1, 9)])
    assert kinds(results) == {"RealisedStaffing": 1, "Stale": 7}
    row = cast.kela.party.realised_staffing.get()
    assert (row.revision, row.history.count()) == (1, 1)


@pytest.mark.parametrize("field", ["note"])
def test_identity_code_is_refused(cast, field):
    with pytest.raises(ValidationError):
        realised(cast, **{field: "Asiakas 131052-308T poissa"})


def test_more_person_years_than_persons_is_refused(cast):
    with pytest.raises(Refused):
        realised(cast, persons=1, person_years=Decimal("1.01"))


@pytest.mark.parametrize(
    ("first", "last", "substitute", "days", "open_today"),
    [
        (date(2025, 6, 1), None, None, 2, True),
        (date(2025, 3, 1), date(2025, 3, 31), None, 31, False),
        (date(2025, 3, 1), None, date(2025, 3, 11), 10, False),
        (date(2025, 3, 1), None, date(2025, 3, 1), 0, False),
        (date(2025, 7, 1), None, None, 0, False),
    ],
)
def test_days_without_a_substitute_are_counted(cast, first, last, substitute, days, open_today):
    covered = {"substitute_from": substitute, "substitute_person_years": Decimal("1.00")} if substitute else {}
    row = vacancy(cast, first_day=first, last_day=last, **covered)
    assert row.days_without_substitute(date(2025, 1, 1), cast.today) == days
    assert row.is_open(cast.today) is open_today


def test_part_time_substitute_leaves_a_gap(cast):
    row = vacancy(cast, substitute_person_years=Decimal("0.40"), substitute_from=Q1.first)
    assert row.is_open(cast.today)
    assert row.uncovered_on(cast.today) == Decimal("0.60")


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": date(2024, 12, 31)},
        {"person_years": Decimal(0)},
        {"substitute_from": Q1.first},
        {"substitute_person_years": Decimal("0.50")},
        {"substitute_person_years": Decimal("1.50"), "substitute_from": Q1.first},
        {"substitute_person_years": Decimal("0.50"), "substitute_from": date(2024, 12, 1)},
        {"last_day": Q1.last, "substitute_person_years": Decimal("0.50"), "substitute_from": date(2025, 4, 1)},
    ],
)
def test_vacancy_that_cannot_be_is_refused(cast, wrong):
    with pytest.raises(Refused):
        vacancy(cast, **wrong)


def test_vacancy_is_put_right_and_withdrawn_by_its_party_alone(cast):
    row = vacancy(cast)
    with pytest.raises(NotAllowed):
        withdraw_vacancy(vacancy=row, revision=1, by=cast.hva, on=cast.today)
    row = vacancy(cast, stored=row, revision=1, last_day=Q1.last)
    with pytest.raises(Stale):
        vacancy(cast, stored=row, revision=1)
    row = withdraw_vacancy(vacancy=row, revision=2, by=cast.kela, on=cast.today)
    assert (row.withdrawn, row.revision, row.is_open(Q1.first)) == (True, 3, False)
    with pytest.raises(Stale):
        vacancy(cast, stored=row, revision=3)


def test_counts_are_entered_by_who_prepares(cast):
    with pytest.raises(NotAllowed):
        counts(cast, cast.kela)
    counts(cast)
    with pytest.raises(Stale, match="Kaisa Koordinaattori"):
        counts(cast, clients=90)
    assert counts(cast, clients=90, revision=1).history.count() == 2


def test_counts_by_municipality_are_kept_and_emptied(cast):
    pori, ulvila = (cast.agreement.municipalities.get(name=name) for name in ("Pori", "Ulvila"))
    first = counts(cast, municipalities={pori: 60, ulvila: None})
    assert [(place.municipality, place.clients) for place in first.municipalities.all()] == [(pori, 60)]
    second = counts(cast, revision=1, municipalities={pori: None, ulvila: 40})
    told = {place.municipality.name: place.clients for place in second.municipalities.all()}
    assert told == {"Pori": None, "Ulvila": 40}


@pytest.mark.parametrize(
    "wrong",
    [
        {"clients": None},
        {"plans_in_time": 2, "plans_due": 1},
        {"reviews_in_time": 2},
        {"in_assessment": 60, "in_plan": 41},
        {"period": Period.quarter(2025, 2)},
    ],
)
def test_counts_that_contradict_each_other_are_refused(cast, wrong):
    with pytest.raises(Refused):
        counts(cast, **wrong)


def test_municipalities_have_at_most_the_clients_of_the_area(cast):
    with pytest.raises(Refused):
        counts(cast, municipalities={cast.agreement.municipalities.get(name="Pori"): 101})


def test_counts_of_months_make_a_quarter(cast):
    for number, clients in ((1, 90), (2, 95), (3, 100)):
        counts(cast, period=Period.month(2025, number), clients=clients, ended=number, plans_due=10, plans_in_time=9)
    quarter = year_data([cast.agreement], 2025)[cast.agreement.pk].quarters[0]
    assert (quarter.counts.clients, quarter.counts.ended, quarter.counts.parts) == (100, 6, {"plans": (27, 30)})


def decided(cast, values, **told):
    matter = propose_settings(
        agreement=cast.agreement, values=values, valid_from=cast.today, by=cast.coordinator, on=cast.today
    )
    return matter, lambda: cast_decides(cast, matter)


def cast_decides(cast, matter):
    return decide_matter(
        matter=matter,
        by=cast.coordinator,
        on=cast.today,
        organ="Johtoryhmä",
        decided_on=cast.today,
        section="11",
        outcome="approve",
        sha256=matter.sha256,
    )


def test_limit_and_reading_hold_when_the_group_has_approved_them(cast):
    _matter, decide = decided(cast, {CLIENTS_LIMIT: "60", A33.key: "at_end"})
    before = settings_of([cast.agreement])[cast.agreement.pk]
    assert before.limit(CLIENTS_LIMIT, cast.today) is None
    decide()
    held = settings_of([cast.agreement])[cast.agreement.pk]
    limit, reading = held.limit(CLIENTS_LIMIT, cast.today), held.readings(cast.today).of(A33)
    assert (limit.value, reading.value, reading.is_default) == (Decimal(60), "at_end", False)
    assert limit.ground == reading.ground == "Johtoryhmä 2.6.2025 § 11"
    assert held.limit(CLIENTS_LIMIT, date(2025, 6, 1)) is None
    assert held.readings(date(2025, 6, 1)).of(A33).is_default


@pytest.mark.parametrize("values", [{}, {CLIENTS_LIMIT: "paljon"}, {CLIENTS_LIMIT: "0"}, {A33.key: "x"}, {"x": "60"}])
def test_setting_that_is_none_is_refused(cast, values):
    with pytest.raises(Refused):
        decided(cast, values)


def test_only_who_prepares_puts_limits_before_the_group(cast):
    with pytest.raises(NotAllowed):
        propose_settings(
            agreement=cast.agreement, values={CLIENTS_LIMIT: "60"}, valid_from=cast.today, by=cast.kela, on=cast.today
        )


def test_year_is_read_in_the_same_number_of_queries_for_one_agreement_and_two(cast, django_assert_num_queries):
    realised(cast)
    counts(cast)
    # Lines, versions, parties, realised, counts, decisions; their corrections and settings once there are any.
    for queries, agreements in ((6, [cast.agreement]), (6, [cast.agreement, cast.second])):
        with django_assert_num_queries(queries):
            data, settings = year_data(agreements, 2025), settings_of(agreements)
            [figures_of(data[a.pk], settings[a.pk].readings(cast.today)) for a in agreements]
    figures = figures_of(data[cast.agreement.pk], settings[cast.agreement.pk].readings(cast.today))
    first = figures.quarters[0]
    assert first.agreed.formula == "9,70"
    assert first.realised.worked.missing == (cast.ta.party.pk, cast.hva.party.pk)


@pytest.mark.parametrize("capacity", Mandate.Capacity.values)
def test_who_may_what_in_this_room(cast, capacity):
    own = (Mandate(agreement=cast.agreement, capacity=capacity, party=cast.kela.party, person=cast.nobody),)
    assert (p.can_report_staff(own, cast.kela.party) is own[0]) is (capacity in {"liaison", "main_user"})
    assert p.can_report_staff(own, cast.hva.party) is None
    prepares = capacity in {"coordinator", "stand_in", "secretary"}
    for may in (p.can_enter_counts, p.can_propose_limits, p.can_prepare_review):
        assert (may(own) is own[0]) is prepares
    assert {name for name in vars(p) if name.startswith("can_")} == {
        "can_report_staff", "can_enter_counts", "can_propose_limits", "can_prepare_review",
    }  # fmt: skip
