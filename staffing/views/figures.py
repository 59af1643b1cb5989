"""The figures of a year: what was agreed, what came true, how many clients; each shows how it was worked out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agreements.access import Access, open_agreement
from agreements.models import Mandate, Party
from staffing import permissions
from staffing.models import ClientCount, RealisedStaffing, Vacancy
from staffing.periods import Period
from staffing.state import Settings, period_in_words, settings_of, year_data
from staffing.words import LIMIT_OF, LIMITS, Told, number_of, tell
from staffing.yearly import Column, YearFigures, figures_of


@dataclass(frozen=True)
class Line:
    """A line of the table: a quarter, or the year. is_over: figures of it can be told."""

    title: str
    told: tuple[Told, ...]
    is_over: bool = True


@dataclass(frozen=True)
class Cell:
    """What a party told of a quarter: one figure, or one a month; empty when it has not."""

    period: Period
    rows: tuple[RealisedStaffing, ...]
    is_over: bool


@dataclass(frozen=True)
class PartyLine:
    """A party's year: what it told quarter by quarter, and its three figures."""

    party: Party
    by: Mandate | None
    cells: tuple[Cell, ...]
    told: tuple[Told, ...]


@require_GET
def figures_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Henkilöstö: the year's figures with how each was worked out, vacancies, counts, limits in force."""
    access = open_agreement(request, pk)
    years = range(access.agreement.valid_from.year, access.day.today.year + 1)
    year = _year(request, access, years)
    data = year_data([access.agreement], year)[access.agreement.pk]
    settings = settings_of([access.agreement])[access.agreement.pk]
    last = min(Period.quarter(year, 4).last, access.day.today)
    figures = figures_of(data, settings.readings(last))
    parties = list(access.agreement.parties.all())
    context = {
        "agreement": access.agreement,
        "section": "staffing",
        "year": year,
        "years": years,
        "day": access.day,
        "lines": _lines(figures, settings, parties, access),
        "parties": _party_lines(figures, parties, access),
        "quarters": [column.period for column in figures.quarters],
        "more": _more(figures, parties),
        "limits": _limits(settings, access),
        **_counted(access, figures),
        **_vacancies(access, parties, year),
        "may_propose": permissions.can_propose_limits(access.mandates),
        "may_press": any(permissions.can_report_staff(access.mandates, party) for party in parties),
    }
    return TemplateResponse(request, "staffing/figures_detail.html", context)


def _year(request: HttpRequest, access: Access, years: range) -> int:
    """The year in the address, or that of the last quarter that is over."""
    typed = request.GET.get("vuosi", "")
    if typed.isascii() and typed.isdecimal() and len(typed) == 4 and int(typed) in years:
        return int(typed)
    latest = Period.ended_before(access.day.on).year
    return min(max(latest, years[0]), years[-1]) if years else access.agreement.valid_from.year


def _lines(figures: YearFigures, settings: Settings, parties: Sequence[Party], access: Access) -> list[Line]:
    names = {party.pk: party.short_name for party in parties}
    lines = []
    for column in (*figures.quarters, figures.whole):
        of = period_in_words(column.period) if column.period else str(figures.year)
        title = of if column.period else _("Year %(year)s") % {"year": figures.year}
        last = column.period.last if column.period else Period.quarter(figures.year, 4).last
        is_over = column.period is None or last <= access.day.today
        lines.append(Line(title, _told(column, of, settings, names, min(last, access.day.today)), is_over))
    return lines


def _told(
    column: Column, of: str, settings: Settings, names: Mapping[int, str], last: datetime.date
) -> tuple[Told, ...]:
    """Against the limits that were in force at the end of the time."""
    limits = {name: settings.limit(key, last) for name, key in LIMIT_OF.items()}
    return tuple(tell(figure, of=of, parties=names, limit=limits.get(figure.name)) for figure in column.figures)


def _party_lines(figures: YearFigures, parties: Sequence[Party], access: Access) -> list[PartyLine]:
    names = {party.pk: party.short_name for party in parties}
    rows = RealisedStaffing.objects.filter(party__in=parties, first_day__year=figures.year).order_by("first_day")
    held = list(rows.select_related("confirmed_by__person"))
    by_party = {year.party: year for year in figures.parties}
    lines = []
    for party in parties:
        by = permissions.can_report_staff(access.mandates, party)
        cells = tuple(
            Cell(
                column.period,
                tuple(row for row in held if row.party_id == party.pk and column.period.holds(row.first_day)),
                column.period.last <= access.day.today,
            )
            for column in figures.quarters
            if column.period
        )
        year = by_party.get(party.pk)
        three = (year.agreed, year.realised, year.percent) if year else ()
        of = f"{party.short_name} {figures.year}"
        lines.append(PartyLine(party, by, cells, tuple(tell(figure, of=of, parties=names) for figure in three)))
    return lines


def _more(figures: YearFigures, parties: Sequence[Party]) -> list[Told]:
    names = {party.pk: party.short_name for party in parties}
    return [tell(figure, of=str(figures.year), parties=names) for figure in (figures.amount, *figures.parts)]


def _limits(settings: Settings, access: Access) -> list[dict[str, Any]]:
    found = [(words, settings.limit(key, access.day.on)) for key, words in LIMITS.items()]
    return [{"title": words, "limit": limit, "number": number_of(limit)} for words, limit in found if limit]


def _counted(access: Access, figures: YearFigures) -> dict[str, Any]:
    by = permissions.can_enter_counts(access.mandates)
    rows = access.agreement.client_counts.filter(first_day__year=figures.year)
    held = list(rows.select_related("entered_by__person").prefetch_related("municipalities__municipality"))
    quarters = [column.period for column in figures.quarters if column.period]
    return {
        "may_count": by,
        "counts": [
            {
                "period": period,
                "title": period_in_words(period),
                "rows": [(row, _phases(row)) for row in held if period.holds(row.first_day)],
                "is_over": period.last <= access.day.today,
            }
            for period in quarters
        ],
    }


def _phases(count: ClientCount) -> str:
    """Municipalities counted, in one line."""
    places = [place for place in count.municipalities.all() if place.clients is not None]
    return ", ".join(f"{place.municipality} {place.clients}" for place in places)


def _vacancies(access: Access, parties: Sequence[Party], year: int) -> dict[str, Any]:
    """Vacancies that touch the year, with the days on which nobody stood in, up to the day."""
    first, last = Period.quarter(year, 1).first, Period.quarter(year, 4).last
    rows = Vacancy.objects.filter(party__in=parties, withdrawn=False, first_day__lte=last).select_related("party")
    until = min(last, access.day.on)
    touching = [row for row in rows if row.last_day is None or row.last_day >= first]
    return {
        "vacancies": [
            {
                "vacancy": row,
                "days": row.days_without_substitute(first, until),
                "is_open": row.is_open(access.day.on),
                "may_edit": permissions.can_report_staff(access.mandates, row.party),
            }
            for row in touching
        ],
    }
