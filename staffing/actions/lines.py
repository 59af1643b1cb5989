"""Writing Annex 2 into a draft."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import RowDraft, draft_version, write_rows
from agreements.actions.rows import editable, touch
from agreements.history import System
from agreements.models import Change, Document, Mandate, Municipality, Party
from staffing.content import DraftLines, drafted
from staffing.models import StaffingLine
from tym.core.errors import NotAllowed, Refused, Stale

VALUES = ("title", "persons", "person_years", "unit", "leads_client_work", "uses_typpi", "note")


@dataclass(frozen=True)
class LineInput:
    """A row as it should be. key: the row it continues, or empty for a new row."""

    title: str
    persons: int
    person_years: Decimal
    unit: str = ""
    municipalities: Sequence[Municipality] = ()
    leads_client_work: bool = True
    uses_typpi: bool = True
    note: str = ""
    key: str = ""
    party: Party | None = None

    @classmethod
    def of(cls, line: StaffingLine) -> LineInput:
        """A stored row as it stands."""
        values = {name: getattr(line, name) for name in VALUES}
        return cls(**values, municipalities=tuple(line.municipalities.all()), key=line.key, party=line.party)

    @property
    def counts(self) -> bool:
        """Counted as TYM staff, as StaffingLine has it."""
        return self.leads_client_work and self.uses_typpi

    @property
    def served(self) -> tuple[Municipality, ...]:
        return tuple(self.municipalities)

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in VALUES}


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

    Only what differs from the decided rows becomes part of the draft. Raises NotAllowed for a row of another
    party; Stale when a colleague saved the draft (`revision`) or one of the party's rows was decided (`ground`)
    after the person opened it.
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    now, lines = drafted(change, document), list(lines)
    if ground is not None and ground != now.ground:
        raise Stale(_("One of the rows has been decided after you opened the draft. Nothing you wrote is lost."))
    _check_keys([line.key for line in lines if line.key], now)
    drafts = [draft for place, line in enumerate(lines, start=1) if (draft := _draft(change, line, place, now))]
    kept = {line.key for line in lines}
    gone = [row for key, row in now.decided.items() if key not in kept]
    drafts += [RowDraft(base=row, values=_of(row), removed=True) for row in gone]
    version = draft_version(change=change, document=document, by=by)
    written = write_rows(version=version, replaced=StaffingLine.objects.all(), drafts=drafts)
    touch(change, by=by)
    return written  # type: ignore[return-value]


def _check_keys(keys: Sequence[str], now: DraftLines) -> None:
    if not now.keys.issuperset(keys):
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
