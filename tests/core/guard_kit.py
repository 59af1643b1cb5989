"""Every attack on a guard, and what it shows. The attacks are divided by the situation they begin from."""

import importlib
import pkgutil

import pytest
from django.db import IntegrityError, transaction

from tests import attacks
from tests.attacks import ATTACKS, drop_guard

for module in pkgutil.iter_modules(attacks.__path__):
    importlib.import_module(f"tests.attacks.{module.name}")

HISTORIES, ROWS, SEATS = (f"tests.attacks.{module}" for module in ("histories", "rows", "seats"))


def attacks_of(*modules):
    return [pytest.param(attack, id=attack.name) for attack in ATTACKS if attack.prepare.__module__ in modules]


def attacks_but(*modules):
    return [pytest.param(attack, id=attack.name) for attack in ATTACKS if attack.prepare.__module__ not in modules]


def refusal(statement):
    """What the database says to it; "" when it lets it through. Undone either way."""
    try:
        with transaction.atomic():
            statement()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return ""


def refused_by_its_own_guard(attack, cast):
    """The guard refuses; without it nothing else would."""
    statement = attack.prepare(cast)
    assert refusal(statement).startswith(tuple(f"{name}: " for name in (attack.guard, *attack.also)))
    drop_guard(*attack.also)
    assert refusal(statement).startswith(f"{attack.guard}: ")
    drop_guard(attack.guard)
    assert refusal(statement) == ""
