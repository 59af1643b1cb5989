"""Every document in one list, for those who see its matter."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.actions.files import Upload, keep_for_agreement, keep_record
from agreements.models import Record
from registry.documents import documents_of, search, visible
from tests.factories import CaseNumberFactory, RecordFactory
from tests.pages import main_text

PDF = Upload("ilmoitus.pdf", b"%PDF-1.7 z", "application/pdf")


def listed(cast, who="ta"):
    records = visible(cast.agreement, getattr(cast, who).person, cast.today)
    return documents_of(cast.agreement, records, cast.today)


def page(cast, who="ta", **query):
    url = reverse("registry:document_list", args=[cast.agreement.pk])
    return cast.client(getattr(cast, who)).get(url, query)


def keep(cast, kind=Record.Kind.RECEIPT, **told):
    return keep_for_agreement(cast.agreement, kind, PDF, by=cast.ta, on=cast.today, **told)


def test_document_of_anothers_draft_is_not_in_the_list(cast):
    change = cast.draft(cast.kela)
    record = keep_record(change.matter, Record.Kind.NOTICE, PDF, by=cast.kela, on=cast.today, party=cast.kela.party)
    assert record in [one.record for one in listed(cast, "kela")]
    assert record not in [one.record for one in listed(cast, "hva")]
    assert "ilmoitus.pdf" not in main_text(page(cast, "hva"))


def test_document_has_case_ids_version_and_publicity(cast):
    matter = cast.agreement.matters.get(kind="original")
    CaseNumberFactory(matter=matter, party=cast.kela.party, number="KELA 12/2024")
    first, second = RecordFactory(agreement=cast.agreement), RecordFactory(agreement=cast.agreement)
    found = {one.record: one for one in listed(cast)}
    assert (found[first].version + 1, found[second].received) == (found[second].version, False)
    assert found[first].cases == ((cast.kela.party.short_name, "KELA 12/2024"),)
    assert found[first].publicity.since == timezone.localdate(first.issued_at)


def test_search_finds_by_word_case_id_fingerprint_and_kind(cast):
    record = keep(cast)
    other = RecordFactory(agreement=cast.agreement, title="Aivan muu")
    documents = listed(cast)
    for words in ("ilmoitus", record.file.sha256[:10], "ILMOITUS.pdf"):
        found = [one.record for one in search(documents, words)]
        assert record in found
        assert other not in found
    assert [one.record for one in search(documents, "", "receipt")] == [record]
    assert search(documents, "ei sellaista") == []


def test_page_searches_and_survives_what_is_typed(cast):
    keep(cast)
    assert "ilmoitus.pdf" in main_text(page(cast, haku="ilmoitus"))
    for query in ({"haku": "x" * 5000}, {"laji": "'"}, {"sivu": "-1"}, {"sivu": "zzz"}, {"haku": "<script>"}):
        assert page(cast, **query).status_code == 200


def test_queries_do_not_grow_with_documents(cast):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert page(cast).status_code == 200
        return len(caught)

    keep(cast)
    queries()
    before = queries()
    for _number in range(2):
        keep(cast)
        keep_record(cast.proposed_change(cast.kela).matter, "notice", PDF, by=cast.kela, on=cast.today)
    assert queries() == before
