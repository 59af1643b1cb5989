"""Forms of people and parties."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from agreements.models import Mandate, Municipality, Party
from agreements.permissions import GIVEN_BY_PARTY
from tym.accounts.models import User
from tym.core.fields import DayField
from tym.core.identity import no_identity_code, valid_business_id


class InviteForm(forms.Form):
    """Whom a party lets in, in what office."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[no_identity_code])
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    capacity = forms.ChoiceField(
        label=_("Office"), choices=[(c.value, c.label) for c in GIVEN_BY_PARTY], widget=forms.RadioSelect
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        help_text=_("Only for a municipal contact."),
    )
    may_bind_party = forms.BooleanField(
        label=_("May bind the party: her proposal or consent is the party's"), required=False
    )

    def __init__(self, *args: Any, party: Party, area: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = area  # type: ignore[attr-defined]
        if party.role != Party.Role.EMPLOYMENT_AUTHORITY:
            del self.fields["municipality"]
            offices = [office for office in GIVEN_BY_PARTY if office != Mandate.Capacity.MUNICIPAL_CONTACT]
            self.fields["capacity"].choices = [(c.value, c.label) for c in offices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_contact = data.get("capacity") == Mandate.Capacity.MUNICIPAL_CONTACT
        if is_contact and not data.get("municipality"):
            self.add_error("municipality", _("Name the municipality of the contact person."))
        if is_contact and data.get("may_bind_party"):
            self.add_error("may_bind_party", _("A contact person of a municipality does not bind the party."))
        return data


class BindForm(forms.Form):
    """Which of the two it shall be: sent twice, it is the same."""

    may_bind_party = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> bool:
        return bool(self.cleaned_data["may_bind_party"] if self.is_valid() else self["may_bind_party"].initial)


class EndForm(forms.Form):
    """The last day of a mandate."""

    last_day = DayField(label=_("Last day"))


class PasswordForm(forms.Form):
    """The password a newcomer chooses, twice."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
        help_text=_("At least 12 characters."),
    )
    again = forms.CharField(
        label=_("Password again"), widget=forms.PasswordInput({"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return data


class PartyForm(forms.Form):
    """Who answers in law, under which business ID, and where invoices go."""

    legal_person = forms.CharField(
        label=_("Legal person, when it is another organisation"),
        max_length=200,
        required=False,
        validators=[no_identity_code],
        help_text=_("For example the responsible municipality."),
    )
    business_id = forms.CharField(
        label=_("Business ID"),
        max_length=9,
        required=False,
        validators=[valid_business_id],
        help_text=_("In the form 1234567-1."),
    )
    e_invoice_address = forms.CharField(
        label=_("E-invoice address"), max_length=60, required=False, validators=[no_identity_code]
    )
    ground = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class NameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("New name"), max_length=200, validators=[no_identity_code])
    valid_from = DayField(label=_("In use from"))
