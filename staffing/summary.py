"""Sums of Annex 2. Pure: rows in, figures out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class Line(Protocol):
    """What the sums need to know of a row."""

    persons: int
    person_years: Decimal

    @property
    def counts(self) -> bool: ...


@dataclass(frozen=True)
class Total:
    """Heads and person-years (htv)."""

    persons: int = 0
    person_years: Decimal = Decimal("0.00")

    def __add__(self, other: "Total") -> "Total":
        return Total(self.persons + other.persons, self.person_years + other.person_years)


@dataclass(frozen=True)
class Totals:
    """TYM staff, and those who are named but not counted (agreement section 5)."""

    counted: Total
    not_counted: Total


@dataclass(frozen=True)
class PartyLines:
    """One party's rows with their totals."""

    party: object
    lines: tuple
    totals: Totals


@dataclass(frozen=True)
class Table:
    """Annex 2 by party, in party order."""

    groups: tuple[PartyLines, ...]
    totals: Totals


def total(lines: Iterable[Line]) -> Total:
    return sum((Total(line.persons, line.person_years) for line in lines), Total())


def totals(lines: Sequence[Line]) -> Totals:
    return Totals(
        counted=total(line for line in lines if line.counts),
        not_counted=total(line for line in lines if not line.counts),
    )


def table(lines: Sequence) -> Table:
    """Rows grouped by party; the rows come in party order."""
    by_party: dict[object, list] = {}
    for line in lines:
        by_party.setdefault(line.party, []).append(line)
    groups = tuple(PartyLines(party, tuple(own), totals(own)) for party, own in by_party.items())
    return Table(groups, totals(lines))
