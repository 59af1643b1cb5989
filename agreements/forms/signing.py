"""Forms of signing."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.actions import Named, check_named
from agreements.forms.acts import checked_field
from agreements.models import Party, SigningPlace, SigningRound
from tym.accounts.models import User
from tym.core.errors import Refused
from tym.core.fields import ChoicesField, DayField
from tym.core.forms import told_fields
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField

PARTS = ("name", "title", "basis", "person")
Way = SigningRound.Way
FINGERPRINT = re.compile("[0-9a-f]{64}")
# Of one party; more than sign any agreement.
MOST_LINES = 20


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), validators=[no_identity_code]
    )


def _line(label: Any, limit: int, **told: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, validators=[no_identity_code], **told)


def signatory_fields(
    who: str, prefix: str, people: Sequence[User], start: SigningPlace | None = None, *, required: bool = True
) -> dict[str, forms.Field]:
    """Name, office, authority and account of one signatory. people: those who hold mandates of her party."""
    known = {str(person.pk): person for person in people}
    told = {"who": who}
    fields = {
        "name": _line(gettext("%(who)s: name") % told, 150, required=required),
        "title": _line(gettext("%(who)s: office") % told, 120, required=False),
        "basis": _line(gettext("%(who)s: basis of authority") % told, 300, required=False),
        "person": forms.TypedChoiceField(
            label=gettext("%(who)s: signs in as") % told,
            choices=[("", _("does not sign in to this service")), *((pk, one.name) for pk, one in known.items())],
            coerce=known.get,
            empty_value=None,
            required=False,
        ),
    }
    if start:
        same = [pk for pk, one in known.items() if one.name == start.name]
        for part in ("name", "title", "basis"):
            fields[part].initial = getattr(start, part)
        fields["person"].initial = same[0] if len(same) == 1 else ""
    return {f"{prefix}_{part}": field for part, field in fields.items()}


def named_of(form: forms.Form, party: Party, prefix: str) -> Named:
    """The signatory of a line, as far as its fields could be read."""
    told = {part: form.cleaned_data.get(f"{prefix}_{part}") or "" for part in ("name", "title", "basis")}
    return Named(party, **told, person=form.cleaned_data.get(f"{prefix}_person"))


def check_line(form: forms.Form, party: Party, prefix: str, way: str) -> None:
    """What the action would refuse of the line is told beside its field."""
    one = named_of(form, party, prefix)
    if not one.name:
        if (one.title or one.basis or one.person) and f"{prefix}_name" not in form.errors:
            form.add_error(f"{prefix}_name", gettext("Write the name, or leave the whole line empty."))
        return
    try:
        check_named(one, way)
    except Refused as refusal:
        form.add_error(f"{prefix}_person", refusal.message)


class OpenSigningForm(forms.Form):
    """How the agreed text is signed, from when it is in force, and who signs, in order.

    Each party has as many lines as must sign, filled in from `starts`, and one more for whom it adds. It needs no
    script: a line that was filled in comes back with the next one behind it.
    """

    template_name = "agreements/_signing_form.html"

    way = forms.ChoiceField(
        label=_("Way of signing"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "In this service everybody signs in and gives her password again. An outside service must only add its "
            "signatures to the file; what it prints anew or adds a page to is brought as paper, not verifiable."
        ),
    )
    valid_from = DayField(label=_("In force from"))
    in_set_order = forms.BooleanField(
        label=_("They sign in this order, each when the one before has signed."), required=False
    )

    def __init__(
        self,
        *args: Any,
        parties: list[Party],
        people: Mapping[int, Sequence[User]],
        starts: Mapping[int, Sequence[SigningPlace]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines: list[tuple[Party, str]] = []
        for party in parties:
            known = starts.get(party.pk, ())
            for number in range(max(party.min_signers, len(known), self._sent(party)) + 1):
                prefix, who = _prefix(party, number), f"{capfirst(party.short_name)} {number + 1}"
                start = known[number] if number < len(known) else None
                mine = people.get(party.pk, ())
                self.fields.update(signatory_fields(who, prefix, mine, start, required=number < party.min_signers))
                self.lines.append((party, prefix))

    def _sent(self, party: Party) -> int:
        """How many lines of the party came filled in."""
        return next(
            n for n in range(MOST_LINES + 1) if n == MOST_LINES or not self.data.get(f"{_prefix(party, n)}_name")
        )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Each party with its lines, and the one behind them by which it adds a signatory."""
        rows: dict[Party, list[list[forms.BoundField]]] = {}
        for party, prefix in self.lines:
            rows.setdefault(party, []).append([self[f"{prefix}_{part}"] for part in PARTS])
        return [
            {"party": party, "rows": lines[:-1], "more": lines[-1], "is_open": any(f.errors for f in lines[-1])}
            for party, lines in rows.items()
        ]

    def clean(self) -> dict[str, Any]:
        for party, prefix in self.lines:
            check_line(self, party, prefix, self.cleaned_data.get("way", ""))
        return self.cleaned_data

    def named(self) -> list[Named]:
        """Those who were named; a line without a name is left out."""
        lines = [named_of(self, party, prefix) for party, prefix in self.lines]
        return [one for one in lines if one.name]

    def told(self) -> list[tuple[str, str]]:
        """For the check: the way and the day, then each signatory on one line."""
        first = told_fields(self[name] for name in ("way", "valid_from", "in_set_order"))
        return first + [(capfirst(one.party.short_name), _in_words(one)) for one in self.named()]


def _prefix(party: Party, number: int) -> str:
    return f"s{party.order}_{number + 1}"


def _in_words(one: Named) -> str:
    told = ", ".join(part for part in (one.name, one.title, one.basis) if part)
    if one.person is None:
        return told
    account = gettext("Signs in as %(name)s.") % {"name": one.person}
    return f"{told}\n{account}"


class ReplaceForm(forms.Form):
    """Another signatory of the same party."""

    def __init__(self, *args: Any, place: SigningPlace, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields.update(signatory_fields(capfirst(place.party.short_name), "new", people))
        self.fields["reason"] = reason_field()

    def clean(self) -> dict[str, Any]:
        check_line(self, self.place.party, "new", self.place.round.way)
        return self.cleaned_data

    def named(self) -> Named:
        return named_of(self, self.place.party, "new")


class ReasonForm(forms.Form):
    """Why she does not sign, or why the signing is interrupted."""

    reason = reason_field()


class BringForm(forms.Form):
    """The file that has been signed outside, or the scan of a paper, and whose signatures it has."""

    upload = UploadField(label=_("Signed file"))
    signers = ChoicesField(
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


class FingerprintForm(forms.Form):
    """A fingerprint to be looked up, as people copy them: with spaces or in capitals."""

    tarkiste = forms.CharField(label=_("SHA-256 of the file"), max_length=200)

    def clean_tarkiste(self) -> str:
        typed = "".join(self.cleaned_data["tarkiste"].split()).lower()
        if not FINGERPRINT.fullmatch(typed):
            raise ValidationError(_("This is not a fingerprint: a SHA-256 has 64 signs, 0–9 and a–f."))
        return typed
