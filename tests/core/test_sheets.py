"""Spreadsheets in and out: what is read, what is refused, and text that stays text."""

import io
import random
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tym.core import sheets, uploads
from tym.core.sheets import read_pasted, read_upload, write_csv, write_xlsx
from tym.core.uploads import checked_sheet

HEADINGS = ["Nimike", "Htv"]
DANGEROUS = ["=1+1", "+358", "-5", "@SUM(A1)", "\tx", "\rx", "'=x", "#N/A", '=HYPERLINK("http://example.org")', 'a;b"c']


def read(content, name="liite.xlsx", limit=500):
    return read_upload(checked_sheet(name, content), limit=limit)


def cells(sheet):
    return [row.cells for row in sheet.rows]


def workbook(*rows, prepare=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content, *, more=(), without=(), compression=zipfile.ZIP_DEFLATED, **replaced):
    """The package with parts put in, left out or replaced (by the last word of the name)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for part in old.infolist():
            stem = part.filename.rsplit("/")[-1].split(".")[0].lower()
            if part.filename not in without:
                new.writestr(part.filename, replaced.get(stem, old.read(part)))
        for name, data in more:
            new.writestr(name, data)
    return out.getvalue()


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def refusal(content, name="liite.xlsx", **options):
    with pytest.raises(ValidationError) as refused:
        read(content, name, **options)
    (message,) = refused.value.messages
    return message


# Out


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_is_text_in_excel_and_comes_back(text):
    content = write_xlsx("Liite 2", HEADINGS, [[text, Decimal("0.80")]], [30, 9])

    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value.replace("_x000D_", "\r")) == ("s", text)
    assert b"<f>" not in part(content, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_is_marked_in_csv_and_comes_back(text):
    content = write_csv(HEADINGS, [[text, Decimal("0.80")]])

    line = content.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')
    assert not line.startswith(sheets.FORMULA)
    assert cells(read(content, "liite.csv"))[1] == (text, "0,80")


def test_csv_is_what_a_finnish_excel_opens():
    content = write_csv(["Tehtävänimike", "Htv"], [["neuvoja", Decimal("1.20")], ["a;b", 3]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == 'Tehtävänimike;Htv\r\nneuvoja;1,20\r\n"a;b";3\r\n'


def test_excel_has_bold_frozen_headings_widths_and_numbers():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx("Liite 2", HEADINGS, [["a", Decimal("1.20")]], [30, 9])))

    sheet = book.active
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.b) == ("Liite 2", "A2", True)
    assert (sheet.column_dimensions["A"].width, sheet["B2"].value, sheet["B2"].number_format) == (30, 1.2, "0.00")


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(TEXT, st.decimals(0, 9999, places=2)), max_size=5))
def test_whatever_is_written_is_read(rows):
    told = [(title, str(figure).replace(".", ",")) for title, figure in rows]

    csv, xlsx = write_csv(HEADINGS, rows), write_xlsx("L", HEADINGS, rows, [9, 9])

    assert cells(read(csv, "a.csv"))[1:] == told
    assert [(title, Decimal(figure.replace(",", "."))) for title, figure in cells(read(xlsx))[1:]] == rows


# In


@given(st.decimals(0, Decimal("999.99"), places=2))
def test_binary_fractions_of_excel_are_figures_of_two_decimals(figure):
    (_head, (_title, told)) = cells(read(workbook(HEADINGS, ["a", float(figure)])))

    assert Decimal(told.replace(",", ".")) == figure


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0,3"), (2, "2"), (1e22, "1" + "0" * 22), (True, "True"), (date(2025, 5, 1), "1.5.2025"), (None, "")],
)
def test_values_of_excel_are_read_as_a_person_writes_them(value, text):
    assert cells(read(workbook(["x", value, "y"])))[0][1] == text


def test_rows_have_the_numbers_of_the_program_and_empty_ones_are_left_out():
    content = workbook(["a"], [None], ["  "], ["b"])

    assert [row.number for row in read(content).rows] == [1, 4]
    assert [row.number for row in read(b"a;b\r\n\r\n;\r\nc;d", "x.csv").rows] == [1, 4]


def test_hidden_sheet_is_not_the_first_one():
    def prepare(book):
        book.create_sheet("Näkyvä").append(["b"])
        book.active.sheet_state = "hidden"

    sheet = read(workbook(["a"], prepare=prepare))

    assert (sheet.name, cells(sheet)) == ("Näkyvä", [("b",)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "text", ["Yksikkö;Htv\r\nÄhtäri;0,80", 'Yksikkö,Htv\nÄhtäri,"0,80"', "Yksikkö\tHtv\nÄhtäri\t0,80"]
)
def test_every_common_way_of_writing_csv_is_read(encoding, text):
    assert cells(read(text.encode(encoding), "liite.csv")) == [("Yksikkö", "Htv"), ("Ähtäri", "0,80")]


def test_line_that_names_the_separator_is_understood():
    sheet = read(b"sep=,\r\na,b\r\n1,2", "x.csv")

    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("a", "b")), (3, ("1", "2"))]


def test_cells_with_line_breaks_and_lone_quotation_marks_are_pasted():
    assert cells(read_pasted('a\t"rivi\nkaksi"\n', limit=5)) == [("a", "rivi\nkaksi")]
    assert cells(read_pasted('"a\tb\nc\td', limit=5)) == [('"a', "b"), ("c", "d")]


# Refused, in words


GOOD = workbook(HEADINGS, ["neuvoja", 1.5])
# Packs 25 to 1, which real sheets do too: only its size tells.
LARGE = b"".join(bytes([sign]) * 60 for sign in random.Random(1).randbytes(sheets.MAX_UNPACKED // 60 + 1))
XML = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "tyhjä"),
        (b"x" * (uploads.MAX_SHEET + 1), "suurempi"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "salasanalla"),
        (b"%PDF-1.7\x00", "taulukko"),
        (b"PK\x03\x04" + b"roska" * 50, "rikki"),
        (GOOD[: len(GOOD) // 2], "rikki"),
        (GOOD[:-30] + b"\0" * 30, "rikki"),
        (repacked(GOOD, without=["xl/workbook.xml"]), "rikki"),
        (repacked(GOOD, without=["xl/worksheets/sheet1.xml"]), "rikki"),
        (repacked(GOOD, without=["[Content_Types].xml"]), "rikki"),
        (repacked(GOOD, sheet1=b"<worksheet><sheetData><row r='x'>"), "rikki"),
        (repacked(GOOD, sheet1=b"\xff\x00roskaa"), "rikki"),
        (repacked(GOOD, more=[("xl/vbaProject.bin", b"x")]), "makroja"),
        (repacked(GOOD, more=[(f"osa{n}.xml", b"") for n in range(300)]), "purettuna"),
        (repacked(GOOD, more=[("suuri.xml", b" " * (sheets.MAX_UNPACKED + 1))]), "purettuna"),
        (repacked(GOOD, more=[("suuri.xml", LARGE)]), "purettuna"),
        (repacked(GOOD, more=[("tiivis.xml", b" " * (sheets.SMALL + 1))]), "purettuna"),
        (repacked(GOOD, workbook=XML), "DOCTYPE"),
        (repacked(GOOD, sheet1=XML.encode("utf-16")), "DOCTYPE"),
        (b'a;b\r\n"auki', "rikki"),
    ],
    ids=range(20),
)
def test_hostile_or_broken_file_is_refused_in_words(content, word):
    assert word in refusal(content)


def test_forged_row_number_does_not_count_for_ever():
    forged = part(GOOD, "xl/worksheets/sheet1.xml").replace(b'r="2"', b'r="99999999999999"')

    assert len(read(repacked(GOOD, sheet1=forged)).rows) == 1


def test_forged_column_takes_no_room():
    forged = part(GOOD, "xl/worksheets/sheet1.xml").replace(b'r="B2"', b'r="ZZZ2"')

    assert all(len(row.cells) <= sheets.MAX_COLUMNS for row in read(repacked(GOOD, sheet1=forged)).rows)


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_too_many_rows_are_refused(name):
    rows = [["a", 1]] * 20
    content = write_csv(HEADINGS, rows) if name.endswith("csv") else write_xlsx("L", HEADINGS, rows, [1, 1])

    assert len(read(content, name, limit=20).rows) == 21
    assert "enintään 5" in refusal(content, name, limit=5)
