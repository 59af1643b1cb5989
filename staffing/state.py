"""What is known of the staff of agreements on a day: Annex 2 through time, what came true, counts, readings.

Everything takes many agreements at once, in a number of queries that does not grow with them.
"""

from __future__ import annotations

import contextlib
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.models import Agreement, Change, Decision, Document, Party, Reading, Version
from staffing.agreed import HeldRow, Timeline
from staffing.figures import Counts, Quarter, Realised, YearData
from staffing.models import ClientCount, RealisedStaffing, StaffingLine
from staffing.periods import Period, quarters_of
from staffing.readings import BY_KEY, LIMITS, REVIEW_DUE, REVIEW_DUE_DEFAULT, Chosen, Readings
from staffing.summary import Spread, Total, spread
from tym.core.formats import Unreadable, day_of_year, format_day, parse_number

ROW = (
    "pk", "base_id", "removed", "party_id", "persons", "person_years", "leads_client_work", "uses_typpi",
    "version__change__valid_from", "version__document__agreement_id",
)  # fmt: skip


def timelines(agreements: Iterable[Agreement]) -> dict[int, Timeline]:
    """Annex 2 of each agreement through time. Two queries."""
    known = list(agreements)
    held = _held_rows(known)
    versions: dict[int, list[tuple[datetime.date, int]]] = defaultdict(list)
    adopted = Version.objects.filter(
        document__agreement__in=known, document__kind=Document.Kind.STAFFING, change__state=Change.State.ADOPTED
    )
    for agreement, start, number in adopted.values_list("document__agreement_id", "change__valid_from", "number"):
        assert start is not None and number is not None  # noqa: S101, PT018  adopted
        versions[agreement].append((start, number))
    return {a.pk: Timeline.build(held[a.pk], versions[a.pk], a.valid_to) for a in known}


def spread_on(agreement: Agreement, day: datetime.date) -> Spread:
    """TYM staff of Annex 2 in force on the day, by municipality and title. Two queries."""
    rows = StaffingLine.objects.filter(version__document__agreement=agreement).in_force(day)
    return spread(rows.prefetch_related("municipalities"))


def _held_rows(agreements: Sequence[Agreement]) -> dict[int, list[HeldRow]]:
    decided = StaffingLine.objects.filter(
        version__document__agreement__in=agreements, version__change__state=Change.State.ADOPTED
    )
    rows = list(decided.order_by("party__order", "pk").values_list(*ROW))
    until = {base: start for _pk, base, *_rest, start, _agreement in rows if base is not None}
    held: dict[int, list[HeldRow]] = defaultdict(list)
    for pk, _base, removed, party, persons, years, leads, typpi, start, agreement in rows:
        if not removed:
            held[agreement].append(HeldRow(party, leads and typpi, Total(persons, years), start, until.get(pk)))
    return held


def year_data(agreements: Iterable[Agreement], year: int) -> dict[int, YearData]:
    """A year of each agreement, ready for `staffing.yearly.figures_of`. Five queries, however many agreements."""
    known = list(agreements)
    parties: dict[int, list[int]] = defaultdict(list)
    for pk, agreement in Party.objects.filter(agreement__in=known).order_by("order").values_list("pk", "agreement_id"):
        parties[agreement].append(pk)
    lines, told, counts = timelines(known), _told(known, year), _counts(known, year)
    return {
        a.pk: YearData(
            year,
            lines[a.pk],
            tuple(
                Quarter(
                    period,
                    counts.get((a.pk, period)),
                    tuple(_realised(party, period, told.get(party, {})) for party in parties[a.pk]),
                )
                for period in quarters_of(year)
                if period.last >= a.valid_from and (a.valid_to is None or period.first <= a.valid_to)
            ),
        )
        for a in known
    }


def _told(agreements: Sequence[Agreement], year: int) -> dict[int, dict[Period, RealisedStaffing]]:
    found: dict[int, dict[Period, RealisedStaffing]] = defaultdict(dict)
    for row in RealisedStaffing.objects.filter(party__agreement__in=agreements, first_day__year=year):
        found[row.party_id][row.period] = row
    return found


def _realised(party: int, period: Period, told: Mapping[Period, RealisedStaffing]) -> Realised:
    rows = [told[part] for part in (period, *period.each_month()) if part in told]
    # Months of a quarter come in the order of the calendar.
    return Realised(party, tuple(row.person_years for row in rows), rows[-1].persons if rows else None)


