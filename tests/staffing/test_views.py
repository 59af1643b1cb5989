"""The page where a party edits its own rows: typing, mistakes, colleagues, cost."""

import re
from decimal import Decimal

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions import draft_change
from staffing import summary
from staffing.actions import LineInput, own_lines, replace_lines
from staffing.forms import MAX_ROWS
from staffing.models import StaffingLine
from staffing.views.drafts import draft_lines
from tests.staffing.kit import NEW, Page, titles


def test_page_shows_own_rows_to_edit_and_the_others_to_read(kela, url):
    page = Page(kela.get(url))

    (row,) = page.rows
    assert (row["title"], row["persons"], row["person_years"], row["uses_typpi"]) == (
        "työkykyneuvoja",
        "2",
        "1,20",
        "on",
    )
    assert "palveluasiantuntija" in page.text
    assert "palveluasiantuntija" not in page.fields.values()


def test_municipalities_are_shown_and_read_by_name(cast):
    draft = draft_change(document=cast.annex2, by=cast.ta, on=cast.today)
    page = Page(cast.client(cast.ta).get(reverse("staffing:draft_lines", args=[draft.pk, 2])))

    assert [row["municipalities"] for row in page.rows] == ["Pori", "Harjavalta, Kokemäki"]


def test_party_without_rows_starts_with_an_empty_one(cast, kela, draft, url):
    replace_lines(change=draft, document=cast.annex2, by=cast.kela, on=cast.today, lines=[])

    assert [row["title"] for row in Page(kela.get(url)).rows] == [""]


def test_saving_writes_the_rows_and_goes_to_the_draft(cast, draft, post):
    response = post({"person_years": "1,5", "municipalities": "pori,  ULVILA ,Pori", "note": "osa-\r\naikainen"}, NEW)

    assert (response.status_code, response.url) == (302, draft.get_absolute_url())
    changed, added = own_lines(draft, cast.annex2)
    assert (changed.person_years, changed.places, changed.note) == (Decimal("1.50"), "Pori, Ulvila", "osa- aikainen")
    assert (added.title, added.leads_client_work, added.uses_typpi) == ("neuvoja", True, False)


def test_saving_tells_that_it_was_saved(kela, post):
    assert 'role="status"' in (shown := kela.get(post().url).content.decode())
    assert "notice--good" in shown


def test_municipalities_on_lines_of_their_own_are_read(cast, draft, post):
    post({"municipalities": "Pori\r\nUlvila"})

    assert own_lines(draft, cast.annex2)[0].places == "Pori, Ulvila"


def test_row_with_nothing_written_is_no_row(cast, draft, post):
    assert post({}, {"leads_client_work": "on"}).status_code == 302
    assert titles(cast, draft) == ["työkykyneuvoja"]


def test_ticked_row_is_removed_whatever_is_written_in_it(cast, draft, post):
    assert post({"remove": "on", "persons": "kaksi"}, NEW).status_code == 302
    assert titles(cast, draft) == ["neuvoja"]


BAD = [
    ("person_years", "abc"),
    ("person_years", "-1"),
    ("person_years", "1,234"),
    ("person_years", "2,01"),  # more than the two persons
    ("person_years", "1e2"),
    ("person_years", "NaN"),
    ("person_years", "9" * 30),
    ("person_years", "31.2.2026"),
    ("persons", "1.5"),
    ("persons", "-1"),
    ("persons", "10000"),
    ("persons", "²"),
    ("persons", ""),
    ("title", ""),
    ("title", "x" * 121),
    ("unit", "x" * 121),
    ("note", "x" * 301),
    ("title", "nolla\x00merkki"),
    ("municipalities", "Pori, Eurajoki"),  # of another agreement
]


@pytest.mark.parametrize(("name", "typed"), BAD)
def test_bad_input_is_kept_marked_and_linked(draft, post, name, typed):
    response = post({name: typed}, NEW)

    page = Page(response)
    assert response.status_code == 200
    assert (page.rows[0][name], page.rows[1]["title"]) == (typed, "neuvoja")
    assert page.error_of(f"rows-0-{name}")
    assert f"#id_rows-0-{name}" in [attrs.get("href") for attrs in page.attributes]
    assert not StaffingLine.objects.filter(version__change=draft).exists()


