"""Writing the sections of a draft's text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agreements import openings
from agreements.actions.rows import RowDraft, draft_version, editable, touch, values_of, write_rows
from agreements.history import System
from agreements.models import Change, Clause, Document, Mandate, Version
from tym.core.errors import Refused, Stale

# Between the places of two sections, so that others can be put between them.
GAP = 1000
WRITTEN = ("number", "heading", "body")


def draft_clauses(change: Change, document: Document) -> list[Clause]:
    """The text as the draft would have it, in order."""
    written = Clause.objects.filter(version__change=change, version__document=document)
    drafted = {clause.key: clause for clause in written.select_related("version", "base")}
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
    ground: int | None = None,
) -> Clause:
    """Write one section of a draft's text: the section `key`, or a new one at the end.

    revision, ground: the draft and the decided row from which the author started. Raises Stale when this section
    was saved or decided otherwise meanwhile, ValidationError for what cannot be. Other sections do not matter.
    """
    change, by = editable(change, by=by, on=on, revision=None)
    version = draft_version(change=change, document=document, by=by)
    mine = Clause.objects.filter(version=version, key=key).first() if key else None
    base = _base(document, mine, key)
    if ground is not None and mine is None and (base is None or base.pk != ground):
        raise Stale(_("The section has been decided anew after you opened it. Nothing you wrote is lost."))
    start = mine or base
    values: dict[str, Any] = {"number": number.strip(), "heading": heading.strip(), "body": _newlines(body)}
    if key and revision is not None and revision != change.revision:
        _check_unsaved(change, document, key, start, revision, ground)
    if not (values["heading"] or values["body"].strip()):
        raise ValidationError({"body": _("Write the text of the section.")})
    values["part"] = part if part is not None else (start.part if start else "")
    if position is None:
        position = start.position if start else _next_position(document, version)
    written: Clause = _write(version, key, base, {**values, "position": position})
    touch(change, by=by)
    return written


def opened_clause(
    change: Change, document: Document, key: str, revision: int | None, ground: int | None
) -> Clause | None:
    """The section as the author's form was opened on it: the draft's own, or the decided row `ground`.

    Raises LookupError when that is not known.
    """
    rows = None if revision is None else openings.draft_rows_at(change, document, Clause, revision)
    if rows is None:
        raise LookupError
    own = next((row for row in rows if row.key == key), None)
    if own:
        return None if own.removed else own
    return (
        Clause.objects.of(document).filter(key=key, pk=ground or 0, version__change__valid_from__isnull=False).first()
    )


def _check_unsaved(
    change: Change, document: Document, key: str, now: Clause | None, revision: int, ground: int | None
) -> None:
    """Raises Stale unless the section still says what it said when the form was opened."""
    stale = Stale(_("Somebody has saved this draft after you opened it. Nothing you wrote is lost."))
    try:
        opened = opened_clause(change, document, key, revision, ground)
    except LookupError as unknown:
        raise stale from unknown
    if now is None or now.removed or opened is None or not _same(now, {n: getattr(opened, n) for n in WRITTEN}):
        raise stale


def _base(document: Document, mine: Clause | None, key: str) -> Any:
    """What the draft's section replaces. What was decided after it was drafted is for its author to choose."""
    if mine:
        return mine.base
    return Clause.objects.of(document).latest_decided().filter(key=key).first() if key else None


def _write(version: Version, key: str, base: Clause | None, values: Mapping[str, Any]) -> Any:
    """The draft's own row for the section; none when it says what its base says."""
    drafts = [] if base and _same(base, values) else [RowDraft(base=base, values=values, key=key)]
    mine = Clause.objects.filter(key=key) if key else Clause.objects.none()
    written = write_rows(version=version, replaced=mine, drafts=drafts)
    return written[0] if written else base


def _newlines(body: str) -> str:
    return body.replace("\r\n", "\n").strip("\n")


def _same(base: Clause, values: Mapping[str, Any]) -> bool:
    return all(getattr(base, name) == value for name, value in values.items())


def _next_position(document: Document, version: Version) -> int:
    decided = Clause.objects.of(document).latest_decided()
    last = (decided | Clause.objects.filter(version=version)).aggregate(last=models.Max("position"))["last"]
    return (last or 0) + GAP


@transaction.atomic
def add_clause(
    *,
    change: Change,
    document: Document,
    by: Mandate,
    on: datetime.date,
    number: str,
    heading: str,
    body: str,
    after: str,
    part: str | None = None,
    revision: int | None = None,
) -> Clause:
    """Write a new section after the section `after`, or as the first when that is empty.

    part: None puts it in the part of the section it follows. Raises Refused when `after` is gone. What others saved
    meanwhile is not touched, so `revision` only tells a button pressed twice: then the section is there already.
    """
    change, by = editable(change, by=by, on=on, revision=None)
    clauses = draft_clauses(change, document)
    told = {"number": number.strip(), "heading": heading.strip(), "body": _newlines(body)}
    if revision is not None and revision != change.revision and (known := _added(change, clauses, told)):
        return known
    place = _place(clauses, after) + 1 if after else 0
    beside = clauses[max(0, place - 1)] if clauses else None
    version = draft_version(change=change, document=document, by=by)
    return save_clause(
        change=change,
        document=document,
        by=by,
        on=on,
        number=number,
        heading=heading,
        body=body,
        part=part if part is not None else beside.part if beside else "",
        position=_position(version, clauses, place),
    )