def _counts(agreements: Sequence[Agreement], year: int) -> dict[tuple[int, Period], Counts]:
    """By quarter. Counted by months, a quarter is known at its last month: its end stock, what happened summed up."""
    by_agreement: dict[int, dict[Period, ClientCount]] = defaultdict(dict)
    for count in ClientCount.objects.filter(agreement__in=agreements, first_day__year=year):
        by_agreement[count.agreement_id][count.period] = count
    found = {}
    for agreement, rows in by_agreement.items():
        for period in quarters_of(year):
            told = [rows[part] for part in (period, *period.each_month()) if part in rows]
            if told and told[-1].last_day == period.last:
                found[agreement, period] = _counted(told)
    return found


def _counted(rows: Sequence[ClientCount]) -> Counts:
    ended = [row.ended for row in rows]
    parts = {}
    for name, some, of in ClientCount.PARTS:
        known = [(getattr(row, some), getattr(row, of)) for row in rows]
        if all(None not in pair for pair in known):
            parts[name] = (sum(pair[0] for pair in known), sum(pair[1] for pair in known))
    whole = None if None in ended else sum(count for count in ended if count is not None)
    return Counts(rows[-1].clients, whole, parts)


@dataclass(frozen=True)
class Limit:
    """A limit that the steering group has set (A22). ground: its decision, in words."""

    key: str
    value: Decimal
    valid_from: datetime.date
    ground: str


@dataclass(frozen=True)
class Settings:
    """The readings and limits of an agreement through time."""

    rows: tuple[tuple[str, str, datetime.date, str], ...] = ()

    def readings(self, day: datetime.date) -> Readings:
        """How open points are read on the day; a value that is no choice of the question counts for nothing."""
        chosen = {}
        for key, value, start, ground in self.rows:
            question = BY_KEY.get(key)
            if question and value in question.choices and start <= day:
                chosen[question.code] = Chosen(question, value, ground)
        return Readings(chosen)

    def review_due(self, year: int, day: datetime.date) -> tuple[datetime.date, str]:
        """Until when the review of the year is approved, as is held on the day; and the decision, if any."""
        due, found = day_of_year(REVIEW_DUE_DEFAULT, year + 1), ""
        for name, value, start, ground in self.rows:
            if name == REVIEW_DUE and start <= day:
                with contextlib.suppress(ValueError):
                    due, found = day_of_year(value, year + 1), ground
        return due, found

    def limit(self, key: str, day: datetime.date) -> Limit | None:
        """The limit in force on the day; none unless the group has set it."""
        found = None
        for name, value, start, ground in self.rows:
            if name == key and start <= day and (number := _number(value)) is not None:
                found = Limit(key, number, start, ground)
        return found


def _number(value: str) -> Decimal | None:
    try:
        return parse_number(value)
    except Unreadable:
        return None


def settings_of(agreements: Iterable[Agreement]) -> dict[int, Settings]:
    """What each group has decided on figures of staff. Three queries."""
    known = list(agreements)
    rows: dict[int, list[tuple[str, str, datetime.date, str]]] = defaultdict(list)
    grounds = _grounds(known)
    decided = Reading.objects.filter(matter__in=grounds, key__in=[*BY_KEY, *LIMITS, REVIEW_DUE]).order_by(
        "valid_from", "pk"
    )
    for reading in decided.select_related("matter"):
        ground = grounds[reading.matter_id]
        rows[reading.matter.agreement_id].append((reading.key, reading.value, reading.valid_from, ground))
    return {a.pk: Settings(tuple(rows[a.pk])) for a in known}


def _grounds(agreements: Sequence[Agreement]) -> dict[int, str]:
    """The approval on which each matter of settings rests, in words."""
    approvals = Decision.objects.filter(
        matter__agreement__in=agreements, matter__kind="reading", party=None, outcome=Decision.Outcome.APPROVE
    )
    return {d.matter_id: decision_in_words(d) for d in approvals.prefetch_related("corrections")}


def decision_in_words(decision: Decision) -> str:
    """Organ, day and section, confirmed corrections in place."""
    words = decision.told
    return _("%(organ)s %(decided_on)s § %(section)s") % words


def is_over(value: object, limit: Limit | None) -> bool:
    """More clients a person-year than the limit allows, or less realised than it asks."""
    if limit is None or value is None:
        return False
    over = value > limit.value  # type: ignore[operator]
    return over if limit.key != LIMITS[1] else value < limit.value  # type: ignore[operator]


def period_in_words(period: Period) -> str:
    if period.is_quarter:
        return _("quarter %(number)s/%(year)s") % {"number": period.number, "year": period.year}
    return _("month %(number)s/%(year)s") % {"number": period.number, "year": period.year}


def days_in_words(period: Period) -> str:
    return f"{format_day(period.first)}–{format_day(period.last)}"
