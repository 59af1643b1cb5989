"""How an item is or would be split, step by step, under the reading in use and the others (domain 5.18, A1-A6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from agreements.models import Decision, Party, Reading
from costs import keys, shares, weights
from costs.models import CostItem, Split
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
    """What another key would have given: each party's share, or why it gives nothing."""

    key: str
    parts: tuple[tuple[Party, Decimal], ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Explained:
    """A split with its steps.

    is_final: it has been made; otherwise this is what it would be. by_annex: its weights are of Annex 2.
    """

    key: str
    source: str
    on: object
    steps: tuple[Step, ...]
    is_final: bool
    reading: str
    others: tuple[Other, ...]
    by_annex: bool


def explain(item: CostItem) -> Explained:
    """Raises Refused when there is nothing to split by. The number of queries does not depend on the item."""
    split = getattr(item, "split", None)
    key, reading = keys.key_on(item.agreement, item.kind, item.invoiced_on)
    if split:
        told = [(share.party, share.weight) for share in split.shares.all()]
        key, source, on = split.key, split.source, split.on
    else:
        key = weights.key_for(item)
        found = weights.weights_of(item, key)
        told, source, on = list(found.of), found.source, found.on
    return Explained(
        key=str(Split.Key(key).label),
        source=source,
        on=on,
        steps=steps(item.cents, told),
        is_final=bool(split),
        reading=reading_told(reading),
        by_annex=key != Split.Key.ATTENDANCE,
        others=tuple(_other(item, other) for other in keys.KEYS[CostItem.Kind(item.kind)] if other != key),
    )


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


def _other(item: CostItem, key: str) -> Other:
    label = str(Split.Key(key).label)
    try:
        computed = weights.compute(item, key)
    except Refused as refusal:
        return Other(label, refusal=refusal.message)
    return Other(label, tuple((part.party, part.amount) for part in computed.parts))


def reading_told(reading: Reading | None) -> str:
    """The decision on which the key rests, or that it is the default."""
    if reading is None:
        return _("default, until the parties agree otherwise")
    decision = reading.matter.decisions.filter(party=None, outcome=Decision.Outcome.APPROVE).first()
    if decision is None:
        return ""
    return f"{decision.organ} {format_day(decision.decided_on)} § {decision.section}"


def in_words(found: Iterable[Step]) -> str:
    """Every step on one line, for the page where one checks."""
    return "; ".join(f"{step.party.short_name}: {step.text} → {format_euro(step.amount)}" for step in found)
