"""The follow-up of a meeting (seuranta, 7 and 12 §): staff, clients and goals so far, in words.

Plain values only: they are kept with the item of the agenda, so that summons and minutes say the same later.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import Agreement
from staffing.models import Vacancy
from staffing.periods import Period
from staffing.state import Settings, period_in_words, settings_of, year_data
from staffing.words import LIMIT_OF, tell
from staffing.words import Told as ToldFigure
from staffing.yearly import Column, YearFigures, figures_of
from steering.followed import Row, shown
from steering.models import GoalSet
from tym.core.formats import format_day, format_number, format_person_years

Told = dict[str, Any]


def followup_of(agreement: Agreement, day: datetime.date) -> Told:
    """What is known on the day: quarters that are over, the year of the last of them so far, goals of it and of this.

    Constant queries, whatever the rows.
    """
    year = min(max(Period.ended_before(day).year, agreement.valid_from.year), day.year)
    settings = settings_of([agreement])[agreement.pk]
    data = year_data([agreement], year)[agreement.pk]
    over = tuple(quarter for quarter in data.quarters if quarter.period.last < day)
    figures = figures_of(replace(data, quarters=over), settings.readings(day))
    parties = {party.pk: party.short_name for party in agreement.parties.all()}
    return {
        "day": format_day(day),
        "year": year,
        "times": [_time(column, figures, settings, parties, day) for column in (*figures.quarters, figures.whole)],
        "parties": _parties(figures, parties),
        "vacancies": _vacancies(agreement, day),
        "goals": _goals(agreement, {year, day.year}, day),
    }


def _time(
    column: Column, figures: YearFigures, settings: Settings, parties: Mapping[int, str], day: datetime.date
) -> Told:
    of = period_in_words(column.period) if column.period else str(figures.year)
    last = min(column.period.last, day) if column.period else day
    limits = {name: settings.limit(key, last) for name, key in LIMIT_OF.items()}
    told = [tell(figure, of=of, parties=parties, limit=limits.get(figure.name)) for figure in column.figures]
    return {"title": capfirst(of) if column.period else _year(figures), "figures": [_figure(one) for one in told]}


def _year(figures: YearFigures) -> str:
    told = {"year": figures.year}
    return _("Year %(year)s") % told if len(figures.quarters) == 4 else _("Year %(year)s so far") % told


def _figure(told: ToldFigure) -> Told:
    """A figure with how it was worked out. anchor: where the page of staffing explains it."""
    return {
        "title": told.title,
        "of": told.of,
        "text": told.text,
        "formula": told.formula,
        "missing": told.missing,
        "clause": told.clause,
        "readings": list(told.readings),
        "verdict": told.verdict.text if told.verdict else "",
        "over": bool(told.verdict and told.verdict.over),
        "anchor": told.anchor,
    }


def _parties(figures: YearFigures, parties: Mapping[int, str]) -> list[Told]:
    """Agreed and realised staff of each party in the year so far."""
    rows = []
    for of_party in figures.parties:
        three = (of_party.agreed, of_party.realised, of_party.percent)
        of = f"{parties[of_party.party]} {figures.year}"
        told = [_figure(tell(figure, of=of, parties=parties)) for figure in three]
        rows.append({"name": parties[of_party.party], "figures": told})
    return rows


def _vacancies(agreement: Agreement, day: datetime.date) -> list[Told]:
    """Posts that nobody fills on the day (9 § 2 mom: whether staff is enough)."""
    rows = Vacancy.objects.filter(party__agreement=agreement, withdrawn=False, first_day__lte=day)
    return [
        {
            "title": row.title,
            "party": row.party.short_name,
            "person_years": format_person_years(row.uncovered_on(day)),
            "since": format_day(row.first_day),
        }
        for row in rows.select_related("party")
        if row.is_open(day)
    ]


def _goals(agreement: Agreement, years: set[int], day: datetime.date) -> list[Told]:
    sets = GoalSet.objects.approved().filter(matter__agreement=agreement, year__in=years).order_by("year")
    loaded = sets.select_related("matter").prefetch_related("goals__outcomes", "matter__decisions")
    return [{"year": one.year, "rows": _rows(shown(one).rows, day)} for one in loaded]


def _rows(rows: Sequence[Row], day: datetime.date) -> list[Told]:
    """Goals with the latest outcome known by the day."""
    told = []
    for row in rows:
        outcomes = [one for one in row.goal.outcomes.all() if one.on <= day]
        latest = Row(row.goal, outcomes[-1] if outcomes else None)
        told.append(_goal(latest))
    return told


def _goal(row: Row) -> Told:
    goal, outcome = row.goal, row.outcome
    measure = f"{goal.measure}, {goal.unit}" if goal.unit else goal.measure
    state = _("Not computed") if outcome is None else _("Met") if row.is_met else _("Not met")
    return {
        "name": goal.name,
        "measure": measure,
        "start": format_number(goal.start, 2) if goal.start is not None else "",
        "target": format_number(goal.target, 2),
        "lower_is_better": goal.lower_is_better,
        "outcome": format_number(outcome.value, 2) if outcome else "",
        "on": format_day(outcome.on) if outcome else "",
        "note": outcome.note if outcome else "",
        "state": state,
    }
