"""What is not as it should be with access rights (agreement 10 §, act 381/2023 12 §). Pure: rows or counts in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

WARNING, INFORMATION = "warning", "information"
YEAR = 1


class Right(Protocol):
    """What the findings need to know of a right."""

    @property
    def person(self) -> str: ...

    @property
    def is_staff(self) -> bool: ...

    @property
    def applied_on(self) -> datetime.date: ...

    @property
    def trained_on(self) -> datetime.date | None: ...

    @property
    def granted_on(self) -> datetime.date | None: ...

    @property
    def left_on(self) -> datetime.date | None: ...

    @property
    def ended_on(self) -> datetime.date | None: ...


@dataclass(frozen=True)
class Counts:
    """A party's rights on a day, without names (see RightsCheck)."""

    granted: int = 0
    outside: int = 0
    applied: int = 0
    untrained: int = 0
    left: int = 0


@dataclass(frozen=True)
class Finding:
    """kind: which finding. count: how many. days: how late. person: whom it concerns, for her own party only."""

    kind: str
    level: str = WARNING
    count: int = 1
    days: int = 0
    person: str = ""


def is_open(right: Right, day: datetime.date) -> bool:
    return right.granted_on is not None and right.granted_on <= day and not _is_over(right, day)


def is_applied(right: Right, day: datetime.date) -> bool:
    """Asked for and not granted yet."""
    waits = right.granted_on is None or right.granted_on > day
    return right.applied_on <= day and waits and not _is_over(right, day)


def _is_over(right: Right, day: datetime.date) -> bool:
    return right.ended_on is not None and right.ended_on < day


def is_untrained(right: Right, day: datetime.date) -> bool:
    """Open or applied for without training so far."""
    trained = right.trained_on is not None and right.trained_on <= day
    return not trained and (is_open(right, day) or is_applied(right, day))


def days_open_after(right: Right, day: datetime.date) -> int:
    """How many days the right has been open since the person left; 0 when it has not."""
    if right.left_on is None or right.granted_on is None or right.granted_on > day:
        return 0
    until = day if right.ended_on is None else min(right.ended_on, day)
    return max((until - right.left_on).days, 0)


def counts_of(rights: Iterable[Right], day: datetime.date) -> Counts:
    known = list(rights)
    granted = [right for right in known if is_open(right, day)]
    return Counts(
        granted=len(granted),
        outside=sum(not right.is_staff for right in granted),
        applied=sum(is_applied(right, day) for right in known),
        untrained=sum(is_untrained(right, day) for right in known),
        left=sum(_left_and_open(right, day) for right in granted),
    )


def _left_and_open(right: Right, day: datetime.date) -> bool:
    return is_open(right, day) and right.left_on is not None and right.left_on < day


def of_rights(rights: Iterable[Right], staff: int, day: datetime.date) -> list[Finding]:
    """Findings of a list by name. staff: TYM staff of Annex 2 on the day."""
    known = list(rights)
    found = [Finding("untrained", person=right.person) for right in known if is_untrained(right, day)]
    for right in known:
        days = days_open_after(right, day)
        if _left_and_open(right, day):
            found.append(Finding("left", days=days, person=right.person))
        elif days and right.ended_on is not None and right.ended_on.year >= day.year - YEAR:
            found.append(Finding("late", days=days, person=right.person))
    return found + _against_staff(counts_of(known, day), staff)


def of_counts(counts: Counts, staff: int) -> list[Finding]:
    """Findings of what a party has told in counts."""
    found = []
    if counts.untrained:
        found.append(Finding("untrained", count=counts.untrained))
    if counts.left:
        found.append(Finding("left", count=counts.left))
    return found + _against_staff(counts, staff)


def _against_staff(counts: Counts, staff: int) -> list[Finding]:
    """Rights of TYM staff against its heads in Annex 2. Who has applied is waiting, not without."""
    of_staff = counts.granted - counts.outside
    found = []
    if of_staff > staff:
        found.append(Finding("right_without_staff", count=of_staff - staff))
    if of_staff + counts.applied < staff:
        found.append(Finding("staff_without_right", count=staff - of_staff - counts.applied))
    if counts.outside:
        found.append(Finding("outside", level=INFORMATION, count=counts.outside))
    return found


def of_check(last: datetime.date | None, since: datetime.date, day: datetime.date) -> list[Finding]:
    """The yearly confirmation, counted from the last one or from the start of the agreement."""
    due = next_check(last or since)
    return [Finding("check_overdue", days=(day - due).days)] if due < day else []


def next_check(last: datetime.date) -> datetime.date:
    """A year on; of a leap day the last of February."""
    try:
        return last.replace(year=last.year + YEAR)
    except ValueError:
        return last.replace(year=last.year + YEAR, day=28)


def without_names(findings: Iterable[Finding]) -> list[Finding]:
    """As the other parties see them."""
    return [Finding(one.kind, one.level, one.count, one.days) for one in findings]
