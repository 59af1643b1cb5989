"""The installation's seal (leima): shows that a file is what this system sealed. It is nobody's signature.

PAdES B-B with the installation's own certificate, or B-T when a time-stamp service is configured. The field is
invisible and the file stays PDF/A-3a and PDF/UA-1.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps

YEARS = 10
SLOWEST_STAMP = 10


class SealFailed(Exception):
    """There is no seal. `message` is a sentence for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Seal:
    """The key and certificate to seal with, as files, and the time-stamp service, if any."""

    key: Path
    certificate: Path
    timestamp_url: str = ""


def installed_seal() -> Seal:
    """The seal of this installation, from the settings."""
    return Seal(Path(settings.TYM_SEAL_KEY), Path(settings.TYM_SEAL_CERT), settings.TYM_TIMESTAMP_URL)


def ready_to_sign(content: bytes) -> bytes:
    """The PDF with an empty form behind it, to which signatures are added: only then can additions be told apart."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    name = generic.NameObject
    # 3: there are signatures, and the file may only be added to.
    form = {name("/Fields"): generic.ArrayObject(), name("/SigFlags"): generic.NumberObject(3)}
    writer.root[name("/AcroForm")] = writer.add_object(generic.DictionaryObject(form))
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def seal(content: bytes, *, reason: str, with_seal: Seal | None = None) -> bytes:
    """The file with the seal behind it. Raises SealFailed. May call the time-stamp service: never in a transaction."""
    made = with_seal or installed_seal()
    if not (made.key.exists() and made.certificate.exists()):
        raise SealFailed(_("This installation has no seal yet. Its keeper makes one: manage.py seal_certificate."))
    signer = signers.SimpleSigner.load(str(made.key), str(made.certificate))
    if signer is None:
        raise SealFailed(_("The seal of this installation cannot be read."))
    stamper = timestamps.HTTPTimeStamper(made.timestamp_url, timeout=SLOWEST_STAMP) if made.timestamp_url else None
    out = BytesIO()
    try:
        # append_signature_field makes a field of no size: nothing is drawn.
        signers.PdfSigner(_metadata(content, reason), signer=signer, timestamper=stamper).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(content)), output=out
        )
    except Exception as error:
        raise SealFailed(_("The file could not be sealed. Try again in a moment.")) from error
    return out.getvalue()


def _metadata(content: bytes, reason: str) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=f"TYM-{content.count(b'/ByteRange') + 1}",
        md_algorithm="sha256",
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
    )


def seal_certificate(path: Path) -> asn1_x509.Certificate:
    """The certificate as one of the trusted roots: the installation knows its own seal."""
    return load_cert_from_pemder(str(path))


def make_seal(key: Path, certificate: Path, *, name: str) -> None:
    """A key of this machine's own and a certificate that only it vouches for. An existing one is never overwritten."""
    if key.exists() or certificate.exists():
        raise FileExistsError(key if key.exists() else certificate)
    private = ec.generate_private_key(ec.SECP256R1())
    told = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(told)
        .issuer_name(told)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    _write(
        key,
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    _write(certificate, made.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    """Unreadable to others before anything is in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
