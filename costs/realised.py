"""Realised staff as weights: what each party has told of a month or a year (A3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.models import Agreement, Party
from staffing import figures
from staffing.models import RealisedStaffing
from staffing.periods import Period
from staffing.state import period_in_words, year_data


@dataclass(frozen=True)
class Realised:
    """Person-years to two decimals by party, of those that have told, and the time in words."""

    period: str
    of: dict[int, Decimal]


def of_month(parties: Iterable[Party], on: datetime.date) -> Realised:
    """The month that holds the day; of who gives figures by quarters, the quarter."""
    rows = RealisedStaffing.objects.filter(party__in=parties, first_day__lte=on, last_day__gte=on)
    of = {row.party_id: row for row in rows}
    used = {row.period for row in of.values()} or {Period.month(on.year, on.month)}
    words = ", ".join(period_in_words(period) for period in sorted(used, key=lambda period: period.months))
    return Realised(words, {party: row.person_years for party, row in of.items()})


def of_year(agreement: Agreement, year: int) -> Realised:
    """The mean of the year's quarters, as the page of staff shows it; only of who has told every quarter."""
    data = year_data([agreement], year)[agreement.pk]
    periods = tuple(quarter.period for quarter in data.quarters)
    lacking = {party for quarter in data.quarters for party in quarter.missing}
    known = {entry.party for quarter in data.quarters for entry in quarter.realised} - lacking
    values = {party: figures.realised(data, periods, party).value for party in known}
    found = {party: figures.rounded(value) for party, value in values.items() if value is not None}
    return Realised(_("mean of the quarters of %(year)s") % {"year": year}, found)
