"""Months and quarters, for which figures of staff and clients are given. Pure."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1900, 2199
_CODE = re.compile(r"([0-9]{4})-(?:q([1-4])|(0[1-9]|1[0-2]))")


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month (kuukausi) or quarter (vuosineljännes): `months` from the first day on."""

    first: datetime.date
    months: int = 3

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        return cls(datetime.date(year, 3 * number - 2, 1), 3)

    @classmethod
    def month(cls, year: int, number: int) -> Period:
        return cls(datetime.date(year, number, 1), 1)

    @classmethod
    def of(cls, first: datetime.date, last: datetime.date) -> Period:
        """The period that a stored row is about."""
        return cls(first, last.month - first.month + 1)

    @classmethod
    def parse(cls, code: str) -> Period:
        """Reads "2025-q3" and "2025-09", as they stand in addresses. Raises ValueError."""
        found = _CODE.fullmatch(code)
        if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise ValueError(code)
        year = int(found[1])
        return cls.quarter(year, int(found[2])) if found[2] else cls.month(year, int(found[3]))

    @classmethod
    def ended_before(cls, day: datetime.date) -> Period:
        """The last quarter that was over when the day began."""
        last = day.replace(day=1) - datetime.timedelta(days=1)
        while last.month % 3:
            last = last.replace(day=1) - datetime.timedelta(days=1)
        return cls.quarter(last.year, last.month // 3)

    @property
    def last(self) -> datetime.date:
        month = self.first.month + self.months - 1
        return datetime.date(self.first.year, month, calendar.monthrange(self.first.year, month)[1])

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def number(self) -> int:
        """1-4 of a quarter, 1-12 of a month."""
        return (self.first.month + 2) // 3 if self.is_quarter else self.first.month

    @property
    def is_quarter(self) -> bool:
        return self.months == 3

    @property
    def code(self) -> str:
        return f"{self.year}-q{self.number}" if self.is_quarter else f"{self.year}-{self.number:02}"

    @property
    def next(self) -> Period:
        day = self.last + datetime.timedelta(days=1)
        return Period(day, self.months)

    @property
    def previous(self) -> Period:
        day = self.first - datetime.timedelta(days=1)
        return Period.quarter(day.year, (day.month + 2) // 3) if self.is_quarter else Period.month(day.year, day.month)

    def each_month(self) -> Iterator[Period]:
        for number in range(self.first.month, self.first.month + self.months):
            yield Period.month(self.year, number)

    def holds(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


def quarters_of(year: int) -> tuple[Period, ...]:
    return tuple(Period.quarter(year, number) for number in (1, 2, 3, 4))
