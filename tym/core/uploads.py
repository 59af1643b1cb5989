"""Files from outside: what they are is told by their first bytes, not by their names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _

MAX_UPLOAD = 20 * 1024 * 1024
MAX_SHEET = 2 * 1024 * 1024
# Room for the form around the file, and for a file a little too large to be told so on its own page.
MAX_REQUEST = 2 * MAX_UPLOAD
LONGEST_NAME = 120
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_PACKAGE = b"PK\x03\x04"
# The old .xls, and any office file that is locked with a password.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}


@dataclass(frozen=True)
class Upload:
    """A checked file: its bytes, what they are, and what the sender called it."""

    name: str
    content: bytes
    media_type: str


def checked(name: str, content: bytes) -> Upload:
    """Raises ValidationError for a file that is empty, too large, or neither PDF, PNG nor JPEG."""
    _check_size(content, MAX_UPLOAD)
    media_type = next((kind for kind, magic in _MAGIC.items() if content.startswith(magic)), None)
    if media_type is None:
        raise ValidationError(_("The file must be a PDF, or a PNG or JPEG picture."))
    return Upload(_plain(name), content, media_type)


def checked_sheet(name: str, content: bytes) -> Upload:
    """Raises ValidationError for a file that is empty, too large, locked, or neither .xlsx nor text."""
    _check_size(content, MAX_SHEET)
    if content.startswith(_COMPOUND):
        raise ValidationError(
            _("The file is locked with a password or of the old .xls kind. Save it as .xlsx without a password.")
        )
    if content.startswith(_PACKAGE):
        return Upload(_plain(name), content, XLSX)
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValidationError(_("The file must be a spreadsheet: .xlsx or .csv."))
    return Upload(_plain(name), content, CSV)


def _check_size(content: bytes, limit: int) -> None:
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > limit:
        raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": limit // 1024 // 1024})


def _plain(name: str) -> str:
    """A name that can be shown: no folders, no control or direction signs."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")[-LONGEST_NAME:]


class NotTooLarge(FileUploadHandler):
    """Refuses a request that is far too large before a byte of it is read to the disk: some pages need no sign-in."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class UploadField(forms.FileField):
    """A file field whose cleaned value is a checked Upload."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("PDF, or a PNG or JPEG picture, at most 20 MB."), **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked(str(file.name), file.read(MAX_UPLOAD + 1)) if file else None


class SheetUploadField(forms.FileField):
    """A file field whose cleaned value is an Upload that may be opened as a spreadsheet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _(".xlsx or .csv, at most 2 MB."), "allow_empty_file": True, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked_sheet(str(file.name), file.read(MAX_SHEET + 1)) if file else None