def _added(change: Change, clauses: Sequence[Clause], told: Mapping[str, Any]) -> Clause | None:
    added = (clause for clause in clauses if clause.version.change_id == change.pk and clause.base_id is None)
    return next((clause for clause in added if _same(clause, told)), None)


def _place(clauses: Sequence[Clause], key: str) -> int:
    place = next((place for place, clause in enumerate(clauses) if clause.key == key), None)
    if place is None:
        raise Refused(_("The section is not in the text any more."))
    return place


def _position(version: Version, others: Sequence[Clause], place: int, wanted: int = 0) -> int:
    """A position between the neighbours: the wanted one when it fits. Makes room when there is none."""
    low = others[place - 1].position if place else 0
    high = others[place].position if place < len(others) else low + 2 * GAP
    for position in (wanted, (low + high) // 2):
        if low < position < high:
            return position
    for index, clause in enumerate(others):
        _rewrite(version, clause, position=GAP * (index + 1 + (index >= place)))
    return GAP * (place + 1)


def _rewrite(version: Version, clause: Clause, **differing: Any) -> None:
    base: Any = clause.base if clause.version_id == version.pk else clause
    _write(version, clause.key, base, {**values_of(clause), **differing})


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
    """Move a section one place up or down in the draft's text; it takes the part of the one it passes."""
    change, by = editable(change, by=by, on=on, revision=revision)
    clauses = draft_clauses(change, document)
    place = _place(clauses, key)
    clause = clauses.pop(place)
    to = place - 1 if up else place + 1
    if not 0 <= to <= len(clauses):
        raise Refused(_("The section cannot be moved further."))
    version = draft_version(change=change, document=document, by=by)
    passed = clauses[to] if up else clauses[to - 1]
    # Back where it was, the section is again as decided.
    wanted = clause.base.position if clause.version_id == version.pk and clause.base else clause.position
    position = _position(version, clauses, to, wanted)
    _rewrite(version, clause, part=passed.part, position=position)
    touch(change, by=by)


@transaction.atomic
def remove_clause(
    *, change: Change, document: Document, key: str, by: Mandate, on: datetime.date, revision: int | None = None
) -> None:
    """Take a section out of the draft's text; one that the draft itself added simply goes."""
    change, by = editable(change, by=by, on=on, revision=revision)
    version = draft_version(change=change, document=document, by=by)
    mine = Clause.objects.filter(version=version, key=key)
    base = _base(document, mine.first(), key)
    if base is None and not mine.exists():
        raise Refused(_("The section is not in the text any more."))
    drafts = [RowDraft(base=base, values=values_of(base), removed=True)] if base else []
    write_rows(version=version, replaced=mine, drafts=drafts)
    touch(change, by=by)


@transaction.atomic
def restore_clause(
    *, change: Change, document: Document, key: str, by: Mandate, on: datetime.date, revision: int | None = None
) -> None:
    """Take back the removal of a section: the draft leaves it as it has been decided."""
    change, by = editable(change, by=by, on=on, revision=revision)
    version = draft_version(change=change, document=document, by=by)
    mine = Clause.objects.filter(version=version, key=key, removed=True)
    if not mine.exists():
        raise Refused(_("The section has not been removed in the draft."))
    write_rows(version=version, replaced=mine, drafts=[])
    touch(change, by=by)


@transaction.atomic
def number_clauses(
    *, change: Change, document: Document, by: Mandate, on: datetime.date, revision: int | None = None
) -> int:
    """Number the sections 1, 2, 3 … in order: those that have a number, and new ones with a heading.

    Returns how many got another number. Raises Refused for numbers of another kind, such as 3.1.
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    clauses = draft_clauses(change, document)
    if any(clause.number and not clause.number.isdecimal() for clause in clauses):
        raise Refused(_("Not all numbers are whole numbers, so write them section by section."))
    version = draft_version(change=change, document=document, by=by)
    numbered = [clause for clause in clauses if clause.number or _is_new(clause, version)]
    differing = [(clause, str(n)) for n, clause in enumerate(numbered, start=1) if clause.number != str(n)]
    for clause, number in differing:
        _rewrite(version, clause, number=number)
    touch(change, by=by)
    return len(differing)


def _is_new(clause: Clause, version: Version) -> bool:
    return clause.version_id == version.pk and clause.base is None and bool(clause.heading)
