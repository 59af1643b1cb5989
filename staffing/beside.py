"""Staff and clients of several agreements side by side, for who holds mandates in them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from agreements.models import Agreement, Mandate
from staffing.state import Settings, settings_of, year_data
from staffing.suppression import LEAST
from staffing.words import LIMIT_OF, Told, tell
from staffing.yearly import YearFigures, figures_of

# Who only looks on, and is of no party, does not see small numbers.
ONLOOKERS = (Mandate.Capacity.READER, Mandate.Capacity.AUDITOR)
TELL_OF_CLIENTS = ("clients", "per_agreed", "per_realised")


@dataclass(frozen=True)
class Cell:
    """A figure of an agreement; hidden when a client could be told by it."""

    told: Told
    is_hidden: bool


@dataclass(frozen=True)
class Beside:
    """An agreement's year in one line."""

    agreement: Agreement
    cells: tuple[Cell, ...]


def is_insider(mandates: Sequence[Mandate]) -> bool:
    """Of a party, or in an office of the agreement."""
    return any(mandate.party_id or mandate.capacity not in ONLOOKERS for mandate in mandates)


def side_by_side(mandates: Sequence[Mandate], year: int, day: datetime.date) -> list[Beside]:
    """The year of every agreement on which the mandates are. The number of queries does not grow with them."""
    agreements = {mandate.agreement_id: mandate.agreement for mandate in mandates}
    ordered = sorted(agreements.values(), key=lambda agreement: (agreement.short_title, agreement.pk))
    data, settings = year_data(ordered, year), settings_of(ordered)
    last = min(datetime.date(year, 12, 31), day)
    return [
        _line(
            agreement,
            figures_of(data[agreement.pk], settings[agreement.pk].readings(last)),
            settings[agreement.pk],
            last,
            sees_all=is_insider([mandate for mandate in mandates if mandate.agreement_id == agreement.pk]),
        )
        for agreement in ordered
    ]


def _line(
    agreement: Agreement, figures: YearFigures, settings: Settings, last: datetime.date, *, sees_all: bool
) -> Beside:
    limits = {name: settings.limit(key, last) for name, key in LIMIT_OF.items()}
    smallest = _smallest(figures)
    hides = not sees_all and smallest is not None and smallest < LEAST
    cells = []
    for figure in (figures.amount, *figures.whole.figures):
        told = tell(figure, of=str(figures.year), parties={}, limit=limits.get(figure.name))
        cells.append(Cell(told, hides and figure.name in TELL_OF_CLIENTS))
    return Beside(agreement, tuple(cells))


def _smallest(figures: YearFigures) -> Fraction | None:
    """The least number of clients told in the year: a mean of the others would tell it."""
    known = [column.clients.value for column in (*figures.quarters, figures.whole)]
    return min((value for value in known if value is not None), default=None)
