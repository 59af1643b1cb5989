"""People with certificates, and what they do to a PDF. Nothing here touches the database."""

import datetime
import subprocess
import tempfile
from functools import cache
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.sealing import ready_to_sign
from tym.core import pdf

DER = serialization.Encoding.DER


@cache
def drawn():
    """A small document of ours."""
    return pdf.render_pdf(
        pdf.PdfSource(
            html='<!doctype html><html lang="fi"><head><title>t</title></head><body><h1>Sopimus</h1>'
            "<p>Sopijat sopivat.</p></body></html>",
            css=(pdf.style_sheet("pdf.css"),),
            attachment_name="sopimus.json",
            attachment=b"{}",
            attachment_mime="application/json",
            day=datetime.date(2025, 4, 1),
            title="Sopimus",
            language="fi",
        )
    )


@cache
def frozen():
    """The same, as it is given to be signed."""
    return ready_to_sign(drawn())


@cache
def authority():
    """(key, certificate) of an authority that vouches for the signers."""
    return _issued("Luottamuksen juuri", issuer=None)


def root():
    return asn1.Certificate.load(authority()[1].public_bytes(DER))


def _issued(name, issuer, key=None, extended=None):
    key = key or ec.generate_private_key(ec.SECP256R1())
    told = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    by_key, by_name = (issuer[0], issuer[1].subject) if issuer else (key, told)
    built = (
        x509.CertificateBuilder()
        .subject_name(told)
        .issuer_name(by_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, issuer is None, issuer is None, False, False), critical=True
        )
    )
    if extended:
        built = built.add_extension(x509.ExtendedKeyUsage([extended]), critical=True)
    return key, built.sign(by_key, hashes.SHA256())


def _asn1(key, certificate):
    private = key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return keys.PrivateKeyInfo.load(private), asn1.Certificate.load(certificate.public_bytes(DER))


@cache
def signer(name):
    key, certificate = _asn1(*_issued(name, authority()))
    return signers.SimpleSigner(
        signing_cert=certificate, signing_key=key, cert_registry=SimpleCertificateStore.from_certs([root()])
    )


@cache
def stamper_keys():
    """(certificate, key) of a time-stamp service; the one in the library knows RSA only."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = _asn1(*_issued("Aikaleimaaja", authority(), key=key, extended=ExtendedKeyUsageOID.TIME_STAMPING))
    return made[1], made[0]


def signed(content, name, *, box=None, md="sha256", certify=None, subfilter=fields.SigSeedSubFilter.PADES):
    """The file with one more signature behind it. box: where it draws, on the first page."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    field = f"Sig-{content.count(b'/ByteRange')}"
    told = {"box": box} if box else {}
    fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=0, **told))
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=md, subfilter=subfilter, certify=bool(certify), docmdp_permissions=certify
    )
    out = BytesIO()
    signers.PdfSigner(meta, signer=signer(name)).sign_pdf(writer, output=out)
    return out.getvalue()


def edited(content, edit):
    """The file with an unsigned addition that `edit` makes with the writer."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    edit(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def poppler_says(content):
    """What `pdfsig` tells of the signatures in the file, certificates apart."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        told = subprocess.run(["pdfsig", "-nocert", file.name], capture_output=True, text=True, check=True)
    return told.stdout
