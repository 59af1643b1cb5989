"""Writing the rows of a draft."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agreements import contents, history, permissions
from agreements.actions.locking import lock_change
from agreements.history import System
from agreements.models import Change, Clause, Document, Mandate, Matter, Row, Version
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


def touch(change: Change, *, by: Mandate | System) -> None:
    """Count one more saved state of the draft."""
    change.revision += 1
    history.save(change, by=by, reason="saved", fields=["revision"])


def draft_version(*, change: Change, document: Document, by: Mandate | System) -> Version:
    """The draft's version of the document, made when first needed."""
    version = change.versions.filter(document=document).first()
    if version is None:
        version = Version(change=change, document=document)
        history.save(version, by=by, reason="drafted")
    return version


def write_rows(*, version: Version, replaced: models.QuerySet, drafts: Sequence[RowDraft]) -> list[Row]:
    """Put `drafts` in the place of the draft's rows `replaced`. For the row models' own actions."""
    for row in replaced.filter(version=version):
        row.delete()
    return [_write(version, replaced.model, draft) for draft in drafts]


def _write(version: Version, model: Any, draft: RowDraft) -> Any:
    base = draft.base
    key = draft.key or (base.key if base else new_key())
    row = model(version=version, base=base, key=key, removed=draft.removed, **draft.values)
    row.full_clean(validate_constraints=False, exclude=["version", "base"])
    row.save()
    for name, related in draft.relations.items():
        getattr(row, name).set(related)
    return row


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
    touched = next((item for item in contents.document_changes(change) if item.document == document), None)
    collision = next((pair for pair in touched.collisions if pair.before.key == key), None) if touched else None
    if touched is None or collision is None:
        raise Refused(_("The row does not collide with anything any more."))
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


@transaction.atomic
def remove_clause(
    *, change: Change, document: Document, key: str, by: Mandate, on: datetime.date, revision: int | None = None
) -> None:
    """Take a section out of the draft's text; one that the draft itself added simply goes."""
    change, by = editable(change, by=by, on=on, revision=revision)
    base = Clause.objects.of(document).latest_decided().filter(key=key).first()
    version = draft_version(change=change, document=document, by=by)
    mine = Clause.objects.filter(key=key)
    if base is None and not mine.filter(version=version).exists():
        raise Refused(_("The section is not in the text any more."))
    drafts = [RowDraft(base=base, values=values_of(base), removed=True)] if base else []
    write_rows(version=version, replaced=mine, drafts=drafts)
    touch(change, by=by)


@transaction.atomic
def move_clause(
    *,
    change: Change,
    document: Document,
    key: str,
    up: bool,
    by: Mandate,
    on: datetime.date,
    revision: int | None = None,
) -> None:
    """Move a section one place up or down in the draft's text; it takes the part of its new place."""
    change, by = editable(change, by=by, on=on, revision=revision)
    clauses = draft_clauses(change, document)
    place = next((i for i, clause in enumerate(clauses) if clause.key == key), None)
    beside = None if place is None else place - 1 if up else place + 1
    if place is None or beside is None or not 0 <= beside < len(clauses):
        raise Refused(_("The section cannot be moved further."))
    outer = beside - 1 if up else beside + 1
    edge = clauses[outer].position if 0 <= outer < len(clauses) else clauses[beside].position + (-2000 if up else 2000)
    position = max(0, (clauses[beside].position + edge) // 2)
    if position in (clauses[beside].position, edge):
        raise Refused(_("There is no more room between these sections. Save the text as a new proposal."))
    clause = clauses[place]
    save_clause(
        change=change,
        document=document,
        by=by,
        on=on,
        key=key,
        number=clause.number,
        heading=clause.heading,
        body=clause.body,
        part=clauses[beside].part,
        position=position,
    )


def draft_clauses(change: Change, document: Document) -> list[Clause]:
    """The text as the draft would have it, in order."""
    written = Clause.objects.filter(version__change=change, version__document=document).select_related("version")
    drafted = {clause.key: clause for clause in written}
    decided = list(Clause.objects.of(document).latest_decided().select_related("version"))
    rows = [drafted.pop(clause.key, clause) for clause in decided] + list(drafted.values())
    return sorted((row for row in rows if not row.removed), key=lambda row: (row.position, row.pk))


@transaction.atomic
def save_clause(
    *,
    change: Change,
    document: Document,
    by: Mandate | System,
    on: datetime.date,
    number: str,
    heading: str,
    body: str,
    key: str = "",
    part: str | None = None,
    position: int | None = None,
    revision: int | None = None,
) -> Clause:
    """Write one section of a draft's text: the section `key`, or a new one at the end.

    Raises Stale when the draft was saved meanwhile, ValidationError for what cannot be.
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    base = Clause.objects.of(document).latest_decided().filter(key=key).first() if key else None
    version = draft_version(change=change, document=document, by=by)
    mine = Clause.objects.filter(version=version, key=key) if key else Clause.objects.none()
    start = mine.first() or base
    values: dict[str, Any] = {"number": number.strip(), "heading": heading.strip(), "body": _newlines(body)}
    if not (values["heading"] or values["body"].strip()):
        raise ValidationError({"body": _("Write the text of the section.")})
    values["part"] = part if part is not None else (start.part if start else "")
    if position is None:
        position = start.position if start else _next_position(document, version)
    values["position"] = position
    drafts = [] if base and _same(base, values) else [RowDraft(base=base, values=values, key=key)]
    written = write_rows(version=version, replaced=mine, drafts=drafts)
    touch(change, by=by)
    return written[0] if written else base  # type: ignore[return-value]


def _newlines(body: str) -> str:
    return body.replace("\r\n", "\n").strip("\n")


def _same(base: Clause, values: Mapping[str, Any]) -> bool:
    return all(getattr(base, name) == value for name, value in values.items())


def _next_position(document: Document, version: Version) -> int:
    decided = Clause.objects.of(document).latest_decided()
    last = (decided | Clause.objects.filter(version=version)).aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1000
