"""Sums of Annex 2 and the comparison of rows, on plain objects."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Municipality
from staffing.summary import PlaceTotals, Total, Totals, spread, table, total, totals


@dataclass(frozen=True)
class Line:
    persons: int
    person_years: Decimal
    counts: bool = True
    party: str = "Kela"
    title: str = "neuvoja"
    served: tuple = ()


COUNTED = Line(2, Decimal("1.20"))
NOT_COUNTED = Line(1, Decimal("0.50"), counts=False)


def test_total_of_nothing_is_zero_with_two_decimals():
    assert total([]) == Total(0, Decimal("0.00"))
    assert str(total([]).person_years) == "0.00"


def test_total_adds_exactly():
    tenths = [Line(1, Decimal("0.10"))] * 3

    assert total(tenths) == Total(3, Decimal("0.30"))


def test_totals_keep_apart_those_who_are_not_counted():
    assert totals([COUNTED, NOT_COUNTED, COUNTED]) == Totals(
        counted=Total(4, Decimal("2.40")), not_counted=Total(1, Decimal("0.50"))
    )


def test_table_groups_by_party_in_the_order_of_the_rows():
    others = Line(6, Decimal("6.00"), party="kaupunki")

    made = table([others, COUNTED, NOT_COUNTED])

    assert [(group.party, group.lines) for group in made.groups] == [
        ("kaupunki", (others,)),
        ("Kela", (COUNTED, NOT_COUNTED)),
    ]
    assert [group.totals.counted.persons for group in made.groups] == [6, 2]
    assert made.totals == Totals(counted=Total(8, Decimal("7.20")), not_counted=Total(1, Decimal("0.50")))


def test_table_of_no_rows_has_no_groups():
    assert table([]).groups == ()


def serving(persons, person_years, *names, **more):
    return Line(persons, Decimal(person_years), served=tuple(Municipality(name=name) for name in names), **more)


def test_row_of_several_municipalities_is_whole_under_each_and_once_in_all():
    made = spread(
        [
            serving(2, "1.20", "Pori"),
            serving(3, "2.00", "Pori", "Ulvila", title="Ohjaaja"),
            serving(1, "0.50"),
            serving(9, "9.00", "Pori", counts=False),
        ]
    )

    shared = Total(3, Decimal("2.00"))
    assert made.places == (
        PlaceTotals("Pori", Total(2, Decimal("1.20")), shared),
        PlaceTotals("Ulvila", Total(), shared),
    )
    assert (made.several, made.whole_area) == (shared, Total(1, Decimal("0.50")))
    assert made.titles == (("neuvoja", Total(3, Decimal("1.70"))), ("Ohjaaja", shared))
    assert made.total == Total(6, Decimal("3.70"))


FIGURES = st.integers(0, 999).flatmap(
    lambda persons: st.tuples(st.just(persons), st.decimals(0, persons, places=2), st.sets(st.sampled_from("ABC")))
)


@given(st.lists(FIGURES, max_size=8))
def test_own_several_and_whole_area_make_up_the_total(figures):
    made = spread([serving(persons, years, *names) for persons, years, names in figures])

    parts = [place.own for place in made.places] + [made.several, made.whole_area]
    assert sum(parts, Total()) == made.total == sum((figure for _title, figure in made.titles), Total())
