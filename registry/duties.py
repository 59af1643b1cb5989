"""Who answers for which duty, from when, and when it was last confirmed (agreement 10 and 11 §)."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from agreements.models import Agreement, Party
from registry.findings import next_check
from registry.models import DutyNote

FILE = Path(__file__).with_name("duties.json")
KEHA = "keha"


@dataclass(frozen=True)
class Duty:
    """A row of reference. bearers: "keha" and roles of parties. yearly: each bearing party confirms it once a year."""

    key: str
    bearers: tuple[str, ...]
    title: str
    clause: str
    law: str
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    yearly: bool = False
    note: str = ""

    def holds(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Name:
    """What KEHA is called from a day on, and by which law."""

    name: str
    law: str
    valid_from: datetime.date


@lru_cache(maxsize=1)
def _file() -> tuple[tuple[Duty, ...], tuple[Name, ...]]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    names = tuple(Name(**_days(row)) for row in told["keha"])
    return tuple(Duty(**{**_days(row), "bearers": tuple(row["bearers"])}) for row in told["duties"]), names


def _days(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _read(key, value) for key, value in row.items()}


def _read(key: str, value: Any) -> Any:
    """A day, or text in which a number stays with its sign."""
    if key.startswith("valid_"):
        return datetime.date.fromisoformat(value)
    return value.replace(" §", "\u00a0§").replace(" art.", "\u00a0art.") if isinstance(value, str) else value


def duties_on(day: datetime.date) -> list[Duty]:
    return [duty for duty in _file()[0] if duty.holds(day)]


def keha_on(day: datetime.date) -> Name | None:
    """KEHA by the name it has on the day: laws rename authorities, the latest on 1.1.2026."""
    return next((name for name in reversed(_file()[1]) if name.valid_from <= day), None)


@dataclass(frozen=True)
class Cell:
    """A party's part in a duty. confirmed and due are None when the duty is not confirmed yearly."""

    party: Party
    confirmed: datetime.date | None = None
    due: datetime.date | None = None
    overdue: bool = False


@dataclass(frozen=True)
class DutyRow:
    """A duty of the day: its bearers by name, each party's confirmation, the evidence told."""

    duty: Duty
    bearers: list[str]
    cells: list[Cell]
    evidence: list[DutyNote] = field(default_factory=list)

    @property
    def overdue(self) -> list[Party]:
        return [cell.party for cell in self.cells if cell.overdue]


def matrix(agreement: Agreement, day: datetime.date) -> list[DutyRow]:
    """Every duty of the day. Two queries, however many words have been said."""
    parties = list(agreement.parties.all())
    notes: dict[str, list[DutyNote]] = defaultdict(list)
    told = DutyNote.objects.filter(party__in=parties, on__lte=day)
    for note in told.select_related("party", "record__agreement", "record__file").defer("record__file__content"):
        notes[note.duty].append(note)
    return [_row(agreement, duty, parties, notes[duty.key], day) for duty in duties_on(day)]


def _row(agreement: Agreement, duty: Duty, parties: list[Party], notes: list[DutyNote], day: datetime.date) -> DutyRow:
    keha = keha_on(day)
    names = [keha.name] if keha and KEHA in duty.bearers else []
    own = [party for party in parties if party.role in duty.bearers]
    cells = [_cell(agreement, duty, party, notes, day) for party in own]
    evidence = [note for note in notes if note.note or note.link or note.record_id]
    return DutyRow(duty, names + [party.short_name for party in own], cells, evidence)


def _cell(agreement: Agreement, duty: Duty, party: Party, notes: list[DutyNote], day: datetime.date) -> Cell:
    if not duty.yearly:
        return Cell(party)
    days = [note.on for note in notes if note.confirms and note.party_id == party.pk]
    last = max(days, default=None)
    due = _due(agreement, duty, last)
    return Cell(party, last, due, due < day)


def _due(agreement: Agreement, duty: Duty, last: datetime.date | None) -> datetime.date:
    return next_check(last or max(agreement.valid_from, duty.valid_from))


def unconfirmed(party: Party, confirmed: Mapping[str, datetime.date | None], day: datetime.date) -> int:
    """How many duties the party has not confirmed within a year. confirmed: the last day by duty."""
    own = [duty for duty in duties_on(day) if duty.yearly and party.role in duty.bearers]
    return sum(_due(party.agreement, duty, confirmed[duty.key]) < day for duty in own)
