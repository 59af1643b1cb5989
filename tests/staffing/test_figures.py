"""Figures of staff: the worked example of a year comes out exactly, and every figure says how."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from staffing.agreed import HeldRow, Timeline
from staffing.figures import Counts, Quarter, Realised, YearData, agreed, realised, rounded, text_of
from staffing.periods import Period, quarters_of
from staffing.readings import A1, A23, A33, Readings
from staffing.summary import Total
from staffing.yearly import figures_of

JANUARY, APRIL = date(2025, 1, 1), date(2025, 4, 1)
AUTHORITY, COUNTY, KELA = 1, 2, 3
NB = "\u00a0"


def row(party, persons, years, start, until=None, counted=True):
    return HeldRow(party, counted, Total(persons, Decimal(years)), start, until)


ROWS = (
    row(AUTHORITY, 11, "10.60", JANUARY),
    row(AUTHORITY, 1, "1.00", JANUARY, counted=False),
    row(COUNTY, 6, "5.30", JANUARY),
    row(COUNTY, 1, "1.00", JANUARY, APRIL),
    row(COUNTY, 3, "2.50", APRIL),
    row(KELA, 2, "1.20", JANUARY),
)
TIMELINE = Timeline.build(ROWS, [(JANUARY, 1), (APRIL, 2)])
CLIENTS = (1040, 1095, 1150, 1128)
COUNTY_CAME = ("6.30", "7.47", "6.80", "7.63")


def quarter(period, clients, county, *, ended=None, parts=None):
    told = (
        Realised(AUTHORITY, (Decimal("10.10"),)),
        Realised(COUNTY, () if county is None else (Decimal(county),)),
        Realised(KELA, (Decimal("1.20"),)),
    )
    return Quarter(period, None if clients is None else Counts(clients, ended, parts or {}), told)


def year(clients=CLIENTS, county=COUNTY_CAME, timeline=TIMELINE, **more):
    quarters = tuple(quarter(*told, **more) for told in zip(quarters_of(2025), clients, county, strict=True))
    return YearData(2025, timeline, quarters)


def column(name, figures):
    return [getattr(part, name).text for part in (*figures.quarters, figures.whole)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("clients", [f"1{NB}040", f"1{NB}095", f"1{NB}150", f"1{NB}128", f"1{NB}103,25"]),
        ("agreed", ["18,10", "19,60", "19,60", "19,60", "19,225"]),
        ("per_agreed", ["57,46", "55,87", "58,67", "57,55", "57,39"]),
        ("realised", ["17,60", "18,77", "18,10", "18,93", "18,35"]),
        ("per_realised", ["59,09", "58,34", "63,54", "59,59", "60,12"]),
        ("percent", [f"{value}{NB}%" for value in ("97,24", "95,77", "92,35", "96,58", "95,45")]),
    ],
)
def test_demo_year_comes_out_exactly(name, shown):
    assert column(name, figures_of(year(), Readings())) == shown


def test_every_figure_shows_its_formula_with_the_numbers_put_in():
    figures = figures_of(year(), Readings())
    last, whole = figures.quarters[3], figures.whole
    assert last.per_realised.formula == f"1{NB}128 / 18,93 = 59,59"
    assert last.realised.formula == "10,10 + 7,63 + 1,20 = 18,93"
    assert whole.agreed.formula == "(18,10 × 3 + 19,60 × 9) / 12 = 19,225"
    assert whole.realised.formula == "(17,60 + 18,77 + 18,10 + 18,93) / 4 = 18,35"
    assert whole.percent.formula == f"18,35 / 19,225 × 100 = 95,45{NB}%"
    assert whole.per_realised.formula == f"1{NB}103,25 / 18,35 = 60,12"
    assert whole.agreed.worked.versions == whole.percent.worked.versions == (1, 2)
    assert last.per_agreed.worked.versions == (2,)


def others(figure):
    return {(other.question.code, other.value): figure.told_formula(other.worked) for other in figure.others}


def test_other_readings_are_shown_beside():
    whole = figures_of(year(), Readings()).whole
    assert others(whole.percent) == {("A33", "at_end"): f"18,35 / 19,60 × 100 = 93,62{NB}%"}
    assert others(whole.per_agreed) == {
        ("A23", "year_end"): f"1{NB}128 / 19,225 = 58,67",
        ("A33", "at_end"): f"1{NB}103,25 / 19,60 = 56,29",
    }
    assert others(whole.per_realised) == {("A23", "year_end"): f"1{NB}128 / 18,35 = 61,47"}


def test_chosen_reading_is_used_and_the_default_becomes_the_other():
    whole = figures_of(year(), Readings().read_as(A33, "at_end")).whole
    assert whole.percent.text == f"93,62{NB}%"
    assert others(whole.percent) == {("A33", "time_weighted"): f"18,35 / 19,225 × 100 = 95,45{NB}%"}


def test_clients_served_count_only_when_all_who_ended_are_known():
    served = Readings().read_as(A23, "served")
    assert figures_of(year(ended=100), served).whole.clients.formula == f"1{NB}128 + 100 + 100 + 100 + 100 = 1{NB}528"
    assert figures_of(year(), served).whole.clients.value is None


def test_amount_of_staff_is_heads_or_person_years():
    amount = figures_of(year(), Readings()).amount
    assert amount.formula == "11 + 9 + 2 = 22"
    assert others(amount) == {("A1", "person_years"): "10,60 + 7,80 + 1,20 = 19,60"}
    assert figures_of(year(), Readings().read_as(A1, "person_years")).amount.text == "19,60"


def test_each_party_has_its_own_share_of_the_table():
    county = figures_of(year(), Readings()).parties[1]
    assert (county.agreed.text, county.realised.text, county.percent.text) == ("7,425", "7,05", f"94,95{NB}%")
    assert [percent.text for _period, _agreed, _realised, percent in county.quarters] == [
        f"100,00{NB}%", f"95,77{NB}%", f"87,18{NB}%", f"97,82{NB}%",
    ]  # fmt: skip


def test_what_a_party_has_not_told_is_not_nothing():
    """The year so far is worked out over what everybody has told; the silent party is named."""
    figures = figures_of(year(county=("6.30", "7.47", None, None)), Readings())
    third, whole = figures.quarters[2], figures.whole
    assert (third.realised.value, third.percent.value, third.realised.worked.missing) == (None, None, (COUNTY,))
    assert third.per_agreed.text == "58,67"
    assert whole.realised.formula == "(17,60 + 18,77) / 2 = 18,185"
    assert whole.percent.formula == f"18,185 / 18,85 × 100 = 96,47{NB}%"
    assert [period.number for period in whole.percent.worked.quarters] == [1, 2]


def test_nothing_told_gives_no_figure():
    figures = figures_of(year(clients=[None] * 4, county=[None] * 4), Readings())
    assert column("percent", figures) == column("per_realised", figures) == [""] * 5
    assert figures.whole.percent.formula == ""


def test_change_in_the_middle_of_a_month_weighs_by_days():
    """Within a month by days; months weigh the same."""
    timeline = Timeline.build(
        [row(1, 2, "1.00", JANUARY, date(2025, 2, 15)), row(1, 2, "2.00", date(2025, 2, 15))],
        [(JANUARY, 1), (date(2025, 2, 15), 2)],
    )
    worked = agreed(timeline, [Period.quarter(2025, 1)], Readings())
    assert worked.value == Fraction(3, 2)
    assert worked.formula == "(1,00 × (1 + 14/28) + 2,00 × (1 + 14/28)) / 3"


def test_time_out_of_force_does_not_thin_the_mean():
    timeline = Timeline.build([row(1, 1, "0.60", date(2025, 2, 1))], [(date(2025, 2, 1), 1)], date(2025, 11, 30))
    assert agreed(timeline, quarters_of(2025), Readings()).value == Fraction(6, 10)
    assert timeline.on(date(2025, 12, 1)) is timeline.on(date(2025, 1, 31)) is None
    assert agreed(timeline, [Period.quarter(2025, 4)], Readings().read_as(A33, "at_end")).value == Fraction(6, 10)


def test_quarter_given_by_months_is_their_mean_and_needs_all_three():
    period = Period.quarter(2025, 1)
    months = Realised(1, (Decimal("1.00"), Decimal("0.50"), Decimal("0.60")))
    data = YearData(2025, TIMELINE, (Quarter(period, None, (months,)),))
    assert realised(data, [period]).formula == "(1,00 + 0,50 + 0,60) / 3"
    assert Realised(1, (Decimal("1.00"), Decimal("0.50"))).value is None


def test_parts_are_summed_over_the_quarters_in_which_they_were_counted():
    plans = figures_of(year(parts={"plans": (9, 10)}), Readings()).parts[0]
    assert plans.formula == f"36 / 40 × 100 = 90,00{NB}%"
    assert figures_of(year(), Readings()).parts[0].value is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 200), "0,01"),
        (Fraction(1149, 100000), "0,01"),
        (Fraction(-1, 200), "\u22120,01"),
        (Fraction(2, 3), "0,67"),
    ],
)
def test_rounding_is_half_up(value, shown):
    assert str(rounded(value)).replace(".", ",").replace("-", "\u2212") == shown


@pytest.mark.parametrize(("value", "shown"), [("18.1", "18,10"), ("19.225", "19,225"), ("0.33333", "0,333")])
def test_numbers_of_a_formula_have_the_decimals_they_need(value, shown):
    assert text_of(Fraction(value)) == shown


@pytest.mark.parametrize("code", ["2025-q1", "2025-q4", "2025-02", "2024-12"])
def test_period_is_read_as_it_is_written(code):
    assert Period.parse(code).code == code


@pytest.mark.parametrize("code", ["2025-q5", "2025-13", "2025", "0025-q1", "2025-q1 ", "２０２５-q1", ""])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match=r"^.*$"):
        Period.parse(code)


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-01-01", "2025-q4"), ("2025-12-31", "2025-q3"), ("2025-06-02", "2025-q1"), ("2025-07-01", "2025-q2")],
)
def test_last_quarter_that_is_over(day, code):
    assert Period.ended_before(date.fromisoformat(day)).code == code


def test_neighbours_of_a_period():
    assert (Period.parse("2025-q1").previous.code, Period.parse("2025-q4").next.code) == ("2024-q4", "2026-q1")
    assert (Period.parse("2025-01").previous.code, Period.parse("2025-12").next.code) == ("2024-12", "2026-01")
    assert Period.parse("2024-02").last == date(2024, 2, 29)
