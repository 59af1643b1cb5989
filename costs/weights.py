"""By what a cost is split: the key, the day, and each paying party's weight with its source (9 §, A1-A4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.models import Agreement, Document, Party, Version
from costs import keys, shares
from costs.models import CostItem, Split
from staffing.content import load
from staffing.models import StaffingLine
from tym.core.errors import Refused
from tym.core.formats import format_day

Key = Split.Key


@dataclass(frozen=True)
class Weights:
    """Each paying party's weight in party order, from where, and of which day."""

    key: str
    on: datetime.date
    source: str
    of: tuple[tuple[Party, Decimal], ...]


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


@dataclass(frozen=True)
class Computed:
    """A split that has been computed but not kept."""

    weights: Weights
    parts: tuple[Part, ...]

    @property
    def total_weight(self) -> Decimal:
        return sum((weight for _party, weight in self.weights.of), Decimal(0))


def key_for(item: CostItem) -> str:
    """The key of the item: of a credit note the key of what it corrects (A7), else the one on the invoice's day."""
    split = Split.objects.filter(item=item.credit_of_id, final=True).first() if item.credit_of_id else None
    return split.key if split else keys.key_on(item.agreement, item.kind, item.invoiced_on)[0]


def weights_of(item: CostItem, key: str) -> Weights:
    """Raises Refused when the source of the weights is missing. A credit note has what it corrects weighed (A7)."""
    corrected = _corrected(item, key)
    if corrected:
        return corrected
    parties = keys.paying(item.agreement, item.kind)
    if key == Key.ATTENDANCE:
        return _attendance(item, parties)
    return _annex_2(item, key, parties)


def _corrected(item: CostItem, key: str) -> Weights | None:
    """The frozen weights of the item that a credit note corrects, when they are of the same key."""
    split = Split.objects.filter(item=item.credit_of_id, key=key, final=True).first() if item.credit_of_id else None
    if split is None:
        return None
    told = tuple((share.party, share.weight) for share in split.shares.select_related("party"))
    return Weights(key=split.key, on=split.on, source=split.source, of=told)


def _attendance(item: CostItem, parties: Iterable[Party]) -> Weights:
    day = item.day
    if day is None:
        raise Refused(
            _("Only costs of the development day are split by those who attended."), clause=_("agreement 9 §")
        )
    came = {row.party_id: Decimal(row.persons) for row in day.attendance.all()}
    source = _("those who attended on %(day)s") % {"day": format_day(day.held_on)}
    return Weights(key=Key.ATTENDANCE, on=day.held_on, source=source, of=_of(parties, came))


def _annex_2(item: CostItem, key: str, parties: Iterable[Party]) -> Weights:
    on = item.invoiced_on
    rows = StaffingLine.objects.filter(version__document__agreement=item.agreement_id)
    counted: dict[int, Decimal] = {}
    for line in load(rows.in_force(on)):
        if line.counts:
            amount = Decimal(line.persons) if key == Key.HEADS else line.person_years
            counted[line.party_id] = counted.get(line.party_id, Decimal(0)) + amount
    number = _version_on(item.agreement, on)
    told = {"number": number, "day": format_day(on)}
    return Weights(key=key, on=on, source=_("Annex 2 version %(number)s on %(day)s") % told, of=_of(parties, counted))


def _version_on(agreement: Agreement, on: datetime.date) -> int | str:
    started = Version.objects.filter(
        document__agreement=agreement, document__kind=Document.Kind.STAFFING, change__valid_from__lte=on
    ).exclude(number=None)
    last = started.order_by("change__valid_from", "number").last()
    return last.number if last and last.number else "–"


def _of(parties: Iterable[Party], weights: dict[int, Decimal]) -> tuple[tuple[Party, Decimal], ...]:
    return tuple((party, weights.get(party.pk, Decimal(0))) for party in parties)


def compute(item: CostItem, key: str) -> Computed:
    """The item split by the key. Raises Refused when it cannot be split: no payers, no weights."""
    weights = weights_of(item, key)
    try:
        parts = shares.split(item.cents, [weight for _party, weight in weights.of])
    except shares.CannotSplit:
        raise Refused(
            _("There is nothing to split by: no weights from %(source)s.") % {"source": weights.source},
            clause=_("agreement 9 §"),
        ) from None
    return Computed(
        weights, tuple(Part(party, share) for (party, _weight), share in zip(weights.of, parts, strict=True))
    )
