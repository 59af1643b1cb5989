"""The commands others call: what they print, how they end, and that a failure writes nothing."""

import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.importing import MAX_BYTES
from agreements.models import Agreement, Mandate, Record
from tests.pages import stored
from tym.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
TEXT = """Yhteistyösopimus palvelusta

1 Sopimuksen tarkoitus

Tässä sovitaan palvelun järjestämisestä.

2 Sopijapuolet

1) Peräkylän kaupunki
2) Peräkylän hyvinvointialue
3) Kansaneläkelaitos (Kela)

3 Voimassaolo

Sopimus on voimassa 1.1.2025 alkaen toistaiseksi.

Allekirjoitukset

Peräkylän kaupunki
Pekka Perä

Peräkylän hyvinvointialue
Heli Harju

Kansaneläkelaitos
Kaija Koski
"""


def run(*words, **options):
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    """A file with the given bytes."""

    def write(content):
        path = tmp_path / "sopimus.txt"
        path.write_bytes(content)
        return path

    return write


def sparse(path, size):
    """A file of that length which takes no room on the disk."""
    with path.open("wb") as opened:
        opened.truncate(size)


def bad_files(tmp_path):
    contents = {
        "empty": b"",
        "blank": b" \r\n\t\n\f",
        "binary": bytes(range(256)) * 40,
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "latin-1": TEXT.encode("latin-1"),
        "utf-16": TEXT.encode("utf-16"),
        "no sections": "Sopimus\n\nPelkkää tekstiä ilman numeroita.\n".encode(),
        "no such day": TEXT.replace("1.1.2025", "31.2.2025").encode(),
        "too long": TEXT.encode() + b"x" * MAX_BYTES,
    }
    for name, content in contents.items():
        path = tmp_path / f"{name}.txt"
        path.write_bytes(content)
        yield name, path
    sparse(tmp_path / "50 MB.txt", 50 << 20)
    yield "50 MB", tmp_path / "50 MB.txt"
    yield "missing", tmp_path / "missing.txt"
    yield "folder", tmp_path


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["import", "dry run"])
def test_import_of_bad_input_says_why_in_one_line_and_writes_nothing(db, tmp_path, options):
    before = stored()
    for name, path in bad_files(tmp_path):
        with pytest.raises(CommandError) as problem:
            run("import_agreement", path, *options)
        message = str(problem.value)
        assert message.startswith(f"{path}: "), name
        assert len(message) > len(f"{path}: ") + 10, name
        assert "\n" not in message, name
        assert problem.value.returncode == 1, name
    assert stored() == before


def test_import_of_latin_1_names_the_line(db, file):
    with pytest.raises(CommandError, match=r"(?i)(rivi|line) 1\b.*UTF-8"):
        run("import_agreement", file(TEXT.encode("latin-1")))


