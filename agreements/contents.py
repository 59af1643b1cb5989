"""What a document is made of. Each kind of content registers once, from its own room.

A new kind of annex costs its room's row model, templates and editor, and one `register`.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.models import Change, Decision, Document, Party, Row, RowQuerySet, Version


@dataclass(frozen=True)
class RowChange:
    """One row of a change: what it was, what it becomes. Either may be missing."""

    before: Any
    after: Any

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def row(self) -> Any:
        return self.after or self.before


@dataclass(frozen=True)
class Content:
    """How a kind of row is loaded, fingerprinted, shown and checked.

    load: rows with all they need, in reading order, in a number of queries that does not grow.
    canonical: the row's own data as plain values; goes into fingerprints and exports.
    present: context of `template`, which shows rows on screen and in the PDF alike.
    row_template: shows a single `row`, for putting two side by side.
    compare: context of `compare_template`, from the row changes and the whole document before and after.
    problems: sentences about what would be wrong with the whole document.
    edit_url: name of the page where a draft's rows are edited; takes the change and the document number.
    export_url: name of the address that gives the rows in force as a spreadsheet; takes the agreement, the document
    number and the kind of file.
    adopted: what follows in the same act when a change of such rows is put in force.
    sums: the whole document summed up in a few words, for telling it before and after.
    follows: these rows come after the document's other ones, which a draft starts with.
    """

    model: type[Row]
    template: str
    compare_template: str
    row_template: str
    edit_url: str
    load: Callable[[RowQuerySet], list[Any]]
    canonical: Callable[[Any], dict[str, Any]]
    present: Callable[[Sequence[Any]], Any]
    compare: Callable[[Sequence[RowChange], Sequence[Any], Sequence[Any]], Any]
    problems: Callable[[Sequence[Any]], list[str]]
    adopted: Callable[[Change, DocumentChange, Any], None] | None = None
    export_url: str = ""
    sums: Callable[[Sequence[Any]], str] | None = None
    follows: bool = False

    @property
    def rows_name(self) -> str:
        return str(self.model._meta.verbose_name_plural)


_REGISTER: dict[str, tuple[Content, ...]] = {}


def register(*kinds: str, content: Content) -> None:
    """Say what documents of these kinds are made of. Called from an application's `ready`.

    A document may hold several kinds of rows: Annex 3 has seats and text. Higher rooms register first, so a
    draft starts with their rows, unless they say that they follow: Annex 1 has text and then service points.
    """
    for kind in kinds:
        _REGISTER[kind] = tuple(sorted((*_REGISTER.get(kind, ()), content), key=lambda one: one.follows))


def of(document: Document) -> tuple[Content, ...]:
    """What the document is made of, in the order in which it is shown."""
    return _REGISTER[document.kind]


def addable(document: Document, change: Change) -> tuple[Content, ...]:
    """Kinds of rows that any draft of the document may change beside one another; a party's own rows in its draft."""
    found = of(document)
    if not any(content.follows for content in found):
        return ()
    return tuple(content for content in found if change.party_id or not hasattr(content.model, "party"))


def all_contents() -> list[Content]:
    """Each kind of content once, in the order of registration."""
    return list(dict.fromkeys(content for contents in _REGISTER.values() for content in contents))


@dataclass(frozen=True)
class Block:
    """Rows of one kind, ready for their template."""

    template: str
    content: Any


def blocks_on(document: Document, day: datetime.date) -> list[Block]:
    """What a document holds on the day, kind by kind; kinds without rows are left out."""
    blocks = []
    for content in of(document):
        rows = content.load(content.model._default_manager.of(document).in_force(day))
        if rows:
            blocks.append(Block(content.template, content.present(rows)))
    return blocks


