"""The seal of the installation: what it adds, and what it must not break. Asks the database nothing."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from asn1crypto import tsp
from django.core.management import call_command
from django.utils import translation
from pyhanko.sign.timestamps import DummyTimeStamper

from agreements.sealing import Seal, SealFailed, make_seal, seal, seal_certificate
from agreements.signatures import judge
from tests.agreements import signing_kit as kit
from tests.verapdf import check


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seal")
    made = Seal(folder / "seal.key", folder / "seal.pem")
    make_seal(made.key, made.certificate, name="Testileima")
    return made


@pytest.fixture(scope="module")
def sealed(ours):
    return seal(kit.frozen(), reason="Aino Allekirjoittaja 2.6.2025", with_seal=ours)


def test_seal_is_told_by_its_name_and_trusted_when_it_is_a_root(ours, sealed):
    verdict = judge(sealed, kit.frozen(), [seal_certificate(ours.certificate)])
    assert [(one.name, one.level, one.trusted) for one in verdict.signatures] == [("Testileima", "PAdES B-B", True)]


def test_seal_goes_on_a_file_that_others_have_signed(ours):
    verdict = judge(seal(kit.signed(kit.frozen(), "Kela Testi"), reason="", with_seal=ours), kit.frozen())
    assert [one.name for one in verdict.signatures] == ["Kela Testi", "Testileima"]


@pytest.mark.verapdf
def test_sealed_file_stays_archivable_and_accessible(sealed):
    check(sealed, "3a", "ua1")


def test_installation_without_a_seal_says_so(tmp_path):
    with pytest.raises(SealFailed, match="no seal yet"):
        seal(kit.frozen(), reason="", with_seal=Seal(tmp_path / "none.key", tmp_path / "none.pem"))


def test_seal_is_made_once_and_nobody_else_reads_its_key(settings, tmp_path):
    settings.TYM_SEAL_KEY, settings.TYM_SEAL_CERT = str(tmp_path / "a" / "k"), str(tmp_path / "a" / "c")
    call_command("seal_certificate", stdout=StringIO())
    first = (tmp_path / "a" / "k").read_bytes()
    call_command("seal_certificate", stdout=StringIO())
    assert (tmp_path / "a" / "k").read_bytes() == first
    assert (tmp_path / "a" / "k").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        make_seal(tmp_path / "a" / "k", tmp_path / "a" / "c", name="Toinen")


class TimeStamps(BaseHTTPRequestHandler):
    """A time-stamp service of one machine."""

    def do_POST(self):
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = DummyTimeStamper(*kit.stamper_keys()).request_tsa_response(request)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer.dump())

    def log_message(self, *args):
        pass


@pytest.fixture
def stamping_url():
    server = HTTPServer(("127.0.0.1", 0), TimeStamps)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_seal_carries_a_time_stamp_when_a_service_is_configured(ours, stamping_url):
    stamped = seal(kit.frozen(), reason="", with_seal=Seal(ours.key, ours.certificate, stamping_url))
    roots = [kit.root(), seal_certificate(ours.certificate)]
    assert [(one.level, one.trusted) for one in judge(stamped, kit.frozen(), roots).signatures] == [("PAdES B-T", True)]


def test_silent_time_stamp_service_is_told(ours):
    with pytest.raises(SealFailed, match="could not be sealed"):
        seal(kit.frozen(), reason="", with_seal=Seal(ours.key, ours.certificate, "http://127.0.0.1:9/"))
