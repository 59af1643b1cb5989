"""Annex 2 to and from spreadsheets: round trip, preview, errors with their cells, nothing written before the press."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffing.actions import LineInput, own_lines, replace_lines
from staffing.exchange import COLUMNS, ReadRow, matched
from staffing.forms import MAX_ROWS
from staffing.models import StaffingLine
from tests.pages import main_text, stored, tree
from tests.staffing.kit import Page, titles
from tym.core.sheets import write_csv, write_xlsx

HEADINGS = [column.heading for column in COLUMNS]
KINDS = ("csv", "xlsx")


@pytest.fixture
def own(cast, draft):
    """Three rows of Kela's in the draft: the decided one and two new ones, one of them with signs of formulas."""
    places = list(cast.agreement.municipalities.filter(name__in=["Pori", "Ulvila"]))
    lines = [
        LineInput.of(cast.line(cast.kela.party)),
        LineInput("=neuvoja", 3, Decimal("2.50"), "-yksikkö", places, note='@huom; "x"'),
        LineInput("neuvoja", 2, Decimal("0.00"), "", (), uses_typpi=False),
    ]
    replace_lines(change=draft, document=cast.annex2, by=cast.kela, on=cast.today, lines=lines)
    draft.refresh_from_db()
    return own_lines(draft, cast.annex2)


@pytest.fixture
def bring(kela, draft):
    """Sends a file or pasted text to the import page."""

    def bring(content=None, name="Liite 2.csv", client=kela, **more):
        data = {"mode": "replace", **more}
        if content is not None:
            data["upload"] = SimpleUploadedFile(name, content)
        return client.post(reverse("staffing:lines_import", args=[draft.pk, 2]), data)

    return bring


@pytest.fixture
def take(kela, url):
    """Presses the button of the preview."""

    def take(preview, client=kela, **more):
        sent = {name: value for name, value in Page(preview).fields.items() if name != "csrfmiddlewaretoken"}
        return client.post(url, sent | more)

    return take


def sheet(*rows, headings=("Tehtävänimike", "Henkilöitä", "Htv")):
    return write_csv(headings, rows)


def counted(response):
    (told,) = [text for text in map(str.strip, main_text(response).split(".")) if "Lisätään" in text]
    return [int(word) for word in told.replace(",", "").split() if word.isdigit()]


def problems(response):
    return [item.text_content() for item in tree(response).xpath("//*[@id='error-summary']//li")]


# Round trip


@pytest.mark.parametrize("kind", KINDS)
def test_exported_draft_comes_back_with_no_change(cast, kela, draft, own, bring, take, kind):
    exported = kela.get(reverse("staffing:draft_export", args=[draft.pk, 2, kind]))

    response = bring(exported.content, f"liite.{kind}")

    assert (problems(response), counted(response)) == ([], [0, 0, 0, 3])
    assert take(response).status_code == 302
    assert [LineInput.of(line) for line in own_lines(draft, cast.annex2)] == [LineInput.of(line) for line in own]


@pytest.mark.parametrize("kind", KINDS)
def test_exported_annex_comes_back_as_the_partys_own_rows(cast, kela, draft, bring, kind):
    exported = kela.get(reverse("staffing:annex_export", args=[cast.agreement.pk, 2, kind]))

    response = bring(exported.content, f"liite.{kind}")

    others = len(cast.lines()) - 1
    assert (problems(response), counted(response)) == ([], [0, 0, 0, 1])
    assert f"jätetään pois {others} toisten sopijapuolten riviä" in main_text(response)


def test_export_is_a_named_file_with_finnish_headings(kela, draft, own):
    response = kela.get(reverse("staffing:draft_export", args=[draft.pk, 2, "csv"]))

    assert f'filename="liite-2-luonnos-{draft.pk}.csv"' in response["Content-Disposition"]
    first, _decided, defused, *_rest = response.content.decode("utf-8-sig").split("\r\n")
    assert first.split(";")[:4] == ["Tehtävänimike", "Henkilöitä", "Htv", "Yksikkö"]
    assert defused.startswith("'=neuvoja;3;2,50;'-yksikkö;Pori, Ulvila;kyllä;kyllä;\"'@huom;")


def test_annex_is_exported_as_of_the_day(cast, kela):
    cast.adopted_change(cast.kela, valid_from=cast.today)
    url = reverse("staffing:annex_export", args=[cast.agreement.pk, 2, "csv"])

    before, now = kela.get(url, {"on": "2025-05-01"}).content.decode(), kela.get(url).content.decode()

    assert (";1,20;" in before, ";0,70;" in now) == (True, True)
    assert kela.get(url, {"on": "31.2.2025"}).status_code == 404


def test_other_documents_are_not_exported(cast, kela):
    assert kela.get(reverse("staffing:annex_export", args=[cast.agreement.pk, 1, "csv"])).status_code == 404


# Preview


