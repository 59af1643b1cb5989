"""Documents whose time has run out are destroyed when all to whom they belong have confirmed it, and minuted."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements import actions as agreement_actions
from agreements.actions.files import Upload, keep_for_agreement
from agreements.models import Record
from agreements.verifying import find
from registry import actions
from registry.destruction import standing_of
from registry.destruction_minutes import minutes_source
from registry.documents import documents_of, visible
from registry.models import Destruction, DestructionConsent
from registry.packages import package_of, state_of
from tests.pages import main_text, stored, tree, typed
from tests.registry import destruction_kit as kit
from tests.registry import kit as registry
from tests.verapdf import check
from tym.core.errors import NotAllowed, Refused, Stale
from tym.core.models import FileDestruction, StoredFile
from tym.core.pdf import PdfFailed, render_pdf


def address(cast, name, *arguments):
    return reverse(f"registry:{name}", args=[cast.agreement.pk, *arguments])


def content_of(record):
    return bytes(StoredFile.objects.get(pk=record.file_id).content)


def front(cast, who):
    return main_text(cast.client(who).get("/"))


def test_common_documents_go_when_every_party_has_confirmed(cast):
    record = kit.due(cast)
    destruction = kit.proposed(cast, record)
    kit.confirm(cast, destruction, cast.ta)
    assert content_of(record)
    assert [party.order for party in standing_of(destruction).waits] == [2]
    kit.confirm(cast, destruction, cast.hva)
    standing, minutes = standing_of(destruction), Record.objects.get(kind="destruction")
    assert (standing.is_done, standing.minutes, content_of(record)) == (True, minutes, b"")
    assert (minutes.party, minutes.on, minutes.mandate) == (None, cast.today, cast.hva)
    gone = FileDestruction.objects.get()
    assert (gone.file_id, gone.minutes_id, gone.on) == (record.file_id, minutes.file_id, cast.today)
    told = json.loads(content_of(minutes).removeprefix(b"%PDF-"))
    assert [one["by"] for one in told["confirmed"]] == [cast.ta.person.name, cast.hva.person.name]
    assert told["documents"][0]["sha256"] == record.file.sha256
    assert "TOS 1.2" in told["documents"][0]["basis"]


def test_own_documents_need_a_second_person_of_the_party(cast):
    destruction = kit.proposed(cast)
    before = stored()
    for who in (cast.kela, cast.hva, cast.coordinator):
        with pytest.raises(NotAllowed):
            kit.confirm(cast, destruction, who, party=cast.kela.party)
    with pytest.raises(Stale):
        kit.confirm(cast, destruction, cast.kela_main_user, sha256="0" * 64)
    assert stored() == before
    kit.confirm(cast, destruction, cast.kela_main_user)
    assert Record.objects.get(kind="destruction").party == cast.kela.party
    with pytest.raises(Refused):
        kit.confirm(cast, destruction, cast.kela_main_user)


def test_nothing_is_proposed_before_its_time_or_for_another(cast):
    told = {"party": cast.kela.party, "by": cast.kela, "on": cast.today}
    others = kit.due(cast, cast.hva, content=b"%PDF-1.7 hva")
    early = kit.due(cast, cast.kela, content=b"%PDF-1.7 new", on=date(2024, 6, 2))
    kept_longer = kit.due(cast, content=b"%PDF-1.7 common")
    registry.rule(cast, cast.ta, years=50)
    for record, common in ((others, False), (others, True), (early, False), (kept_longer, True), (kept_longer, False)):
        with pytest.raises(Refused):
            actions.propose_destruction(**told, records=[record.pk], common=common)
    with pytest.raises(Refused):
        registry.rule(cast, kind="destruction", years=1)
    with pytest.raises(Refused):
        actions.propose_destruction(**told, records=[], common=False)
    with pytest.raises(NotAllowed):
        actions.propose_destruction(**{**told, "by": cast.hva}, records=[early.pk], common=False)
    assert not Destruction.objects.exists()


def test_document_of_a_change_under_way_is_needed(cast):
    record = kit.due(cast, cast.kela)
    change = cast.proposed_change(cast.kela)
    pending = kit.keep_of_matter(cast, change.matter, cast.kela)
    url = address(cast, "destruction_propose", 3, "omat")
    boxes = tree(cast.client(cast.kela).get(url)).xpath("//main//input[@type='checkbox']/@value")
    assert boxes == [str(record.pk)]
    cast.decide(change, "reject", grounds="Ei perusteita.")
    boxes = tree(cast.client(cast.kela).get(url)).xpath("//main//input[@type='checkbox']/@value")
    assert set(boxes) == {str(record.pk), str(pending.pk)}


def test_same_file_under_a_document_that_stays_is_not_destroyed(cast):
    record = kit.due(cast, cast.kela)
    kit.old(cast, cast.hva)
    with pytest.raises(Refused, match=record.title):
        kit.proposed(cast, record)
    both = [kit.due(cast, cast.kela, content=b"%PDF-1.7 twice") for _time in range(2)]
    kit.destroyed(cast, *both)
    assert FileDestruction.objects.count() == 1


def test_rule_made_longer_or_a_file_kept_anew_stops_the_last_word(cast):
    record = kit.due(cast, cast.kela)
    destruction = kit.proposed(cast, record)
    registry.rule(cast, years=30)
    with pytest.raises(Refused):
        kit.confirm(cast, destruction, cast.kela_main_user)
    registry.rule(cast, years=1)
    keep_for_agreement(
        cast.agreement, "evidence", Upload("a.pdf", content_of(record), "application/pdf"), by=cast.kela, on=cast.today
    )
    with pytest.raises(Refused, match=record.title):
        kit.confirm(cast, destruction, cast.kela_main_user)
    assert content_of(record)


def test_declined_documents_stay_and_can_be_proposed_again(cast):
    record = kit.due(cast)
    destruction = kit.proposed(cast, record)
    kit.confirm(cast, destruction, cast.ta)
    with pytest.raises(Refused):
        kit.proposed(cast, record)
    with pytest.raises(Refused):
        kit.decline(cast, destruction, cast.ta)
    with pytest.raises(Refused):
        kit.decline(cast, destruction, cast.hva, reason=" ")
    kit.decline(cast, destruction, cast.hva)
    with pytest.raises(Refused):
        kit.confirm(cast, destruction, cast.hva)
    assert "Riita on kesken." in main_text(cast.client(cast.member).get(address(cast, "retention_list")))
    again = kit.proposed(cast, record, by=cast.ta)
    kit.decline(cast, again, cast.ta, reason="Perun esityksen.")
    assert (standing_of(again).is_open, bool(content_of(record))) == (False, True)


def test_nothing_is_destroyed_without_minutes(cast, monkeypatch):
    destruction = kit.proposed(cast)

    def fail(source):
        raise PdfFailed("Ei onnistunut.")

    monkeypatch.setattr("registry.actions.destruction.render_pdf", fail)
    url = address(cast, "destruction_confirm", destruction.pk, 3)
    answer = cast.client(cast.kela_main_user).post(url, {"sha256": destruction.sha256, "confirm": "1"})
    assert (answer.status_code, "Ei onnistunut." in main_text(answer)) == (409, True)
    assert not DestructionConsent.objects.exists()
    assert not FileDestruction.objects.exists()


def test_minutes_drawn_of_another_state_are_not_kept(cast, monkeypatch):
    """Somebody else spoke while the minutes were being drawn."""
    destruction = kit.proposed(cast)

    def meanwhile(source):
        kit.decline(cast, destruction, cast.kela)
        return b"%PDF-"

    monkeypatch.setattr("registry.actions.destruction.render_pdf", meanwhile)
    told = {"destruction": destruction, "party": cast.kela.party, "sha256": destruction.sha256, "on": cast.today}
    with pytest.raises(Refused):
        actions.confirm_destruction(by=cast.kela_main_user, **told)
    assert not Record.objects.filter(kind="destruction").exists()


def test_walk_through_the_pages_and_what_is_left(cast):
    record = kit.due(cast, cast.kela, content=b"%PDF-1.7 walk")
    state = state_of(cast.hva.party, cast.today)
    kela, main_user = cast.client(cast.kela), cast.client(cast.kela_main_user)
    url = address(cast, "destruction_propose", 3, "omat")
    body = {"records": [str(record.pk)]}
    for said in ("TOS 1.2", record.file.sha256, "2.5.2024"):
        assert said in main_text(kela.post(url, body))
    assert kela.post(url, {**body, "confirm": "1"}).status_code == 302
    destruction = Destruction.objects.get()
    assert "odottaa sopijapuolesi vahvistusta" in front(cast, cast.kela_main_user)
    assert "odottaa sopijapuolesi vahvistusta" not in front(cast, cast.kela) + front(cast, cast.hva)
    confirm = address(cast, "destruction_confirm", destruction.pk, 3)
    detail = main_user.get(destruction.get_absolute_url())
    assert confirm in tree(detail).xpath("//main//a/@href")
    assert confirm not in tree(kela.get(destruction.get_absolute_url())).xpath("//main//a/@href")
    sent = typed(main_user.get(confirm))
    shown = main_text(main_user.post(confirm, sent))
    assert (record.file.sha256 in shown, "eikä sitä voi perua" in shown) == (True, True)
    with kit.drawing():
        assert main_user.post(confirm, {**sent, "confirm": "1"}).status_code == 302
    _everything_survives(cast, record, state)


def _everything_survives(cast, record, state):
    minutes = Record.objects.get(kind="destruction")
    gone = cast.client(cast.hva).get(record.get_absolute_url())
    assert (gone.status_code, minutes.title in main_text(gone)) == (410, True)
    listed = cast.client(cast.hva).get(address(cast, "document_list"))
    assert "Hävitetty 2.6.2025" in main_text(listed)
    links = tree(listed).xpath("//main//a/@href")
    assert (record.get_absolute_url() in links, minutes.get_absolute_url() in links) == (False, True)
    entry = cast.client(cast.hva).get(address(cast, "document_detail", record.pk))
    links = tree(entry).xpath("//main//a/@href")
    assert (record.get_absolute_url() in links, minutes.get_absolute_url() in links) == (False, True)
    records = visible(cast.agreement, cast.hva.person, cast.today)
    one = next(one for one in documents_of(cast.agreement, records, cast.today) if one.record == record)
    assert (one.destroyed_on, one.minutes) == (cast.today, minutes)
    package = package_of(cast.kela.party, cast.today)
    told = json.loads(package.texts["metadata.json"])["documents"]
    (kept,) = [one for one in told if one["sha256"] == record.file.sha256]
    assert (kept["file"], kept["destroyed_on"], kept["destroyed_by"]) == (None, "2025-06-02", minutes.title)
    assert record.file.sha256 not in package.sums.decode()
    assert state_of(cast.hva.party, cast.today) != state
    assert "hävitetty" in find(record.file.sha256, cast.hva.person, cast.today).sentence


def test_same_bytes_may_come_again_as_a_new_document(cast):
    record = kit.due(cast, cast.kela, content=b"%PDF-1.7 again")
    kit.destroyed(cast, record)
    again = kit.old(cast, cast.kela, content=b"%PDF-1.7 again", on=cast.today)
    assert (again.file.sha256, content_of(again), content_of(record)) == (record.file.sha256, b"%PDF-1.7 again", b"")
    assert find(record.file.sha256, cast.kela.person, cast.today).record == again


def test_copy_that_was_destroyed_is_issued_anew(cast, monkeypatch, clock):
    monkeypatch.setattr("agreements.actions.records.render_pdf", lambda source: b"%PDF-" + source.attachment)
    told = {"agreement": cast.agreement, "by": cast.kela, "day": cast.today}
    first = agreement_actions.issue_consolidated(**told, on=cast.today)
    for who in (cast.ta, cast.hva, cast.kela):
        registry.rule(cast, who, kind="consolidated", years=1)
    cast.today = clock.day = date(2027, 1, 4)
    kit.destroyed(cast, first)
    again = agreement_actions.issue_consolidated(**told, on=cast.today)
    assert again != first
    assert content_of(again).startswith(b"%PDF-")
    assert agreement_actions.issue_consolidated(**told, on=cast.today) == again
    assert content_of(first) == b""


def test_version_whose_copy_was_destroyed_is_archived_without_it(cast, monkeypatch, clock):
    monkeypatch.setattr("agreements.actions.records.render_pdf", lambda source: b"%PDF-" + source.attachment)
    told = {"agreement": cast.agreement, "by": cast.kela, "day": cast.agreement.valid_from, "on": cast.today}
    copy = agreement_actions.issue_consolidated(**told)
    for who in (cast.ta, cast.hva, cast.kela):
        registry.rule(cast, who, kind="consolidated", years=1)
    cast.today = clock.day = date(2027, 1, 4)
    kit.destroyed(cast, copy)
    _export, package = actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)
    (version,) = json.loads(package.texts["metadata.json"])["versions"]
    assert (version["from"], version["copy"]) == (str(cast.agreement.valid_from), None)


def test_queries_do_not_grow_with_proposals_and_documents(cast):
    pages = ["/", address(cast, "retention_list"), address(cast, "document_list")]

    def more(number):
        for place in range(number):
            kit.destroyed(cast, kit.due(cast, content=b"%%PDF-1.7 gone %d %d" % (number, place)))
            kit.proposed(cast, kit.due(cast, cast.kela, content=b"%%PDF-1.7 own %d %d" % (number, place)))
            kit.due(cast, cast.kela, content=b"%%PDF-1.7 due %d %d" % (number, place))

    client = cast.client(cast.kela)
    client.get("/")

    def counted():
        found = {}
        for path in [*pages, Destruction.objects.last().get_absolute_url()]:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(path).status_code == 200
            found[path.rstrip("0123456789/")] = len(caught)
        return found

    more(1)
    small = counted()
    more(2)
    assert counted() == small
    assert max(small.values()) <= 12, small


@pytest.mark.verapdf
def test_minutes_are_archivable_and_accessible(cast):
    standing = standing_of(kit.proposed(cast))
    drawn = render_pdf(minutes_source(standing, last=cast.kela_main_user, on=cast.today))
    check(drawn, "3a", "ua1")
