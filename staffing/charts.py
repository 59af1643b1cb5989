"""Charts of staff and clients: what the bars show and the table beside them. Nothing here draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from staffing.figures import Figure, rounded
from staffing.state import Limit, period_in_words
from staffing.summary import Spread, Total
from staffing.words import number_of
from staffing.yearly import YearFigures
from tym.core.formats import format_person_years


@dataclass(frozen=True)
class Chart:
    """bars: (label, amount, amount in words). rows: the same figures as a table under `heads`."""

    title: str
    bars: tuple[tuple[str, Decimal, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def kept(self) -> dict[str, Any]:
        """As plain data, to be read again by `of`."""
        return asdict(self) | {"bars": [[label, str(amount), words] for label, amount, words in self.bars]}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Chart:
        bars = tuple((label, Decimal(amount), words) for label, amount, words in kept["bars"])
        return cls(kept["title"], bars, tuple(kept["heads"]), tuple(map(tuple, kept["rows"])), kept["note"])


def _bar(label: str, figure: Figure) -> list[tuple[str, Decimal, str]]:
    return [] if figure.value is None else [(label, rounded(figure.value), figure.text)]


def _unknown(figure: Figure) -> str:
    return figure.text or "–"


def charts_of(figures: YearFigures, limit: Limit | None, staff: Spread) -> list[Chart]:
    """The three of a year; one without figures is left out."""
    found = [by_quarter(figures), clients_by_quarter(figures, limit), by_municipality(staff)]
    return [chart for chart in found if chart.bars]


def by_quarter(figures: YearFigures) -> Chart:
    """Agreed against realised person-years."""
    bars, rows = [], []
    for column in figures.quarters:
        of = period_in_words(column.period) if column.period else ""
        bars += _bar(_("%(time)s, agreed") % {"time": of}, column.agreed)
        bars += _bar(_("%(time)s, realised") % {"time": of}, column.realised)
        rows.append((of, _unknown(column.agreed), _unknown(column.realised), _unknown(column.percent)))
    return Chart(
        _("Agreed and realised person-years by quarter"),
        tuple(bars),
        (_("Time"), _("Agreed"), _("Realised"), _("Realised of agreed")),
        tuple(rows),
    )


def clients_by_quarter(figures: YearFigures, limit: Limit | None) -> Chart:
    """Clients per realised person-year against the limit that the group has set, if any."""
    bars, rows = [], []
    for column in (*figures.quarters, figures.whole):
        of = period_in_words(column.period) if column.period else _("year %(year)s") % {"year": figures.year}
        bars += _bar(of, column.per_realised)
        rows.append((of, _unknown(column.per_agreed), _unknown(column.per_realised)))
    if limit and bars:
        told = number_of(limit)
        bars.append((_("limit of the steering group"), limit.value, told))
        rows.append((_("limit of the steering group"), told, told))
    return Chart(
        _("Clients per realised person-year and the limit"),
        tuple(bars),
        (_("Time"), _("Per agreed person-year"), _("Per realised person-year")),
        tuple(rows),
    )


def by_municipality(staff: Spread) -> Chart:
    """TYM staff of Annex 2 by municipality; a row of several is not divided between them."""
    bars: list[tuple[str, Decimal, str]] = []
    rows = []
    for place in staff.places:
        bars += _staff(_("%(place)s, this municipality alone") % {"place": place.place}, place.own)
        bars += _staff(_("%(place)s, shared with others") % {"place": place.place}, place.shared)
        rows.append((place.place, _years(place.own), _years(place.shared)))
    bars += _staff(_("Rows of the whole area"), staff.whole_area)
    rows.append((_("Rows of several municipalities, each once"), "", _years(staff.several)))
    rows.append((_("Rows of the whole area"), "", _years(staff.whole_area)))
    return Chart(
        _("TYM staff by municipality, person-years"),
        tuple(bars),
        (_("Municipality"), _("This municipality alone"), _("Shared with others")),
        tuple(rows),
        _("A row of several municipalities stands whole under each of them, so shared figures are not added up."),
    )


def _staff(label: str, total: Total) -> Sequence[tuple[str, Decimal, str]]:
    return [(label, total.person_years, _years(total))] if total.person_years else []


def _years(total: Total) -> str:
    return format_person_years(total.person_years)
