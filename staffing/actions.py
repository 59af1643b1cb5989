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
from staffing.content import load
from staffing.models import StaffingLine
from tym.core.errors import NotAllowed


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

    @property
    def values(self) -> dict[str, Any]:
        names = ("title", "persons", "person_years", "unit", "leads_client_work", "uses_typpi", "note")
        return {name: getattr(self, name) for name in names}


def own_lines(change: Change, document: Document) -> list[StaffingLine]:
    """The party's rows as the draft would have them: decided ones with the draft's own on top."""
    drafted = load(StaffingLine.objects.filter(version__change=change, version__document=document))
    decided = load(StaffingLine.objects.of(document).latest_decided().filter(party=change.party))
    mine = {line.key: line for line in drafted}
    rows = [mine.pop(line.key, line) for line in decided] + list(mine.values())
    return sorted((row for row in rows if not row.removed), key=lambda row: (row.position, row.pk))


@transaction.atomic
def replace_lines(
    *, change: Change, document: Document, by: Mandate | System, on: datetime.date, lines: Iterable[LineInput],
    revision: int | None = None,
) -> list[StaffingLine]:
    """Make the party's rows in the draft be exactly `lines`; rows left out are removed.

    Only what differs from the decided rows becomes part of the draft. Raises NotAllowed for a row of another
    party, Stale when a colleague saved the draft meanwhile.
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    known = {line.key: line for line in own_lines(change, document)}
    decided = {line.key: line for line in load(_decided(change, document))}
    lines = list(lines)
    if any(line.key and line.key not in known and line.key not in decided for line in lines):
        raise NotAllowed(_("A party changes only its own rows."))
    drafts = [draft for place, line in enumerate(lines, start=1) if (draft := _draft(change, line, place, decided))]
    kept = {line.key for line in lines}
    drafts += [RowDraft(base=row, values=_of(row), removed=True) for key, row in decided.items() if key not in kept]
    version = draft_version(change=change, document=document, by=by)
    written = write_rows(version=version, replaced=StaffingLine.objects.all(), drafts=drafts)
    touch(change, by=by)
    return written  # type: ignore[return-value]


def _decided(change: Change, document: Document) -> Any:
    return StaffingLine.objects.of(document).latest_decided().filter(party=change.party)


def _draft(change: Change, line: LineInput, place: int, decided: dict[str, StaffingLine]) -> RowDraft | None:
    base = decided.get(line.key)
    party = base.party if base else (change.party or line.party)
    values = {**line.values, "party": party, "position": base.position if base else 1000 + place}
    if base and _same(base, line):
        return None
    return RowDraft(base=base, values=values, relations={"municipalities": line.municipalities}, key=line.key)


def _same(base: StaffingLine, line: LineInput) -> bool:
    served = {municipality.pk for municipality in base.municipalities.all()}
    return all(getattr(base, name) == value for name, value in line.values.items()) and served == {
        municipality.pk for municipality in line.municipalities
    }


def _of(row: StaffingLine) -> dict[str, Any]:
    names = ("party", "position", "title", "persons", "person_years", "unit", "leads_client_work", "uses_typpi", "note")
    return {name: getattr(row, name) for name in names}
