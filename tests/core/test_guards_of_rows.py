"""Attacks on rows of annexes, seats among them, of a group that is as small as the cast's."""

import pytest

from tests.core.guard_kit import ROWS, SEATS, attacks_of, refused_by_its_own_guard


@pytest.mark.parametrize("attack", attacks_of(ROWS, SEATS))
def test_guard_refuses_and_nothing_else_does(cast, attack):
    refused_by_its_own_guard(attack, cast)
