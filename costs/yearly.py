"""The costs of a year: items, what each party paid and whose share it was, beside earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from agreements.models import Agreement, Decision, Matter, Party
from costs.models import CostItem, SplitShare

Kind = CostItem.Kind


@dataclass(frozen=True)
class ItemRow:
    """An item with how far it has come: one word of `state_of`."""

    item: CostItem
    state: str


@dataclass(frozen=True)
class KindRow:
    """A kind of cost: what each party has paid of it, in party order, and together."""

    kind: str
    label: str
    paid: tuple[Decimal, ...]
    items: tuple[ItemRow, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.paid, Decimal(0))


@dataclass(frozen=True)
class YearShares:
    """Each party's shares of what was split of a year's invoices, in party order."""

    year: int
    amounts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, Decimal(0))


def items_of(agreement: Agreement, year: int) -> list[CostItem]:
    """The year's items with all that their state needs. Three queries, however many items there are."""
    items = CostItem.objects.filter(agreement=agreement, invoiced_on__year=year)
    items = items.select_related("payer", "split", "settlement__matter", "matter", "day", "receipt", "credit_of")
    return list(items.prefetch_related("matter__decisions"))


def state_of(item: CostItem) -> str:
    """own | split | settled | ready | unsubmitted | submitted | returned | rejected."""
    if item.kind == Kind.OWN:
        return "own"
    if hasattr(item, "split"):
        return "settled" if item.settlement_id else "split"
    if item.kind == Kind.DEVELOPMENT_DAY:
        return "ready"
    if item.matter is None:
        return "unsubmitted"
    if is_returned(item.matter):
        return "returned"
    final = [d.outcome for d in item.matter.decisions.all() if d.party_id is None and d.outcome in Decision.FINAL]
    return {Decision.Outcome.APPROVE: "ready", Decision.Outcome.REJECT: "rejected"}.get(
        Decision.Outcome(final[0]) if final else Decision.Outcome.TABLE, "submitted"
    )


def is_returned(matter: Matter) -> bool:
    """The group has returned for preparation exactly what is before it, so it can be put right. Uses `decisions`."""
    said = [d for d in matter.decisions.all() if d.party_id is None and d.sha256 == matter.sha256]
    return any(d.outcome == Decision.Outcome.RETURN for d in said) and not any(
        d.outcome in Decision.FINAL for d in matter.decisions.all()
    )


def by_kind(items: list[CostItem], parties: list[Party]) -> list[KindRow]:
    """The items by kind of cost, every kind there."""
    rows = []
    for kind in Kind:
        own = [item for item in items if item.kind == kind]
        paid = tuple(sum((i.gross for i in own if i.payer_id == party.pk), Decimal(0)) for party in parties)
        rows.append(KindRow(kind, str(kind.label), paid, tuple(ItemRow(item, state_of(item)) for item in own)))
    return rows


def shares_by_year(agreement: Agreement, parties: list[Party]) -> list[YearShares]:
    """Every year that has split costs, latest first. One query."""
    found: dict[int, dict[int, Decimal]] = {}
    sums = (
        SplitShare.objects.filter(split__item__agreement=agreement, split__final=True)
        .annotate(year=ExtractYear("split__item__invoiced_on"))
        .order_by()
        .values("year", "party")
        .annotate(sum=Sum("amount"))
    )
    for row in sums:
        found.setdefault(row["year"], {})[row["party"]] = row["sum"]
    return [
        YearShares(year, tuple(found[year].get(party.pk, Decimal(0)) for party in parties))
        for year in sorted(found, reverse=True)
    ]
