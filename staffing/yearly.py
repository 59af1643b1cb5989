"""The figures of a year, quarter by quarter and as a whole, of all parties and of each. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from staffing import figures as f
from staffing.figures import PERCENT, Figure, YearData, explain
from staffing.periods import Period
from staffing.readings import A1, A23, A33, Readings

PARTS = ("plans", "reviews", "face_to_face")


@dataclass(frozen=True)
class Column:
    """The six figures of a quarter, or of the year: the same line of the table."""

    period: Period | None
    clients: Figure
    agreed: Figure
    per_agreed: Figure
    realised: Figure
    per_realised: Figure
    percent: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.clients, self.agreed, self.per_agreed, self.realised, self.per_realised, self.percent)


@dataclass(frozen=True)
class PartyYear:
    """A party's agreed and realised staff of the year, and of each quarter."""

    party: int
    quarters: tuple[tuple[Period, Figure, Figure, Figure], ...]
    agreed: Figure
    realised: Figure
    percent: Figure


@dataclass(frozen=True)
class YearFigures:
    """All figures of a year (domain 6.5)."""

    year: int
    quarters: tuple[Column, ...]
    whole: Column
    parties: tuple[PartyYear, ...]
    amount: Figure
    parts: tuple[Figure, ...]


def figures_of(data: YearData, readings: Readings) -> YearFigures:
    parties = tuple(entry.party for entry in data.quarters[0].realised) if data.quarters else ()
    every = tuple(quarter.period for quarter in data.quarters)
    return YearFigures(
        year=data.year,
        quarters=tuple(_column(data, readings, (period,), period) for period in every),
        whole=_column(data, readings, every, None),
        parties=tuple(_party(data, readings, party) for party in parties),
        amount=explain("amount", f.amount, data, readings, A1),
        parts=tuple(
            explain(name, lambda d, r, name=name: f.part(d, every, name), data, readings, unit=PERCENT)  # type: ignore[misc]
            for name in PARTS
        ),
    )


def _column(data: YearData, readings: Readings, periods: tuple[Period, ...], period: Period | None) -> Column:
    counted = tuple(q.period for q in data.quarters if q.period in periods and q.counts is not None)
    told = tuple(q.period for q in data.quarters if q.period in periods and not q.missing)
    both = tuple(p for p in counted if p in told)
    of_year, place = (A23,) if period is None else (), period.code if period else str(data.year)
    return Column(
        period,
        explain("clients", lambda d, r: f.clients(d, periods, r), data, readings, *of_year, least=0, place=place),
        explain("agreed", lambda d, r: f.agreed(d.timeline, periods, r), data, readings, A33, place=place),
        explain(
            "per_agreed",
            lambda d, r: f.ratio(f.clients(d, counted, r), f.agreed(d.timeline, counted, r), least=(0, 2)),
            data, readings, *of_year, A33, place=place,
        ),
        explain("realised", lambda d, r: f.realised(d, periods), data, readings, place=place),
        explain(
            "per_realised",
            lambda d, r: f.ratio(f.clients(d, both or periods, r), f.realised(d, both or periods), least=(0, 2)),
            data, readings, *of_year, place=place,
        ),
        explain("percent", lambda d, r: _percent(d, r, periods), data, readings, A33, unit=PERCENT, place=place),
    )  # fmt: skip


def _percent(data: YearData, readings: Readings, periods: tuple[Period, ...], party: int | None = None) -> f.Worked:
    """Realised by agreed (toteuma-aste, 5 §), over the quarters that have been told."""
    came_true = f.realised(data, periods, party)
    return f.ratio(came_true, f.agreed(data.timeline, came_true.quarters, readings, party), percent=True)


def _party(data: YearData, readings: Readings, party: int) -> PartyYear:
    every = tuple(quarter.period for quarter in data.quarters)
    return PartyYear(
        party,
        tuple((period, *_three(data, readings, (period,), party, period.code)) for period in every),
        *_three(data, readings, every, party, str(data.year)),
    )


def _three(
    data: YearData, readings: Readings, periods: tuple[Period, ...], party: int, code: str
) -> tuple[Figure, Figure, Figure]:
    place = f"{code}-{party}"
    return (
        explain("agreed", lambda d, r: f.agreed(d.timeline, periods, r, party), data, readings, A33, place=place),
        explain("realised", lambda d, r: f.realised(d, periods, party), data, readings, place=place),
        explain("percent", lambda d, r: _percent(d, r, periods, party), data, readings, A33, unit=PERCENT, place=place),
    )
