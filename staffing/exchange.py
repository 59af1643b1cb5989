"""Annex 2 as a spreadsheet: its columns, rows read from it, and which stored row each of them continues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreements.models import Party
from staffing.models import StaffingLine
from tym.core.formats import Unreadable, parse_number
from tym.core.sheets import ABOVE, Sheet, SheetRow, Value

# Headings and ticks are a file format: Finnish whatever the language of the screen, so that every export can come back.
YES, NO = "kyllä", "ei"
YES_WORDS = frozenset({"kyllä", "k", "x", "1", "tosi", "true", "yes", "ja", "✓", "✔"})
NO_WORDS = frozenset({"", "ei", "e", "0", "epätosi", "false", "no", "nej", "-", "–"})


@dataclass(frozen=True)
class Column:
    """A column of the sheet. words: other headings people give it. width: in signs, for .xlsx."""

    name: str
    heading: str
    width: int
    words: tuple[str, ...] = ()

    @property
    def known_as(self) -> frozenset[str]:
        return frozenset(map(_plain, (self.heading, *self.words)))


COLUMNS = (
    Column("title", "Tehtävänimike", 34, ("nimike", "ammattinimike", "tehtävä", "job title", "yrkesbeteckning")),
    Column("persons", "Henkilöitä", 11, ("henkilöt", "henkilöä", "hlö", "henkilömäärä", "persons", "antal personer")),
    Column("person_years", "Htv", 9, ("henkilötyövuodet", "henkilötyövuosi", "person-years", "årsverken")),
    Column("unit", "Yksikkö", 28, ("toimipaikka", "toimipiste", "unit", "enhet")),
    Column("municipalities", "Kunnat", 32, ("kunta", "toimialue", "municipalities", "kommuner")),
    Column("leads_client_work", "Päävastuu asiakastyöstä", 14, ("päävastuu", "päävast.")),
    Column("uses_typpi", "Käyttää TYPPI-järjestelmää", 14, ("typpi", "typpi-järjestelmä", "käyttää typpiä")),
    Column("note", "Huomautus", 34, ("huom", "huomautukset", "note", "anmärkning")),
    Column("counts", "Lasketaan TYM-henkilöstöön", 14, ("tym-henkilöstö",)),
    Column("party", "Sopijapuoli", 20, ("organisaatio", "party", "part")),
    Column("key", "Rivin tunnus", 36, ("tunnus", "key")),
)
HEADINGS = {column.name: column.heading for column in COLUMNS}
FIELDS = tuple(column.name for column in COLUMNS[:8])
TICKS = ("leads_client_work", "uses_typpi")
NEEDED = ("title", "persons", "person_years")


def _plain(text: str) -> str:
    """A heading by its letters alone; what stands in brackets is an explanation."""
    return "".join(sign for sign in text.split("(")[0].casefold() if sign.isalnum())


_BY_WORD = {word: column.name for column in COLUMNS for word in column.known_as}


def row_of(line: StaffingLine) -> list[Value]:
    """A stored row in the order of COLUMNS."""
    return [
        line.title, line.persons, line.person_years, line.unit, line.places,
        _tick(line.leads_client_work), _tick(line.uses_typpi), line.note,
        _tick(line.counts), line.party.short_name, line.key,
    ]  # fmt: skip


def _tick(value: bool) -> str:
    return YES if value else NO


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell of the sheet."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        told = {"sheet": self.sheet, "row": self.row, "column": self.column, "message": self.message}
        return _("Sheet %(sheet)s, row %(row)s, column %(column)s: %(message)s") % told


@dataclass(frozen=True)
class ReadRow:
    """A row of the sheet. values: by field, only what the sheet has a column for."""

    number: int
    key: str
    values: dict[str, str | bool]


@dataclass(frozen=True)
class Reading:
    """What a sheet says of one party. ignored: headings that mean nothing here. foreign: rows of other parties."""

    sheet: str
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]
    foreign: int


def read(sheet: Sheet, *, own: Party, parties: Iterable[Party], headings_needed: bool, limit: int) -> Reading:
    """Raises ValidationError when the sheet as a whole cannot be Annex 2."""
    places, body, ignored = _headings(sheet, headings_needed)
    problems: list[Problem] = []
    names = {name.casefold(): party for party in parties for name in (party.short_name, str(party))}
    rows, foreign = [], 0
    for row in body:
        cells = {name: row.cells[place].strip() for name, place in places.items() if place < len(row.cells)}
        party = names.get(cells.get("party", "").casefold(), own if not cells.get("party") else None)
        if party is None:
            problems.append(Problem(sheet.name, row.number, HEADINGS["party"], _unknown_party(names)))
        elif party != own:
            foreign += 1
            continue
        rows.append(_read_row(sheet, row.number, places, cells, problems))
    if len(rows) > limit:
        raise ValidationError(_("There can be at most %(rows)s rows.") % {"rows": limit}, "rows")
    return Reading(sheet.name, tuple(rows), tuple(problems), ignored, foreign)


def _unknown_party(names: dict[str, Party]) -> str:
    parties = ", ".join(sorted({party.short_name for party in names.values()}))
    return _("No party of the agreement has this name. The parties: %(parties)s.") % {"parties": parties}


def _headings(sheet: Sheet, needed: bool) -> tuple[dict[str, int], tuple[SheetRow, ...], tuple[str, ...]]:
    """Column places, the rows below the headings, and headings that mean nothing here."""
    for at, row in enumerate(sheet.rows[:ABOVE]):
        names = [_BY_WORD.get(_plain(cell)) for cell in row.cells]
        if len([name for name in names if name]) >= 2 and "title" in names:
            _check_headings(sheet, row, names)
            ignored = tuple(cell for cell, name in zip(row.cells, names, strict=True) if cell.strip() and not name)
            return {name: place for place, name in enumerate(names) if name}, sheet.rows[at + 1 :], ignored
    if needed or not sheet.rows:
        told = {"sheet": sheet.name, "headings": ", ".join(HEADINGS[name] for name in FIELDS)}
        raise ValidationError(_("Sheet %(sheet)s has no row of headings. The headings: %(headings)s.") % told)
    return {column.name: place for place, column in enumerate(COLUMNS)}, sheet.rows, ()


def _check_headings(sheet: Sheet, row: SheetRow, names: Sequence[str | None]) -> None:
    told = {"sheet": sheet.name, "row": row.number}
    missing = [HEADINGS[name] for name in NEEDED if name not in names]
    if missing:
        sentence = _("Sheet %(sheet)s, row %(row)s: there is no column %(columns)s.")
        raise ValidationError(sentence % {**told, "columns": ", ".join(missing)})
    twice = sorted({HEADINGS[name] for name in names if name and names.count(name) > 1})
    if twice:
        sentence = _("Sheet %(sheet)s, row %(row)s: the column %(columns)s is there twice.")
        raise ValidationError(sentence % {**told, "columns": ", ".join(twice)})


def _read_row(
    sheet: Sheet, number: int, places: dict[str, int], cells: dict[str, str], problems: list[Problem]
) -> ReadRow:
    values: dict[str, str | bool] = {name: cells.get(name, "") for name in FIELDS if name in places}
    for name in TICKS:
        word = str(values.get(name, "")).casefold()
        if word not in YES_WORDS | NO_WORDS:
            sentence = _("“%(word)s” is neither %(yes)s nor %(no)s. The box is left unticked.")
            told = {"word": word[:40], "yes": YES, "no": NO}
            problems.append(Problem(sheet.name, number, HEADINGS[name], sentence % told))
        if name in values:
            values[name] = word in YES_WORDS
    return ReadRow(number, cells.get("key", ""), values)


# Which stored row a row of the sheet continues

Told = tuple[Hashable, ...]


def matched(rows: Sequence[ReadRow], stored: Sequence[StaffingLine]) -> list[tuple[ReadRow, StaffingLine | None]]:
    """By the row's own mark, else by what it says, from all of it to the job title alone."""
    found: dict[int, StaffingLine] = {}
    left = list(stored)
    ways: list[tuple[Callable[[dict[str, Any], str], Told], bool]] = [
        (lambda values, key: (key,), False),
        (lambda values, key: (*_place(values), _figure(values["persons"]), _figure(values["person_years"])), False),
        (lambda values, key: _place(values), False),
        (lambda values, key: _place(values)[:2], True),
        (lambda values, key: _place(values)[:1], True),
    ]
    for way, alone in ways:
        _match(rows, left, found, way, alone)
    return [(row, found.get(at)) for at, row in enumerate(rows)]


