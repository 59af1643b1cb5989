"""Two people write rows of one draft: what only one of them touched is kept, what both changed is hers to choose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agreements import openings
from agreements.models import Change, Document
from staffing.content import STAFFING, DraftLines, ground_of
from staffing.lines import LineInput
from staffing.models import StaffingLine

Rows = Mapping[str, LineInput]


@dataclass(frozen=True)
class Clash:
    """A row as it was when the form was opened, as it is stored, and as it was typed; None where it is not."""

    key: str
    opened: LineInput | None
    stored: LineInput | None
    mine: LineInput | None


@dataclass
class Merge:
    """The rows as they would be: others' where she changed nothing, hers elsewhere.

    opened: the rows when the form was opened; None when that is not known. is_done: all of it is stored already.
    """

    opened: Rows | None
    lines: list[LineInput] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    is_done: bool = False

    @property
    def is_clean(self) -> bool:
        return self.opened is not None and not self.clashes

    @property
    def opened_keys(self) -> frozenset[str]:
        return frozenset(self.opened or ())


def merged(
    change: Change,
    document: Document,
    now: DraftLines,
    lines: Sequence[LineInput],
    *,
    revision: int | None,
    ground: str | None,
) -> Merge:
    """What was typed on a form opened at `revision` and `ground`, put together with what is stored now."""
    is_stale = revision not in (None, change.revision) or ground not in (None, now.ground)
    if not is_stale:
        return Merge(_by_key(now.own), list(lines))
    stored = _by_key(now.own)
    shown, anew = _with_decided(now, stored) if ground not in (None, now.ground) else (stored, frozenset())
    if sorted(line.told for line in lines) == sorted(line.told for line in stored.values()) and not anew:
        # The same button pressed twice.
        return Merge({}, list(stored.values()), is_done=True)
    return _merge(opened_rows(change, document, now, revision=revision, ground=ground), shown, lines, anew)


def _with_decided(now: DraftLines, stored: Rows) -> tuple[Rows, frozenset[str]]:
    """What was decided over the draft's own rows is what she has to see; their keys with it."""
    ended = {row.key for row in now.own if row.base_id and row.key not in now.decided}
    shown = {key: row for key, row in {**stored, **_by_key(now.overtaken)}.items() if key not in ended}
    return shown, frozenset(ended | {row.key for row in now.overtaken})


def opened_rows(
    change: Change, document: Document, now: DraftLines, *, revision: int | None, ground: str | None
) -> dict[str, LineInput] | None:
    """The party's rows as the form was opened on them; None when that is not known."""
    at = change.revision if revision is None else revision
    drafted = openings.draft_rows_at(change, document, StaffingLine, at)
    decided = _decided_at(change, document, ground or now.ground)
    if drafted is None or decided is None:
        return None
    for row in drafted:
        row.party = change.party
    rows = {row.key: row for row in decided} | {row.key: row for row in drafted}
    return _by_key(row for row in rows.values() if not row.removed)


def _decided_at(change: Change, document: Document, ground: str) -> list[StaffingLine] | None:
    for rows in openings.decided_states(document, STAFFING):
        own = [row for row in rows if row.party_id == change.party_id]
        if ground_of(own) == ground:
            return own
    return None


def _by_key(rows: Iterable[StaffingLine]) -> dict[str, LineInput]:
    return {row.key: LineInput.of(row) for row in rows}


def _merge(opened: Rows | None, stored: Rows, lines: Sequence[LineInput], anew: Collection[str]) -> Merge:
    merge, start = Merge(opened), opened or {}
    # A new row that stands there word for word since she started is the same row, saved twice.
    known = [row.told for key, row in stored.items() if key not in start]
    for line in lines:
        if line.key:
            _take(merge, start.get(line.key), stored.get(line.key), line, is_anew=line.key in anew)
        elif line.told not in known:
            merge.lines.append(line)
    typed = {line.key for line in lines}
    for key, row in stored.items():
        if key not in typed:
            _leave(merge, start.get(key), row)
    return merge


def _take(merge: Merge, opened: LineInput | None, stored: LineInput | None, mine: LineInput, *, is_anew: bool) -> None:
    if _same(mine, opened) and not is_anew:
        merge.lines += [stored] if stored else []
        return
    merge.lines.append(mine)
    if not _same(stored, mine) and (is_anew or not _same(stored, opened)):
        merge.clashes.append(Clash(mine.key, opened, stored, mine))


def _leave(merge: Merge, opened: LineInput | None, stored: LineInput) -> None:
    """A stored row that she did not send: somebody's new one stays, one she removed goes unless it has changed."""
    if opened is None:
        merge.lines.append(stored)
    elif not _same(opened, stored):
        merge.clashes.append(Clash(stored.key, opened, stored, None))


def _same(one: LineInput | None, other: LineInput | None) -> bool:
    return (one and one.told) == (other and other.told)
