"""Copies and records: made once, downloaded safely, seen by those who see the agreement."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements import actions
from agreements.actions.files import Upload
from agreements.models import Record, Signatory
from tests.agreements.together_kit import ORIGINAL, pdf, post
from tests.factories import MatterFactory, RecordFactory
from tests.pages import main_text, stored, tree
from tym.core.errors import Refused


@pytest.fixture
def kela(cast):
    return cast.client(cast.kela)


def test_copy_is_made_once_and_downloaded_safely(cast, kela):
    url = reverse("agreements:consolidated_issue", args=[cast.agreement.pk])
    first, again = kela.post(url), cast.client(cast.member).post(url)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    record = Record.objects.get(agreement=cast.agreement)
    assert (first.url, record.on, record.mandate) == (record.get_absolute_url(), cast.today, cast.kela)
    file = kela.get(first.url)
    assert file.content.startswith(b"%PDF-")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith('attachment; filename="')
    assert file["Content-Security-Policy"] == "sandbox"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Cache-Control"] == "no-store"


def entered(cast, client, **days):
    """The signed original, entered through its page; `days` by place of the signatory."""
    signatories = list(Signatory.objects.filter(party__agreement=cast.agreement))
    told = {f"signed_{signatories[int(place[1:])].pk}": day for place, day in days.items()}
    post(client, "original_enter", cast.agreement.pk, upload=pdf("skannaus 2024.pdf"), **ORIGINAL, **told)
    return Record.objects.filter(agreement=cast.agreement, kind=Record.Kind.SIGNED_ORIGINAL).first()


def downloaded_as(client, record):
    return client.get(record.get_absolute_url())["Content-Disposition"].removeprefix("attachment; filename=")


def test_original_and_copy_come_under_names_that_nobody_confuses(cast, kela):
    copy = RecordFactory(agreement=cast.agreement, on=cast.today)
    original = entered(cast, kela, _0="9.12.2024", _3="16.12.2024")
    assert downloaded_as(kela, copy) == '"ajantasainen-kooste-tym-satakunta-2025-06-02.pdf"'
    assert downloaded_as(kela, original) == '"allekirjoitettu-alkuperainen-tym-satakunta-2024-12-16.pdf"'


def test_original_without_a_known_day_comes_without_a_day(cast, kela):
    assert downloaded_as(kela, entered(cast, kela)) == '"allekirjoitettu-alkuperainen-tym-satakunta.pdf"'


def test_known_days_of_signing_are_not_asked_again(cast, kela):
    first = entered(cast, kela, _0="9.12.2024")
    url = reverse("agreements:original_enter", args=[cast.agreement.pk])
    asked = tree(kela.get(url)).xpath("//input[starts-with(@name, 'signed_')]")
    assert len(asked) == Signatory.objects.filter(party__agreement=cast.agreement).count() - 1
    post(kela, "original_enter", cast.agreement.pk, upload=pdf(content=b"%PDF-1.7 another"), **ORIGINAL)
    second = Record.objects.filter(agreement=cast.agreement, kind=Record.Kind.SIGNED_ORIGINAL).first()
    assert second != first
    assert second.on == first.on


def test_known_day_of_signing_is_not_written_over(cast, kela):
    entered(cast, kela, _0="9.12.2024")
    signatory = Signatory.objects.get(signed_on__isnull=False)
    told = {"agreement": cast.agreement, "by": cast.kela, "on": cast.today}
    for day in (None, cast.today):
        with pytest.raises(Refused):
            actions.enter_signed_original(
                **told, upload=Upload("a.pdf", b"%PDF-1.7 x", "application/pdf"), signed={signatory: day}
            )


def test_copy_of_a_day_that_is_no_day_is_not_made(cast, kela):
    before = stored()
    response = kela.post(f"{reverse('agreements:consolidated_issue', args=[cast.agreement.pk])}?on=31.2.2026")
    assert "31.2.2026" in main_text(kela.get(response.url))
    assert stored() == before


def test_copy_of_another_agreement_does_not_exist(cast, kela):
    record = RecordFactory(agreement=cast.second, on=cast.today - timedelta(days=1))
    assert kela.get(record.get_absolute_url()).status_code == 404
    assert cast.client(cast.stranger).get(record.get_absolute_url()).status_code == 200


def test_receipt_is_not_for_a_municipal_contact(cast):
    receipt = RecordFactory(agreement=cast.agreement, kind=Record.Kind.RECEIPT)
    contact = cast.holder("municipal_contact", cast.ta.party, municipality=cast.agreement.municipalities.first())
    assert cast.client(contact).get(receipt.get_absolute_url()).status_code == 404
    assert cast.client(cast.kela).get(receipt.get_absolute_url()).status_code == 200


def test_record_of_a_matter_without_a_change_is_for_those_inside(cast):
    """The extract of a naming, say: everybody but a municipal contact."""
    matter = MatterFactory(agreement=cast.agreement, kind="appointment")
    extract = RecordFactory(agreement=cast.agreement, kind=Record.Kind.EXTRACT, matter=matter)
    contact = cast.holder("municipal_contact", cast.ta.party, municipality=cast.agreement.municipalities.first())
    answers = [
        cast.client(who).get(extract.get_absolute_url()).status_code for who in (cast.kela, contact, cast.stranger)
    ]
    assert answers == [200, 404, 404]
