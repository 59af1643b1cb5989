"""Rules that the database itself keeps, on SQLite and PostgreSQL alike.

A guard is one boolean SQL text that is true for what must never happen. It becomes a trigger on both
engines and may use NEW and OLD. Each application lists its own in `guards.py`, as `GUARDS`.
Guards are dropped before every migration and installed after it; the server refuses to start
when one is missing.
"""

import contextlib
import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"


@dataclass(frozen=True, slots=True)
class Guard:
    """One rule. `refuse` is SQL, true when the change must not stand; `says` goes into the error."""

    name: str
    table: str
    events: tuple[str, ...]
    refuse: str
    says: str

    def triggers(self) -> Iterator[tuple[str, str]]:
        """(trigger name, event) pairs: SQLite takes one event a trigger, so both engines do."""
        for event in self.events:
            yield f"tym_{self.name}_{event.lower()}", event


def append_only(model: type[models.Model]) -> list[Guard]:
    """Rows that may be added and then never changed or removed, by anyone."""
    return [frozen(model, "append_only", "TRUE", "rows are never changed or removed")]


def frozen(model: type[models.Model], name: str, when: str, says: str) -> Guard:
    """Rows that may not be changed or removed when the SQL `when`, over OLD, is true."""
    table = model._meta.db_table
    return Guard(f"{table}_{name}", table, (UPDATE, DELETE), when, says)


def history(model: type[models.Model]) -> list[Guard]:
    """The history of a model: append-only, and every line has somebody who did it."""
    past = model.history.model  # type: ignore[attr-defined]
    table = past._meta.db_table
    actor = Guard(f"{table}_actor", table, (INSERT,), "NEW.history_user_id IS NULL", "history without an actor")
    return [*append_only(past), actor]


def files() -> list[Guard]:
    """Files never change; of one that may be destroyed the bytes go, and everything else stays."""
    file, destruction = apps.get_model("core", "StoredFile"), apps.get_model("core", "FileDestruction")
    table, columns = file._meta.db_table, [field.column for field in file._meta.concrete_fields]
    changed = [f"NEW.{column} <> OLD.{column}" for column in columns if column != "content"]
    unsaid = f"NOT EXISTS (SELECT 1 FROM {destruction._meta.db_table} d WHERE d.file_id = NEW.id)"
    refuse = " OR ".join(["length(NEW.content) > 0", *changed, unsaid])
    return [
        Guard(f"{table}_kept", table, (DELETE,), "TRUE", "files are never removed"),
        Guard(f"{table}_only_emptied", table, (UPDATE,), refuse, "a file never changes; it is emptied by destruction"),
        *append_only(destruction),
    ]


def collect() -> list[Guard]:
    """Every guard of every application."""
    found = files()
    for config in apps.get_app_configs():
        name = f"{config.name}.guards"
        if name != __name__ and importlib.util.find_spec(name):
            found += importlib.import_module(name).GUARDS
    return found


def install(using: str = "default") -> None:
    """Put every guard in place whose table exists. Safe to repeat."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    drop(using)
    with connection.cursor() as cursor:
        for guard in collect():
            if guard.table in tables:
                for statement in _create(guard, connection.vendor):
                    cursor.execute(statement)


def drop(using: str = "default") -> None:
    """Take every guard away, those of an older version of the code too."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in _installed(connection.vendor, cursor):
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER "{trigger}"')
            else:
                cursor.execute(f'DROP FUNCTION IF EXISTS "{trigger}"() CASCADE')


@contextlib.contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Without guards for a moment. For emptying a test database, never for the product."""
    drop(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str = "default") -> set[str]:
    """Names of triggers that should be there and are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(_installed(connection.vendor, cursor))
    return {trigger for guard in collect() for trigger, _event in guard.triggers()} - there


def verify(using: str = "default") -> None:
    """Raises ImproperlyConfigured when the database does not keep every rule."""
    gone = missing(using)
    if gone:
        raise ImproperlyConfigured(
            f"The database lacks {len(gone)} guards (run migrate): {', '.join(sorted(gone)[:5])}"
        )


def _installed(vendor: str, cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()",
        }[vendor]
    )
    return [name for (name,) in cursor.fetchall() if name.startswith("tym_")]


def _create(guard: Guard, vendor: str) -> Iterator[str]:
    # AFTER: the rule sees the change already made, on both engines, and also rows of the same statement.
    says = f"{guard.name}: {guard.says}".replace("'", "''")
    for trigger, event in guard.triggers():
        if vendor == "sqlite":
            yield (
                f'CREATE TRIGGER "{trigger}" AFTER {event} ON "{guard.table}" FOR EACH ROW WHEN {guard.refuse} '
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        else:
            yield (
                f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
                f"IF {guard.refuse} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF; "
                f"RETURN NULL; END $guard$"
            )
            yield (
                f'CREATE TRIGGER "{trigger}" AFTER {event} ON "{guard.table}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{trigger}"()'
            )
    if vendor == "postgresql" and DELETE in guard.events:
        yield from _no_truncate(guard.name, guard.table)


def _no_truncate(name: str, table: str) -> Iterator[str]:
    """TRUNCATE passes row triggers by, so a guarded table refuses it as a whole."""
    trigger = f"tym_{name}_truncate"
    yield (
        f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
        f"RAISE EXCEPTION '{name}: rows are never removed' USING ERRCODE = 'check_violation'; END $guard$"
    )
    yield (f'CREATE TRIGGER "{trigger}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "{trigger}"()')
