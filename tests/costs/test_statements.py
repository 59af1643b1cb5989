"""Statements: as page, sheets and PDF; of a closed settlement kept as they were."""

import json

import pytest
from django.utils import translation

from agreements.models import Record
from costs import actions
from costs.models import CostItem
from costs.statements import headings, pdf_source, rows_of, statement_of
from tests.attacks import costs as made
from tests.costs import kit
from tests.costs.test_pages import page, send, told
from tests.verapdf import check
from tym.core.pdf import PdfFailed, render_pdf


@pytest.fixture(autouse=True)
def _english(settings):
    """Sentences are told apart by their English words."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def test_statement_as_page_and_sheets(cast):
    settlement = made.checking(cast)
    shown = told(page(cast, "kela", "statement_detail", settlement.pk, 3))
    assert "2,00 / 23,00" in shown
    assert "Difference: −2,00 €" in shown
    csv = page(cast, "kela", "statement_export", settlement.pk, 3, "csv").content.decode("utf-8-sig")
    assert csv.splitlines()[1].endswith("23,00;2,00")
    assert page(cast, "kela", "statement_export", settlement.pk, 3, "xlsx").content[:2] == b"PK"


@pytest.mark.verapdf
def test_statement_pdf_is_archivable_and_accessible(cast):
    source = pdf_source(statement_of(made.checking(cast), cast.kela.party))
    check(render_pdf(source), "3a", "ua1")


def test_statement_pdf_is_drawn_and_says_why_when_it_cannot_be(cast, monkeypatch):
    settlement = made.checking(cast)
    response = page(cast, "kela", "statement_pdf", settlement.pk, 3)
    assert response.content.startswith(b"%PDF-")
    monkeypatch.setattr("tym.core.pdf.LONGEST_HTML", 1)
    assert page(cast, "kela", "statement_pdf", settlement.pk, 3).status_code == 503


def test_every_partys_statement_is_kept_when_the_settlement_closes(cast, drawn):
    settlement = made.checking(cast)
    for who in (cast.ta, cast.hva, cast.kela):
        body = {"sha256": settlement.matter.sha256, "confirm": "1"}
        address = f"/sopimukset/{cast.agreement.pk}/kustannukset/loppulaskelmat/{settlement.pk}/hyvaksy/"
        assert cast.client(who).post(f"{address}{who.party.order}/", body).status_code == 302
    kept = Record.objects.filter(kind="statement", matter=settlement.matter)
    assert {record.party for record in kept} == set(cast.agreement.parties.all())
    assert len({record.file.sha256 for record in kept}) == len(drawn) == 3


def test_kept_statement_is_downloaded_unchanged_whatever_happens_later(cast, drawn):
    settlement = made.closed(cast)
    told_to = {"settlement": settlement, "on": cast.today}
    kept = actions.issue_statement(party=cast.kela.party, by=cast.kela, **told_to)
    before = cast.client(cast.kela).get(kept.get_absolute_url()).content
    party = cast.kela.party
    type(party).objects.filter(pk=party.pk).update(short_name="Kansaneläkelaitos")
    assert json.loads(before.partition(b"{")[1] + before.partition(b"{")[2])["party"] == "Kela"
    response = page(cast, "kela", "statement_pdf", settlement.pk, 3)
    assert response.status_code == 302
    assert cast.client(cast.kela).get(response.url).content == before
    assert len(drawn) == 1
    assert kept.file.sha256[:16] in told(page(cast, "kela", "statement_detail", settlement.pk, 3))


def test_statement_that_could_not_be_made_is_made_when_asked_for(cast, monkeypatch, drawn):
    settlement = made.closed(cast)

    def fail(source):
        raise PdfFailed("no")

    with monkeypatch.context() as broken:
        broken.setattr("agreements.actions.records.render_pdf", fail)
        actions.issue_statements(settlement=settlement, by=cast.kela, on=cast.today)
    assert not Record.objects.filter(kind="statement").exists()
    assert "could not be made" in told(page(cast, "kela", "statement_detail", settlement.pk, 3))
    assert send(cast, "kela", "statement_pdf", {}, settlement.pk, 3).status_code == 302
    assert Record.objects.get(kind="statement").party == cast.kela.party


def test_statement_says_which_amount_was_shared(cast):
    kit.setting(cast, "development_day.amount", "net", cast.ta, cast.hva, cast.kela)
    told_of = {"day": kit.day(cast, 12, 9, 2), "vat": 5}
    kit.split(cast, kit.item(cast, "23.00", CostItem.Kind.DEVELOPMENT_DAY, **told_of))
    row, total = rows_of(statement_of(kit.settled(cast), cast.kela.party))
    assert dict(zip(headings(), row, strict=True)) | {
        "Amount shared, €": 23,
        "VAT": "without VAT",
        "Share, €": 2,
    } == dict(zip(headings(), row, strict=True))
    assert total[4] == 23
