"""The group on a day: its term, its seats, how they stand against the rules, and who sat before."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from agreements.models import Agreement, Change, Document, Party
from steering.content import load
from steering.models import SeatLine, Term
from steering.seats import Check, checks


@dataclass(frozen=True)
class Composition:
    """The composition (kokoonpano). `terms` are all, the latest first; `earlier` are holders who are not there now."""

    term: Term | None
    terms: tuple[Term, ...]
    seats: tuple[SeatLine, ...]
    checks: tuple[Check, ...]
    lines: tuple[SeatLine, ...]

    @property
    def is_complete(self) -> bool:
        return bool(self.seats) and all(check.holds for check in self.checks)

    @property
    def history(self) -> list[tuple[SeatLine, datetime.date]]:
        """Every seat row that has been adopted, with its first day, by seat number."""
        ordered = sorted(self.lines, key=lambda row: (row.position, row.version.change.start, row.pk))
        return [(row, row.version.change.start) for row in ordered]


def composition_on(agreement: Agreement, day: datetime.date, parties: list[Party]) -> Composition:
    """Two queries, however many seats and terms there are."""
    terms = tuple(Term.objects.filter(agreement=agreement).select_related("party", "matter").order_by("-valid_from"))
    term = next((term for term in terms if term.valid_from <= day <= term.last_day), None)
    rows = SeatLine.objects.filter(version__document__agreement=agreement, version__change__state=Change.State.ADOPTED)
    lines = load(rows.select_related("version__change"))
    seats = tuple(_current(lines, day)) if term else ()
    return Composition(term, terms, seats, tuple(checks(seats, parties)), tuple(lines))


def _current(lines: list[SeatLine], day: datetime.date) -> list[SeatLine]:
    """Rows that have started and whose successor has not; the same rule as in the query."""
    started = [row for row in lines if row.version.change.start <= day]
    replaced = {row.base_id for row in started}
    return [row for row in started if row.pk not in replaced and not row.removed]


def seats_on(agreement: Agreement, day: datetime.date) -> list[SeatLine]:
    """The seats in force on the day; empty when no term holds it. Two queries."""
    if not Term.objects.on(day).filter(agreement=agreement).exists():
        return []
    kind = {"version__document__agreement": agreement, "version__document__kind": Document.Kind.COMPOSITION}
    return load(SeatLine.objects.filter(**kind).in_force(day))
