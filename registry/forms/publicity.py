"""How public a document is, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.models import PublicityClass
from tym.core.fields import DayField
from tym.core.identity import no_identity_code

SECRET = PublicityClass.State.SECRET


class PublicityForm(forms.Form):
    """The class of a document; for secrecy its ground and part (621/1999 25 § 1 mom)."""

    state = forms.ChoiceField(label=_("Class"), choices=PublicityClass.State.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("Ground: act, section and subsection"),
        max_length=150,
        required=False,
        validators=[no_identity_code],
        help_text=_("For example: 621/1999 24 § 1 mom 7 k. Secrecy always needs it."),
    )
    part = forms.CharField(
        label=_("Which part is secret"),
        max_length=300,
        required=False,
        validators=[no_identity_code],
        help_text=_("For example: the whole document, or section 3. The rest is public (10 §)."),
    )
    until = DayField(
        label=_("Secret until"),
        required=False,
        help_text=_("The last day, dd.mm.yyyy. When it is empty, the time of the act runs: 25 years as a rule (31 §)."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}), validators=[no_identity_code]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("state") != SECRET:
            return {**data, "part": "", "until": None}
        if "ground" not in self.errors and "§" not in data.get("ground", ""):
            self.add_error("ground", _("Write the act and the section that make it secret."))
        if "part" not in self.errors and not data.get("part"):
            self.add_error("part", _("Write which part is secret, or that the whole document is."))
        return data
