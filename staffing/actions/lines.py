"""Writing Annex 2 into a draft."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import RowDraft, draft_version, write_rows
from agreements.actions.rows import editable, touch
from agreements.history import System
from agreements.models import Change, Document, Mandate
from staffing.content import DraftLines, drafted
from staffing.lines import VALUES, LineInput
from staffing.merging import merged
from staffing.models import StaffingLine
from tym.core.errors import NotAllowed, Refused, Stale


def own_lines(change: Change, document: Document) -> list[StaffingLine]:
    """The party's rows as the draft would have them: decided ones with the draft's own on top."""
    return list(drafted(change, document).own)


@transaction.atomic
def replace_lines(
    *,
    change: Change,
    document: Document,
    by: Mandate | System,
    on: datetime.date,
    lines: Iterable[LineInput],
    revision: int | None = None,
    ground: str | None = None,
) -> list[StaffingLine]:
    """Make the party's rows in the draft be exactly `lines`; rows left out are removed.

    Only what differs from the decided rows becomes part of the draft. revision, ground: what the form was opened
    on. Rows that only others changed since are kept. Raises Stale when both changed the same row, NotAllowed for a
    row of another party.
    """
    change, by = editable(change, by=by, on=on, revision=None)
    now, lines = drafted(change, document), list(lines)
    merge = merged(change, document, now, lines, revision=revision, ground=ground)
    if merge.is_done:
        return list(now.own)
    if not merge.is_clean:
        raise Stale(_("Somebody has changed the same row after you opened the draft. Nothing you wrote is lost."))
    _check_keys([line.key for line in lines if line.key], now.keys | merge.opened_keys)
    lines = merge.lines
    drafts = [draft for place, line in enumerate(lines, start=1) if (draft := _draft(change, line, place, now))]
    kept = {line.key for line in lines}
    gone = [row for key, row in now.decided.items() if key not in kept]
    drafts += [RowDraft(base=row, values=_of(row), removed=True) for row in gone]
    version = draft_version(change=change, document=document, by=by)
    written = write_rows(version=version, replaced=StaffingLine.objects.all(), drafts=drafts)
    touch(change, by=by)
    return written  # type: ignore[return-value]


def _check_keys(keys: Sequence[str], known: Collection[str]) -> None:
    if not set(known).issuperset(keys):
        raise NotAllowed(_("A party changes only its own rows."))
    if len(set(keys)) < len(keys):
        raise Refused(_("The same row came twice. Nothing was saved."))


def _draft(change: Change, line: LineInput, place: int, now: DraftLines) -> RowDraft | None:
    base = now.decided.get(line.key)
    if base and _same(base, line):
        return None
    party = base.party if base else (change.party or line.party)
    # New rows come after the decided ones, whose places were given when they were new themselves.
    last = max((row.position for row in now.decided.values()), default=1000)
    values = {**line.values, "party": party, "position": base.position if base else last + place}
    # A row that was removed by a decision meanwhile starts anew: its key has had its successor.
    key = line.key if base or line.key in now.new_keys else ""
    return RowDraft(base=base, values=values, relations={"municipalities": line.municipalities}, key=key)


def _same(base: StaffingLine, line: LineInput) -> bool:
    served = {municipality.pk for municipality in base.municipalities.all()}
    return all(getattr(base, name) == value for name, value in line.values.items()) and served == {
        municipality.pk for municipality in line.municipalities
    }


def _of(row: StaffingLine) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("party", "position", *VALUES)}
