"""Forms of signing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.actions import Named
from agreements.forms.acts import checked_field
from agreements.models import Party, SigningPlace, SigningRound
from tym.accounts.models import User
from tym.core.fields import DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField

PARTS = ("name", "title", "basis", "person")


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), validators=[no_identity_code]
    )


def _line(label: Any, limit: int, **told: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, validators=[no_identity_code], **told)


def signatory_fields(party: Party, prefix: str, **starts: Any) -> dict[str, forms.Field]:
    """Name, office, authority and account of one signatory of the party."""
    people = User.objects.filter(mandates__party=party).distinct().order_by("name")
    who = starts.pop("who", party.short_name)
    labels = {
        "name": gettext("%(who)s: name"),
        "title": gettext("%(who)s: office"),
        "basis": gettext("%(who)s: basis of authority"),
        "person": gettext("%(who)s: signs in as"),
    }
    told = {part: label % {"who": who} for part, label in labels.items()}
    return {
        f"{prefix}_name": _line(told["name"], 150, **starts),
        f"{prefix}_title": _line(told["title"], 120, required=False),
        f"{prefix}_basis": _line(told["basis"], 300, required=False),
        f"{prefix}_person": forms.ModelChoiceField(
            people, label=told["person"], required=False, empty_label=_("does not sign in to this service")
        ),
    }


class OpenSigningForm(forms.Form):
    """How the agreed text is signed, from when it is in force, and who signs, in order."""

    way = forms.ChoiceField(label=_("Way of signing"), choices=SigningRound.Way.choices, widget=forms.RadioSelect)
    valid_from = DayField(label=_("In force from"))
    in_set_order = forms.BooleanField(
        label=_("They sign in this order, each when the one before has signed."), required=False
    )

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[Party, str]] = []
        for party in parties:
            names = [signatory.name for signatory in party.signatories.all()]
            for number in range(max(party.min_signers, len(names))):
                prefix = f"s{party.order}_{number + 1}"
                start = {"initial": names[number]} if number < len(names) else {}
                who = f"{party.short_name} {number + 1}"
                self.fields.update(
                    signatory_fields(party, prefix, who=who, required=number < party.min_signers, **start)
                )
                self.rows.append((party, prefix))

    def named(self) -> list[Named]:
        """Those who were named; a line without a name is left out."""
        values = self.cleaned_data
        return [
            Named(party, *(values[f"{prefix}_{part}"] for part in PARTS))
            for party, prefix in self.rows
            if values[f"{prefix}_name"]
        ]


class ReplaceForm(forms.Form):
    """Another signatory of the same party."""

    def __init__(self, *args: Any, place: SigningPlace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = place.party
        self.fields.update(signatory_fields(place.party, "new"))
        self.fields["reason"] = reason_field()

    def named(self) -> Named:
        return Named(self.party, *(self.cleaned_data[f"new_{part}"] for part in PARTS))


class ReasonForm(forms.Form):
    """Why she does not sign, or why the signing is interrupted."""

    reason = reason_field()


class BringForm(forms.Form):
    """The file that has been signed outside, or the scan of a paper, and whose signatures it has."""

    upload = UploadField(label=_("Signed file"))
    signers = forms.ModelMultipleChoiceField(
        SigningPlace.objects.none(), label=_("Whose signatures the file has"), widget=forms.CheckboxSelectMultiple
    )
    signed_on = DayField(label=_("Day of signing"), help_text=_("The day of the last of these signatures."))
    checked = checked_field()

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signers"].queryset = places  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """Signing asks for the password again. The fingerprint is of the file that was read."""

    password = forms.CharField(
        label=_("Your password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, person: Any, may_try: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.may_try = person, may_try

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        if not self.may_try():
            raise ValidationError(_("Too many tries. Wait a few minutes."))
        if not self.person.check_password(typed):
            raise ValidationError(_("The password is not right."))
        return typed


class VerifyForm(forms.Form):
    """A file to be checked."""

    upload = UploadField(label=_("File to check"), help_text=_("A PDF, at most 20 MB. The file is not kept."))
