"""Splitting to the cent, and who pays whom."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costs.shares import CannotSplit, Transfer, split, transfers

WORKED = [  # domain 6.7, in cents
    (138475, (12, 9, 2), (72248, 54186, 12041)),
    (138475, (11, 9, 2), (69237, 56649, 12589)),
    (138475, ("10.60", "7.80", "1.20"), (74890, 55107, 8478)),
    (61500, (11, 9), (33825, 27675)),
    (61500, ("10.60", "7.80"), (35429, 26071)),
    (61500, (12, 9), (35143, 26357)),
    (61500, ("10.10", "7.05"), (36219, 25281)),
    (10000, (1, 1, 1), (3334, 3333, 3333)),
    (10001, (10, 10), (5001, 5000)),
    (-10001, (10, 10), (-5001, -5000)),
    (0, (1, 2), (0, 0)),
]


def cents(total, weights):
    return tuple(share.cents for share in split(total, [Decimal(weight) for weight in weights]))


@pytest.mark.parametrize(("total", "weights", "shares"), WORKED)
def test_worked_examples_come_out_to_the_cent(total, weights, shares):
    assert cents(total, weights) == shares


@pytest.mark.parametrize("weights", [(), (0,), (0, 0), (1, -1), (2, -1)])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(CannotSplit):
        split(100, weights)


TOTALS = st.integers(-(10**9), 10**9)
WEIGHTS = st.lists(st.decimals("0", "9999", places=2), min_size=1, max_size=6).filter(any)


@given(TOTALS, WEIGHTS)
def test_shares_add_up_and_are_within_a_cent_of_the_ideal(total, weights):
    shares = split(total, weights)
    assert sum(share.cents for share in shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert share.exact == Fraction(total) * Fraction(weight) / sum(map(Fraction, weights))
        assert abs(share.cents - share.exact) < 1


@given(TOTALS, WEIGHTS)
def test_nobody_loses_a_cent_to_a_smaller_remainder(total, weights):
    shares = split(total, weights)
    left = [abs(share.exact) - abs(share.exact).__floor__() for share in shares]
    lucky = [part for part, share in zip(left, shares, strict=True) if share.extra]
    others = [part for part, share in zip(left, shares, strict=True) if not share.extra]
    assert not lucky or not others or min(lucky) >= max(others)


@given(TOTALS, WEIGHTS, st.randoms())
def test_order_of_the_parties_matters_only_to_ties(total, weights, random):
    order = list(range(len(weights)))
    random.shuffle(order)
    mixed = split(total, [weights[place] for place in order])
    plain = split(total, weights)
    assert sorted(share.cents for share in mixed) == sorted(share.cents for share in plain)


@pytest.mark.parametrize(
    ("balances", "moves"),
    [
        ((0, 0), []),
        ((100, -60, -40), [Transfer(1, 0, 60), Transfer(2, 0, 40)]),
        ((-50, 80, -30), [Transfer(0, 1, 50), Transfer(2, 1, 30)]),
        ((-70, 30, 40), [Transfer(0, 1, 30), Transfer(0, 2, 40)]),
    ],
)
def test_payments_even_the_balances_out(balances, moves):
    assert transfers(balances) == moves


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=5))
def test_payments_leave_nothing_owed(some):
    balances = [*some, -sum(some)]
    for move in transfers(balances):
        balances[move.payer] += move.cents
        balances[move.payee] -= move.cents
    assert not any(balances)
