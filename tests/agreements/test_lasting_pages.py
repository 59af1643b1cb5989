"""Pages of the yearly review, the end of the agreement and disputes."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.under import blocks
from tests.agreements import lasting_access, signing_world
from tests.agreements import lasting_kit as kit
from tests.pages import main_text, stored, typed

DONE = "This had been done already. The page shows how things stand now."


def page_of(cast):
    return reverse("agreements:lasting_detail", args=[cast.agreement.pk])


def address(cast, name):
    pk = cast.agreement.pk
    arguments = {
        "review_state": lambda: [pk, kit.YEAR, 3],
        "review_conclude": lambda: kit.all_stated(cast) and [pk, kit.YEAR],
        "review_due_propose": lambda: [pk],
        "related_add": lambda: [pk],
        "related_end": lambda: [pk, kit.related(cast).pk],
        "agreement_terminate": lambda: [pk, 3],
        "dispute_open": lambda: [pk, 3],
        "dispute_note": lambda: [pk, kit.dispute(cast).pk],
        "dispute_end": lambda: [pk, kit.dispute(cast).pk],
    }[name]()
    return reverse(f"agreements:{name}", args=arguments)


ACTS = [
    "review_state", "review_conclude", "review_due_propose", "related_add", "related_end", "agreement_terminate",
    "dispute_open", "dispute_note", "dispute_end",
]  # fmt: skip
OF_PREPARERS = ("review_conclude", "review_due_propose", "related_add", "related_end")


@pytest.mark.parametrize("name", ACTS)
def test_second_press_changes_nothing(cast, name):
    client = cast.client(cast.coordinator if name in OF_PREPARERS else cast.kela)
    url = address(cast, name)
    opened = client.get(url.replace("kirjaa/", ""))
    body = typed(opened) | lasting_access.bodies(None)[f"agreements:{name}"]

    def press():
        for file in {"extract", "upload"} & set(body):
            body[file] = SimpleUploadedFile("ote.pdf", b"%PDF-1.7 x", content_type="application/pdf")
        return client.post(url, body)

    first = press()
    assert first.status_code == 302, first.content.decode()
    before = stored()
    second = press()
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert stored() == before
    assert _(DONE) in [str(message) for message in get_messages(second.wsgi_request)]


def test_everybody_sees_the_end_and_the_review_on_the_agreement(cast):
    kit.state(cast, cast.kela)
    kit.terminated(cast)
    shown = main_text(cast.client(cast.member).get(cast.agreement.get_absolute_url()))
    assert "31.12.2025" in shown
    assert cast.hva.party.short_name in shown
    assert _("Validity and disputes") in shown


def test_legal_acts_are_checked_before_they_are_confirmed(cast):
    url = address(cast, "review_state")
    client, before = cast.client(cast.kela), stored()
    checked = client.post(url, {"outcome": "change", "said": "Liite 2."})
    assert "Liite 2." in main_text(checked)
    assert stored() == before
    wrong = client.post(url, {"outcome": "change", "said": ""})
    assert _("Tell what should be changed.") in main_text(wrong)


def test_note_that_is_refused_is_not_lost(cast):
    url, client = address(cast, "dispute_note"), cast.client(cast.ta)
    page = client.post(url, {"day": "3.6.2025", "body": "Kirjoitettu teksti."})
    assert page.status_code == 409
    assert "Kirjoitettu teksti." in main_text(page)
    assert client.post(url, {"day": "eilen", "body": "Teksti."}).status_code == 409


def test_termination_says_beforehand_what_follows(cast):
    page = main_text(cast.client(cast.kela).get(address(cast, "agreement_terminate")))
    assert _("Confirm") in page
    for word in ("viimeinen voimassaolopäivä", "pöytäkirjanotteen", "säilytysajat", "ei arvioi", "ei voi ottaa"):
        assert word in page


def test_related_agreement_is_shown_with_what_became_of_it(cast):
    first = kit.related_by_file(cast, title="Ohjaamo 2023", responsible="Emmi Yyteri")
    agreement, client = cast.agreement.get_absolute_url(), cast.client(cast.member)
    assert _("Not linked") not in main_text(client.get(agreement))
    second = kit.related(cast, title="Ohjaamo 2025", replaces=first)
    shown = client.get(agreement)
    assert (second.title in main_text(shown), second.link in shown.content.decode()) == (True, True)
    kit.related_ended(cast, second)
    assert _("Not linked") in main_text(client.get(agreement))
    told = main_text(client.get(page_of(cast)))
    assert all(word in told for word in ("Ohjaamo 2023", "Emmi Yyteri", _("Replaced"), pgettext("one thing", "Ended")))
    assert _("Record that it has ended") not in told
    assert client.get(first.record.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"link": ""}, "Give either the file or the link."),
        ({"link": "http://a.example/"}, "Write an address that begins with https://."),
        ({"link": "https://a.example/", "kind": "other", "replaces": "FIRST"}, "same type"),
    ],
    ids=["neither", "not https", "type"],
)
def test_related_agreement_is_refused_beside_its_field(cast, wrong, error):
    first, client = kit.related(cast), cast.client(cast.coordinator)
    before = stored()
    body = {"kind": "youth", "title": "Ohjaamo", "checked": "on", **wrong}
    body = {name: str(first.pk) if value == "FIRST" else value for name, value in body.items()}
    page = client.post(address(cast, "related_add"), body)
    told = "An agreement replaces another of the same type." if error == "same type" else error
    assert _(told) in main_text(page)
    assert stored() == before


def test_due_day_is_proposed_shown_under_its_matter_and_held_when_decided(cast):
    url, client = address(cast, "review_due_propose"), cast.client(cast.coordinator)
    wrong = client.post(url, {"due": "29.2.", "valid_from": "2.6.2025"})
    assert _("Write a day that every year has, for example 31.3.") in main_text(wrong)
    matter = kit.due_decided(cast)
    assert blocks(matter)[0].content[0][1:] == ("30.11.", "2.6.2025")
    assert "30.11. (Johtoryhmä 2.6.2025 § 9)" in main_text(client.get(page_of(cast)))
    assert "30.11.2025" in main_text(client.get(cast.agreement.get_absolute_url()))


def test_municipal_contact_does_not_read_disputes(cast):
    dispute = kit.dispute(cast)
    contact = cast.client(cast.holder("municipal_contact"))
    assert contact.get(dispute.get_absolute_url()).status_code == 403
    assert str(dispute) not in main_text(contact.get(page_of(cast)))


def test_preparers_see_what_is_missing_also_where_signing_is_opened(cast):
    heading = _("Completeness of the agreement")
    assert heading in main_text(cast.client(cast.coordinator).get(page_of(cast)))
    assert heading not in main_text(cast.client(cast.kela).get(page_of(cast)))
    change = signing_world.agreed(cast)
    for url in (reverse("agreements:signing_open", args=[change.pk]), change.get_absolute_url()):
        shown = main_text(cast.client(cast.coordinator).get(url))
        assert heading in shown
        assert str(_("Agreement on the youth joint service (act 381/2023 16 §)")) in shown


def test_queries_do_not_grow(cast):
    client, counts = cast.client(cast.coordinator), []
    for more in (1, 3):
        for _time in range(more):
            dispute = kit.dispute(cast)
            kit.noted(cast, dispute)
            kit.related(cast, replaces=kit.related_by_file(cast))
            kit.related_ended(cast, kit.related(cast))
            kit.original(cast)
        if more == 3:
            kit.all_stated(cast)
            for _time in range(3):
                kit.noted(cast, dispute)
        seen = []
        for url in (page_of(cast), dispute.get_absolute_url(), cast.agreement.get_absolute_url()):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            seen.append(len(captured))
        counts.append(seen)
    assert counts[0] == counts[1]
