"""A party's archive package: whole, described, and checked without the service."""

import io
import json
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions import records
from agreements.actions.files import Upload, keep_for_agreement, keep_record
from registry import actions
from registry.copies import missing
from registry.models import ArchiveExport
from registry.packages import package_of, state_of
from tests.agreements import signing_kit as kit_of_signing
from tests.agreements.signing_kit import signed
from tests.agreements.signing_world import bring, opened, places
from tests.cast import CANARY
from tests.factories import RecordFactory
from tests.pages import main_text, typed
from tests.registry import kit
from tym.core.errors import NotAllowed, Refused

PDF = Upload("lasku.pdf", b"%PDF-1.7 archive", "application/pdf")


def keep(cast):
    kit.copies(cast)
    return keep_for_agreement(cast.agreement, "receipt", PDF, by=cast.ta, on=cast.today)


def written(cast, folder, *more):
    out = io.StringIO()
    told = ["--party", "3", "--output", str(folder), "--on", "2025-06-02", *more]
    call_command("export_archive", str(cast.agreement.pk), *told, stdout=out)
    return out.getvalue()


def verify(folder):
    """By the procedure of docs/archive.md."""
    return subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)


def test_package_verifies_elsewhere_and_one_flipped_byte_is_named(cast, tmp_path):
    keep(cast)
    written(cast, tmp_path / "made")
    moved = shutil.copytree(tmp_path / "made", tmp_path / "elsewhere")
    good = verify(moved)
    assert (good.returncode, "FAILED" in good.stdout) == (0, False)
    document = next((moved / "asiakirjat").glob("*-tosite-*.pdf"))
    content = bytearray(document.read_bytes())
    content[3] ^= 1
    document.write_bytes(content)
    bad = verify(moved)
    assert bad.returncode != 0
    assert [line for line in bad.stdout.splitlines() if "FAILED" in line] == [f"asiakirjat/{document.name}: FAILED"]


def test_metadata_describes_every_document_and_the_log_its_fingerprint(cast, tmp_path):
    record = keep(cast)
    said = written(cast, tmp_path / "made")
    told = json.loads((tmp_path / "made" / "metadata.json").read_text())
    (one,) = [one for one in told["documents"] if one["original_name"] == "lasku.pdf"]
    assert (one["sha256"], one["received"], one["type"]) == (record.file.sha256, True, "receipt")
    assert (tmp_path / "made" / one["file"]).read_bytes() == PDF.content
    assert told["format"] == "tym-archive-1"
    assert (tmp_path / "made" / "versiot" / "sopimus-2025-01-01.json").exists()
    export = ArchiveExport.objects.get()
    assert export.manifest_sha256 in said
    assert export.files == len(list((tmp_path / "made").rglob("*.*")))
    with pytest.raises(CommandError):
        written(cast, tmp_path / "made")


def test_same_content_gives_the_same_bytes_and_nothing_of_others(cast):
    keep(cast)
    draft = cast.draft(cast.hva)
    hidden = Upload("salainen.pdf", b"%PDF-1.7 draft", "application/pdf")
    keep_record(draft.matter, "notice", hidden, by=cast.hva, on=cast.today, party=cast.hva.party)
    packages = [io.BytesIO(), io.BytesIO()]
    for package in packages:
        package_of(cast.kela.party, cast.today).write_zip(package)
    assert packages[0].getvalue() == packages[1].getvalue()
    whole = b"".join(zipfile.ZipFile(packages[0]).read(name) for name in zipfile.ZipFile(packages[0]).namelist())
    assert CANARY.encode() not in whole
    assert b"salainen.pdf" not in whole
    assert "salainen.pdf" in package_of(cast.hva.party, cast.today).texts["metadata.json"].decode()


def test_what_has_come_since_is_told(cast, clock):
    keep(cast)
    export, _package = actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)
    assert state_of(cast.kela.party, cast.today) == export.state_sha256
    url = reverse("registry:archive_list", args=[cast.agreement.pk])
    before = main_text(cast.client(cast.kela).get(url))
    keep_for_agreement(
        cast.agreement, "receipt", Upload("b.pdf", b"%PDF-1.7 new", "application/pdf"), by=cast.ta, on=cast.today
    )
    assert state_of(cast.kela.party, cast.today) != export.state_sha256
    after = main_text(cast.client(cast.kela).get(url))
    assert len(after) > len(before)
    assert export.manifest_sha256 in main_text(cast.client(cast.hva).get(url))


