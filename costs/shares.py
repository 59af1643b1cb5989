"""Splitting an amount exactly (jakolaskelma; agreement 9 §, A6). Pure: amounts are whole cents, weights exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class CannotSplit(ValueError):
    """The weights do not say how to split: all are zero, or one is negative."""


@dataclass(frozen=True)
class Share:
    """One party's part. exact: the ideal in cents; cents: what it pays; extra: got one of the cents left over."""

    weight: Fraction
    exact: Fraction
    cents: int
    extra: bool


def split(total: int, weights: Sequence[Decimal | int]) -> tuple[Share, ...]:
    """Each party's share of `total` cents, in the order of the weights.

    Every share is rounded down, then the cents left over go one each to the largest remainders; ties go by
    order (A6). A negative total (credit note) is split as its opposite. Raises CannotSplit.
    """
    exact_weights = [Fraction(weight) for weight in weights]
    whole = sum(exact_weights)
    if whole == 0 or any(weight < 0 for weight in exact_weights):
        raise CannotSplit
    sign, amount = (-1 if total < 0 else 1), abs(total)
    ideal = [amount * weight / whole for weight in exact_weights]
    floors = [part.numerator // part.denominator for part in ideal]
    remainders = sorted(range(len(ideal)), key=lambda place: (floors[place] - ideal[place], place))
    lucky = set(remainders[: amount - sum(floors)])
    return tuple(
        Share(weight, sign * part, sign * (floor + (place in lucky)), place in lucky)
        for place, (weight, part, floor) in enumerate(zip(exact_weights, ideal, floors, strict=True))
    )


@dataclass(frozen=True)
class Transfer:
    """A payment that evens out: from place to place in the order of the balances, in cents."""

    payer: int
    payee: int
    cents: int


def transfers(balances: Sequence[int]) -> list[Transfer]:
    """Who pays whom so that every balance becomes zero. Balance: what was paid less the own share; they sum to zero.

    The first who owes pays the first who is owed, and so on; at most one payment fewer than there are parties.
    """
    if sum(balances):
        raise CannotSplit
    left, found = list(balances), []
    for payer, owed in enumerate(balances):
        for payee in range(len(left)):
            cents = min(-left[payer], left[payee])
            if owed < 0 and cents > 0:
                found.append(Transfer(payer, payee, cents))
                left[payer] += cents
                left[payee] -= cents
    return found