def test_preview_tells_row_by_row_and_writes_nothing(cast, draft, own, bring):
    before = stored()

    response = bring(
        write_csv(
            ["Htv", "Nimike", "Henkilöt", "Väri"],
            [["2,00", "=neuvoja", 3, "sininen"], ["1", "ohjaaja", 1, ""], ["0", "neuvoja", 2, ""]],
        )
    )

    assert stored() == before
    assert (problems(response), counted(response)) == ([], [1, 1, 1, 1])
    rows = [" ".join(row.text_content().split()) for row in tree(response).xpath("//tbody/tr")]
    assert rows[0].startswith("2 Muutettu")
    assert "oli 2,50 →, on 2,00" in rows[0]
    assert "Lisätty ohjaaja11,00" in rows[1]
    assert "Ennallaan neuvoja" in rows[2]
    assert "Poistettu työkykyneuvoja" in rows[3]
    assert "Sarakkeet, joita ei lueta: Väri." in main_text(response)


def test_press_writes_exactly_what_was_shown(cast, draft, own, bring, take):
    response = take(bring(sheet(["=neuvoja", 3, "2,00"], ["ohjaaja", 1, 1])))

    assert (response.status_code, response.url) == (302, draft.get_absolute_url())
    changed, added = own_lines(draft, cast.annex2)
    # What the sheet has no column for stays.
    assert (changed.key, changed.person_years, changed.unit, changed.places) == (
        own[1].key,
        Decimal("2.00"),
        "-yksikkö",
        "Pori, Ulvila",
    )
    assert (added.title, added.uses_typpi) == ("ohjaaja", False)


def test_rows_may_be_added_to_the_present_ones(cast, draft, own, bring, take):
    response = bring(sheet(["ohjaaja", 1, 1]), mode="add")

    assert counted(response) == [1, 0, 0, 3]
    assert take(response).status_code == 302
    assert titles(cast, draft) == ["työkykyneuvoja", "=neuvoja", "neuvoja", "ohjaaja"]


def test_row_a_colleague_added_meanwhile_is_kept_beside_the_sheets(cast, draft, own, bring, take):
    preview = bring(sheet(["ohjaaja", 1, 1]), mode="add")
    lines = [LineInput.of(line) for line in own] + [LineInput("kollegan rivi", 1, Decimal(1))]
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=lines)

    assert take(preview).status_code == 302
    assert {"ohjaaja", "kollegan rivi"} <= set(titles(cast, draft))


def test_row_a_colleague_changed_meanwhile_is_a_conflict_and_nothing_is_lost(cast, draft, own, bring, take):
    preview = bring(sheet(["=neuvoja", 3, "2,00"], ["ohjaaja", 1, 1]), mode="add")
    lines = [cast.input(line, persons=9) if line.title == "=neuvoja" else LineInput.of(line) for line in own]
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=lines)

    response = take(preview)

    assert response.status_code == 409
    rows = {row["title"]: row["person_years"] for row in Page(response).rows}
    assert (rows["=neuvoja"], rows["ohjaaja"]) == ("2,00", "1,00")
    assert [line.persons for line in own_lines(draft, cast.annex2)] == [2, 9, 2]


def test_rows_can_be_looked_at_in_the_form_before_saving(cast, draft, own, bring, take):
    response = take(bring(sheet(["ohjaaja", 1, 1])), look="1")

    assert [(row["title"], row["remove"]) for row in Page(response).rows] == [
        ("ohjaaja", None), ("työkykyneuvoja", "on"), ("=neuvoja", "on"), ("neuvoja", "on"),
    ]  # fmt: skip
    assert len(titles(cast, draft)) == 3


# Errors


def test_every_error_names_its_sheet_row_and_column(cast, draft, own, bring, take):
    headings = ("Tehtävänimike", "Henkilöitä", "Htv", "Kunnat", "Käyttää TYPPI-järjestelmää", "Sopijapuoli")
    response = bring(
        write_xlsx(
            "Liite 2",
            headings,
            [["a", 1, "yksi", "", "", ""], [], ["", 1, "2,00", "Eurajoki", "ehkä", "Vero"]],
            [9] * 6,
        ),
        "x.xlsx",
    )

    told = problems(response)
    assert any(text.startswith("Taulukko Liite 2, rivi 2, sarake Htv: ") for text in told)
    assert {text.split(":")[0] for text in told if "rivi 4" in text} == {
        f"Taulukko Liite 2, rivi 4, sarake {name}"
        for name in ("Tehtävänimike", "Htv", "Kunnat", "Käyttää TYPPI-järjestelmää", "Sopijapuoli")
    }
    assert "Ota rivit luonnokseen" not in main_text(response)
    page = Page(take(response, look="1"))
    assert page.error_of("rows-0-person_years")
    assert page.rows[0]["person_years"] == "yksi"
    assert len(titles(cast, draft)) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tyhjä"),
        (b"PK\x03\x04roska", "rikki"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "salasanalla"),
        ("Nimi;Väri\r\na;b".encode(), "ei ole otsikkoriviä"),
        ("Tehtävänimike;Htv\r\na;1".encode(), "saraketta Henkilöitä ei ole"),
        ("Tehtävänimike;Htv;Henkilöitä;htv\r\na;1;1;1".encode(), "sarake Htv on kahteen kertaan"),
        (sheet(*[["a", 1, 1]] * (MAX_ROWS + 1)), "enintään 500"),
        (sheet(*[["a", 1, 1]] * (MAX_ROWS + 100)), "enintään 500"),
    ],
)
def test_file_that_is_no_annex_is_told_beside_the_field(bring, content, words):
    response = bring(content)

    assert response.status_code == 200
    assert words in main_text(response)
    assert Page(response).error_of("upload")


