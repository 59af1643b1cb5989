"""Rules of content rows, whatever they hold."""

from django.db import models

from agreements.guards.sql import ADOPTING, CHANGE, MATTER_OF_NEW
from tym.core.guards import INSERT, UPDATE, Guard, frozen


def row_guards(model: type[models.Model], kinds: tuple[str, ...], *, owned: bool = False) -> list[Guard]:
    """Rules of a row model. owned: its rows belong to a party, which must have said yes (A17)."""
    table = model._meta.db_table
    return [*_written(model, kinds, owned), *_adopted(table), *(_owned(table) if owned else [])]


def _written(model: type[models.Model], kinds: tuple[str, ...], owned: bool) -> list[Guard]:
    table = model._meta.db_table
    return [
        Guard(
            f"{table}_draft_only",
            table,
            (INSERT, UPDATE),
            f"NOT {_state('NEW')} = 'draft'",
            "rows are written into a draft only",
        ),
        frozen(model, "kept", f"NOT {_state('OLD')} = 'draft'", "rows of a proposed or adopted change stay"),
        Guard(
            f"{table}_document",
            table,
            (INSERT, UPDATE),
            f"(SELECT d.kind FROM agreements_version v JOIN agreements_document d ON d.id = v.document_id "
            f"WHERE v.id = NEW.version_id) NOT IN ({', '.join(repr(kind) for kind in kinds)})",
            "this kind of row does not belong to this document",
        ),
        Guard(
            f"{table}_base",
            table,
            (INSERT, UPDATE),
            _base(table, owned),
            "a row replaces an adopted row of the same document, with the same key",
        ),
    ]


def _adopted(table: str) -> list[Guard]:
    return [
        Guard(
            f"{table}_replaced_once",
            CHANGE,
            (UPDATE,),
            f"{ADOPTING} AND {_replaced_twice(table)}",
            "the same row has been decided meanwhile",
        ),
        Guard(
            f"{table}_revoked_alone",
            CHANGE,
            (UPDATE,),
            f"NEW.state = 'revoked' AND {_built_upon(table)}",
            "a later decision builds on this change",
        ),
        Guard(
            f"{table}_start_order",
            CHANGE,
            (UPDATE,),
            f"{ADOPTING} AND {_starts_before_base(table)}",
            "a row cannot start before the row it replaces",
        ),
    ]


def _state(row: str) -> str:
    return (
        f"(SELECT c.state FROM agreements_version v JOIN agreements_change c ON c.id = v.change_id "
        f"WHERE v.id = {row}.version_id)"
    )


def _base(table: str, owned: bool) -> str:
    same_party = "AND b.party_id = NEW.party_id" if owned else ""
    return (
        f"NEW.base_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} b "
        f"JOIN agreements_version bv ON bv.id = b.version_id JOIN agreements_change bc ON bc.id = bv.change_id "
        f"JOIN agreements_version nv ON nv.id = NEW.version_id "
        f"WHERE b.id = NEW.base_id AND b.key = NEW.key AND NOT b.removed AND bc.state = 'adopted' "
        f"AND bv.document_id = nv.document_id {same_party})"
    )


def _replaced_twice(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {table} r JOIN agreements_version v ON v.id = r.version_id "
        f"JOIN {table} o ON o.id <> r.id AND o.key = r.key "
        f"JOIN agreements_version ov ON ov.id = o.version_id AND ov.document_id = v.document_id "
        f"JOIN agreements_change oc ON oc.id = ov.change_id AND oc.state = 'adopted' AND oc.id <> NEW.id "
        f"WHERE v.change_id = NEW.id AND o.base_id IS NOT DISTINCT FROM r.base_id)"
    )


def _built_upon(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {table} r JOIN agreements_version v ON v.id = r.version_id "
        f"JOIN {table} s ON s.base_id = r.id JOIN agreements_version sv ON sv.id = s.version_id "
        f"JOIN agreements_change sc ON sc.id = sv.change_id AND sc.state = 'adopted' WHERE v.change_id = NEW.id)"
    )


def _starts_before_base(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {table} r JOIN agreements_version v ON v.id = r.version_id "
        f"JOIN {table} b ON b.id = r.base_id JOIN agreements_version bv ON bv.id = b.version_id "
        f"JOIN agreements_change bc ON bc.id = bv.change_id "
        f"WHERE v.change_id = NEW.id AND bc.valid_from > NEW.valid_from)"
    )


def _owned(table: str) -> list[Guard]:
    return [
        Guard(
            f"{table}_own_party",
            table,
            (INSERT, UPDATE),
            "NOT EXISTS (SELECT 1 FROM agreements_version v JOIN agreements_change c ON c.id = v.change_id "
            "JOIN agreements_matter m ON m.id = c.matter_id JOIN agreements_party p ON p.agreement_id = m.agreement_id "
            "WHERE v.id = NEW.version_id AND p.id = NEW.party_id AND (m.kind IN ('original', 'group_appointment') "
            "OR c.party_id = p.id))",
            "a change holds only its own party's rows",
        ),
        Guard(
            f"{table}_consented",
            CHANGE,
            (UPDATE,),
            f"{ADOPTING} AND {MATTER_OF_NEW} NOT IN ('original', 'group_appointment') "
            f"AND EXISTS (SELECT 1 FROM {table} r "
            f"JOIN agreements_version v ON v.id = r.version_id WHERE v.change_id = NEW.id "
            f"AND NOT EXISTS (SELECT 1 FROM agreements_consent k WHERE k.matter_id = NEW.matter_id "
            f"AND k.party_id = r.party_id AND k.sha256 = NEW.sha256 AND k.outcome = 'given'))",
            "a party's own rows change only with that party's consent",
        ),
    ]
