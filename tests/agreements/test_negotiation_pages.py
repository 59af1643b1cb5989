"""The pages of a proposal to change the text: the three months while writing, and the negotiations."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions
from agreements.stages import Stage
from tests.agreements import proposal_kit as kit
from tests.cast import TODAY
from tests.pages import main_text, text_of, tree, typed


def page_of(change):
    return reverse("agreements:negotiation_detail", args=[change.pk])


def test_writing_shows_the_latest_day_for_the_day_that_is_typed(cast):
    draft = cast.draft_text(cast.ta, cast.main_text)
    client, url = cast.client(cast.ta), reverse("agreements:draft_proposal", args=[draft.pk])
    assert "2.9.2025" in main_text(client.get(url))
    told = {"what": "", "why": "", "wanted_from": "30.5.2026"}
    shown = client.post(url, typed(client.get(url), **told, count="1"))
    assert "28.2.2026" in main_text(shown)
    assert _("In time") in main_text(shown)
    late = main_text(client.post(url, typed(client.get(url), **told | {"wanted_from": "31.8.2025"}, count="1")))
    assert _("Late") in late
    assert "31.5.2025" in late
    wrong = main_text(client.post(url, typed(client.get(url), **told | {"wanted_from": "31.2.2026"}, count="1")))
    assert "31.2.2026 ei ole kalenterissa" in wrong
    assert _("In time") not in wrong
    assert wrong.count(_("What is changed")) == 1
    assert cast.fresh(draft).wanted_from is None


def test_another_wording_is_written_with_its_consequences_and_the_first_proposals_days(cast, clock):
    change = kit.negotiated(cast)
    clock.day = TODAY + timedelta(days=10)
    draft = actions.offer_wording(change=change, by=cast.kela, on=clock.day)
    client = cast.client(cast.kela)
    pages = [reverse(f"agreements:{name}", args=[draft.pk]) for name in ("draft_proposal", "change_propose")]
    shown = [main_text(client.get(page)) for page in pages]
    replaces = _("When it is proposed, it replaces that one, and every party decides on it anew.")
    assert all(replaces in page and "2.9.2025" in page for page in shown)
    assert replaces in main_text(client.get(draft.get_absolute_url()))
    told = {"number": "2", "heading": "Ketkä sopivat", "body": "Muut.", "key": "s2"}
    actions.save_clause(change=draft, document=cast.main_text, by=cast.kela, on=clock.day, **told)
    assert "12.9.2025" in main_text(client.get(pages[0]))


def test_group_starts_negotiations_and_neither_approves_nor_rejects_though_the_form_is_forged(cast):
    change, client = kit.proposal(cast), cast.client(cast.coordinator)
    url = reverse("steering:decision_elsewhere", args=[cast.agreement.pk, change.matter_id])
    told = {"decided_on": "2.6.2025", "section": "5", "grounds": "x", "sha256": change.sha256, "checked": "on"}
    for outcome in ("approve", "reject", "negotiate"):
        assert not change.matter.decisions.exists()
        extract = SimpleUploadedFile("ote.pdf", b"%PDF-1.7 ote", "application/pdf")
        client.post(url, told | {"outcome": outcome, "extract": extract})
    assert cast.fresh(change).state == "proposed"
    assert [decision.outcome for decision in change.matter.decisions.all()] == ["negotiate"]


def test_late_proposal_says_what_would_have_been_needed(cast):
    shown = main_text(cast.client(cast.kela).get(kit.late_proposal(cast).get_absolute_url()))
    assert all(day in shown for day in ("2.6.2025", "1.8.2025", "1.5.2025", "2.9.2025"))
    assert shown.count(_("Has not agreed to a shorter time")) == 3


def test_comment_is_written_at_its_section_and_nothing_typed_is_lost(cast):
    change = kit.negotiated(cast)
    client, url = cast.client(cast.kela), reverse("agreements:comment_add", args=[change.pk])
    section = {"document": "0", "key": "s1"}
    page = client.post(url, {"body": "Asiakas 131052-308T kysyi.", **section})
    assert page.status_code == 409
    assert "131052-308T" in main_text(page)
    page = client.post(url, {"body": "Sana on epäselvä.", **section}, follow=True)
    place = page.redirect_chain[-1][0].partition("#")[2]
    assert "Sana on epäselvä." not in text_of(tree(page).get_element_by_id(place))
    assert "Mitä sovitaan" in text_of(tree(page).get_element_by_id(place))
    assert "Sana on epäselvä." in main_text(page)
    assert _("Open comment") in main_text(page)
    assert "1 avoin kommentti" in text_of(tree(page).xpath("//ol[@class='changes']")[0])
    assert client.post(url, {"body": "x", "document": "9", "key": "s1"}).status_code == 404
    assert client.post(url, {"body": "x", "document": "0", "key": "s2"}).status_code == 409


def test_wordings_stand_side_by_side_with_their_states(cast):
    change = kit.negotiated(cast)
    new = kit.reworded(cast, change, cast.kela)
    shown = main_text(cast.client(cast.hva).get(page_of(new)))
    assert _("Replaced by a new wording") in shown
    assert _("Negotiating") in shown
    earlier = cast.client(cast.hva).get(page_of(change))
    assert _("Another wording is negotiated instead. What was said to this one binds nobody.") in main_text(earlier)
    assert _("Negotiating") in main_text(earlier)
    assert new.get_absolute_url() in cast.client(cast.hva).get(change.get_absolute_url()).content.decode()


def test_another_wording_is_compared_with_the_one_before_it(cast):
    draft = cast.draft_text(cast.ta, cast.main_text, key="s1", body="Uusi sanamuoto.", heading="Mitä sovitaan")
    told = {"change": draft, "document": cast.main_text, "by": cast.ta, "on": TODAY}
    actions.add_clause(number="4", heading="Seuranta", body="Seurantaa tehdään joka vuosi yhdessä.", after="s3", **told)
    first = kit.start(cast, cast.propose(draft, by=cast.ta))
    new = kit.reworded(cast, first, cast.kela, body="Uusi toinen sanamuoto.")
    url = f"{reverse('agreements:change_compare', args=[new.pk])}?nakyma=edellinen"
    listed = tree(cast.client(cast.hva).get(url)).xpath("//ol[@class='changes']/li")
    (told,) = [text_of(item) for item in listed]
    assert told.startswith("1 Mitä sovitaan: ")
    assert told.endswith("teksti muuttunut: 1 sana lisätty")
    assert url in cast.client(cast.hva).get(page_of(new)).content.decode()
    (view,) = tree(cast.client(cast.hva).get(url.replace(f"/{new.pk}/", f"/{first.pk}/"))).xpath(
        "//nav[@class='views']//a[@aria-current]"
    )
    assert text_of(view) == _("Marked")


def test_ended_proposal_asks_nobody_to_shorten_the_time(cast):
    change = kit.late_proposal(cast)
    client, asks = cast.client(cast.kela), _("Has not agreed to a shorter time")
    assert asks in main_text(client.get(change.get_absolute_url()))
    actions.withdraw_change(change=change, by=cast.ta, on=TODAY)
    assert asks not in main_text(client.get(change.get_absolute_url()))


def test_signing_is_offered_when_every_party_has_approved(cast):
    change, client = kit.negotiated(cast), cast.client(cast.coordinator)
    link = reverse("agreements:signing_open", args=[change.pk])
    assert link not in client.get(change.get_absolute_url()).content.decode()
    kit.approve(cast, change)
    assert link in client.get(change.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["kela", "coordinator"])
def test_page_asks_the_database_as_often_whatever_has_been_said(cast, who):
    change, client = kit.negotiated(cast), cast.client(getattr(cast, who))

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(page_of(change))
        return [re.sub(r"\d+", "n", query["sql"])[:80] for query in caught]

    say = {"change": change, "by": cast.kela, "on": TODAY, "document": cast.main_text, "key": "s1"}
    actions.comment_on(body="Yksi.", **say)
    once = asked()
    for body in ("Kaksi.", "Kolme."):
        actions.comment_on(body=body, **say)
    assert len(asked()) == len(once)


def test_list_of_changes_tells_how_far_each_proposal_is_with_the_same_queries(cast):
    client = cast.client(cast.kela)
    urls = (reverse("agreements:change_list", args=[cast.agreement.pk]), cast.agreement.get_absolute_url())
    change = kit.negotiated(cast)

    def counted(url):
        with CaptureQueriesContext(connection) as seen:
            shown = main_text(client.get(url))
        assert _("Negotiating") in shown
        return len(seen)

    before = [counted(url) for url in urls]
    for by in (cast.hva, cast.kela):
        kit.start(cast, kit.proposal(cast, by=by, body=f"Toisin, {by.party.short_name}."))
    assert [counted(url) for url in urls] == before
    kit.approve(cast, change)
    assert str(Stage.AGREED.label) in main_text(client.get(urls[0]))
    assert f"{Stage.AGREED.label})".lower() in client.get(change.get_absolute_url()).content.decode()