def test_file_or_pasted_rows_but_not_both_or_neither(bring):
    for response in (bring(), bring(sheet(["a", 1, 1]), pasted="a\t1\t1"), bring(pasted="a\t1\t1", mode="x")):
        assert response.status_code == 200
        assert problems(response)


def test_identity_code_in_a_sheet_is_refused(bring):
    assert "henkilötunnuksen" in problems(bring(sheet(["neuvoja 131052-308T", 1, 1])))[0]


# Pasted


@pytest.mark.parametrize(
    "text",
    [
        "neuvoja\t2\t1,50\tPori\r\nohjaaja\t1\t0,8\r\n",
        "Htv\tTehtävänimike\tHlö\tYksikkö\n1,50\tneuvoja\t2\tPori\n0,8\tohjaaja\t1\t",
    ],
)
def test_rows_are_pasted_with_or_without_headings(cast, draft, bring, take, text):
    response = bring(pasted=text, mode="add")

    assert take(response).status_code == 302
    added = own_lines(draft, cast.annex2)[1:]
    assert [(line.title, line.persons, line.person_years, line.unit) for line in added] == [
        ("neuvoja", 2, Decimal("1.50"), "Pori"),
        ("ohjaaja", 1, Decimal("0.80"), ""),
    ]


def test_pasted_text_is_kept_when_it_cannot_be_read(bring):
    text = "Tehtävänimike\tHtv\na\t1"

    assert Page(bring(pasted=text)).fields["pasted"] == text


# Which row continues which


def line(title, unit="", persons=1, key=""):
    made = StaffingLine(title=title, unit=unit, persons=persons, person_years=Decimal(persons), key=key or title + unit)
    made.__dict__["served"] = ()
    return made


def row(number, title, unit="", persons="1", key=""):
    return ReadRow(number, key, {"title": title, "unit": unit, "persons": persons, "person_years": persons})


@pytest.mark.parametrize(
    ("rows", "lines", "keys"),
    [
        ([row(1, "z", key="a")], [line("a")], ["a"]),
        ([row(1, "A  b")], [line("a b")], ["a b"]),
        ([row(1, "a", "uusi")], [line("a", "x")], ["ax"]),
        ([row(1, "a", "uusi")], [line("a", "x"), line("a", "y")], [None]),
        ([row(1, "a", "y"), row(2, "a", "x")], [line("a", "x"), line("a", "y")], ["ay", "ax"]),
        ([row(1, "a", persons="2")], [line("a", key="1"), line("a", persons=2, key="2")], ["2"]),
        ([row(1, "a", key="1"), row(2, "a", key="1")], [line("a", key="1")], ["1", None]),
        ([row(1, "a", key="muualta")], [line("a", key="1")], ["1"]),
    ],
)
def test_row_continues_what_says_most_alike(monkeypatch, rows, lines, keys):
    monkeypatch.setattr(StaffingLine, "places", "")

    assert [found and found.key for _row, found in matched(rows, lines)] == keys


# Size


@pytest.mark.parametrize("kind", KINDS)
def test_four_hundred_rows_are_shown_and_taken(cast, kela, draft, own, bring, take, kind):
    rows = [[f"nimike {n}", 2, Decimal("1.25"), "Pori", "Pori, Ulvila", "kyllä", "ei", "=1"] for n in range(400)]
    content = write_csv(HEADINGS[:8], rows) if kind == "csv" else write_xlsx("L", HEADINGS[:8], rows, [9] * 8)

    response = bring(content, f"x.{kind}")

    assert (problems(response), counted(response)) == ([], [400, 0, 3, 0])
    assert take(response).status_code == 302
    assert len(own_lines(draft, cast.annex2)) == 400


def test_queries_do_not_grow_with_the_rows_of_the_sheet(bring, take, own):
    def queries(count):
        with CaptureQueriesContext(connection) as captured:
            response = bring(sheet(*[[f"n{n}", 1, 1] for n in range(count)]))
            assert response.status_code == 200
        return len(captured)

    assert queries(1) == queries(30)
