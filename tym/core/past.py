"""The history of a row in words: what became what, when, by whom and why."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tym.core.words import in_words, label

if TYPE_CHECKING:
    from tym.core.administration import RecordAdmin

LINES_A_PAGE = 100
KINDS = {"+": _("Row added"), "~": _("Row changed"), "-": _("Row removed")}
Names = dict[str, dict[Any, str]]


@dataclass(frozen=True)
class Line:
    """One line of history. `changes`: (label, what it was, what it became)."""

    at: datetime.datetime
    what: str
    who: str
    why: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Past:
    """A page of lines, the newest first. `is_kept` is false for rows that have no history beside themselves."""

    is_kept: bool
    lines: tuple[Line, ...] = ()
    page: Page | None = None


def of(record: models.Model, admin: RecordAdmin, number: str | None) -> Past:
    """The history of the record, a page at a time."""
    kept: Any = getattr(record, "history", None)
    if kept is None:
        return Past(is_kept=False)
    there = {field.name for field in kept.model._meta.concrete_fields}
    lines = admin.lean(kept.all(), dict(_acting(kept.model, admin))).order_by("-history_date", "-history_id")
    lines = lines.defer(*there.intersection(admin.hidden))
    page = Paginator(lines, LINES_A_PAGE).get_page(number)
    # One more: the oldest line of the page tells what it changed, too.
    first = page.start_index() - 1
    found = list(lines[max(first, 0) : page.end_index() + 1])
    return Past(True, tuple(_lines(found, len(page), admin)), page)


def _acting(lines: Any, admin: RecordAdmin) -> Iterator[tuple[str, Any]]:
    """Who acted, and in what office."""
    for name in filter(None, ("history_user", admin.acted_on)):
        yield from admin.named(name, lines._meta.get_field(name).related_model)


def _lines(found: list[Any], count: int, admin: RecordAdmin) -> Iterable[Line]:
    fields = [
        field
        for field in admin.shown
        if field.name != admin.acted_on and all(hasattr(line, field.attname) for line in found)
    ]
    pairs = list(zip(found, [*found[1:], None], strict=True))
    differing = [
        [f for f in fields if before and getattr(line, f.attname) != getattr(before, f.attname)]
        for line, before in pairs
    ]
    names = _names(pairs, differing, admin)
    for (line, before), changed in zip(pairs[:count], differing[:count], strict=True):
        changes = tuple((label(f), _word(f, before, names), _word(f, line, names)) for f in changed)
        mandate = getattr(line, admin.acted_on) if admin.acted_on else None
        why = admin.reasons.get(line.history_change_reason, line.history_change_reason)
        what = str(KINDS[line.history_type])
        yield Line(line.history_date, what, str(mandate or line.history_user), str(why or ""), changes)


def _names(pairs: list[tuple[Any, Any]], differing: list[list[Any]], admin: RecordAdmin) -> Names:
    """What the rows are called to which the lines point: one query a field, however many lines."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for (line, before), fields in zip(pairs, differing, strict=True):
        for field in (field for field in fields if field.is_relation):
            wanted[field] |= {getattr(line, field.attname), getattr(before, field.attname)}
    return {field.name: _called(field.related_model, keys, admin) for field, keys in wanted.items()}


def _called(model: Any, keys: set[Any], admin: RecordAdmin) -> dict[Any, str]:
    known = admin.of(model)
    rows = model._base_manager.filter(pk__in=keys - {None})
    return {row.pk: str(row) for row in (known.whole(rows) if known else rows)}


def _word(field: Any, line: Any, names: Names) -> str:
    value = getattr(line, field.attname)
    if field.is_relation and value is not None:
        return names[field.name].get(value, str(value))
    return in_words(field, value)
