"""A year's figures line by line, as the page of figures and an adequacy review both show them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Party
from staffing.models import Vacancy
from staffing.periods import Period
from staffing.state import Settings, period_in_words
from staffing.words import LIMIT_OF, LIMITS, Told, number_of, tell
from staffing.yearly import Column, YearFigures


@dataclass(frozen=True)
class Line:
    """A line of the table: a quarter, or the year. is_over: figures of it can be told."""

    title: str
    told: tuple[Told, ...]
    is_over: bool = True


def lines_of(figures: YearFigures, settings: Settings, parties: Sequence[Party], day: datetime.date) -> list[Line]:
    """Quarter by quarter and the year, each against the limits in force at its end; `day` is today."""
    names = {party.pk: party.short_name for party in parties}
    lines = []
    for column in (*figures.quarters, figures.whole):
        of = period_in_words(column.period) if column.period else str(figures.year)
        title = of if column.period else _("Year %(year)s") % {"year": figures.year}
        last = column.period.last if column.period else Period.quarter(figures.year, 4).last
        is_over = column.period is None or last <= day
        lines.append(Line(title, _told(column, of, settings, names, min(last, day)), is_over))
    return lines


def _told(
    column: Column, of: str, settings: Settings, names: Mapping[int, str], last: datetime.date
) -> tuple[Told, ...]:
    limits = {name: settings.limit(key, last) for name, key in LIMIT_OF.items()}
    return tuple(tell(figure, of=of, parties=names, limit=limits.get(figure.name)) for figure in column.figures)


def party_told(figures: YearFigures, party: Party, parties: Sequence[Party]) -> tuple[Told, ...]:
    """A party's agreed, realised and realised of agreed of the year; nothing when it had no year."""
    names = {one.pk: one.short_name for one in parties}
    year = next((year for year in figures.parties if year.party == party.pk), None)
    three = (year.agreed, year.realised, year.percent) if year else ()
    return tuple(tell(figure, of=f"{party.short_name} {figures.year}", parties=names) for figure in three)


def more_told(figures: YearFigures, parties: Sequence[Party]) -> list[Told]:
    """Amount of staff, plans and reviews in time, the share face to face."""
    names = {party.pk: party.short_name for party in parties}
    return [tell(figure, of=str(figures.year), parties=names) for figure in (figures.amount, *figures.parts)]


def limits_told(settings: Settings, day: datetime.date) -> list[dict[str, Any]]:
    """Limits of the group in force on the day."""
    found = [(words, settings.limit(key, day)) for key, words in LIMITS.items()]
    return [{"title": words, "limit": limit, "number": number_of(limit)} for words, limit in found if limit]


@dataclass(frozen=True)
class Gap:
    """A vacancy that touches a year, with the days on which nobody stood in."""

    vacancy: Vacancy
    days: int
    is_open: bool


def gaps_of(parties: Sequence[Party], year: int, day: datetime.date) -> list[Gap]:
    """Counted up to the day, at most to the year's end. One query."""
    first, last = Period.quarter(year, 1).first, Period.quarter(year, 4).last
    rows = Vacancy.objects.filter(party__in=parties, withdrawn=False, first_day__lte=last).select_related("party")
    until = min(last, day)
    touching = [row for row in rows if row.last_day is None or row.last_day >= first]
    return [Gap(row, row.days_without_substitute(first, until), row.is_open(day)) for row in touching]
