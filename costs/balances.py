"""Who has paid what, whose share it was, and who pays whom (loppulaskelma)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agreements.models import Party
from costs import shares
from costs.models import Settlement


@dataclass(frozen=True)
class Balance:
    """A party's sums in euros: what it has paid, its own share, and the difference (owed to it when positive)."""

    party: Party
    paid: Decimal
    share: Decimal

    @property
    def amount(self) -> Decimal:
        return self.paid - self.share


def balances_of(settlement: Settlement) -> list[Balance]:
    """Every party's balance, in party order. Three queries, however many items there are."""
    parties = list(settlement.agreement.parties.all())
    paid = dict.fromkeys((party.pk for party in parties), Decimal(0))
    share = dict(paid)
    for item in settlement.items.select_related("split").prefetch_related("split__shares"):
        paid[item.payer_id] += item.settled_amount
        for part in item.split.shares.all():
            share[part.party_id] += part.amount
    return [Balance(party, paid[party.pk], share[party.pk]) for party in parties]


def payments_of(balances: Sequence[Balance]) -> list[tuple[Party, Party, Decimal]]:
    """(payer, payee, euros): what evens the balances out."""
    found = shares.transfers([int(balance.amount * 100) for balance in balances])
    return [(balances[move.payer].party, balances[move.payee].party, Decimal(move.cents) / 100) for move in found]
