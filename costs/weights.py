"""By what a cost is split: the key, the day, and each paying party's weight with its source (9 §, A1-A5)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.models import Agreement, Decision, Document, Party, Version
from costs import keys, realised, shares
from costs.keys import Rule
from costs.models import CostItem, Sharing, Split
from staffing.content import load
from staffing.models import StaffingLine
from tym.core.errors import Refused
from tym.core.formats import format_day

Key = Split.Key
OF_ANNEX = (Key.HEADS, Key.ALL_HEADS, Key.PERSON_YEARS)


@dataclass(frozen=True)
class Weights:
    """Each paying party's weight in party order, from where, and of which day."""

    key: str
    on: datetime.date
    source: str
    of: tuple[tuple[Party, Decimal], ...]
    sharing: Sharing | None = None


@dataclass(frozen=True)
class Way:
    """How an item is shared: by what, which amount, and of which day the weights are."""

    key: str
    shared: str
    on: datetime.date
    sharing: Sharing | None
    rule: Rule


@dataclass(frozen=True)
class Part:
    """A party's share with the steps that lead to it."""

    party: Party
    share: shares.Share

    @property
    def amount(self) -> Decimal:
        """Euros, to the cent."""
        return Decimal(self.share.cents) / 100

    @property
    def exact(self) -> Decimal:
        """Euros with the decimals that rounding cut, for showing how it was computed."""
        return Decimal(self.share.exact.numerator) / Decimal(self.share.exact.denominator) / 100


def cents(amount: Decimal) -> int:
    return int(amount * 100)


@dataclass(frozen=True)
class Computed:
    """A split that has been computed but not kept."""

    weights: Weights
    parts: tuple[Part, ...]

    @property
    def total_weight(self) -> Decimal:
        return sum((weight for _party, weight in self.weights.of), Decimal(0))


def way_of(item: CostItem) -> Way:
    """How the item is to be shared: a credit note as what it corrects (A7), else by the rule on the invoice's day."""
    rule = keys.rule_on(item.agreement, item.kind, item.invoiced_on)
    split = _split_corrected(item)
    if split:
        return Way(split.key, split.shared, split.on, split.sharing, rule)
    key = Key.AGREED if rule.sharing else rule.key.value
    return Way(key, rule.amount.value, weighed_on(item, rule.day.value), rule.sharing, rule)


def _split_corrected(item: CostItem) -> Split | None:
    if item.credit_of_id is None:
        return None
    return Split.objects.filter(item=item.credit_of_id, final=True).select_related("sharing").first()


def weighed_on(item: CostItem, value: str) -> datetime.date:
    """The day of which Annex 2 and realised figures are taken (A2)."""
    if value == Split.Weighed.JANUARY:
        return item.invoiced_on.replace(month=1, day=1)
    if value == Split.Weighed.HANDLED:
        return _handled_on(item) or item.invoiced_on
    return item.invoiced_on


def _handled_on(item: CostItem) -> datetime.date | None:
    if item.day:
        return item.day.held_on
    decisions = item.matter.decisions.all() if item.matter else ()
    approvals = (d.decided_on for d in decisions if d.party_id is None and d.outcome == Decision.Outcome.APPROVE)
    return next(approvals, None)


def weights_of(item: CostItem, key: str, on: datetime.date, sharing: Sharing | None = None) -> Weights:
    """Raises Refused when the source of the weights is missing. A credit note has what it corrects weighed (A7)."""
    corrected = _corrected(item, key)
    if corrected:
        return corrected
    parties = keys.paying(item.agreement, item.kind)
    if key == Key.ATTENDANCE:
        return _attendance(item, parties)
    if key == Key.AGREED and sharing:
        return _agreed(item, sharing, parties)
    if key in OF_ANNEX:
        return _annex_2(item, key, on, parties)
    return _realised(item, key, on, parties)


