"""Judges a signed PDF against the file that was frozen for signing (14 §). Pure: bytes in, a verdict in words out.

A signed file is the frozen file with signatures added behind it, never a byte of it changed. pyHanko tells whether
each signature holds and what each addition does; here that becomes accepted, or refused with the reason.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.policies import DEFAULT_DIFF_POLICY, StandardDiffPolicy
from pyhanko.sign.diff_analysis.policy_api import DiffResult
from pyhanko.sign.diff_analysis.rules.file_structure_rules import (
    CatalogModificationRule,
    ObjectStreamRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import DSSCompareRule
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

Root = x509.Certificate
logger = logging.getLogger(__name__)
# It prints a traceback for each finding; findings are what we ask it for.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

MOST_SIGNATURES = 40
STRONG_DIGESTS = ("sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")
# A first signature may say what may follow it (/Perms); whether that was kept is asked of each signature.
BEHIND_THE_FROZEN = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys=ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),
        *DEFAULT_DIFF_POLICY.global_rules[1:],
    ],
    form_rule=DEFAULT_DIFF_POLICY.form_rule,
)
# Behind the last signature only what proves it may stand (certificates, revocation lists), nobody has signed the rest.
AFTER_THE_LAST = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys={"/DSS", "/Extensions"}),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=None,
    ignore_orphaned_objects=False,
)


@dataclass(frozen=True)
class Seen:
    """One signature of a file. name: the subject of its certificate. level: the form of the signature (PAdES B-T)."""

    name: str
    issuer: str
    level: str
    trusted: bool
    claimed_at: str
    is_timestamp: bool = False

    @property
    def told_trust(self) -> str:
        return _("certificate trusted") if self.trusted else _("certificate not trusted by this installation")


@dataclass(frozen=True)
class Verdict:
    """accepted: the frozen file and whole signatures, nothing else. Otherwise `reason` says why not.

    of_service: the reason is how a signing service works, not what somebody did to the text.
    """

    accepted: bool
    reason: str = ""
    signatures: tuple[Seen, ...] = ()
    of_service: bool = False


class _Flaw(Exception):
    """Why the file is refused, in words."""


class _FlawOfService(_Flaw):
    """A service that writes the file anew, adds a page or draws its mark does this to every file it is given."""


class _Reader(PdfFileReader):
    """Reads the index of an object stream once.

    The library reads it anew for each of the thousands of objects in it: half a minute for one agreement.
    """

    def __init__(self, content: bytes) -> None:
        self._indexes: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}
        super().__init__(BytesIO(content))

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        if stmnum not in self._indexes:
            self._indexes[stmnum] = self._index(stmnum)
        data, index = self._indexes[stmnum]
        number, start = index[idx]
        if number != idnum:
            raise PdfStrictReadError("Object is in wrong index.")
        stream = BytesIO(data)
        stream.seek(start)
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("Forbidden object in an object stream.")
        return found

    def _index(self, stmnum: int) -> tuple[bytes, list[tuple[int, int]]]:
        """The stream and, for each object in it, its number and where it starts."""
        stream = generic.Reference(stmnum, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfStrictReadError("Not an object stream.")
        data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
        numbers = [int(word) for word in data[:first].split()]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return data, [(number, first + offset) for number, offset in pairs]


def judge(content: bytes, frozen: bytes, roots: Sequence[x509.Certificate] = ()) -> Verdict:
    """Whether `content` is `frozen` with nothing but signatures behind it; a verdict whatever the bytes are."""
    try:
        return Verdict(True, signatures=_judged(content, frozen, roots))
    except _Flaw as flaw:
        return Verdict(False, str(flaw), of_service=isinstance(flaw, _FlawOfService))
    except Exception as error:  # the library raises anything on a hostile file
        logger.info("a signed file could not be read: %s", type(error).__name__)
        return Verdict(False, _("The signatures of the file cannot be read. It is damaged, or not what a signer made."))


def _judged(content: bytes, frozen: bytes, roots: Sequence[x509.Certificate]) -> tuple[Seen, ...]:
    if not content.startswith(b"%PDF-"):
        raise _Flaw(_("The file is not a PDF."))
    _check_prefix(content, frozen)
    reader = _Reader(content)
    base = _Reader(frozen).xrefs.total_revisions
    signatures = [one for one in reader.embedded_signatures if one.signed_revision >= base]
    if not signatures:
        raise _Flaw(_("Something has been added to the file, but nobody has signed it."))
    if len(signatures) > MOST_SIGNATURES:
        raise _Flaw(_("The file has more signatures than anybody needs."))
    for one in signatures:
        _check_cover(one, len(frozen))
    for one in signatures:
        _check_whole(one)
    _check_additions(reader, base, signatures)
    return tuple(_seen(one, reader, roots) for one in signatures)


def examine(content: bytes, roots: Sequence[x509.Certificate] = ()) -> Verdict:
    """Of a PDF signed before this service: whole signatures, or why they are not; neither when it has none to check."""
    try:
        found = _examined(content, roots)
        return Verdict(bool(found), signatures=found)
    except _Flaw as flaw:
        return Verdict(False, str(flaw))
    except Exception as error:  # the library raises anything; a scanned paper need not be a good PDF
        logger.info("a file could not be read: %s", type(error).__name__)
        return Verdict(False, _("They cannot be read.") if b"/ByteRange" in content else "")


def _examined(content: bytes, roots: Sequence[x509.Certificate]) -> tuple[Seen, ...]:
    reader = _Reader(content)
    signatures = list(reader.embedded_signatures)
    if not signatures:
        return ()
    for one in signatures:
        _check_whole(one)
    last = max(signatures, key=lambda one: one.signed_revision)
    if last.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE and not _only_proofs(reader, last):
        raise _Flaw(_("The file has been edited after the last signature, and nobody has signed that."))
    for one in signatures:
        one.compute_integrity_info()
        if not one.summarise_integrity_info()["docmdp_ok"]:
            raise _Flaw(_("Something else than signatures has been added to the file after a signature."))
    return tuple(_seen(one, reader, roots) for one in signatures)


def _check_prefix(content: bytes, frozen: bytes) -> None:
    if content == frozen:
        raise _Flaw(_("This is the file to be signed itself; it has no signatures yet."))
    if content.startswith(frozen):
        return
    if len(content) >= len(frozen) and _mostly(content, frozen):
        raise _Flaw(_("The text of the file has been altered: it is not the file that was given to be signed."))
    raise _FlawOfService(
        _("This is another file, or the service has written it anew. A signed file begins with the very file given.")
    )


def _mostly(content: bytes, frozen: bytes) -> bool:
    """Whether the beginning is that of the frozen file but for a few bytes, block by block."""
    size = max(1, len(frozen) // 50)
    same = sum(content[place : place + size] == frozen[place : place + size] for place in range(0, len(frozen), size))
    return same >= 40


def _check_cover(one: EmbeddedPdfSignature, least: int) -> None:
    coverage = one.evaluate_signature_coverage()
    covered = int(one.byte_range[2]) + int(one.byte_range[3]) if len(one.byte_range) == 4 else 0
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION or covered <= least:
        raise _Flaw(_("A signature does not cover the whole file that it was put to."))
    if one.md_algorithm.replace("-", "_") not in STRONG_DIGESTS:
        raise _Flaw(
            _("A signature rests on a fingerprint that can be forged today (%(name)s).") % {"name": one.md_algorithm}
        )


def _check_whole(one: EmbeddedPdfSignature) -> None:
    """Cheap and first: whether the signature matches the bytes; who made it is asked later."""
    status = _status(one, _context(()), skip_diff=True)
    if not (status.intact and status.valid):
        raise _Flaw(_("A signature is broken: the file has been altered after it, or the signature was."))


def _check_additions(reader: PdfFileReader, base: int, signatures: Sequence[EmbeddedPdfSignature]) -> None:
    """Every addition behind the frozen file, the signed ones too, may only add signatures and what proves them."""
    if not _only_to(BEHIND_THE_FROZEN.review_file(reader, base - 1), ModificationLevel.FORM_FILLING):
        raise _FlawOfService(_("Something else than signatures has been added to the file."))
    last = max(signatures, key=lambda one: one.signed_revision)
    if last.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE and not _only_proofs(reader, last):
        raise _Flaw(_("The file has been edited after the last signature, and nobody has signed that."))
    for one in signatures:
        one.compute_integrity_info()
        if not one.summarise_integrity_info()["docmdp_ok"]:
            raise _Flaw(_("A signature forbids what was added to the file after it."))
        if _draws(one):
            raise _FlawOfService(
                _("A signature draws on a page, and a drawing can hide text. Sign again with an invisible signature.")
            )


def _only_proofs(reader: PdfFileReader, last: EmbeddedPdfSignature) -> bool:
    """Whether what stands behind the last signature is a whole addition, and only of certificates and the like."""
    reader.stream.seek(-7, os.SEEK_END)
    ends_well = reader.stream.read().rstrip(b"\r\n").endswith(b"%%EOF")
    is_addition = reader.xrefs.total_revisions > last.signed_revision + 1
    found = AFTER_THE_LAST.review_file(reader, last.signed_revision) if ends_well and is_addition else None
    return _only_to(found, ModificationLevel.LTA_UPDATES)


def _only_to(found: Any, level: ModificationLevel) -> bool:
    return isinstance(found, DiffResult) and found.modification_level <= level


def _draws(one: EmbeddedPdfSignature) -> bool:
    box = [float(side) for side in one.sig_field.get("/Rect", (0, 0, 0, 0))]
    return len(box) != 4 or (box[0] != box[2] and box[1] != box[3])


def _status(one: EmbeddedPdfSignature, context: ValidationContext, *, skip_diff: bool) -> Any:
    check = validate_pdf_timestamp if _is_timestamp(one) else validate_pdf_signature
    return check(one, context, skip_diff=skip_diff)


def _is_timestamp(one: EmbeddedPdfSignature) -> bool:
    return bool(one.sig_object_type == "/DocTimeStamp")


def _context(roots: Sequence[x509.Certificate]) -> ValidationContext:
    # Nothing is fetched: a file from outside must not make this machine call anybody.
    return ValidationContext(trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail")


def _seen(one: EmbeddedPdfSignature, reader: PdfFileReader, roots: Sequence[x509.Certificate]) -> Seen:
    status = _status(one, _context(roots), skip_diff=True)
    certificate: x509.Certificate = status.signing_cert
    claimed = one.self_reported_timestamp
    return Seen(
        name=_name_of(certificate.subject),
        issuer=_name_of(certificate.issuer),
        level=_level(one, status, reader),
        trusted=bool(status.trusted),
        claimed_at=claimed.isoformat() if claimed else "",
        is_timestamp=_is_timestamp(one),
    )


def _name_of(name: x509.Name) -> str:
    """ "Kela Testi, Kansaneläkelaitos": the common name, and the organisation where one is told."""
    told = name.native
    parts = [told.get("common_name"), told.get("organization_name")]
    return ", ".join(str(part) for part in parts if part) or name.human_friendly


def _level(one: EmbeddedPdfSignature, status: Any, reader: PdfFileReader) -> str:
    """How much the signature carries with it: B-B, B-T with a time stamp, B-LT with proofs, B-LTA stamped again."""
    if _is_timestamp(one):
        return _("time stamp")
    if one.sig_object.get("/SubFilter") != "/ETSI.CAdES.detached":
        return "PKCS#7"
    if status.timestamp_validity is None:
        return "PAdES B-B"
    if "/DSS" not in reader.root:
        return "PAdES B-T"
    later = [stamp for stamp in reader.embedded_timestamp_signatures if stamp.signed_revision > one.signed_revision]
    return "PAdES B-LTA" if later else "PAdES B-LT"


def load_roots(files: Iterable[str | Path]) -> tuple[x509.Certificate, ...]:
    """The certificates this installation trusts (TYM_SIGNING_ROOTS), PEM or DER."""
    return _loaded(tuple(str(file) for file in files))


@lru_cache(maxsize=4)
def _loaded(files: tuple[str, ...]) -> tuple[x509.Certificate, ...]:
    return tuple(load_certs_from_pemder(files))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
