"""What must never happen is refused by the database itself, and each refusal is that guard's own."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tests.attacks import ATTACKS, drop_guard
from tests.core.guard_kit import HISTORIES, ROWS, SEATS, attacks_but, refusal, refused_by_its_own_guard
from tests.factories import StoredFileFactory
from tym.core import guards

pytestmark = pytest.mark.usefixtures("seven_seats")


@pytest.mark.parametrize("attack", attacks_but(HISTORIES, ROWS, SEATS))
def test_guard_refuses_and_nothing_else_does(cast, attack):
    refused_by_its_own_guard(attack, cast)


def test_every_guard_has_an_attack_on_every_event():
    attacked = {(attack.guard, attack.event) for attack in ATTACKS}
    assert attacked == {(guard.name, event) for guard in guards.collect() for event in guard.events}


def test_guard_names_are_unique_and_short_enough_for_postgresql():
    names = [trigger for guard in guards.collect() for trigger, _event in guard.triggers()]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) > 63] == []


def test_no_guard_is_missing_after_migrate(db):
    assert guards.missing() == set()


def test_server_does_not_start_without_a_guard(db):
    drop_guard("agreements_change_path")
    with pytest.raises(ImproperlyConfigured, match="tym_agreements_change_path_update"):
        guards.verify()


def test_guards_return_after_they_were_lifted(db):
    with guards.lifted():
        assert guards.missing() != set()
    assert guards.missing() == set()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
def test_truncate_is_refused_on_every_table_whose_rows_stay(db):
    tables = {guard.table for guard in guards.collect() if guards.DELETE in guard.events}
    for table in tables:
        said = refusal(lambda table=table: connection.cursor().execute(f'TRUNCATE "{table}" CASCADE'))
        assert "rows are never removed" in said, table
    drop_guard(*(guard.name for guard in guards.collect()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'tym_%_truncate'")
        left = {name for (name,) in cursor.fetchall()}
    assert left == {f"tym_{guard.name}_truncate" for guard in guards.collect() if guards.DELETE in guard.events}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE")
def test_replace_does_not_pass_by_the_guard_of_deletion(db):
    file = StoredFileFactory()
    said = refusal(
        lambda: connection.cursor().execute(
            "INSERT OR REPLACE INTO core_storedfile (id, sha256, content, size, media_type, stored_at) "
            "SELECT id, sha256, x'00', 1, media_type, stored_at FROM core_storedfile WHERE id = %s",
            [file.pk],
        )
    )
    assert said.startswith("core_storedfile_kept: ")