@dataclass(frozen=True)
class DocumentChange:
    """What a change does to one document.

    before, after: the whole document without and with the change's rows. collisions: rows decided meanwhile
    in the place of what this change replaces, each with what is proposed. built_upon: a later decision
    replaces a row of this change.
    """

    document: Document
    content: Content
    changes: tuple[RowChange, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    collisions: tuple[RowChange, ...]
    built_upon: bool

    def coming(self, day: datetime.date) -> list[Any]:
        """Rows this change replaces whose own start is after the day."""
        bases = (item.before for item in self.changes if item.before)
        return [row for row in bases if (row.version.change.valid_from or day) > day]

    def compared(self) -> Any:
        """Context of the content's `compare_template`."""
        return self.content.compare(self.changes, self.before, self.after)


def document_changes(change: Change) -> list[DocumentChange]:
    """The change, document by document. One load of rows each, however many rows there are.

    An adopted change is shown against the day on which it starts, any other against what is decided now.
    """
    versions = change.versions.select_related("document").order_by("document__number")
    return [touched for version in versions for touched in _of_version(version, change.valid_from)]


def _of_version(version: Version, start: datetime.date | None) -> list[DocumentChange]:
    """Each kind of rows that the version changes; the document's first kind when it changes none yet."""
    found = [_document_change(version, content, start) for content in of(version.document)]
    return [touched for touched in found if touched.changes] or found[:1]


def _document_change(version: Version, content: Content, start: datetime.date | None) -> DocumentChange:
    rows: RowQuerySet = content.model._default_manager.of(version.document)
    loaded = content.load(rows.around(version, start).select_related("version__change"))
    own = [row for row in loaded if row.version_id == version.pk]
    bases = {row.base_id for row in own if row.base_id}
    before = {row.pk: row for row in loaded if row.pk in bases}
    changes = tuple(RowChange(before.get(row.base_id), None if row.removed else row) for row in own)
    untouched = [row for row in loaded if row.is_current and row.pk not in bases and row.version_id != version.pk]
    decided = {row.base_id: row for row in loaded if row.base_id in bases and row.version_id != version.pk}
    mine = {row.pk for row in own}
    return DocumentChange(
        document=version.document,
        content=content,
        changes=changes,
        before=in_order(untouched + [item.before for item in changes if item.before]),
        after=in_order(untouched + [item.after for item in changes if item.after]),
        collisions=tuple(
            RowChange(decided[item.before.pk], item.after)
            for item in changes
            if item.before and item.before.pk in decided
        ),
        built_upon=any(row.base_id in mine for row in loaded),
    )


def in_order(rows: list[Any]) -> tuple[Any, ...]:
    """In reading order: a party's rows together."""
    return tuple(sorted(rows, key=lambda row: (row.party.order if hasattr(row, "party") else 0, row.position, row.pk)))


def fingerprint(change: Change, documents: Sequence[DocumentChange]) -> str:
    """SHA-256 of exactly what is proposed: the change's own rows before and after, what, why and wanted day.

    Other parties' adoptions do not touch it (design: the heart).
    """
    told = {
        "kind": change.matter.kind,
        "party": change.party.order if change.party else None,
        "what": change.what,
        "why": change.why,
        "wanted_from": change.wanted_from.isoformat() if change.wanted_from else None,
        "rows": [
            {
                "document": touched.document.number,
                "before": touched.content.canonical(item.before) if item.before else None,
                "after": touched.content.canonical(item.after) if item.after else None,
            }
            for touched in documents
            for item in sorted(touched.changes, key=lambda item: item.row.key)
        ],
    }
    return sha256_of(told)


def sha256_of(data: Any) -> str:
    """Fingerprint of plain data, the same on every machine."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parties_concerned(documents: Iterable[DocumentChange]) -> list[Party]:
    """Parties whose own rows are in the change, removals included, in party order."""
    rows = (item.row for touched in documents for item in touched.changes)
    concerned = {row.party.pk: row.party for row in rows if hasattr(row, "party")}
    return sorted(concerned.values(), key=lambda party: party.order)


def decided_meanwhile(change: Change) -> list[Change]:
    """Other parties' changes of the same documents, decided after this open one was started. They do not touch it."""
    if not change.is_open or change.party_id is None:
        return []
    others = Change.objects.filter(
        state=Change.State.ADOPTED,
        party__isnull=False,
        versions__document__in=change.versions.values("document"),
        matter__decisions__outcome=Decision.Outcome.APPROVE,
        matter__decisions__recorded_at__gt=change.drafted_at,
    )
    return list(others.exclude(party=change.party_id).select_related("matter", "party").distinct().order_by("pk"))