def test_unknown_municipality_is_named_with_those_of_the_area(post):
    page = Page(post({"municipalities": "Pori, Eurajoki"}))

    assert "Eurajoki" in page.text
    assert "Harjavalta, Kokemäki, Pori, Ulvila" in page.text


def test_municipality_is_found_by_its_swedish_name(cast, draft, post):
    place = cast.agreement.municipalities.get(name="Pori")
    type(place).objects.filter(pk=place.pk).update(name_sv="Björneborg")

    post({"municipalities": "björneborg"})

    assert own_lines(draft, cast.annex2)[0].places == "Pori"


def test_one_row_more_keeps_what_was_typed_and_says_nothing_of_it(cast, draft, post):
    page = Page(post({"person_years": "abc", "remove": "on"}, add="1"))

    assert [(row["title"], row["person_years"]) for row in page.rows] == [("työkykyneuvoja", "abc"), ("", "")]
    assert page.rows[0]["remove"] == "on"
    assert "error-summary" not in [attrs.get("id") for attrs in page.attributes]
    assert not StaffingLine.objects.filter(version__change=draft).exists()


def test_new_row_has_the_cursor(post):
    page = Page(post(add="1"))

    assert [attrs["name"] for attrs in page.attributes if "autofocus" in attrs] == ["rows-1-title"]


def test_copied_row_is_a_new_row(cast, draft, post):
    page = Page(post(copy="0"))

    old, new = page.rows
    assert (new["title"], new["person_years"], new["uses_typpi"]) == (old["title"], old["person_years"], "on")
    assert (bool(old["key"]), new["key"]) == (True, "")
    assert post(page=page).status_code == 302
    assert titles(cast, draft) == ["työkykyneuvoja"] * 2


@pytest.mark.parametrize("place", ["7", "-1", "x", "9" * 5000])
def test_copy_of_no_row_gives_an_empty_one(post, place):
    assert [row["title"] for row in Page(post(copy=place)).rows] == ["työkykyneuvoja", ""]


def test_there_is_an_end_to_rows(cast, kela, draft, url, rf):
    """Asked without rendering: a page of so many rows takes seconds under the test client."""
    data = Page(kela.get(url)).fields | {"rows-TOTAL_FORMS": str(MAX_ROWS), "add": "1"}
    request = rf.post(url, data)
    request.user, request._messages = cast.kela.person, CookieStorage(request)

    response = draft_lines(request, draft.pk, 2)

    assert len(response.context_data["formset"].forms) == MAX_ROWS
    assert [message.level_tag for message in request._messages] == ["warning"]


# Colleagues


def test_stale_form_shows_both_versions_and_loses_nothing(cast, kela, draft, url, post):
    page = Page(kela.get(url))
    stored = [cast.input(cast.line(cast.kela.party), persons=9), LineInput("uusi kollegalta", 1, Decimal("1.00"))]
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=stored)

    response = post({"persons": "4"}, NEW, page=page)

    shown = Page(response)
    assert response.status_code == 409
    assert [(row["title"], row["persons"]) for row in shown.rows] == [
        ("työkykyneuvoja", "4"),
        ("neuvoja", "2"),
        ("uusi kollegalta", "1"),
    ]
    # As it was, as it is stored and by whom, and hers.
    assert [int(n) for n in re.findall(r"Henkilöitä\s*(\d+)", shown.text)] == [2, 9, 4]
    assert cast.kela_main_user.person.name in shown.text
    assert [line.persons for line in own_lines(draft, cast.annex2)] == [9, 1]


def test_saving_after_the_conflict_is_a_choice(cast, kela, draft, url, post):
    page = Page(kela.get(url))
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=[])

    again = post({"persons": "4"}, page=Page(post({"persons": "4"}, page=page)))

    assert again.status_code == 302
    assert [line.persons for line in own_lines(draft, cast.annex2)] == [4]


def test_new_row_that_a_colleague_removed_becomes_a_new_row_again(cast, kela, draft, url, post):
    post({}, NEW)
    page = Page(kela.get(url))
    own = LineInput.of(cast.line(cast.kela.party))
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=[own])

    shown = Page(post({"persons": "4"}, {"persons": "3"}, page=page))

    assert post(page=shown).status_code == 302
    assert titles(cast, draft) == ["työkykyneuvoja", "neuvoja"]


