"""Pages of the yearly review, the end of the agreement and disputes."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

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
        "agreement_terminate": lambda: [pk, 3],
        "dispute_open": lambda: [pk, 3],
        "dispute_note": lambda: [pk, kit.dispute(cast).pk],
        "dispute_end": lambda: [pk, kit.dispute(cast).pk],
    }[name]()
    return reverse(f"agreements:{name}", args=arguments)


ACTS = ["review_state", "review_conclude", "agreement_terminate", "dispute_open", "dispute_note", "dispute_end"]


@pytest.mark.parametrize("name", ACTS)
def test_second_press_changes_nothing(cast, name):
    client = cast.client(cast.coordinator if name == "review_conclude" else cast.kela)
    url = address(cast, name)
    opened = client.get(url.replace("kirjaa/", ""))
    body = typed(opened) | lasting_access.bodies(None)[f"agreements:{name}"]

    def press():
        if "extract" in body:
            body["extract"] = SimpleUploadedFile("ote.pdf", b"%PDF-1.7 x", content_type="application/pdf")
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


def test_municipal_contact_does_not_read_disputes(cast):
    dispute = kit.dispute(cast)
    contact = cast.client(cast.holder("municipal_contact"))
    assert contact.get(dispute.get_absolute_url()).status_code == 403
    assert str(dispute) not in main_text(contact.get(page_of(cast)))


def test_preparers_see_what_is_missing_also_where_signing_is_opened(cast):
    heading = _("Completeness of the agreement")
    assert heading in main_text(cast.client(cast.coordinator).get(page_of(cast)))
    assert heading not in main_text(cast.client(cast.kela).get(page_of(cast)))
    url = reverse("agreements:signing_open", args=[signing_world.agreed(cast).pk])
    assert heading in main_text(cast.client(cast.coordinator).get(url))


def test_queries_do_not_grow(cast):
    client, counts = cast.client(cast.coordinator), []
    for more in (1, 3):
        for _time in range(more):
            dispute = kit.dispute(cast)
            kit.noted(cast, dispute)
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
