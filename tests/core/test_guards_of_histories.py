"""Attacks on every history: nobody changes, forgets or writes a line without a name."""

import pytest

from tests.attacks.histories import one_of_each
from tests.cast import Cast
from tests.conftest import staged
from tests.core.guard_kit import HISTORIES, attacks_of, refused_by_its_own_guard


@pytest.fixture(scope="module", autouse=True)
def _everything(django_db_setup, django_db_blocker):
    """A line in every history, made once for all of them."""
    with staged(django_db_blocker, lambda: one_of_each(Cast())):
        yield


@pytest.mark.parametrize("attack", attacks_of(HISTORIES))
def test_guard_refuses_and_nothing_else_does(cast, attack):
    refused_by_its_own_guard(attack, cast)
