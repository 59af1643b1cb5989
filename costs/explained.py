"""How an item is or would be split, step by step, under the reading in use and the others (domain 5.18, A1-A7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from agreements.models import Decision, Party, Reading
from costs import keys, shares, weights
from costs.models import CostItem, Sharing, Split
from costs.weights import Way
from tym.core.errors import Refused
from tym.core.formats import NO_BREAK_SPACE, format_day, format_euro, format_number

SHOWN = Decimal("0.001")


@dataclass(frozen=True)
class Step:
    """A party's share as it is worked out: "1 384,75 € × 12 / 23 = 722,478… €". extra: got a cent left over."""

    party: Party
    weight: Decimal
    text: str
    amount: Decimal
    extra: bool


@dataclass(frozen=True)
class Other:
    """What another reading would have given: each party's share, or why it gives nothing."""

    key: str
    parts: tuple[tuple[Party, Decimal], ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Explained:
    """A split with its steps.

    is_final: it has been made; otherwise this is what it would be. by_annex: its weights are of Annex 2.
    readings: of each open point, how it is read and on what that rests.
    """

    key: str
    shared: str
    amount: Decimal
    source: str
    on: datetime.date
    steps: tuple[Step, ...]
    is_final: bool
    readings: tuple[tuple[str, str], ...]
    others: tuple[Other, ...]
    by_annex: bool
    sharing: Sharing | None


def explain(item: CostItem) -> Explained:
    """Raises Refused when there is nothing to split by. The number of queries does not depend on the item."""
    split = getattr(item, "split", None)
    way = weights.way_of(item)
    if split:
        told = [(share.party, share.weight) for share in split.shares.all()]
        way, source = replace(way, key=split.key, shared=split.shared, on=split.on, sharing=split.sharing), split.source
    else:
        found = weights.weights_of(item, way.key, way.on, way.sharing)
        told, source = list(found.of), found.source
    amount = item.amount(way.shared)
    return Explained(
        key=str(Split.Key(way.key).label),
        shared=str(Split.Shared(way.shared).label),
        amount=amount,
        source=source,
        on=way.on,
        steps=steps(weights.cents(amount), told),
        is_final=bool(split),
        readings=readings_told(way),
        others=_others(item, way),
        by_annex=way.key in weights.OF_ANNEX,
        sharing=way.sharing,
    )


def _others(item: CostItem, way: Way) -> tuple[Other, ...]:
    """Every other key, and the other amount when there is VAT."""
    every = [
        _other(item, replace(way, key=key, sharing=None), str(key.label))
        for key in keys.KEYS[CostItem.Kind(item.kind)]
        if key != way.key
    ]
    other = next(shared for shared in Split.Shared if shared != way.shared)
    return (*every, _other(item, replace(way, shared=other), str(other.label))) if item.vat else tuple(every)


def steps(cents: int, told: Sequence[tuple[Party, Decimal]]) -> tuple[Step, ...]:
    """Raises Refused when every weight is zero."""
    try:
        parts = shares.split(cents, [weight for _party, weight in told])
    except shares.CannotSplit:
        raise Refused(_("There is nothing to split by: no weights."), clause=_("agreement 9 §")) from None
    whole = sum((weight for _party, weight in told), Decimal(0))
    return tuple(
        Step(party, weight, _worked(cents, weight, whole, part), Decimal(part.cents) / 100, part.extra)
        for (party, weight), part in zip(told, parts, strict=True)
    )


def _worked(cents: int, weight: Decimal, whole: Decimal, part: shares.Share) -> str:
    exact = Decimal(part.exact.numerator) / Decimal(part.exact.denominator) / 100
    cut = exact.quantize(SHOWN, ROUND_DOWN)
    ideal = f"{format_number(cut, 3)}…" if cut != exact else format_number(exact, 2)
    if cut == exact and cut != cut.quantize(Decimal("0.01")):
        ideal = format_number(cut, 3)
    fraction = f"{_weight(weight)} / {_weight(whole)}"
    return f"{format_euro(Decimal(cents) / 100)} × {fraction} = {ideal}{NO_BREAK_SPACE}€"


def _weight(weight: Decimal) -> str:
    return format_number(weight, 0 if weight == int(weight) else 2)


def _other(item: CostItem, way: Way, label: str) -> Other:
    try:
        computed = weights.compute(item, way)
    except Refused as refusal:
        return Other(label, refusal=refusal.message)
    return Other(label, tuple((part.party, part.amount) for part in computed.parts))


def readings_told(way: Way) -> tuple[tuple[str, str], ...]:
    """How each open point is read for this item, and the decision or the agreement on which it rests."""
    rule = way.rule
    if way.sharing:
        ground = f"{way.sharing.reference}, {format_day(way.sharing.agreed_on)}"
    else:
        ground = reading_told(rule.key.reading)
    read = [
        (keys.KEY, str(Split.Key(way.key).label), ground),
        (keys.AMOUNT, str(Split.Shared(way.shared).label), reading_told(rule.amount.reading)),
    ]
    if way.key not in (Split.Key.ATTENDANCE, Split.Key.AGREED):
        read.append((keys.DAY, format_day(way.on), reading_told(rule.day.reading)))
    clause = keys.setting_of(rule.kind, keys.KEY).clause
    return tuple((keys.title_of(what), f"{value} ({clause}; {ground})") for what, value, ground in read)


def reading_told(reading: Reading | None) -> str:
    """The decision on which the key rests, or that it is the default."""
    if reading is None:
        return _("default, until the parties agree otherwise")
    decision = reading.matter.decisions.filter(party=None, outcome=Decision.Outcome.APPROVE).first()
    if decision is None:
        return ""
    told = {"decision": f"{decision.organ} {format_day(decision.decided_on)} § {decision.section}"}
    return _("%(decision)s, in force from %(day)s") % (told | {"day": format_day(reading.valid_from)})


def in_words(found: Iterable[Step]) -> str:
    """Every step on one line, for the page where one checks."""
    return "; ".join(f"{step.party.short_name}: {step.text} → {format_euro(step.amount)}" for step in found)
