"""Sums of a draft while it is written: the same with a script and without, computed by the server, written nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffing.actions import LineInput, own_lines, replace_lines
from tests.pages import rows_as_sent, stored, text_of, tree
from tests.staffing.kit import NEW, Page, titles


@pytest.fixture
def asked(cast, kela, draft):
    """The fragment a script asks for, of the stored rows and what differs."""

    def asked(*more, **differing):
        body = rows_as_sent(draft, cast.annex2, more=more, **differing)
        return kela.post(reverse("staffing:draft_totals", args=[draft.pk, 2]), body)

    return asked


def line_of(response):
    return " ".join(response.content.decode().split("<div")[0].replace("<strong>", "").replace("</strong>", "").split())


def table(response, caption):
    (found,) = [t for t in tree(response).xpath("//table") if text_of(t.xpath("caption")[0]) == caption]
    return [[text_of(cell) for cell in row.xpath("th|td")] for row in found.xpath("tbody/tr")]


def test_sums_follow_what_is_written_and_write_nothing(asked):
    before = stored()
    counted = {"title": "neuvoja", "persons": 3, "person_years": "2,50", "municipalities": "Pori, Ulvila"}

    response = asked({**counted, "leads_client_work": True, "uses_typpi": True}, {**counted, "uses_typpi": True})

    assert stored() == before
    assert line_of(response) == "TYM-henkilöstö yhteensä: 5 henkilöä, 3,70 htv · Ei lueta TYM-henkilöstöön: 3 / 2,50"
    assert table(response, "TYM-henkilöstö kunnittain") == [
        ["Pori", "0", "0,00", "3", "2,50"],
        ["Ulvila", "0", "0,00", "3", "2,50"],
        ["Usean kunnan rivit, kukin kerran", "", "", "3", "2,50"],
        ["Koko alueen rivit", "", "", "2", "1,20"],
    ]
    assert ["neuvoja", "3", "2,50"] in table(response, "TYM-henkilöstö tehtävänimikkeittäin")


def test_sums_of_all_parties_hold_the_others_rows_as_decided(cast, asked):
    others = sum(line.persons for line in cast.lines() if line.party != cast.kela.party and line.counts)

    (*_own, everyone) = table(asked(**{"rows-0-persons": "7"}), "Summat sopijapuolittain")

    assert everyone[1] == str(others + 7)


def test_row_to_correct_is_left_out_and_told(asked):
    told = line_of(asked(**{"rows-0-persons": "seitsemän"}))

    assert "0 henkilöä, 0,00 htv" in told
    assert "1 rivillä on korjattavaa" in told


def test_removed_row_is_not_in_the_sums(asked):
    assert "0 henkilöä" in line_of(asked(**{"rows-0-remove": "on"}))


def test_same_sums_come_without_a_script(cast, draft, post):
    page = post(NEW | {"uses_typpi": "on"}, {**NEW, "title": "toinen", "uses_typpi": "on"}, totals="1")

    assert page.status_code == 200
    assert "4 henkilöä, 3,00 htv" in text_of(tree(page).get_element_by_id("sums"))
    assert [row["title"] for row in Page(page).rows] == ["neuvoja", "toinen"]
    assert titles(cast, draft) == ["työkykyneuvoja"]


def test_forged_sums_are_a_bad_request(asked):
    assert asked(**{"rows-TOTAL_FORMS": "x"}).status_code == 400
    assert asked(revision="").status_code == 400


def test_annex_page_says_how_shared_rows_are_counted(cast, kela):
    page = kela.get(cast.annex2.get_absolute_url())

    assert table(page, "TYM-henkilöstö kunnittain")
    assert "ei jaeta kunnille" in text_of(tree(page).get_element_by_id("main"))
    assert "Vie taulukkoon" in text_of(tree(page).get_element_by_id("main"))


def test_queries_stay_the_same_for_four_hundred_rows(cast, kela, draft, url, asked):
    """Opening, computing and saving."""

    def queries(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    def measured(count):
        lines = [*own_lines(draft, cast.annex2)[:1]]
        new = [
            {"title": f"n{count}-{n}", "persons": 1, "person_years": "1,00", "municipalities": "Pori"}
            for n in range(count)
        ]
        body = rows_as_sent(cast.fresh(draft), cast.annex2)
        places = {"rows-TOTAL_FORMS": len(new) + len(lines), "rows-INITIAL_FORMS": 0}
        body |= places | {f"rows-{n}-{name}": value for n, row in enumerate(new, 1) for name, value in row.items()}
        saved = queries(lambda: kela.post(url, body))
        draft.refresh_from_db()
        opened = queries(lambda: kela.get(url))
        summed = queries(lambda: asked())
        held = own_lines(draft, cast.annex2)
        assert len(held) == count + 1
        replace_lines(change=draft, document=cast.annex2, by=cast.kela, on=cast.today, lines=[LineInput.of(held[0])])
        draft.refresh_from_db()
        return saved, opened, summed

    (few_saved, *few), (many_saved, *many) = measured(2), measured(400)
    assert few == many
    # SQLite takes 999 values a statement, so 400 rows go in as a handful of statements; PostgreSQL takes them in one.
    assert many_saved - few_saved <= (8 if connection.vendor == "sqlite" else 0)
