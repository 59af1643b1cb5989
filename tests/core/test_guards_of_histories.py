"""Attacks on every history: nobody changes, forgets or writes a line without a name."""

from itertools import groupby

import pytest
from django.db import transaction

from tests.attacks import ATTACKS
from tests.core.guard_kit import HISTORIES, refused_by_its_own_guard

pytestmark = pytest.mark.usefixtures("seven_seats")
OF_HISTORIES = [attack for attack in ATTACKS if attack.prepare.__module__ == HISTORIES]


def table(attack):
    return attack.guard.removesuffix("_append_only").removesuffix("_actor")


@pytest.mark.parametrize(
    "attacks", [pytest.param(list(found), id=name) for name, found in groupby(OF_HISTORIES, key=table)]
)
def test_guard_refuses_and_nothing_else_does(cast, attacks):
    """Three attacks on one line: making one may take a whole meeting."""
    assert len(attacks) == 3
    attacks[0].prepare(cast)
    for attack in attacks:
        with transaction.atomic():
            refused_by_its_own_guard(attack, cast)
            transaction.set_rollback(True)
