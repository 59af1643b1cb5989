"""The one way to a PDF: PDF/A-3a (archivable) and PDF/UA-1 (accessible) in one file with its data attached.

The same source gives the same bytes, so a PDF is kept and found by `PdfSource.fingerprint`. The drawing is done by
`pdf_child.py` in a process with limits, because a page of a few hundred bytes can keep a renderer busy for ever.
"""

import base64
import fcntl
import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
CHILD = HERE / "pdf_child.py"
STATIC = HERE / "static" / "tym"
FONTS = STATIC / "fonts"
# An agreement of thirty pages is some 150,000 characters of HTML.
LONGEST_HTML = 1_000_000
# What of the environment may reach the child: where the libraries are, and nothing secret.
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")
# No system fonts: the same source gives the same bytes on every machine.
ONLY_OUR_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'
# At most two drawings at a time on one machine, whatever the number of workers: each holds the lock of one of two
# files that are always there and that the system unlocks when a worker dies.
SLOTS = (HERE / "pdf.py", CHILD)

_LOG_LEVELS = {"WARNING": logging.WARNING}
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
_OUT_OF_MEMORY = (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS, -signal.SIGXFSZ)


class PdfFailed(Exception):
    """There is no PDF. `message` is a sentence for the user."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = str(message)


@dataclass(frozen=True, slots=True)
class PdfSource:
    """All that goes into one PDF. `day` is the only date in the file; `css` are style sheets as texts."""

    html: str
    css: tuple[str, ...]
    attachment_name: str
    attachment: bytes
    attachment_mime: str
    day: date
    title: str
    language: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over everything that decides what the PDF looks like, the renderer included."""
        parts = [repr(value) for value in asdict(self).values()]
        return sha256("\0".join([*parts, *_renderer()]).encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. A long agreement takes 4 s and 130 MB; `wall_seconds` counts from the start of the drawing."""

    cpu_seconds: int = 20
    wall_seconds: int = 40
    memory: int = 1 << 30
    file_size: int = 16 << 20
    wait_seconds: int = 60


LIMITS = Limits()


def style_sheet(name: str) -> str:
    """One of our own style sheets as text, for `PdfSource.css`."""
    return (STATIC / name).read_text(encoding="utf-8")


def render_pdf(source: PdfSource, limits: Limits = LIMITS) -> bytes:
    """Raises PdfFailed with the reason in words."""
    if len(source.html) > LONGEST_HTML:
        raise PdfFailed(_("The document is too long for one PDF."))
    with _slot(limits.wait_seconds), tempfile.TemporaryDirectory(prefix="tym-pdf-") as scratch:
        pdf = _drawn(_request(source), limits, Path(scratch))
    if flaw := _flaw(pdf, source):
        logger.error("refused a PDF: %s", flaw)
        raise PdfFailed(_("The PDF did not come out as it should and was not kept."))
    return pdf


@lru_cache(maxsize=1)
def _renderer() -> tuple[str, ...]:
    versions = [f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2")]
    files = [CHILD, *sorted(FONTS.glob("*.woff2"))]
    return (*versions, *(sha256(file.read_bytes()).hexdigest() for file in files))


def _request(source: PdfSource) -> bytes:
    fields: dict[str, Any] = asdict(source) | {
        "attachment": base64.b64encode(source.attachment).decode(),
        "day": source.day.isoformat(),
        "fingerprint": source.fingerprint,
    }
    return json.dumps(fields).encode()


@contextmanager
def _slot(wait_seconds: int) -> Iterator[None]:
    deadline = time.monotonic() + wait_seconds
    files = [path.open("rb") for path in SLOTS]
    try:
        while not any(_locked(file.fileno()) for file in files):
            if time.monotonic() > deadline:
                raise PdfFailed(_("Other PDFs are being made right now. Try again in a moment."))
            time.sleep(0.05)
        yield
    finally:
        for file in files:
            file.close()


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _drawn(request: bytes, limits: Limits, scratch: Path) -> bytes:
    font_settings = scratch / "fonts.conf"
    font_settings.write_text(ONLY_OUR_FONTS)
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    environment = kept | {"TMPDIR": str(scratch), "HOME": str(scratch), "FONTCONFIG_FILE": str(font_settings)}
    numbers = [str(number) for number in (limits.cpu_seconds, limits.memory, limits.file_size)]
    try:
        child = subprocess.run(  # noqa: S603  our own interpreter and file, no shell, no text of a user
            [sys.executable, "-I", "-W", "ignore", str(CHILD), *numbers],
            input=request,
            capture_output=True,
            env=environment,
            cwd=scratch,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfFailed(_reason(-signal.SIGXCPU, "")) from None
    remarks = child.stderr.decode(errors="replace")
    _log(remarks)
    if child.returncode:
        logger.error("the PDF process ended with status %d", child.returncode)
        raise PdfFailed(_reason(child.returncode, remarks))
    return child.stdout


def _log(remarks: str) -> None:
    for line in filter(None, remarks.splitlines()):
        level, _blank, message = line.partition(" ")
        logger.log(_LOG_LEVELS.get(level, logging.ERROR), "%s", message or line)


def _reason(status: int, remarks: str) -> str:
    """A sentence for the user, from the signal that ended the child or from its own last word."""
    last = remarks.splitlines()[-1] if remarks else ""
    reason, _blank, detail = last.removeprefix("FAILED ").partition(" ")
    if status in _OUT_OF_TIME:
        return str(_("Making the PDF took too long and was stopped. Check the text for very large tables."))
    if status in _OUT_OF_MEMORY or reason == "memory":
        return str(_("Making the PDF took too much memory and was stopped. Check the text for very large tables."))
    if reason == "sign":
        message = _("The PDF was not made, because its typeface lacks these signs of the text: %(signs)s")
        return str(message) % {"signs": " ".join(json.loads(detail))}
    if reason == "outside":
        return str(_("The PDF was not made, because the text asks for a file from outside."))
    return str(_("The PDF could not be made. The fault has been recorded."))


_STREAM = re.compile(rb"<<((?:(?!endobj).)*?)/Length ([0-9]+)>>\nstream\n", re.DOTALL)
_TEXT = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia|OpenAction|AA|GoToR|GoToE)\b")


def _flaw(pdf: bytes, source: PdfSource) -> str:
    """What is wrong with the finished file, or an empty text. Reads the file itself, not what the child says of it."""
    if not (pdf.startswith(b"%PDF-1.7\n") and pdf.endswith(b"%%EOF\n")):
        return "not a whole PDF"
    objects, attached = _inside(pdf)
    if attached != [source.attachment]:
        return f"{len(attached)} attached files, or not what we gave"
    if found := _ACTIVE.search(_TEXT.sub(b"", objects)):
        return f"active content: {found[0].decode()}"
    return ""


def _inside(pdf: bytes) -> tuple[bytes, list[bytes]]:
    """The objects of the file as text, and the attached files. Knows the way pydyf writes, not every PDF."""
    objects: list[bytes] = []
    attached: list[bytes] = []
    position = 0
    while match := _STREAM.search(pdf, position):
        objects.append(pdf[position : match.end()])
        position = match.end() + int(match[2])
        data = pdf[match.end() : position]
        if b"/EmbeddedFile" in match[1]:
            attached.append(zlib.decompress(data))
        elif b"/ObjStm" in match[1]:
            objects.append(zlib.decompress(data))
    return b"".join([*objects, pdf[position:]]), attached