def told_of(cast, who=None):
    return json.loads(package_of((who or cast.kela).party, cast.today).texts["metadata.json"])


def test_every_version_has_its_copy_and_one_made_before_a_change_does_not_count(cast):
    with pytest.raises(Refused) as refused:
        actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)
    assert ("1.1.2025" in str(refused.value), refused.value.clause) == (True, "sopimus 11 §")
    kit.copies(cast)
    assert [one["from"] for one in told_of(cast)["versions"]] == ["2025-01-01"]
    change = cast.adopted_change(cast.kela, valid_from=cast.today)
    assert missing(cast.agreement, cast.today) == [change.valid_from]
    RecordFactory(agreement=cast.agreement, on=cast.today)
    assert missing(cast.agreement, cast.today) == []
    # Decided afterwards for an earlier day: what was drawn of that day and of later ones shows another text.
    cast.adopted_change(cast.hva, valid_from=cast.today)
    assert missing(cast.agreement, cast.today) == [cast.today]
    kit.copies(cast)
    versions = told_of(cast)["versions"]
    names = package_of(cast.kela.party, cast.today).documents
    assert [one["copy"] in names for one in versions] == [True, True]
    assert len({one["copy"] for one in versions}) == 2


def test_missing_copies_are_made_one_at_a_time_by_the_button(cast, monkeypatch):
    cast.adopted_change(cast.kela, valid_from=cast.today)
    drawn = []
    monkeypatch.setattr(
        records, "render_pdf", lambda source: drawn.append(source.day) or f"%PDF-1.7 {source.day}".encode()
    )
    client, url = cast.client(cast.kela), reverse("registry:archive_list", args=[cast.agreement.pk])
    export = reverse("registry:archive_export", args=[cast.agreement.pk, 3])
    for left in (2, 1):
        assert len(missing(cast.agreement, cast.today)) == left
        page = client.get(url)
        assert export not in page.content.decode()
        assert client.post(export).status_code == 409
        assert client.post(reverse("registry:archive_copy", args=[cast.agreement.pk]), typed(page)).status_code == 302
    assert drawn == [date(2025, 1, 1), cast.today]
    assert export in client.get(url).content.decode()


def test_signatures_of_rounds_are_told_as_metadata(cast):
    signing = opened(cast, "outside")
    bring(cast, signing, signed(kit_of_signing.frozen(), "Taina Työllisyys"), signed=places(signing)[:1])
    (told,) = told_of(cast)["signings"]
    assert (told["way"], told["state"], told["frozen_sha256"]) == ("outside", "open", signing.sha256)
    (act,) = told["signatories"][0]["acts"]
    (file,) = told["files"]
    assert (act["act"], act["on"], act["file_sha256"]) == ("signed", "2025-06-02", file["sha256"])
    assert (file["continues_sha256"], file["signatures"][0]["name"]) == (signing.sha256, "Taina Työllisyys")
    assert file["signatures"][0]["level"].startswith("PAdES")
    assert [one["acts"] for one in told["signatories"][1:]] == [[], [], []]
    assert file["sha256"] in {one["sha256"] for one in told_of(cast, cast.hva)["documents"]}


def test_queries_of_the_page_do_not_grow(cast):
    url, client = reverse("registry:archive_list", args=[cast.agreement.pk]), cast.client(cast.kela)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    def export():
        kit.copies(cast)
        actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)

    bring(cast, opened(cast))
    export()
    before = [queries(), queries()][1]
    for who in (cast.kela, cast.hva):
        cast.adopted_change(who, valid_from=cast.today)
        keep(cast)
        export()
    assert queries() == before


@pytest.mark.parametrize("who", ["hva", "coordinator", "member", "stranger"])
def test_only_a_partys_own_people_take_its_package(cast, who):
    with pytest.raises(NotAllowed):
        actions.export_archive(party=cast.kela.party, by=getattr(cast, who), on=cast.today)
    assert not ArchiveExport.objects.exists()


def test_button_gives_the_package_and_a_line_in_the_log(cast):
    keep(cast)
    url = reverse("registry:archive_export", args=[cast.agreement.pk, 3])
    response = cast.client(cast.kela).post(url)
    package = zipfile.ZipFile(io.BytesIO(response.content))
    assert package.testzip() is None
    assert "SHA256SUMS" in package.namelist()
    assert ArchiveExport.objects.get().mandate == cast.kela
