"""Duties as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from registry.duties import Duty
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField


class EvidenceForm(forms.Form):
    """How a duty is kept."""

    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        validators=[no_identity_code],
    )
    link = forms.CharField(
        label=_("Link"),
        max_length=200,
        required=False,
        validators=[URLValidator(["https"], message=_("Write the address as https://…"))],
    )
    upload = UploadField(label=_("File"), required=False)
    checked = forms.BooleanField(label=_("I have checked what I wrote. It holds nothing of clients."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("note") or data.get("link") or data.get("upload")):
            self.add_error("note", _("Write a note, give a link or choose a file."))
        return data


class DutiesForm(forms.Form):
    """Every duty of the party that is confirmed yearly."""

    duties = forms.MultipleChoiceField(
        label=_("The party keeps these duties"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is confirmed.")},
    )

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"duties": [duty.key for duty in duties]}, **kwargs})
        choices = [(duty.key, f"{duty.title} ({duty.clause})") for duty in duties]
        self.fields["duties"].choices = choices  # type: ignore[attr-defined]
