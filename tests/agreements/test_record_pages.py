"""Copies and records: made once, downloaded safely, seen by those who see the agreement."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.models import Record
from tests.factories import RecordFactory
from tests.pages import main_text, stored


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


def test_copy_of_a_day_that_is_no_day_is_not_made(cast, kela):
    before = stored()
    response = kela.post(f"{reverse('agreements:consolidated_issue', args=[cast.agreement.pk])}?on=31.2.2026")
    assert "31.2.2026" in main_text(kela.get(response.url))
    assert stored() == before


def test_copy_of_another_agreement_does_not_exist(cast, kela):
    record = RecordFactory(agreement=cast.second, on=cast.today - timedelta(days=1))
    assert kela.get(record.get_absolute_url()).status_code == 404
    assert cast.client(cast.stranger).get(record.get_absolute_url()).status_code == 200
