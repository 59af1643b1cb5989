"""The duty matrix: who answers, from when, confirmed or late, with what evidence."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.actions.files import Upload
from agreements.models import Record
from registry import actions
from registry.duties import duties_on, keha_on, matrix
from registry.models import DutyNote
from registry.views.duties import pdf_source
from tests.pages import main_text, tree, typed
from tests.verapdf import check
from tym.core.errors import NotAllowed, Refused
from tym.core.pdf import PdfFailed, render_pdf

OWN = ("10-3", "10-12")


def row_of(cast, key, day=None):
    return next(row for row in matrix(cast.agreement, day or cast.today) if row.duty.key == key)


def confirm(cast, who=None, duties=OWN, **told):
    who = who or cast.kela
    return actions.confirm_duties(**{"party": who.party, "by": who, "on": cast.today, "duties": duties, **told})


def evidence(cast, who=None, duty="gdpr-35", **told):
    who = who or cast.kela
    return actions.add_evidence(party=who.party, by=who, on=cast.today, duty=duty, **told)


def test_keha_answers_for_the_articles_of_section_10(cast):
    keha = [duty.key for duty in duties_on(cast.today) if duty.bearers == ("keha",) and duty.key.startswith("gdpr")]
    assert sorted(keha) == ["gdpr-12", "gdpr-25", "gdpr-32", "gdpr-35", "gdpr-36"]
    assert duties_on(date(2024, 12, 31)) == []
    assert all(duty.clause for duty in duties_on(cast.today))


def test_keha_has_the_name_of_the_day(cast):
    before, after = keha_on(date(2025, 12, 31)), keha_on(date(2026, 1, 1))
    assert (before.name != after.name, after.law) == (True, "laki 531/2025")
    assert row_of(cast, "gdpr-25", date(2026, 1, 1)).bearers == [after.name]


def test_confirmation_holds_for_a_year(cast):
    assert row_of(cast, "10-3").overdue == []
    assert row_of(cast, "10-3", date(2026, 1, 2)).overdue == list(cast.agreement.parties.all())
    confirm(cast)
    late = row_of(cast, "10-3", date(2026, 6, 2)).overdue
    assert cast.kela.party not in late
    assert cast.kela.party in row_of(cast, "10-3", date(2026, 6, 3)).overdue
    assert cast.kela.party in row_of(cast, "11-1", date(2026, 1, 2)).overdue


@pytest.mark.parametrize("who", ["hva", "coordinator", "member", "stranger"])
def test_only_a_partys_own_people_speak_for_it(cast, who):
    told = {"party": cast.kela.party, "by": getattr(cast, who), "on": cast.today}
    for act in (
        lambda: actions.confirm_duties(**told, duties=OWN),
        lambda: actions.add_evidence(**told, duty="gdpr-35", note="x"),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("duties", [[], ["gdpr-25"], ["ei-ole"]])
def test_party_confirms_its_own_duties_and_no_others(cast, duties):
    with pytest.raises(Refused):
        confirm(cast, duties=duties)
    assert not DutyNote.objects.exists()


def test_evidence_is_a_note_a_link_or_a_file(cast):
    with pytest.raises(Refused):
        evidence(cast, note=" ")
    said = evidence(cast, upload=Upload("arvio.pdf", b"%PDF-1.7 x", "application/pdf"))
    assert (said.record.kind, said.record.party) == (Record.Kind.EVIDENCE, cast.kela.party)
    evidence(cast, link="https://keha.example/arvio")
    assert len(row_of(cast, "gdpr-35").evidence) == 2
    assert row_of(cast, "gdpr-35").overdue == []


def address(cast, name, *args):
    return reverse(f"registry:{name}", args=[cast.agreement.pk, *args])


def test_page_tells_what_is_late_and_takes_confirmation(cast, clock):
    clock.day = date(2026, 3, 1)
    client, url = cast.client(cast.kela), address(cast, "duty_confirm", 3)
    late = len(tree(client.get(address(cast, "duty_list"))).xpath("//main//table//td//strong"))
    keys = [box.get("value") for box in tree(client.get(url)).xpath("//main//input[@type='checkbox']")]
    shown = client.post(url, {"duties": keys})
    assert shown.status_code == 200
    assert client.post(url, {"duties": keys, "confirm": "1"}).status_code == 302
    after = tree(client.get(address(cast, "duty_list"))).xpath("//main//table//td//strong")
    assert late - len(after) == len(keys) > 5


def test_evidence_page_takes_a_file_and_refuses_bad_words(cast):
    client, url = cast.client(cast.kela), address(cast, "duty_evidence", 3, "gdpr-35")
    body = {**typed(client.get(url)), "checked": "on"}
    for wrong in ({"link": "javascript:alert(1)"}, {"link": "http://keha.example"}, {"note": "131052-308T"}, {}):
        assert client.post(url, {**body, **wrong}).status_code == 200
    assert not DutyNote.objects.exists()
    file = SimpleUploadedFile("arvio.pdf", b"%PDF-1.7 y")
    assert client.post(url, {**body, "note": "Arvio on tehty.", "upload": file}).status_code == 302
    told = main_text(cast.client(cast.hva).get(address(cast, "duty_list")))
    assert "Arvio on tehty." in told
    assert "arvio.pdf" in told
    assert client.get(address(cast, "duty_evidence", 3, "ei-ole")).status_code == 404


@pytest.mark.verapdf
def test_duties_pdf_is_archivable_and_accessible(cast):
    evidence(cast, note="Arvio on tehty.")
    check(render_pdf(pdf_source(cast.agreement, cast.today)), "3a", "ua1")


def test_matrix_that_cannot_be_drawn_is_told_with_a_way_back(cast, monkeypatch):
    def fail(_source):
        raise PdfFailed("Ei onnistunut.")

    monkeypatch.setattr("registry.views.duties.render_pdf", fail)
    client = cast.client(cast.kela)
    page = client.get(reverse("registry:duty_pdf", args=[cast.agreement.pk, "2025-06-02"]))
    assert page.status_code == 503
    assert "Ei onnistunut." in main_text(page)
    assert reverse("registry:duty_list", args=[cast.agreement.pk]) in page.content.decode()