def _corrected(item: CostItem, key: str) -> Weights | None:
    """The frozen weights of the item that a credit note corrects, when they are of the same key."""
    split = _split_corrected(item)
    if split is None or split.key != key:
        return None
    told = tuple((share.party, share.weight) for share in split.shares.select_related("party"))
    return Weights(split.key, split.on, split.source, told, split.sharing)


def _attendance(item: CostItem, parties: Iterable[Party]) -> Weights:
    day = item.day
    if day is None:
        raise Refused(
            _("Only costs of the development day are split by those who attended."), clause=_("agreement 9 §")
        )
    came = {row.party_id: Decimal(row.persons) for row in day.attendance.all()}
    source = _("those who attended on %(day)s") % {"day": format_day(day.held_on)}
    return Weights(Key.ATTENDANCE, day.held_on, source, _of(parties, came))


def _agreed(item: CostItem, sharing: Sharing, parties: Iterable[Party]) -> Weights:
    told = {"reference": sharing.reference, "day": format_day(sharing.agreed_on)}
    source = _("agreed on %(day)s: %(reference)s") % told
    agreed = {row.party_id: row.weight for row in sharing.weights.all()}
    return Weights(Key.AGREED, item.invoiced_on, source, _of(parties, agreed), sharing)


def _annex_2(item: CostItem, key: str, on: datetime.date, parties: Iterable[Party]) -> Weights:
    rows = StaffingLine.objects.filter(version__document__agreement=item.agreement_id)
    counted: dict[int, Decimal] = {}
    for line in load(rows.in_force(on)):
        if line.counts or key == Key.ALL_HEADS:
            amount = line.person_years if key == Key.PERSON_YEARS else Decimal(line.persons)
            counted[line.party_id] = counted.get(line.party_id, Decimal(0)) + amount
    told = {"number": _version_on(item.agreement, on), "day": format_day(on)}
    return Weights(key, on, _("Annex 2 version %(number)s on %(day)s") % told, _of(parties, counted))


def _version_on(agreement: Agreement, on: datetime.date) -> int | str:
    started = Version.objects.filter(
        document__agreement=agreement, document__kind=Document.Kind.STAFFING, change__valid_from__lte=on
    ).exclude(number=None)
    last = started.order_by("change__valid_from", "number").last()
    return last.number if last and last.number else "–"


def _realised(item: CostItem, key: str, on: datetime.date, parties: list[Party]) -> Weights:
    """Realised staff of the month, or of the year as the mean of its quarters (A3). Nobody's may be missing."""
    found = realised.of_year(item.agreement, on.year) if key == Key.REALISED else realised.of_month(parties, on)
    missing = [party.short_name for party in parties if party.pk not in found.of]
    if missing:
        told = {"period": found.period, "parties": ", ".join(missing)}
        raise Refused(
            _("Realised staff (%(period)s) has not been told yet: %(parties)s.") % told, clause=_("agreement 5 §")
        )
    source = _("realised person-years, %(period)s") % {"period": found.period}
    return Weights(key, on, source, _of(parties, found.of))


def _of(parties: Iterable[Party], weights: dict[int, Decimal]) -> tuple[tuple[Party, Decimal], ...]:
    return tuple((party, weights.get(party.pk, Decimal(0))) for party in parties)


def compute(item: CostItem, way: Way) -> Computed:
    """The item shared that way. Raises Refused when it cannot be: no payers, no weights."""
    weights = weights_of(item, way.key, way.on, way.sharing)
    try:
        parts = shares.split(cents(item.amount(way.shared)), [weight for _party, weight in weights.of])
    except shares.CannotSplit:
        raise Refused(
            _("There is nothing to split by: no weights from %(source)s.") % {"source": weights.source},
            clause=_("agreement 9 §"),
        ) from None
    return Computed(
        weights, tuple(Part(party, share) for (party, _weight), share in zip(weights.of, parts, strict=True))
    )
