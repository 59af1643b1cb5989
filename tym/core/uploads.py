"""Files from outside: what they are is told by their first bytes, not by their names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_UPLOAD = 20 * 1024 * 1024
LONGEST_NAME = 120
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
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > MAX_UPLOAD:
        raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": MAX_UPLOAD // 1024 // 1024})
    media_type = next((kind for kind, magic in _MAGIC.items() if content.startswith(magic)), None)
    if media_type is None:
        raise ValidationError(_("The file must be a PDF, or a PNG or JPEG picture."))
    return Upload(_plain(name), content, media_type)


def _plain(name: str) -> str:
    """A name that can be shown: no folders, no control or direction signs."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")[-LONGEST_NAME:]


class UploadField(forms.FileField):
    """A file field whose cleaned value is a checked Upload."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("PDF, or a PNG or JPEG picture, at most 20 MB."), **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked(str(file.name), file.read(MAX_UPLOAD + 1)) if file else None
