"""Spreadsheets to and from outside: .xlsx, .csv and cells pasted from either. A file is never trusted, nor kept."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import save_workbook

from tym.core.formats import format_day
from tym.core.uploads import XLSX, Upload

# What a sheet of 500 rows needs many times over; a bomb needs more.
MAX_UNPACKED = 10 * 1024 * 1024
MAX_PARTS = 200
# Like rows pack well, so the ratio is asked only of what is large.
MAX_RATIO, SMALL = 100, 2 * 1024 * 1024
MAX_COLUMNS = 40
# The last row of a sheet in Excel; a forged row number would otherwise count for ever.
LAST_ROW = 1_048_576
# Longer than any field of ours, which refuses it in its own words.
LONGEST_CELL = 4000
# Rows that may stand above the rows of data: a title, the headings.
ABOVE = 10
# What a spreadsheet takes for the start of a formula, and the mark that says "text".
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TEXT_MARK = "'"

BROKEN = gettext_lazy("The spreadsheet cannot be read: the file is broken or not a spreadsheet.")
TOO_LARGE_INSIDE = gettext_lazy("The spreadsheet is far larger when unpacked than a list of staff. It was not opened.")
MACROS = gettext_lazy("The spreadsheet holds macros. Save it as .xlsx without macros.")
ENTITIES = gettext_lazy("The spreadsheet holds a DOCTYPE, which no spreadsheet program writes. It was not opened.")


@dataclass(frozen=True)
class SheetRow:
    """A row in which something is written. number: as the spreadsheet program counts it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The texts of one sheet."""

    name: str
    rows: tuple[SheetRow, ...]


def read_upload(upload: Upload, *, limit: int) -> Sheet:
    """The first visible sheet of a checked file. Raises ValidationError in words for the person who sent it."""
    if upload.media_type == XLSX:
        return _read_xlsx(upload.content, limit)
    name = upload.name.rsplit(".", 1)[0] or upload.name
    return Sheet(name, _collected(_read_csv(_decoded(upload.content)), limit))


def read_pasted(text: str, *, limit: int) -> Sheet:
    """Cells copied in a spreadsheet: a line a row, tabs between. Raises ValidationError."""
    try:
        return Sheet(_("pasted"), _collected(_rows_of(text, "\t"), limit))
    except csv.Error:
        # A lone quotation mark in a cell.
        lines = (line.split("\t") for line in text.splitlines())
        return Sheet(_("pasted"), _collected(lines, limit))


def _read_xlsx(content: bytes, limit: int) -> Sheet:
    try:
        _check_package(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS, values_only=True)
        return Sheet(sheet.title[:100], _collected(rows, limit))
    except ValidationError:
        raise
    except Exception as problem:
        # A broken file meets the reader in any of its many parts, which raise whatever comes.
        raise ValidationError(BROKEN, "broken") from problem


def _check_package(content: bytes) -> None:
    """Sizes are read from the package's list, and a part that is longer than the list says is cut by zipfile."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = max(sum(part.compress_size for part in parts), 1)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
            raise ValidationError(TOO_LARGE_INSIDE, "bomb")
        if any("vbaproject" in part.filename.lower() for part in parts):
            raise ValidationError(MACROS, "macros")
        for part in parts:
            _check_part(package.read(part))


def _check_part(content: bytes) -> None:
    # Zeros of UTF-16 are taken out, so the word is found in either way of writing it.
    if b"<!doctype" in content.replace(b"\0", b"").lower():
        raise ValidationError(ENTITIES, "doctype")


def _collected(rows: Iterable[Sequence[Any]], limit: int) -> tuple[SheetRow, ...]:
    found: list[SheetRow] = []
    for number, values in enumerate(rows, start=1):
        cells = [_text(value)[:LONGEST_CELL] for value in values[:MAX_COLUMNS]]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            found.append(SheetRow(number, tuple(cells)))
        if len(found) > limit + ABOVE:
            raise ValidationError(_("There can be at most %(rows)s rows.") % {"rows": limit}, "rows")
    return tuple(found)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return format_day(value)
    if isinstance(value, float):
        # A binary fraction such as 0.1 + 0.2 is shown by spreadsheets as 0,3.
        return f"{Decimal(f'{value:.12g}'):f}".replace(".", ",")
    return str(value)


def _decoded(content: bytes) -> str:
    """UTF-8, Excel's "Unicode text", or the Windows code page of Finnish machines."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_csv(text: str) -> Iterator[list[str]]:
    lines = text.split("\n", 1)
    declared = lines[0].strip().lower().startswith("sep=") and len(lines) > 1
    head = lines[1] if declared else text
    try:
        # The line that names the separator counts as a row for the person, so it counts here.
        rows = [[], *_rows_of(head, _separator(head))] if declared else list(_rows_of(text, _separator(text)))
    except csv.Error as problem:
        raise ValidationError(BROKEN, "broken") from problem
    return ([_unmarked(cell) for cell in row] for row in rows)


def _separator(text: str) -> str:
    """What stands between the headings. Commas only when nothing else does: they are in figures and lists too."""
    head = next((line for line in text.splitlines() if any(sign in line for sign in ";\t,")), "")
    return max(";\t", key=head.count) if ";" in head or "\t" in head else ","


def _rows_of(text: str, separator: str) -> list[list[str]]:
    """A cell with line breaks in it is one row, as in the spreadsheet program. Raises csv.Error."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith(tuple(TEXT_MARK + sign for sign in (*FORMULA, TEXT_MARK))) else cell


def marked(text: str) -> str:
    """Text that no spreadsheet runs as a formula when it opens a .csv; `read_upload` takes the mark off again."""
    return TEXT_MARK + text if text.startswith((*FORMULA, TEXT_MARK)) else text


Value = str | int | Decimal


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Opens in a Finnish Excel by a double click: semicolons, decimal commas, UTF-8 with its mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_as_text(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _as_text(value: Value) -> str:
    return marked(value) if isinstance(value, str) else str(value).replace(".", ",")


def write_xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]) -> bytes:
    """One sheet with its headings frozen. Every text is a text cell, whatever it starts with."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        # The library would make a formula of "=…" and an error value of "#N/A".
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    if isinstance(value, Decimal):
        cell.number_format = "0.00"
    if bold:
        cell.font = Font(bold=True)
    return cell
