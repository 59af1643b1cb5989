"""The three months of 12 § (määräaika), counted in calendar months as 150/1930 3-4 § counts (domain 5.18, A10).

Pure. From a wanted day one counts backwards, and a day that the month does not have is its last. The day from which a
proposal received on a day may be in force is the first one whose latest day is not before that: the two are not each
other's inverse, so only the backward count decides. No day is moved for a weekend.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

MONTHS = 3


@dataclass(frozen=True)
class Notice:
    """A proposal's days. latest: when it should have been received for the wanted day; earliest: from when it may be
    in force by what was received. Without a wanted day it is never late.
    """

    received: datetime.date
    wanted: datetime.date | None

    @property
    def latest(self) -> datetime.date | None:
        return latest_day(self.wanted) if self.wanted else None

    @property
    def earliest(self) -> datetime.date:
        return earliest_day(self.received)

    @property
    def is_late(self) -> bool:
        return self.latest is not None and self.received > self.latest


def latest_day(wanted: datetime.date) -> datetime.date:
    """The last day on which a proposal is in time for the wanted day: 31.5. → 28.2."""
    year, month = _shifted(wanted, -MONTHS)
    return datetime.date(year, month, min(wanted.day, _length(year, month)))


def earliest_day(received: datetime.date) -> datetime.date:
    """The first day for which a proposal received then is in time: 30.11. → 1.3., not 28.2."""
    year, month = _shifted(received, MONTHS)
    if received.day <= _length(year, month):
        return datetime.date(year, month, received.day)
    return datetime.date(year + month // 12, month % 12 + 1, 1)


def _shifted(day: datetime.date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
