"""A party's access rights as a spreadsheet: columns, rows read from it, which stored right each continues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.models import AccessRight
from tym.core.formats import format_day
from tym.core.sheets import ABOVE, Sheet

# Headings are a file format: Finnish whatever the language of the screen, so that every export can come back.
COLUMNS = {
    "person": ("Nimi", "henkilö", "käyttäjä"),
    "employer": ("Työnantaja", "organisaatio"),
    "task": ("Tehtävä", "tehtävänimike", "nimike"),
    "is_staff": ("TYM-henkilöstöä", "tym-henkilöstö", "liite 2"),
    "applied_on": ("Haettu", "hakupäivä"),
    "trained_on": ("Koulutettu", "perehdytetty", "koulutuspäivä"),
    "granted_on": ("Myönnetty", "myöntöpäivä"),
    "changed_on": ("Muutettu",),
    "left_on": ("Tehtävä päättynyt", "työ päättynyt", "palvelussuhde päättynyt"),
    "ended_on": ("Oikeus päättynyt", "päättynyt", "poistettu"),
    "deviation": ("Miksi ilman koulutusta",),
}
NEEDED = ("person", "employer", "applied_on")
YES, NO = "kyllä", "ei"
NO_WORDS = frozenset({"ei", "e", "0", "no", "nej", "-", "–"})


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_BY_WORD = {_plain(word): name for name, words in COLUMNS.items() for word in words}


@dataclass(frozen=True)
class ReadRow:
    """A row of the sheet, by field, and the stored right it continues."""

    number: int
    values: dict[str, str]
    known: AccessRight | None = None


def headings() -> list[str]:
    return [words[0] for words in COLUMNS.values()]


def row_of(right: AccessRight) -> list[str]:
    """A stored right in the order of the columns."""
    return [_cell(getattr(right, name)) for name in COLUMNS]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return format_day(value) if hasattr(value, "year") else str(value or "")  # type: ignore[arg-type]


def read(sheet: Sheet, rights: Iterable[AccessRight]) -> list[ReadRow]:
    """Raises ValidationError when the sheet as a whole cannot be a list of rights."""
    known = list(rights)
    for at, row in enumerate(sheet.rows[:ABOVE]):
        names = [_BY_WORD.get(_plain(cell)) for cell in row.cells]
        if set(NEEDED) <= set(names):
            if len([name for name in names if name]) != len({name for name in names if name}):
                raise ValidationError(_("A column is there twice."), "twice")
            return [_read(line.number, names, line.cells, known) for line in sheet.rows[at + 1 :]]
    needed = ", ".join(COLUMNS[name][0] for name in NEEDED)
    raise ValidationError(_("There is no row of headings. Needed: %(headings)s.") % {"headings": needed}, "headings")


def _read(number: int, names: Sequence[str | None], cells: Sequence[str], known: Sequence[AccessRight]) -> ReadRow:
    values = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
    if "is_staff" in values:
        values["is_staff"] = NO if values["is_staff"].casefold() in NO_WORDS else YES
    return ReadRow(number, values, _continued(values, known))


def _continued(values: dict[str, str], known: Sequence[AccessRight]) -> AccessRight | None:
    """The open right of the same person, else the one applied for on the same day."""
    who = (values.get("person", "").casefold(), values.get("employer", "").casefold())
    same = [right for right in known if (right.person.casefold(), right.employer.casefold()) == who]
    by_day = [right for right in same if format_day(right.applied_on) == values.get("applied_on")]
    still = [right for right in same if right.ended_on is None]
    return next(iter(by_day or still), None)


def sent(rows: Sequence[ReadRow], prefix: str) -> dict[str, str]:
    """The rows as a browser would post the form of them; what has no column stays as it is."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        stored = dict(zip(COLUMNS, row_of(row.known), strict=True)) if row.known else {"is_staff": YES}
        for name, value in {**stored, **row.values}.items():
            if name != "is_staff":
                data[f"{prefix}-{place}-{name}"] = value
            elif value != NO:
                data[f"{prefix}-{place}-{name}"] = "on"
        if row.known:
            data[f"{prefix}-{place}-known"] = str(row.known.pk)
    return data
