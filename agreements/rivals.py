"""Proposals that touch the same place: shown as colliding before anybody decides on one of them.

The same place is the same row, or one number for two sections that would both be in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from agreements.contents import DocumentChange
from agreements.models import Change, Clause


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
    numbered = _numbered(touched)
    same_place = Q(key__in=mine)
    if numbered:
        same_place |= Q(number__in=numbered, removed=False)
    rows = touched.content.model._default_manager.of(touched.document).filter(
        same_place, version__change__state=Change.State.PROPOSED
    )
    others = rows.exclude(version__change__matter=change.matter_id).order_by("version__change", "position", "pk")
    found: Any = others.select_related("version__change__matter", "version__change__party")
    return [Rival(row.version.change, mine.get(row.key) or numbered[row.number]) for row in found]


def _numbered(touched: DocumentChange) -> dict[str, Any]:
    """Sections the change puts into the text, by their number."""
    if touched.content.model is not Clause:
        return {}
    return {item.after.number: item.after for item in touched.changes if item.after and item.after.number}
