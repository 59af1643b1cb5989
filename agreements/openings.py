"""What a form was opened on, who has saved since, and the two beside what was typed.

A form carries only a number or a fingerprint of its start. What that start said is read from history, so nobody
can tell a start that never was.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.db.models import Q

from agreements import contents
from agreements.models import Change, Document, Row


@dataclass(frozen=True)
class Saved:
    """Who saved what is stored now, and when."""

    person: str
    at: datetime.datetime


@dataclass(frozen=True)
class Versions:
    """One thing as it was when the form was opened, as it is stored now, and as it was typed; None where it is not.

    is_known: whether the start could be found at all.
    """

    title: str
    opened: Any
    stored: Any
    mine: Any
    saved: Saved | None
    is_known: bool = True


def saved(tracked: Any) -> Saved | None:
    """Who saved the tracked object last. A decided change was saved last when it was decided."""
    line = tracked.history.select_related("history_user").order_by("-history_id").first()
    return Saved(str(line.history_user), line.history_date) if line and line.history_user else None


def note_rows(change: Change) -> None:
    """Have the next line of the change's history keep the draft's own rows."""
    rows: list[Any] = []
    for version in change.versions.select_related("document"):
        for content in contents.of(version.document):
            rows += content.load(content.model._default_manager.filter(version=version))
    change._history_rows = serializers.serialize("json", rows)  # type: ignore[attr-defined]


def proposal_at(change: Change, revision: int) -> Any:
    """The line of history with what, why and wanted day as they were at that revision; None when there is none."""
    if not 0 <= revision <= change.revision:
        return None
    return change.history.filter(revision=revision).order_by("history_id").first()


def draft_rows_at(change: Change, document: Document, model: type[Row], revision: int) -> list[Any] | None:
    """The draft's own rows at a saved revision, removals included; None when that is not known."""
    if not 0 <= revision <= change.revision:
        return None
    line = change.history.filter(revision=revision, rows__isnull=False).order_by("history_id").first()
    if line is None:
        return [] if revision == 0 else None
    versions = set(change.versions.filter(document=document).values_list("pk", flat=True))
    return [row for row in _restored(line.rows, model) if row.version_id in versions]


def _restored(text: str, model: Any) -> list[Any]:
    told = [item for item in json.loads(text) if item["model"] == model._meta.label_lower]
    found = list(serializers.deserialize("python", told, ignorenonexistent=True))
    for field in model._meta.many_to_many:
        _put_related(field, [(item.object, (item.m2m_data or {}).get(field.name, ())) for item in found])
    return [item.object for item in found]


def _put_related(field: Any, found: list[tuple[Any, Any]]) -> None:
    """As a prefetch leaves it: what was related on that day, without asking the table of today."""
    manager = field.related_model._default_manager
    known = manager.in_bulk({pk for _row, pks in found for pk in pks})
    for row, pks in found:
        related = manager.none()
        related._result_cache = [known[pk] for pk in pks if pk in known]
        row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), field.name: related}


def decided_states(document: Document, content: contents.Content) -> Iterator[list[Any]]:
    """The document's decided rows as they stood after each decision and revocation, newest first."""
    rows = content.model._default_manager.of(document).filter(version__change__valid_from__isnull=False)
    loaded = content.load(rows.select_related("version"))
    for adopted in reversed(_adopted_after_each(loaded)):
        own = [row for row in loaded if row.version.change_id in adopted]
        replaced = {row.base_id for row in own}
        yield [row for row in own if not row.removed and row.pk not in replaced]


def _adopted_after_each(rows: list[Any]) -> list[frozenset[int]]:
    ends = Q(state__in=[Change.State.ADOPTED, Change.State.REVOKED])
    lines = Change.history.filter(ends, id__in={row.version.change_id for row in rows}).order_by("history_id")
    states: list[frozenset[int]] = [frozenset()]
    for pk, state in lines.values_list("id", "state"):
        after = states[-1] | {pk} if state == Change.State.ADOPTED else states[-1] - {pk}
        if after != states[-1]:
            states.append(after)
    return states
