"""A party's archive package: whole, described, and checked without the service."""

import io
import json
import shutil
import subprocess
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agreements.actions.files import Upload, keep_for_agreement, keep_record
from registry import actions
from registry.models import ArchiveExport
from registry.packages import package_of, state_of
from tests.cast import CANARY
from tests.pages import main_text
from tym.core.errors import NotAllowed

PDF = Upload("lasku.pdf", b"%PDF-1.7 archive", "application/pdf")


def keep(cast):
    return keep_for_agreement(cast.agreement, "receipt", PDF, by=cast.ta, on=cast.today)


def written(cast, folder, *more):
    out = io.StringIO()
    told = ["--party", "3", "--output", str(folder), "--on", "2025-06-02", "--without-copy", *more]
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
    (document,) = (moved / "asiakirjat").glob("*.pdf")
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
