"""Writing the rows of a draft."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from agreements import contents, history, openings, permissions
from agreements.actions.locking import lock_change
from agreements.history import System
from agreements.models import Change, Document, Mandate, Matter, Row, Version
from agreements.models.rows import new_key
from tym.core.errors import Refused, Stale


@dataclass(frozen=True)
class RowDraft:
    """A row a draft adds (no base), replaces, or removes."""

    base: Row | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    relations: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)
    removed: bool = False
    key: str = ""


def editable(change: Change, *, by: Mandate | System, on: datetime.date, revision: int | None) -> tuple[Change, Any]:
    """The draft, locked, and the mandate that may edit it.

    Raises NotAllowed, Refused when it is no draft any more, Stale when somebody saved it meanwhile.
    """
    change = lock_change(change)
    if change.state != Change.State.DRAFT:
        raise Refused(_("This is no longer a draft, so it cannot be edited."))
    if isinstance(by, System) and change.matter.kind == Matter.Kind.ORIGINAL:
        return change, by
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    by = permissions.require(permissions.can_edit(mandates, change))
    if revision is not None and revision != change.revision:
        raise Stale(_("Somebody has saved this draft after you opened it. Nothing you wrote is lost."))
    return change, by


def touch(change: Change, *, by: Mandate | System, fields: Sequence[str] = ()) -> None:
    """Count one more saved state of the draft, and keep its rows with it: a form may have been opened on them."""
    change.revision += 1
    if not isinstance(by, System):
        openings.note_rows(change)
    history.save(change, by=by, reason="saved", fields=[*fields, "revision"])


def draft_version(*, change: Change, document: Document, by: Mandate | System) -> Version:
    """The draft's version of the document, made when first needed."""
    version = change.versions.filter(document=document).first()
    if version is None:
        version = Version(change=change, document=document)
        history.save(version, by=by, reason="drafted")
    return version


def write_rows(*, version: Version, replaced: models.QuerySet, drafts: Sequence[RowDraft]) -> list[Row]:
    """Put `drafts` in the place of the draft's rows `replaced`. For the row models' own actions.

    A handful of statements, however many rows there are.
    """
    model: Any = replaced.model
    _clear(model, replaced.filter(version=version))
    rows = [_made(version, model, draft) for draft in drafts]
    model._default_manager.bulk_create(rows)
    for field_ in model._meta.many_to_many:
        _relate(field_, rows, drafts)
    return rows


def _clear(model: Any, rows: models.QuerySet) -> None:
    for field_ in model._meta.many_to_many:
        through = field_.remote_field.through._default_manager
        through.filter(**{f"{field_.m2m_field_name()}__in": rows.order_by()}).delete()
    # Nothing else hangs on rows of a draft; the database would refuse if it did.
    rows._raw_delete(rows.db)


def _made(version: Version, model: Any, draft: RowDraft) -> Any:
    base = draft.base
    key = draft.key or (base.key if base else new_key())
    row = model(version=version, base=base, key=key, removed=draft.removed, **draft.values)
    # What a row refers to was read from the database a moment ago, and the database asks again.
    row.full_clean(validate_constraints=False, exclude=[f.name for f in model._meta.concrete_fields if f.is_relation])
    return row


def _relate(field_: Any, rows: Sequence[Any], drafts: Sequence[RowDraft]) -> None:
    through = field_.remote_field.through
    own, other = field_.m2m_field_name(), field_.m2m_reverse_field_name()
    through._default_manager.bulk_create(
        through(**{own: row, other: related})
        for row, draft in zip(rows, drafts, strict=True)
        for related in dict.fromkeys(draft.relations.get(field_.name, ()))
    )


@transaction.atomic
def settle_collision(
    *,
    change: Change,
    document: Document,
    key: str,
    keep_mine: bool,
    by: Mandate,
    on: datetime.date,
    revision: int | None = None,
) -> None:
    """Choose for one row of a draft that was decided meanwhile; the rest of the draft stays untouched.

    keep_mine: the draft's row goes on top of what was decided; otherwise the draft leaves the row alone.
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    found = [
        (touched, pair)
        for touched in contents.document_changes(change)
        for pair in touched.collisions
        if touched.document == document and pair.before.key == key
    ]
    if not found:
        raise Refused(_("The row does not collide with anything any more."))
    touched, collision = found[0]
    rows = touched.content.model._default_manager
    version = draft_version(change=change, document=document, by=by)
    drafts = [on_top_of(collision.before, collision.after)] if keep_mine else []
    write_rows(version=version, replaced=rows.filter(key=key), drafts=drafts)
    touch(change, by=by)


def on_top_of(decided: Any, mine: Any) -> RowDraft:
    """The draft's row with the decided one as its base; a row decided away comes back as a new one."""
    base = None if decided.removed else decided
    if mine is None:
        return RowDraft(base=base, values=values_of(decided), relations=relations_of(decided), removed=True)
    return RowDraft(base=base, values=values_of(mine), relations=relations_of(mine), key="" if base else new_key())


def values_of(row: Row) -> dict[str, Any]:
    """The row's own fields, apart from its place in versions."""
    kept = ("id", "version", "base", "key", "removed")
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in kept}


def relations_of(row: Row) -> dict[str, list[Any]]:
    return {f.name: list(getattr(row, f.name).all()) for f in row._meta.many_to_many}
