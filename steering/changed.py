"""What the annex change of an item does, row by row before and after, in words. Plain values: minutes keep them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.contents import DocumentChange, RowChange, document_changes
from agreements.models import Change
from steering.models import AgendaItem
from tym.core.words import NOTHING, in_words, label

Told = dict[str, Any]


def changes_of(items: Iterable[AgendaItem]) -> dict[int, list[Change]]:
    """By matter, the changes that have been put before the group, the latest last. One query."""
    matters = [item.matter_id for item in items if item.matter_id]
    found: dict[int, list[Change]] = {}
    put = Change.objects.filter(matter__in=matters).exclude(state__in=(Change.State.DRAFT, Change.State.WITHDRAWN))
    for change in put.select_related("matter", "party").order_by("pk"):
        found.setdefault(change.matter_id, []).append(change)
    return found


def handled(item: AgendaItem, changes: Sequence[Change]) -> Change | None:
    """The change that the item decided: what was adopted as amended, what the decision is bound to, else the latest."""
    decided = item.decision.sha256 if item.decision else ""
    adopted = [change for change in changes if change.state == Change.State.ADOPTED]
    if item.outcome == AgendaItem.Outcome.AMENDED and adopted:
        return adopted[-1]
    exact = [change for change in changes if decided and change.sha256 == decided]
    return next(iter([*exact[-1:], *changes[-1:]]), None)


def changes_told(change: Change | None) -> list[Told]:
    """The change in words, document by document."""
    documents = document_changes(change) if change else []
    return [_document(touched) for touched in documents if touched.changes]


def _document(touched: DocumentChange) -> Told:
    sums = touched.content.sums
    ordered = sorted(touched.changes, key=lambda change: (_party(change.row)[0], change.row.position, change.row.pk))
    return {
        "title": touched.document.full_title,
        "rows": [_row(touched, change) for change in ordered],
        "before": sums(touched.before) if sums else "",
        "after": sums(touched.after) if sums else "",
    }


def _party(row: Any) -> tuple[int, str]:
    party = getattr(row, "party", None)
    return (party.order, party.short_name) if party else (0, "")


def _row(touched: DocumentChange, change: RowChange) -> Told:
    """Of a row that is changed only what differs; of one that comes or goes all that it says."""
    old, new = (touched.content.canonical(row) if row else {} for row in (change.before, change.after))
    kinds = {"added": _("Added"), "removed": _("Removed"), "changed": _("Changed")}
    names = [name for name in (new or old) if name in _shown(touched) and old.get(name) != new.get(name)]
    return {
        "change": kinds[change.kind],
        "party": capfirst(_party(change.row)[1]),
        "row": str(change.row) or NOTHING,
        "cells": [cell for name in names if (cell := _cell(change, name))["before"] != cell["after"]],
    }


def _shown(touched: DocumentChange) -> set[str]:
    """What a reader is told: not keys and order, which are the program's own."""
    fields = touched.content.model._meta.get_fields()
    return {field.name for field in fields} - {"key", "position", "party"}


def _cell(change: RowChange, name: str) -> Told:
    field = change.row._meta.get_field(name)
    told = {"name": label(field), "before": "", "after": ""}
    for side in ("before", "after"):
        row = getattr(change, side)
        told[side] = NOTHING if row is None else _value(row, field)
    return told


def _value(row: Any, field: Any) -> str:
    value = getattr(row, field.name)
    if field.many_to_many:
        return ", ".join(sorted(str(one) for one in value.all())) or NOTHING
    return in_words(field, value)
