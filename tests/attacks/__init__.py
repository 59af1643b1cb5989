"""Attempts to do in the database, past the actions, what a guard refuses. One or more for every trigger.

An attack prepares a lawful situation through the actions and returns the one statement that must not stand.
`also` names a second guard that refuses the same statement: it is set aside first, so that each is seen alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connection

from tym.core import guards

DELETE, INSERT, UPDATE = guards.DELETE, guards.INSERT, guards.UPDATE


@dataclass(frozen=True)
class Attack:
    guard: str
    event: str
    prepare: Callable
    also: tuple[str, ...] = ()
    label: str = ""

    @property
    def name(self):
        return "-".join(filter(None, (self.guard, self.event.lower(), self.label)))


ATTACKS = []


def attack(guard, event, *, also=(), label=""):
    """Register the decorated function, which gets the cast and returns the forbidden statement."""

    def register(prepare):
        ATTACKS.append(Attack(guard, event, prepare, also, label))
        return prepare

    return register


def update(row, **values):
    """An UPDATE that no save() and no history sees."""
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**values)


def delete(row):
    """A DELETE without Django's own look at what refers to the row."""
    return lambda: type(row)._base_manager.filter(pk=row.pk)._raw_delete(DEFAULT_DB_ALIAS)


def insert(row):
    """An INSERT that no save() and no history sees."""
    return lambda: type(row)._base_manager.bulk_create([row])


@lru_cache
def triggers():
    return {guard.name: tuple(name for name, _event in guard.triggers()) for guard in guards.collect()}


def drop_guard(*names):
    """Take these guards away; in a test they come back with the rollback."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # No trigger is dropped while foreign keys wait to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for trigger in (trigger for name in names for trigger in triggers()[name]):
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER "{trigger}"')
            else:
                cursor.execute(f'DROP FUNCTION "{trigger}"() CASCADE')
