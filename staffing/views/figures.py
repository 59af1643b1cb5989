"""The figures of a year: what was agreed, what came true, how many clients; each shows how it was worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from agreements.access import Access, open_agreement
from agreements.models import Mandate, Party
from staffing import permissions
from staffing.charts import charts_of
from staffing.models import ClientCount, RealisedStaffing
from staffing.periods import Period
from staffing.readings import CLIENTS_LIMIT
from staffing.reviews import standings
from staffing.shown import gaps_of, limits_told, lines_of, more_told, party_told
from staffing.state import period_in_words, settings_of, spread_on, year_data
from staffing.words import Told
from staffing.yearly import YearFigures, figures_of


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
        "lines": lines_of(figures, settings, parties, access.day.today),
        "charts": charts_of(figures, settings.limit(CLIENTS_LIMIT, last), spread_on(access.agreement, last)),
        "parties": _party_lines(figures, parties, access),
        "quarters": [column.period for column in figures.quarters],
        "more": more_told(figures, parties),
        "limits": limits_told(settings, access.day.on),
        **_counted(access, figures),
        "vacancies": _gaps(access, parties, year),
        "standings": standings(access.agreement, settings, access.day.today),
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


def _party_lines(figures: YearFigures, parties: Sequence[Party], access: Access) -> list[PartyLine]:
    rows = RealisedStaffing.objects.filter(party__in=parties, first_day__year=figures.year).order_by("first_day")
    held = list(rows.select_related("confirmed_by__person"))
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
        lines.append(PartyLine(party, by, cells, party_told(figures, party, parties)))
    return lines


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


def _gaps(access: Access, parties: Sequence[Party], year: int) -> list[dict[str, Any]]:
    """Vacancies that touch the year, with whether the person may put each right."""
    return [
        {"gap": gap, "may_edit": permissions.can_report_staff(access.mandates, gap.vacancy.party)}
        for gap in gaps_of(parties, year, access.day.on)
    ]
