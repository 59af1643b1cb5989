"""Sums of Annex 2 and the comparison of rows, on plain objects."""

from dataclasses import dataclass
from decimal import Decimal

from staffing.summary import Total, Totals, table, total, totals


@dataclass(frozen=True)
class Line:
    persons: int
    person_years: Decimal
    counts: bool = True
    party: str = "Kela"


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
