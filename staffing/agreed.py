"""How much staff Annex 2 promised, day by day and over a time (A33). Pure: rows in, sums out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from staffing.periods import Period
from staffing.summary import Total

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class HeldRow:
    """A decided row of Annex 2 from its start until the day before `until`, its successor's start."""

    party: int
    counted: bool
    total: Total
    start: datetime.date
    until: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Agreed:
    """Annex 2 from a day until the next one: its TYM staff by party (agreement 5 §), and which version it is."""

    start: datetime.date
    version: int
    by_party: Mapping[int, Total]

    def of(self, party: int | None) -> Total:
        """One party's staff, or that of all."""
        if party is not None:
            return self.by_party.get(party, Total())
        return sum(self.by_party.values(), Total())


@dataclass(frozen=True)
class Share:
    """A part of a time during which one version held; `months` is its length, a whole month counts 1."""

    agreed: Agreed
    months: Fraction
    text: str


@dataclass(frozen=True)
class Timeline:
    """Annex 2 through time. ends: the agreement's last day, if it has one."""

    steps: tuple[Agreed, ...] = ()
    ends: datetime.date | None = None
    _shares: dict = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def build(
        cls, rows: Iterable[HeldRow], versions: Iterable[tuple[datetime.date, int]], ends: datetime.date | None = None
    ) -> Timeline:
        """versions: start and number of each adopted one."""
        held, adopted = list(rows), sorted(versions)
        starts = sorted({start for start, _number in adopted})
        steps = []
        for start in starts:
            # The version in force is the latest to have started; of two that start together, the higher number.
            number = max((begun, number) for begun, number in adopted if begun <= start)[1]
            steps.append(Agreed(start, number, _sums(row for row in held if row.holds(start))))
        return cls(tuple(steps), ends)

    def on(self, day: datetime.date) -> Agreed | None:
        """What holds on the day; nothing before the first version and after the agreement's end."""
        if self.ends and day > self.ends:
            return None
        return next((step for step in reversed(self.steps) if step.start <= day), None)

    def last_in(self, period: Period) -> Agreed | None:
        """The version in force at the end of the period (or of the agreement in it)."""
        return self.on(min(period.last, self.ends) if self.ends else period.last)

    def shares(self, periods: Sequence[Period]) -> tuple[Share, ...]:
        """How long each version held during the periods. A month counts 1 whatever its days; time out of force 0."""
        key = tuple(periods)
        if key not in self._shares:
            months = [month for period in periods for month in period.each_month()]
            self._shares[key] = tuple(self._grouped(months))
        return self._shares[key]

    def _grouped(self, months: Sequence[Period]) -> Iterable[Share]:
        for step in self.steps:
            whole, parts = 0, []
            for month in months:
                days = sum(1 for day in _days(month) if self.on(day) is step)
                if days == (month.last - month.first).days + 1:
                    whole += 1
                elif days:
                    parts.append((days, (month.last - month.first).days + 1))
            if whole or parts:
                length = sum((Fraction(*part) for part in parts), Fraction(whole))
                yield Share(step, length, _length(whole, parts))


def _days(month: Period) -> Iterable[datetime.date]:
    return (month.first + DAY * offset for offset in range((month.last - month.first).days + 1))


def _length(whole: int, parts: Sequence[tuple[int, int]]) -> str:
    told = ([str(whole)] if whole else []) + [f"{days}/{of}" for days, of in parts]
    return told[0] if len(told) == 1 else f"({' + '.join(told)})"


def _sums(rows: Iterable[HeldRow]) -> dict[int, Total]:
    sums: dict[int, Total] = {}
    for row in rows:
        if row.counted:
            sums[row.party] = sums.get(row.party, Total()) + row.total
    return sums
