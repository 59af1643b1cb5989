"""Sums of Annex 2. Pure: rows in, figures out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol


class Line(Protocol):
    """What the sums need to know of a row."""

    @property
    def title(self) -> str: ...

    @property
    def persons(self) -> int: ...

    @property
    def person_years(self) -> Decimal: ...

    @property
    def counts(self) -> bool: ...

    @property
    def served(self) -> Sequence[Any]: ...


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
class PlaceTotals:
    """TYM staff of one municipality. own: rows that name it alone. shared: rows that name others too, each whole."""

    place: str
    own: Total
    shared: Total


@dataclass(frozen=True)
class Spread:
    """TYM staff by municipality and by job title.

    The agreement does not say how the work of a row is divided between the municipalities it names, so nothing is
    divided: such a row stands whole under each of them, apart from what is theirs alone, and once in `several`.
    """

    places: tuple[PlaceTotals, ...]
    several: Total
    whole_area: Total
    titles: tuple[tuple[str, Total], ...]
    total: Total


@dataclass(frozen=True)
class Table:
    """Annex 2 by party, in party order; then by municipality and title."""

    groups: tuple[PartyLines, ...]
    totals: Totals
    spread: Spread


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
    return Table(groups, totals(lines), spread(lines))


def spread(lines: Iterable[Line]) -> Spread:
    counted = [line for line in lines if line.counts]
    own: dict[str, list[Line]] = {}
    shared: dict[str, list[Line]] = {}
    titles: dict[str, list[Line]] = {}
    for line in counted:
        served = line.served
        for place in served:
            (own if len(served) == 1 else shared).setdefault(place.name, []).append(line)
        titles.setdefault(line.title, []).append(line)
    return Spread(
        places=tuple(
            PlaceTotals(place, total(own.get(place, ())), total(shared.get(place, ())))
            for place in sorted({*own, *shared})
        ),
        several=total(line for line in counted if len(line.served) > 1),
        whole_area=total(line for line in counted if not line.served),
        titles=tuple((title, total(titles[title])) for title in sorted(titles, key=str.casefold)),
        total=total(counted),
    )
