"""Proposals of destruction as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.retention import Due
from tym.core.formats import format_day
from tym.core.identity import no_identity_code


class ProposeForm(forms.Form):
    """Documents whose time has run out, every one ticked."""

    records = forms.TypedMultipleChoiceField(
        label=_("Documents to be destroyed"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is destroyed.")},
    )

    def __init__(self, *args: Any, found: list[Due], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"records": [one.record.pk for one in found]}, **kwargs})
        self.fields["records"].choices = [(one.record.pk, _label(one)) for one in found]  # type: ignore[attr-defined]


def _label(one: Due) -> str:
    name = ", ".join(filter(None, [one.record.title, one.record.original_name]))
    return f"{name} ({_now('last day')} {format_day(one.last)})"


class ConfirmForm(forms.Form):
    """Nothing is typed: what is confirmed is the list with this fingerprint."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    """Why the documents stay."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}), validators=[no_identity_code]
    )
