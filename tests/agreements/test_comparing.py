"""What a change does to a text, for the eye and in words; and one amendment from the draft to its first day."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions, contents
from agreements.compilation import main_text as text_on
from agreements.models import Change
from tests.agreements import signing_world
from tests.agreements.texts_kit import text_body
from tests.cast import PARTS, TODAY
from tests.pages import main_text, text_of, tree, typed
from tym.core.uploads import checked

START = date(2025, 10, 1)


@pytest.fixture
def amended(text_draft, edit):
    """A section edited, one removed, one moved to another part, one added."""
    edit("save_clause", key="s1", number="1", heading="Mitä sovitaan", body="Sopijat tarjoavat palvelut.\n\n- neuvonta")
    edit("remove_clause", key="s2")
    edit("add_clause", number="9", heading="Seuranta", body="Seurantaa tehdään vuosittain.", after="s3")
    edit("move_clause", key="s3", up=True)
    return text_draft


def told(cast, change):
    """{title: what is said of it}"""
    (touched,) = contents.document_changes(cast.fresh(change))
    return {item.title: item.told for item in touched.compared().items}


def compare(cast, change, view=""):
    return cast.client(cast.ta).get(reverse("agreements:change_compare", args=[change.pk]) + view)


def test_every_change_is_told_in_words(cast, amended):
    parts = {"old": PARTS[1], "new": PARTS[0]}
    assert told(cast, amended) == {
        "3 Miten johdetaan": [_("moved from the part “%(old)s” to the part “%(new)s”") % parts],
        "1 Mitä sovitaan": ["teksti muuttunut: 1 sana lisätty, 3 sanaa poistettu"],
        "2 Ketkä sopivat": ["poistettu, 10 sanaa"],
        "9 Seuranta": ["lisätty, 3 sanaa"],
    }


def test_move_within_a_part_says_after_which_section(cast, text_draft, edit):
    edit("move_clause", key="s2", up=True)
    where = _("moved: was after “%(old)s”, is now first") % {"old": "1 Mitä sovitaan"}
    assert told(cast, text_draft) == {"2 Ketkä sopivat": [where]}


def test_renumbered_section_is_neither_added_nor_removed(cast, text_draft, edit):
    edit("save_clause", key="s2", number="2a", heading="Ketkä sopivat", body=text_body(cast, "s2"))
    numbers = _("renumbered: was %(old)s, is now %(new)s") % {"old": "2", "new": "2a"}
    assert told(cast, text_draft) == {"2a Ketkä sopivat": [numbers]}


def test_section_written_anew_elsewhere_is_recognised_as_moved(cast, text_draft, edit):
    edit("remove_clause", key="s1")
    edit("add_clause", number="3", heading="Mitä sovitaan", body=text_body(cast, "s1"), after="s2")

    numbers = _("renumbered: was %(old)s, is now %(new)s") % {"old": "1", "new": "3"}
    where = _("moved: was first, is now after “%(new)s”") % {"new": "2 Ketkä sopivat"}
    assert told(cast, text_draft) == {"3 Mitä sovitaan": [where, numbers]}
    assert f"{_('Moved')} {_('Renumbered')} 3 Mitä sovitaan" in main_text(compare(cast, text_draft))


def test_section_written_anew_in_its_own_place_has_not_moved(cast, text_draft, edit):
    edit("remove_clause", key="s2")
    edit("add_clause", number="2", heading="Ketkä sopivat", body=text_body(cast, "s2"), after="s1")

    assert told(cast, text_draft) == {}
    assert _("The text reads as before.") in main_text(compare(cast, text_draft))


def test_another_text_in_the_place_of_a_removed_one_is_no_move(cast, text_draft, edit):
    edit("remove_clause", key="s3")
    edit("add_clause", number="3", heading="Kustannukset", body="Kukin vastaa omistaan.", after="s2")
    assert sorted(told(cast, text_draft)) == ["3 Kustannukset", "3 Miten johdetaan"]


def headings(response):
    return [text_of(heading) for heading in tree(response).xpath("//section/*[self::h4 or self::h5]")]


@pytest.mark.parametrize("view", ["", "?nakyma=rinnakkain", "?nakyma=ennen", "?nakyma=jalkeen"])
def test_parts_and_their_sections_are_headings_in_order(cast, amended, view):
    found = tree(compare(cast, amended, view)).xpath(
        "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"
    )
    levels = [int(heading.tag[1]) for heading in found]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    parts = {
        text_of(heading): level for heading, level in zip(found, levels, strict=True) if "Osa:" in text_of(heading)
    }
    assert parts
    assert set(parts.values()) == {4}
    assert {level for heading, level in zip(found, levels, strict=True) if "1 Mitä" in text_of(heading)} == {5}


def test_before_and_after_are_the_whole_texts(cast, amended):
    before, after = (headings(compare(cast, amended, f"?nakyma={view}")) for view in ("ennen", "jalkeen"))
    assert before == ["1 Mitä sovitaan", "2 Ketkä sopivat", "3 Miten johdetaan"]
    assert after == ["3 Miten johdetaan", "1 Mitä sovitaan", "9 Seuranta"]


@pytest.mark.parametrize("view", ["", "?nakyma=rinnakkain", "?nakyma=jotain"])
def test_list_of_changes_leads_to_each(cast, amended, view):
    page = tree(compare(cast, amended, view))
    links = page.xpath("//ol[@class='changes']//a/@href")
    assert len(links) == 4
    assert all(page.xpath(f"//*[@id='{link.partition('#')[2]}']") for link in links)


def test_list_of_changes_leads_from_the_plain_texts_to_the_marked_one(cast, amended):
    (link, *_rest) = tree(compare(cast, amended, "?nakyma=ennen")).xpath("//ol[@class='changes']//a/@href")
    query, _hash, anchor = link.partition("#")
    assert tree(compare(cast, amended, query)).xpath(f"//*[@id='{anchor}']")


def test_marked_text_shows_what_goes_where_it_was(cast, amended):
    shown = main_text(compare(cast, amended)).partition(_("The whole text, marked"))[2]
    assert [shown.count(words) for words in ("3 Miten johdetaan", _("Moved from here"))] == [2, 1]
    words = ("1 Mitä sovitaan", "2 Ketkä sopivat", _("Moved from here"), "9 Seuranta")
    places = [shown.index(found) for found in words]
    assert places == sorted(places)


def test_sides_show_the_old_text_left_and_the_new_one_right(cast, amended):
    page = tree(compare(cast, amended, "?nakyma=rinnakkain"))
    (pair,) = [row for row in page.xpath("//*[contains(@class, 'compare--text')]") if "1 Mitä" in text_of(row)]
    left, right = pair
    assert ("yhdessä" in text_of(left), "yhdessä" in text_of(right)) == (True, False)
    assert not left.xpath(".//ins")
    assert not right.xpath(".//del")


def test_marks_are_heard_in_words(cast, amended):
    html = compare(cast, amended).content.decode()
    heard = re.findall(r'<span class="visually-hidden"> ([^<]*) </span><(ins|del)>', html)
    assert set(heard) == {(_("added:"), "ins"), (_("deleted:"), "del")}
    assert len(heard) == html.count("<ins>") + html.count("<del>")


def test_change_page_lists_the_changes_and_leads_to_the_comparison(cast, amended):
    page = cast.client(cast.ta).get(amended.get_absolute_url())
    assert "1 Mitä sovitaan: teksti muuttunut: 1 sana lisätty, 3 sanaa poistettu" in main_text(page)
    assert reverse("agreements:change_compare", args=[amended.pk]) in page.content.decode()


@pytest.mark.parametrize("view", ["merkitty", "rinnakkain", "ennen", "jalkeen"])
def test_comparison_of_a_staff_change_shows_its_rows(cast, view):
    change = cast.proposed_change(cast.kela)
    assert "työkykyneuvoja" in main_text(compare(cast, change, f"?nakyma={view}"))


def test_comparison_is_seen_by_those_who_see_the_change(cast, amended):
    url = reverse("agreements:change_compare", args=[amended.pk])
    assert [cast.client(who).get(url).status_code for who in (cast.hva, cast.stranger)] == [404, 404]


def test_walk_from_the_draft_to_the_first_day(cast):
    """The employment authority edits, adds, moves and removes; all approve and sign; the text comes into force."""
    ta = cast.client(cast.ta)
    sections = ta.post(reverse("agreements:draft_start", args=[cast.agreement.pk, 0])).url
    change = Change.objects.latest("pk")
    write(ta, f"{sections}uusi/", after="s1", heading="Määritelmät", body="- asiakas\n- **palvelu**")
    write(ta, f"{sections}s1/", body="Sopijat tarjoavat palvelut yhdessä.")
    press(ta, f"{sections}s3/siirra/", ta.get(sections), to="up")
    press(ta, f"{sections}s2/poista/", ta.get(f"{sections}s2/poista/"))
    press(ta, reverse("agreements:clauses_number", args=[change.pk, 0]), ta.get(sections))
    proposal = reverse("agreements:draft_proposal", args=[change.pk])
    said = {"what": "Teksti uudistuu.", "why": "Laki muuttui.", "wanted_from": "1.10.2025", "check": "1"}
    checking = ta.post(proposal, typed(ta.get(proposal), **said)).url
    assert ta.post(checking, typed(ta.get(checking))).url == change.get_absolute_url()

    adopt(cast, cast.fresh(change))

    assert titles(cast, date(2025, 9, 30)) == ["1 Mitä sovitaan", "2 Ketkä sopivat", "3 Miten johdetaan"]
    assert titles(cast, START) == ["1 Mitä sovitaan", "2 Määritelmät", "3 Miten johdetaan"]
    page = main_text(cast.client(cast.kela).get(cast.agreement.get_absolute_url() + "?on=2025-10-01"))
    assert "asiakas" in page
    assert "Sopijat on lueteltu alla." not in page
    assert "Sopijat on lueteltu alla." in main_text(compare(cast, change, "?nakyma=ennen"))
    assert headings(compare(cast, change, "?nakyma=jalkeen")) == titles(cast, START)


def write(client, url, **typed_in):
    assert client.post(url, typed(client.get(url), **typed_in)).status_code == 302


def press(client, url, page, **data):
    assert client.post(url, {"revision": typed(page)["revision"], **data}).status_code == 302


def adopt(cast, change):
    by, seen = cast.coordinator, {"on": TODAY, "sha256": change.sha256}
    for party in cast.agreement.parties.all():
        extract = checked("ote.pdf", b"%PDF-1.7 ote")
        decided = {"organ": "Hallitus", "decided_on": TODAY, "section": "5", "outcome": "approve"}
        actions.decide_for_party(change=change, party=party, by=by, extract=extract, **decided, **seen)
    signing_world.completed(cast, change=cast.fresh(change), valid_from=START)
    actions.adopt_amendment(change=change, by=by, valid_from=START, **seen)


def titles(cast, day):
    return [f"{section.number} {section.heading}" for section in text_on(cast.agreement, day)]
