"""Annex 2 as a working table in a real browser: sums that follow, keys that walk the columns, a sheet brought in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from staffing.actions import LineInput, own_lines, replace_lines

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(site, cast):
    """Two rows of Kela's, so that there is somewhere to go."""
    change = cast.draft(cast.kela)
    lines = [LineInput.of(line) for line in own_lines(change, cast.annex2)]
    new = LineInput("neuvoja", 2, "1.50", "Pori")
    replace_lines(change=change, document=cast.annex2, by=cast.kela, on=cast.today, lines=[*lines, new])
    return change


@pytest.fixture
def page(cast, draft, new_page):
    page = new_page(cast.kela)
    page.goto(reverse("staffing:draft_lines", args=[draft.pk, 2]))
    return page


def test_sums_follow_what_is_written(page):
    sums, table = page.locator("#sums"), page.locator("#sums-tables")
    expect(sums).to_contain_text("4 henkilöä, 2,20 htv")

    page.locator("[name=rows-1-persons]").fill("5")
    expect(sums).to_contain_text("7 henkilöä, 2,20 htv")
    page.locator("[name=rows-1-municipalities]").fill("Ulvila")
    expect(table).to_contain_text("Ulvila")
    page.locator("[name=rows-0-persons]").fill("kaksi")
    expect(sums).to_contain_text("1 rivillä on korjattavaa")
    # Two in quick succession, and away before the answer: nothing to complain of.
    page.locator("[name=rows-0-persons]").fill("3")
    page.locator("[name=rows-0-persons]").press("Tab")
    page.get_by_role("button", name="Tallenna luonnos").click()
    expect(page.get_by_role("status")).to_contain_text("tallennettu")


@pytest.mark.parametrize("column", ["persons", "title"])
def test_keys_walk_down_and_up_a_column(page, draft, column):
    first, second = (page.locator(f"[name=rows-{n}-{column}]") for n in (0, 1))
    first.focus()

    for key, there in (("Enter", second), ("Enter", second), ("Shift+Enter", first), ("ArrowDown", second)):
        page.keyboard.press(key)
        expect(there).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    assert "Enter vie seuraavan rivin" in page.locator("main").inner_text()


def test_keys_walk_ticks_too_and_text_keeps_its_lines(page):
    page.locator("[name=rows-0-uses_typpi]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=rows-1-uses_typpi]")).to_be_focused()

    note = page.locator("[name=rows-0-note]")
    note.fill("ensimmäinen rivi\ntoinen")
    note.press("Control+Home")
    note.press("ArrowDown")
    expect(note).to_be_focused()


def test_pasted_rows_are_shown_and_taken(page, cast, draft):
    page.get_by_role("link", name="Tuo taulukosta").click()
    page.get_by_label("Liitä taulukosta").fill("ohjaaja\t1\t0,5")
    page.get_by_label("muut rivit jäävät").check()
    page.get_by_role("button", name="Näytä, mikä muuttuisi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitä taulukko muuttaisi")
    page.get_by_role("button", name="Ota rivit luonnokseen").click()
    expect(page.get_by_role("status")).to_contain_text("tallennettu")
    assert [line.title for line in own_lines(draft, cast.annex2)][-1] == "ohjaaja"


def test_everything_works_without_a_script(cast, draft, new_page):
    page = new_page(cast.kela, java_script_enabled=False)
    page.goto(reverse("staffing:draft_lines", args=[draft.pk, 2]))
    page.locator("[name=rows-1-persons]").fill("5")
    page.get_by_role("button", name="Laske summat").click()
    expect(page.locator("#sums")).to_contain_text("7 henkilöä")
    assert "Enter vie" not in page.locator("main").inner_text()
