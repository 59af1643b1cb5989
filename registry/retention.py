"""What is kept how long, and what falls due (agreement 11 §)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

    @property
    def words(self) -> str:
        """How long, from what."""
        if self.years is None:
            return _("for good")
        told = ngettext("%(years)s year", "%(years)s years", self.years) % {"years": self.years}
        start = _("from the end of the agreement")
        if self.counted_from == From.DOCUMENT:
            start = _("from the day of the document")
        return f"{told}, {start}"


Rules = Mapping[int, Sequence[Rule]]


def rules_by_party(parties: Sequence[Party]) -> dict[int, list[Rule]]:
    """A rule for every type by the party's key: the party's latest, else the default. One query."""
    own: dict[tuple[int, str], RetentionRule] = {}
    for rule in RetentionRule.objects.filter(party__in=parties).order_by("made_at", "pk"):
        own[rule.party_id, rule.kind] = rule
    return {party.pk: [_rule(kind, own.get((party.pk, kind))) for kind in Record.Kind] for party in parties}


def rules_of(party: Party) -> list[Rule]:
    return rules_by_party([party])[party.pk]


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


@dataclass(frozen=True)
class Due:
    """A document whose time has run out by the rule of every party it belongs to, and those rules in words."""

    record: Record
    last: datetime.date
    basis: str


def due(
    agreement: Agreement, parties: Sequence[Party], rules: Rules, records: Iterable[Record], day: datetime.date
) -> list[Due]:
    """Documents whose time has run out by the day, the oldest first."""
    found = (_due(agreement, parties, rules, record, day) for record in records)
    return sorted((one for one in found if one), key=lambda one: (one.last, one.record.pk))


def _due(
    agreement: Agreement, parties: Sequence[Party], rules: Rules, record: Record, day: datetime.date
) -> Due | None:
    """A party's own document follows its rule; a common one the rule that keeps it longest."""
    days, told = [], []
    for party in parties:
        if record.party_id in (None, party.pk):
            rule = next(rule for rule in rules[party.pk] if rule.kind == record.kind)
            last = last_day(rule, record, agreement)
            if last is None or last >= day:
                return None
            days.append(last)
            told.append(f"{party.short_name}: {rule.words} ({rule.basis})")
    return Due(record, max(days), "; ".join(told)) if days else None