def test_row_that_a_colleague_removed_and_she_left_alone_stays_removed(cast, kela, draft, url, post):
    post({}, NEW)
    page = Page(kela.get(url))
    own = LineInput.of(cast.line(cast.kela.party))
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=[own])

    assert post({"persons": "4"}, page=page).status_code == 302
    assert titles(cast, draft) == ["työkykyneuvoja"]


def test_row_she_removed_and_a_colleague_changed_is_hers_to_choose(cast, kela, draft, url, post):
    page = Page(kela.get(url))
    theirs = cast.input(cast.line(cast.kela.party), persons=9)
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=[theirs])

    response = post({"remove": "on"}, page=page)

    assert response.status_code == 409
    assert [line.persons for line in own_lines(draft, cast.annex2)] == [9]
    assert post(page=Page(response)).status_code == 302
    assert titles(cast, draft) == []


def test_row_more_does_not_hide_that_the_form_is_stale(cast, kela, draft, url, post):
    page = Page(kela.get(url))
    replace_lines(change=draft, document=cast.annex2, by=cast.kela_main_user, on=cast.today, lines=[])

    assert post(NEW, page=Page(post(add="1", page=page))).status_code == 409


def test_button_pressed_twice_is_one_save(cast, kela, draft, url, post):
    page = Page(kela.get(url))

    first, second = post({}, NEW, page=page), post({}, NEW, page=page)

    assert (first.status_code, second.status_code) == (302, 302)
    assert titles(cast, draft) == ["työkykyneuvoja", "neuvoja"]


@pytest.mark.parametrize("persons", [2, 4])
def test_row_decided_while_the_form_was_open_is_a_conflict_only_when_she_changed_it_too(cast, kela, persons):
    row = cast.line(cast.kela.party)
    proposed = cast.proposed_change(cast.kela, lines=[cast.input(row, persons=9), LineInput("x", 1, Decimal(1))])
    draft = draft_change(document=cast.annex2, by=cast.kela, on=cast.today)
    url = reverse("staffing:draft_lines", args=[draft.pk, 2])
    page = Page(kela.get(url))
    cast.decide(proposed)

    response = kela.post(url, {**page.fields, "rows-0-persons": persons})

    assert not StaffingLine.objects.filter(version__change=draft).exists()
    assert response.status_code == (302 if persons == 2 else 409)
    if persons == 4:
        shown = Page(response)
        assert [(row["title"], row["persons"]) for row in shown.rows] == [("työkykyneuvoja", "4"), ("x", "1")]
        assert [int(n) for n in re.findall(r"Henkilöitä\s*(\d+)", shown.text)] == [2, 9, 4]
        assert cast.coordinator.person.name in shown.text


def test_rows_decided_after_the_draft_are_shown(cast, kela):
    row = cast.line(cast.kela.party)
    proposed = cast.proposed_change(cast.kela, lines=[cast.input(row, unit="Päätetty yksikkö")])
    draft = cast.draft(cast.kela, lines=[cast.input(row, unit="Luonnoksen yksikkö")])
    cast.decide(proposed)

    page = Page(kela.get(reverse("staffing:draft_lines", args=[draft.pk, 2])))

    assert "Päätetty yksikkö" in page.text
    assert page.rows[0]["unit"] == "Luonnoksen yksikkö"


# Cost and form


def test_queries_do_not_grow_with_rows(cast, kela, draft, url):
    def save(*lines):
        replace_lines(change=draft, document=cast.annex2, by=cast.kela, on=cast.today, lines=lines)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert kela.get(url).status_code == 200
        return len(captured)

    places = list(cast.agreement.municipalities.all())
    new = [LineInput(f"t{n}", 1, Decimal(1), municipalities=places[:n]) for n in (1, 2, 3)]
    save(new[0])
    one = queries()
    save(*new)

    assert queries() == one
    assert one <= 12


def test_table_says_conditions_in_words_and_numbers_in_finnish(cast):
    html = render_to_string("staffing/_lines.html", {"content": summary.table(cast.lines())})

    for words in (">6,00<", ">kyllä<", ">ei<", "Harjavalta, Kokemäki", "koko alue"):
        assert words in html
    assert "style=" not in html


def test_comparison_says_before_and_after_in_words(cast, kela, draft, post):
    post({"person_years": "2,00"}, NEW)

    page = Page(kela.get(draft.get_absolute_url()))

    told = " ".join(page.text.split())
    assert "oli 1,20 →, on 2,00" in told
    assert "Muutettu" in told
    assert "Lisätty" in told