def test_import_that_fails_ends_with_status_1_and_no_traceback(tmp_path):
    """As a shell sees it; the file is refused before any database is asked."""
    finished = subprocess.run(
        [sys.executable, "manage.py", "import_agreement", str(tmp_path / "missing.txt")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 1
    assert finished.stdout == ""
    [line] = finished.stderr.splitlines()
    assert "missing.txt" in line


def test_dry_run_tells_everything_and_writes_nothing(db, file):
    before = stored()
    *told, last = run("import_agreement", file(TEXT.encode()), "--dry-run").splitlines()
    assert json.loads(last)["agreement"] is None
    assert any("Peräkylän hyvinvointialue" in line and "Heli Harju" in line for line in told)
    assert stored() == before


def test_import_ends_with_the_agreed_line_of_json(db, file):
    last = run("import_agreement", file(TEXT.encode())).splitlines()[-1]
    agreement = Agreement.objects.latest("pk")
    assert last == (
        f'{{"agreement": {agreement.pk}, "parts": 0, "sections": 3, "annexes": 0, "parties": 3, "signatories": 3, '
        '"valid_from": "2025-01-01", "valid_to": null, "unrecognised": 0}'
    )
    assert not agreement.mandates.exists()


def test_import_takes_area_short_title_and_first_day_when_told(db, file):
    without_day = TEXT.replace(" 1.1.2025 alkaen", "")
    path = file(without_day.encode())
    with pytest.raises(CommandError, match=r"sopimus\.txt: "):
        run("import_agreement", path)
    run("import_agreement", path, "--valid-from", "2025-03-01", "--short-title", "TYM Perä", "--area", "Pori, Ulvila")
    agreement = Agreement.objects.get(short_title="TYM Perä")
    assert agreement.valid_from == date(2025, 3, 1)
    assert sorted(str(place) for place in agreement.area.all()) == ["Pori", "Ulvila"]


GRANT = ("uusi@example.org", "liaison", "--party", "2", "--name", "Uusi Henkilö")


@pytest.fixture
def agreement(db, file):
    """One as an import leaves it: nobody holds a mandate."""
    run("import_agreement", file(TEXT.encode()))
    return Agreement.objects.latest("pk")


def test_granted_person_signs_in_and_sees_the_agreement(cast, agreement, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{cast.password}\n"))
    run("grant", agreement.pk, *GRANT, "--may-bind", "--password-stdin")
    mandate = agreement.mandates.get()
    assert (mandate.capacity, mandate.party.order, mandate.may_bind_party) == ("liaison", 2, True)
    assert (mandate.valid_from, mandate.valid_to) == (cast.today, None)
    client = cast.client()
    assert client.login(request=None, email="uusi@example.org", password=cast.password)
    assert client.get(agreement.get_absolute_url()).status_code == 200


def test_grant_repeated_is_one_mandate(agreement):
    for _time in range(2):
        run("grant", agreement.pk, *GRANT, "--from", "2025-02-01", "--to", "2025-12-31")
    mandate = agreement.mandates.get()
    assert (mandate.valid_from, mandate.valid_to) == (date(2025, 2, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    "words",
    [
        ("uusi@example.org", "liaison", "--party", "2"),
        ("uusi@example.org", "liaison", "--name", "Uusi"),
        ("uusi@example.org", "liaison", "--party", "9", "--name", "Uusi"),
        ("ei-osoite", "reader", "--name", "Uusi"),
        ("uusi@example.org", "king", "--name", "Uusi"),
        ("uusi@example.org", "reader", "--name", "Uusi", "--from", "31.2.2026"),
        ("uusi@example.org", "reader", "--name", "Uusi", "--from", "2025-02-01", "--to", "2025-01-31"),
    ],
    ids=["no name", "no party", "strange party", "bad address", "strange capacity", "bad day", "ends before it begins"],
)
def test_grant_of_nonsense_is_refused_and_writes_nothing(agreement, words):
    before = stored()
    with pytest.raises(CommandError):
        run("grant", agreement.pk, *words)
    assert stored() == before


def test_grant_of_a_held_office_a_weak_password_or_no_agreement_is_refused(agreement, monkeypatch):
    run("grant", agreement.pk, *GRANT)
    before = stored()
    with pytest.raises(CommandError):
        run("grant", agreement.pk, "toinen@example.org", *GRANT[1:])
    with pytest.raises(CommandError):
        run("grant", agreement.pk + 1000, *GRANT)
    monkeypatch.setattr(sys, "stdin", io.StringIO("salasana\n"))
    with pytest.raises(CommandError):
        run("grant", agreement.pk, "kolmas@example.org", "reader", "--name", "Kolmas", "--password-stdin")
    assert stored() == before
    assert Mandate.objects.filter(agreement=agreement).count() == 1
    assert not User.objects.filter(email="kolmas@example.org").exists()


def test_export_of_data_is_the_state_of_the_day(cast, tmp_path):
    cast.adopted_change(cast.kela, valid_from=cast.today + timedelta(days=30))
    output = tmp_path / "ulos.json"
    years = {}
    for on in ("2025-07-01", "2025-07-02"):
        run("export_agreement", cast.agreement.pk, "--on", on, "--format", "json", "--output", output)
        exported = json.loads(output.read_text(encoding="utf-8"))
        [staff] = [document for document in exported["documents"] if document["kind"] == "staffing"]
        years[exported["on"]] = [row["person_years"] for row in staff["rows"] if row["party"] == 3]
    assert years == {"2025-07-01": ["1.20"], "2025-07-02": ["0.70"]}
    assert cast.canary not in output.read_text(encoding="utf-8")


def test_export_is_a_pdf_kept_as_a_record(cast, tmp_path):
    output = tmp_path / "ulos.pdf"
    for _time in range(2):
        told = run("export_agreement", cast.agreement.pk, "--output", output)
    record = Record.objects.get(agreement=cast.agreement)
    assert output.read_bytes() == bytes(record.file.content)
    assert output.read_bytes().startswith(b"%PDF-")
    assert (record.on, record.mandate) == (cast.today, None)
    assert told == f"{output}: {output.stat().st_size} bytes\n"


@pytest.mark.parametrize("words", [("--on", "31.2.2026"), ("--on", "2026-02-31"), ("--format", "docx"), ()])
def test_export_with_bad_words_is_refused(cast, tmp_path, words):
    output = tmp_path / "missing folder" / "ulos.json"
    with pytest.raises(CommandError):
        run("export_agreement", cast.agreement.pk, "--output", output, "--format", "json", *words)
    with pytest.raises(CommandError):
        run("export_agreement", 10**25, "--output", tmp_path / "ulos.json", "--format", "json")
    assert not list(tmp_path.iterdir())
