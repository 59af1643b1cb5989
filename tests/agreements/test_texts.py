"""The text of a draft, section by section: moving, writing, removing, numbering."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions, contents, text
from agreements.models import Clause
from tests.agreements.texts_kit import address
from tests.cast import PARTS, TODAY
from tests.pages import main_text, stored, tree, typed
from tym.core.errors import Refused, Stale

CODE = "131052-308T"


@pytest.fixture
def ta(cast):
    return cast.client(cast.ta)


def order(cast, change):
    return [str(clause) for clause in actions.draft_clauses(change, cast.main_text)]


def keys(cast, change):
    return [clause.key for clause in actions.draft_clauses(change, cast.main_text)]


def press(cast, client, change, name, key, **data):
    return client.post(address(name, change, key), {"revision": cast.fresh(change).revision, **data})


# Moving


@pytest.mark.parametrize(
    ("key", "to", "after"),
    [
        ("s1", "down", ["s2", "s1", "s3"]),
        ("s2", "up", ["s2", "s1", "s3"]),
        ("s2", "down", ["s1", "s3", "s2"]),
        ("s3", "up", ["s1", "s3", "s2"]),
    ],
)
def test_button_moves_a_section_one_place(cast, ta, text_draft, key, to, after):
    response = press(cast, ta, text_draft, "clause_move", key, to=to)

    assert response.url == address("draft_text", text_draft)
    assert keys(cast, text_draft) == after


def test_section_moved_there_and_back_is_as_it_was(text_draft, edit):
    edit("move_clause", key="s1", up=False)
    edit("move_clause", key="s1", up=True)

    assert not Clause.objects.filter(version__change=text_draft).exists()


def test_moved_section_takes_the_part_of_the_one_it_passes(cast, text_draft, edit):
    edit("move_clause", key="s3", up=True)

    clauses = actions.draft_clauses(text_draft, cast.main_text)
    assert [(clause.key, clause.part) for clause in clauses] == [(key, PARTS[0]) for key in ("s1", "s3", "s2")]


def test_there_is_always_room_for_one_more_section(cast, text_draft, edit):
    for n in range(14):
        edit("add_clause", number="", heading=f"Uusi {n}", body="", after="s1")

    assert order(cast, text_draft)[:2] == ["1 Mitä sovitaan", "Uusi 13"]
    assert order(cast, text_draft)[-3:] == ["Uusi 0", "2 Ketkä sopivat", "3 Miten johdetaan"]
    # The others made room, which nobody sees.
    (touched,) = contents.document_changes(text_draft)
    assert {item.title for item in touched.compared().items} == {f"Uusi {n}" for n in range(14)}


@pytest.mark.parametrize(("key", "up"), [("s1", True), ("s3", False)])
def test_section_is_not_moved_out_of_the_text(edit, key, up):
    with pytest.raises(Refused):
        edit("move_clause", key=key, up=up)


def test_page_offers_no_move_out_of_the_text(ta, text_draft):
    page = tree(ta.get(address("draft_text", text_draft)))
    forms = page.xpath("//form[.//button[@name='to']]")
    assert [[button.get("value") for button in form.xpath(".//button")] for form in forms] == [
        ["down"],
        ["up", "down"],
        ["up"],
    ]


@pytest.mark.parametrize("name", ["clause_move", "clause_remove", "clause_restore"])
def test_stale_button_does_nothing_and_shows_the_text_as_it_is(cast, ta, text_draft, edit, name):
    edit("remove_clause", key="s3")
    edit("save_clause", key="s2", number="2", heading="Kollegan otsikko", body="x")
    before = stored()

    key = "s3" if name == "clause_restore" else "s1"
    response = ta.post(address(name, text_draft, key), {"revision": "1", "to": "down"})

    assert response.status_code == 409
    assert "Kollegan otsikko" in main_text(response)
    assert stored() == before
    # The page that was shown goes on from here.
    assert typed(response)["revision"] == str(cast.fresh(text_draft).revision)


def test_number_button_is_refused_when_stale(cast, ta, text_draft, edit):
    edit("move_clause", key="s1", up=False)
    assert ta.post(address("clauses_number", text_draft), {"revision": "0"}).status_code == 409
    assert order(cast, text_draft)[0] == "2 Ketkä sopivat"


# Adding and writing


def test_new_section_goes_after_the_chosen_one_into_its_part(cast, ta, text_draft):
    url = address("draft_clause", text_draft, "uusi")
    new = {"after": "s1", "number": "1a", "heading": "Määritelmät", "body": "Tässä sopimuksessa"}

    assert ta.post(url, typed(ta.get(url), **new)).status_code == 302

    assert order(cast, text_draft)[:3] == ["1 Mitä sovitaan", "1a Määritelmät", "2 Ketkä sopivat"]
    assert actions.draft_clauses(text_draft, cast.main_text)[1].part == PARTS[0]


def test_new_section_goes_to_the_end_when_nothing_is_chosen(ta, text_draft):
    assert typed(ta.get(address("draft_clause", text_draft, "uusi")))["after"] == "s3"


@pytest.mark.parametrize(
    ("chosen", "part"),
    [
        ({"after": "", "part": ""}, PARTS[0]),
        ({"after": "s2", "part": PARTS[1]}, PARTS[1]),
        ({"after": "s3", "part": "+", "new_part": "III Osa: Seuranta"}, "III Osa: Seuranta"),
    ],
)
def test_new_section_stands_in_the_chosen_part(ta, text_draft, chosen, part):
    url = address("draft_clause", text_draft, "uusi")
    ta.post(url, typed(ta.get(url), heading="Uusi", body="x", **chosen))

    assert Clause.objects.get(version__change=text_draft).part == part


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"after": "s3", "part": PARTS[0]}, "part"),
        ({"after": "s1", "part": "+", "new_part": ""}, "new_part"),
        ({"after": "olematon"}, "after"),
        ({"after": "s1", "heading": CODE}, "heading"),
        ({"after": "s1", "part": "+", "new_part": CODE}, "new_part"),
        ({"after": "s1", "heading": "", "body": " \n "}, "body"),
    ],
)
def test_section_that_cannot_be_is_told_beside_the_field(ta, text_draft, chosen, field):
    url = address("draft_clause", text_draft, "uusi")
    response = ta.post(url, {**typed(ta.get(url), heading="Uusi", body="Kallista tekstiä"), **chosen})

    page = tree(response)
    assert response.status_code == 200
    assert page.xpath(f"//*[@name='{field}']/@aria-invalid") == ["true"]
    assert page.xpath(f"//*[@id='error-summary']//a[@href='#id_{field}']")
    assert not Clause.objects.filter(version__change=text_draft).exists()


def test_new_section_is_saved_beside_what_others_saved(cast, ta, text_draft, edit):
    url = address("draft_clause", text_draft, "uusi")
    page = typed(ta.get(url), heading="Uusi", body="Kallista tekstiä")
    edit("move_clause", key="s1", up=False)

    assert ta.post(url, page).status_code == 302
    assert order(cast, text_draft) == ["2 Ketkä sopivat", "1 Mitä sovitaan", "3 Miten johdetaan", "Uusi"]


def test_section_after_one_that_is_gone_keeps_what_was_typed(ta, text_draft, edit):
    url = address("draft_clause", text_draft, "uusi")
    page = typed(ta.get(url), heading="Uusi", body="Kallista tekstiä", after="s2")
    edit("remove_clause", key="s2")

    response = ta.post(url, page)

    assert typed(response)["body"] == "Kallista tekstiä"
    assert ta.post(url, typed(response)).status_code == 302


@pytest.mark.parametrize("key", ["uusi", "s2"])
def test_button_pressed_twice_writes_one_section(cast, ta, text_draft, key):
    url = address("draft_clause", text_draft, key)
    page = typed(ta.get(url), heading="Sama", body="rivi\r\ntoinen")

    assert [ta.post(url, page).status_code for _press in range(2)] == [302, 302]

    assert sum("Sama" in told for told in order(cast, text_draft)) == 1


def test_text_is_kept_when_a_colleague_has_removed_the_section(cast, ta, text_draft, edit):
    url = address("draft_clause", text_draft, "s2")
    page = typed(ta.get(url), body="Kallista tekstiä")
    edit("remove_clause", key="s2")

    response = ta.post(url, page)

    assert response.status_code == 409
    goes_to = tree(response).xpath("//main//form")[-1].get("action")
    assert goes_to == address("draft_clause", text_draft, "uusi")
    assert ta.post(goes_to, typed(response)).status_code == 302
    assert actions.draft_clauses(text_draft, cast.main_text)[-1].body == "Kallista tekstiä"


def test_section_decided_while_the_page_was_open_is_a_conflict(cast):
    client = cast.client(cast.kela)
    (clause,) = Clause.objects.of(cast.annex1).in_force(TODAY)
    rival = cast.propose(cast.draft_text(cast.ta, cast.annex1, key=clause.key, body="Päätetty teksti."), by=cast.ta)
    draft = actions.draft_change(document=cast.annex1, by=cast.kela, on=TODAY)
    url = reverse("agreements:draft_clause", args=[draft.pk, 1, clause.key])
    page = typed(client.get(url), body="Oma teksti.")
    cast.decide(rival)

    response = client.post(url, page)

    assert response.status_code == 409
    assert "Päätetty teksti." in main_text(response)
    assert typed(response)["body"] == "Oma teksti."
    assert client.post(url, typed(response)).status_code == 302
    assert actions.draft_clauses(draft, cast.annex1)[0].body == "Oma teksti."


def test_writing_on_does_not_choose_between_the_draft_and_what_was_decided(cast):
    (clause,) = Clause.objects.of(cast.annex1).in_force(TODAY)
    rival = cast.propose(cast.draft_text(cast.ta, cast.annex1, key=clause.key, body="Päätetty teksti."), by=cast.ta)
    draft = cast.draft_text(cast.kela, cast.annex1, key=clause.key, body="Oma teksti.")
    cast.decide(rival)
    own = {"number": "1", "heading": "Palvelut", "body": "Oma."}
    actions.save_clause(change=draft, document=cast.annex1, by=cast.kela, on=TODAY, key=clause.key, **own)

    (touched,) = contents.document_changes(cast.fresh(draft))
    assert [pair.before.body for pair in touched.collisions] == ["Päätetty teksti."]
    page = cast.client(cast.kela).get(reverse("agreements:draft_text", args=[draft.pk, 1]))
    assert _("A section has been decided after the draft was started.") in main_text(page)


# Removing and numbering


def test_section_is_removed_after_a_check_and_taken_back(cast, ta, text_draft):
    checking = ta.get(address("clause_remove", text_draft, "s2"))
    assert "Sopijat on lueteltu alla." in main_text(checking)
    ta.post(address("clause_remove", text_draft, "s2"), typed(checking))
    assert keys(cast, text_draft) == ["s1", "s3"]
    assert _("Deleted in the draft") in main_text(ta.get(address("draft_text", text_draft)))

    press(cast, ta, text_draft, "clause_restore", "s2")

    assert keys(cast, text_draft) == ["s1", "s2", "s3"]
    assert not Clause.objects.filter(version__change=text_draft).exists()


def test_section_that_is_not_removed_cannot_be_taken_back(edit):
    with pytest.raises(Refused):
        edit("restore_clause", key="s2")


def test_added_section_that_is_removed_leaves_nothing(text_draft, edit):
    new = edit("add_clause", number="", heading="Uusi", body="x", after="s1")
    edit("remove_clause", key=new.key)

    assert not Clause.objects.filter(version__change=text_draft).exists()


def test_numbering_numbers_in_order_and_leaves_a_preamble(cast, ta, text_draft, edit):
    edit("add_clause", number="", heading="", body="Johdanto ilman numeroa.", after="")
    edit("add_clause", number="", heading="Uusi", body="x", after="s1")
    edit("remove_clause", key="s2")

    response = ta.post(address("clauses_number", text_draft), {"revision": cast.fresh(text_draft).revision})

    assert response.status_code == 302
    numbers = [clause.number for clause in actions.draft_clauses(text_draft, cast.main_text)]
    assert numbers == ["", "1", "2", "3"]


def test_numbering_what_is_numbered_changes_nothing(text_draft, edit):
    assert edit("number_clauses") == 0
    assert not Clause.objects.filter(version__change=text_draft).exists()


def test_numbers_of_another_kind_are_left_alone(edit):
    edit("save_clause", key="s2", number="2.1", heading="x", body="y")
    with pytest.raises(Refused):
        edit("number_clauses")


def test_number_used_twice_is_told_on_the_page_of_sections(ta, text_draft, edit):
    edit("save_clause", key="s2", number="1", heading="x", body="y")
    problem = _("The section number %(number)s is used twice.") % {"number": "1"}
    assert problem in main_text(ta.get(address("draft_text", text_draft)))


def test_stale_is_raised_before_anything_is_written(cast, text_draft, edit):
    with pytest.raises(Stale):
        edit("save_clause", key="s1", number="", heading="x", body="y", revision=7)
    assert {section.state for section in text.drafted(text_draft, cast.main_text)} == {"decided"}


def test_queries_do_not_grow_with_sections(ta, text_draft, edit):
    def queries(url):
        with CaptureQueriesContext(connection) as captured:
            assert ta.get(url).status_code == 200
        return len(captured)

    compare = reverse("agreements:change_compare", args=[text_draft.pk])
    pages = [address("draft_text", text_draft), address("draft_clause", text_draft, "uusi")]
    pages += [f"{compare}?nakyma={view}" for view in ("merkitty", "rinnakkain", "ennen")]
    edit("save_clause", key="s1", number="1", heading="x", body="Lyhyt.")
    few = [queries(url) for url in pages]
    for n in range(4):
        edit("add_clause", number=f"{n + 10}", heading=f"Uusi {n}", body="x", after="s1")
    edit("remove_clause", key="s3")

    assert [queries(url) for url in pages] == few
