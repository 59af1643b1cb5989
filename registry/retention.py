"""What is kept how long, and what falls due (agreement 11 §)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement, Party, Record
from registry.models import RetentionRule

From = RetentionRule.From
DEFAULT_YEARS = 10
FOR_GOOD = (Record.Kind.MINUTES, Record.Kind.DESTRUCTION)


@dataclass(frozen=True)
class Rule:
    """years is None when a document is kept for good. own: the party has set it itself."""

    kind: str
    label: str
    years: int | None
    counted_from: str
    basis: str
    own: bool = False


def rules_of(party: Party) -> list[Rule]:
    """A rule for every type: the party's latest, else the default. One query."""
    own = {rule.kind: rule for rule in RetentionRule.objects.filter(party=party).order_by("made_at", "pk")}
    return [_rule(kind, own.get(kind)) for kind in Record.Kind]


def _rule(kind: Record.Kind, own: RetentionRule | None) -> Rule:
    if own:
        return Rule(kind, str(kind.label), own.years, own.counted_from, own.basis, own=True)
    years = None if kind in FOR_GOOD else DEFAULT_YEARS
    start = From.DOCUMENT if kind == Record.Kind.RECEIPT else From.AGREEMENT_END
    basis = _("default; the party's own retention plan decides (act 831/1994)")
    return Rule(kind, str(kind.label), years, start, basis)


def last_day(rule: Rule, record: Record, agreement: Agreement) -> datetime.date | None:
    """The last day the document is kept; None when for good, or while what it is counted from has not come."""
    of_document = record.on or timezone.localdate(record.issued_at)
    start = agreement.valid_to if rule.counted_from == From.AGREEMENT_END else of_document
    if rule.years is None or start is None:
        return None
    try:
        return start.replace(year=start.year + rule.years)
    except ValueError:
        return start.replace(year=start.year + rule.years, day=28)


def due(
    party: Party, records: Iterable[Record], rules: Iterable[Rule], day: datetime.date
) -> list[tuple[Record, datetime.date]]:
    """Documents whose time has run out by the day, the oldest first."""
    by_kind = {rule.kind: rule for rule in rules}
    found = []
    for record in records:
        last = last_day(by_kind[record.kind], record, party.agreement)
        if last and last < day:
            found.append((record, last))
    return sorted(found, key=lambda pair: (pair[1], pair[0].pk))
