"""Forms of what happens to a change after it has been proposed or decided."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Correction, Decision, Party, Signatory, SignedOriginal
from tym.core.fields import DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField


def checked_field() -> forms.BooleanField:
    return forms.BooleanField(label=_("I have checked what I have filled in."))


class RevokeForm(forms.Form):
    """The group's decision to revoke an approval before its start."""

    decided_on = DayField(label=_("Day of the meeting"))
    section = forms.CharField(label=_("Section of the minutes (§)"), max_length=12, widget=forms.TextInput({"size": 6}))
    grounds = forms.CharField(
        label=_("Grounds"), max_length=4000, widget=forms.Textarea({"rows": 3}), validators=[no_identity_code]
    )


class CorrectionForm(forms.Form):
    """A recording error and what it should have been."""

    field = forms.ChoiceField(
        label=_("What was recorded wrongly"),
        choices=[(f.value, f.label) for f in Correction.OF_A_DECISION],
        widget=forms.RadioSelect,
    )
    becomes = forms.CharField(label=_("What it should be"), max_length=4000, validators=[no_identity_code])
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), validators=[no_identity_code]
    )


class DayCorrectionForm(forms.Form):
    """The day as it should have been recorded."""

    becomes = DayField(label=_("What it should be"))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), validators=[no_identity_code]
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the page shows what is confirmed."""


class OnBehalfForm(forms.Form):
    """A party's written notice."""

    party = forms.ModelChoiceField(Party.objects.none(), label=_("Party"))
    notice = UploadField(label=_("The party's written notice"))
    arrived_on = DayField(label=_("Day on which the notice arrived"))
    checked = checked_field()

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class PartyDecisionForm(forms.Form):
    """A party's own decision on the agreement text (12 § 3 mom)."""

    organ = forms.CharField(label=_("Deciding body"), max_length=120, validators=[no_identity_code])
    decided_on = DayField(label=_("Day of the decision"))
    section = forms.CharField(
        label=_("Section of the decision (§)"), max_length=12, widget=forms.TextInput({"size": 6})
    )
    case_number = forms.CharField(label=_("Case number"), max_length=40, required=False, validators=[no_identity_code])
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(o.value, o.label) for o in Decision.FINAL],
        widget=forms.RadioSelect,
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        validators=[no_identity_code],
    )
    extract = UploadField(label=_("Extract of the minutes"), required=False)
    checked = checked_field()


class StartForm(forms.Form):
    """From when an amended text is in force."""

    valid_from = DayField(label=_("In force from"))
    deviation = forms.CharField(
        label=_("Reason for a start before the decision"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        validators=[no_identity_code],
    )


class OriginalForm(forms.Form):
    """The original signed before this system: the file, how and by whom it was signed, each day that is known.

    is_named: the text names its signatories; of others the last day of signing is asked.
    """

    upload = UploadField(label=_("Signed original"))
    way = forms.ChoiceField(label=_("How it was signed"), choices=SignedOriginal.Way.choices, widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("Signatories as they stand in it"),
        help_text=_("A name on each line."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        validators=[no_identity_code],
    )
    signed_on = DayField(
        label=_("Last day of signing"), required=False, help_text=_("dd.mm.yyyy. Empty: the day is not known.")
    )
    checked = checked_field()

    def __init__(self, *args: Any, signatories: list[Signatory], is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signatories = signatories
        if is_named:
            del self.fields["signed_on"]
        for signatory in signatories:
            self.fields[f"signed_{signatory.pk}"] = DayField(
                label=_("%(name)s signed on") % {"name": signatory.name},
                required=False,
                help_text=_("dd.mm.yyyy. Empty: the day is not known."),
            )
        days = [f"signed_{signatory.pk}" for signatory in signatories]
        self.order_fields(["upload", "way", "names", "signed_on", *days, "checked"])

    def signed(self) -> dict[Signatory, datetime.date | None]:
        return {signatory: self.cleaned_data[f"signed_{signatory.pk}"] for signatory in self.signatories}
