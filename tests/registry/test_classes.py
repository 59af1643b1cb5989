"""A document's class set by hand: by whom, on what, and where it is told."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements import openness
from agreements.actions.files import Upload, keep_for_agreement
from agreements.models import Record
from registry.documents import documents_of, visible
from registry.models import PublicityClass
from registry.packages import package_of
from tests.agreements.test_views import MOST_QUERIES
from tests.factories import RecordFactory
from tests.pages import main_text, tree, typed
from tests.registry import kit
from tym.core.errors import NotAllowed, Refused

GROUND, PART = "621/1999 24 § 1 mom 7 k", "koko asiakirja"


def kept(cast, who=None, **told):
    who = who or cast.kela
    upload = Upload("a.pdf", b"%PDF-1.7 class", "application/pdf")
    told = {"by": who, "on": cast.today, "party": who.party, **told}
    return keep_for_agreement(cast.agreement, Record.Kind.EVIDENCE, upload, **told)


def publicity(cast, record, day=None):
    day = day or cast.today
    listed = documents_of(cast.agreement, visible(cast.agreement, cast.kela.person, day), day)
    return next(one.publicity for one in listed if one.record == record)


def address(cast, name, record):
    return reverse(f"registry:{name}", args=[cast.agreement.pk, record.pk])


@pytest.mark.parametrize("who", ["hva", "coordinator", "member", "stranger"])
def test_only_who_answers_for_a_document_sets_its_class(cast, who):
    with pytest.raises(NotAllowed):
        kit.classify(cast, kept(cast), getattr(cast, who))
    common = kept(cast, party=None)
    with pytest.raises(NotAllowed):
        kit.classify(cast, common, cast.kela)
    assert kit.classify(cast, common, cast.coordinator).mandate == cast.coordinator
    assert PublicityClass.objects.count() == 1


@pytest.mark.parametrize(
    "told", [{"ground": "salainen"}, {"part": " "}, {"until": date(2025, 6, 1)}, {"reason": " "}], ids=str
)
def test_secrecy_needs_a_section_a_part_and_a_reason(cast, told):
    with pytest.raises(Refused):
        kit.classify(cast, kept(cast), **told)
    assert not PublicityClass.objects.exists()


def test_latest_holds_and_the_computed_one_is_still_told(cast):
    record = kept(cast)
    before = publicity(cast, record)
    kit.classify(cast, record, until=date(2025, 6, 30))
    found = publicity(cast, record)
    assert (found.state, found.ground, found.computed) == ("secret", GROUND, before)
    assert publicity(cast, record, date(2025, 7, 1)) == before
    kit.classify(cast, record, state="public", ground="", part="")
    assert publicity(cast, record).state == "public"
    assert PublicityClass.objects.count() == 2


def test_outsiders_are_told_of_public_documents_alone(cast):
    secret, public = kept(cast), kept(cast)
    kit.classify(cast, secret)
    unsigned = RecordFactory(agreement=cast.agreement, kind=Record.Kind.TO_SIGN)
    known = list(Record.objects.filter(pk__in=[secret.pk, public.pk, unsigned.pk]))
    assert openness.public(known, cast.today) == [public]


def test_package_tells_the_class_who_set_it_and_what_was_computed(cast):
    record = kept(cast)
    row = kit.classify(cast, record)
    kit.copies(cast)
    told = json.loads(package_of(cast.hva.party, cast.today).texts["metadata.json"])
    (one,) = [one for one in told["documents"] if one["sha256"] == record.file.sha256]
    assert (one["secret"], one["computed"]["secret"], one["publicity_ground"]) == (True, False, GROUND)
    assert one["set_by_hand"] == {
        "by": str(row.mandate.person), "on": "2025-06-02", "part": PART, "reason": row.reason, "until": None
    }  # fmt: skip


def test_page_asks_for_the_ground_checks_and_shows_both(cast):
    record, client = kept(cast), cast.client(cast.kela)
    url = address(cast, "document_publicity", record)
    body = typed(client.get(url), state="secret", reason="Tietoturvan kuvaus.")
    refused = client.post(url, {**body, "confirm": "1"})
    marked = tree(refused).xpath("//main//*[@aria-invalid='true']/@id")
    assert marked == ["id_ground", "id_part"]
    body |= {"ground": GROUND, "part": PART, "until": "31.12.2030"}
    assert "31.12.2030" in main_text(client.post(url, body))
    assert not PublicityClass.objects.exists()
    assert client.post(url, {**body, "confirm": "1"}).status_code == 302
    for who, may_set in ((cast.hva, False), (cast.kela, True)):
        entry = cast.client(who).get(address(cast, "document_detail", record))
        told = (GROUND, PART, "31.12.2030", "7 § 1 mom", "Tietoturvan")
        assert [word for word in told if word not in main_text(entry)] == []
        assert (url in tree(entry).xpath("//main//a/@href")) == may_set
    listed = main_text(cast.client(cast.hva).get(reverse("registry:document_list", args=[cast.agreement.pk])))
    assert GROUND in listed


def test_queries_do_not_grow_with_documents_or_classes(cast):
    record = kept(cast)
    pages = [address(cast, name, record) for name in ("document_detail", "document_publicity")]
    pages.append(reverse("registry:document_list", args=[cast.agreement.pk]))
    client = cast.client(cast.kela)

    def queries():
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(page).status_code == 200
            counts.append(len(caught))
        return counts

    kit.classify(cast, record)
    queries()
    before = queries()
    for _time in range(2):
        kit.classify(cast, kept(cast))
        kit.classify(cast, record)
    assert queries() == before
    assert max(before) <= MOST_QUERIES
