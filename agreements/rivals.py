"""Proposals that touch the same rows: shown as colliding before anybody decides on one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agreements.contents import DocumentChange
from agreements.models import Change


@dataclass(frozen=True)
class Rival:
    """Another open proposal, and the row of this one that it changes too."""

    change: Change
    row: Any


def rivals_of(change: Change, documents: Sequence[DocumentChange]) -> list[Rival]:
    """Proposals in other matters that change what this one changes. A query for each kind of content."""
    if not change.is_open:
        return []
    return [rival for touched in documents for rival in _in_document(change, touched)]


def _in_document(change: Change, touched: DocumentChange) -> list[Rival]:
    mine = {item.before.key: item.before for item in touched.changes if item.before}
    rows = touched.content.model._default_manager.of(touched.document).filter(
        key__in=mine, version__change__state=Change.State.PROPOSED
    )
    others = rows.exclude(version__change__matter=change.matter_id).order_by("version__change", "position", "pk")
    found = others.select_related("version__change__matter", "version__change__party")
    return [Rival(row.version.change, mine[row.key]) for row in found]