def _match(
    rows: Sequence[ReadRow],
    left: list[StaffingLine],
    found: dict[int, StaffingLine],
    way: Callable[[dict[str, Any], str], Told],
    alone: bool,
) -> None:
    """Pairs what says the same, in order. alone: only where nothing else says the same."""
    waiting: dict[Told, list[StaffingLine]] = defaultdict(list)
    asking: dict[Told, list[int]] = defaultdict(list)
    for line in left:
        waiting[way(_said(line), line.key)].append(line)
    for at, row in enumerate(rows):
        told = way(row.values, row.key)
        if at not in found and any(told):
            asking[told].append(at)
    for told, places in asking.items():
        lines = waiting.get(told, [])
        if alone and (len(lines) != 1 or len(places) != 1):
            continue
        for at, line in zip(places, lines, strict=False):
            found[at] = line
            left.remove(line)


def _said(line: StaffingLine) -> dict[str, Any]:
    return {
        "title": line.title, "unit": line.unit, "municipalities": line.places,
        "persons": str(line.persons), "person_years": str(line.person_years),
    }  # fmt: skip


def _place(values: dict[str, Any]) -> Told:
    names = str(values.get("municipalities", "")).replace(";", ",").split(",")
    served = frozenset(name.strip().casefold() for name in names if name.strip())
    return (_spaced(values.get("title", "")), _spaced(values.get("unit", "")), served)


def _spaced(text: Any) -> str:
    return " ".join(str(text).casefold().split())


def _figure(text: Any) -> Hashable:
    try:
        return parse_number(str(text))
    except Unreadable:
        return str(text)
