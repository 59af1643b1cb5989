"""Forms of minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steering.forms.meetings import text_field
from tym.accounts.again import password_again
from tym.accounts.models import User
from tym.core.fields import ChoicesField


class MinutesForm(forms.Form):
    """Who was chosen to check the minutes, and what the secretary adds to what the data says."""

    checkers = ChoicesField(
        User.objects.none(),
        label=_("Minute checkers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chosen in the meeting from among those who acted in a seat."),
    )
    deviation = text_field(
        _("Reason when fewer were chosen than the group's rule says"),
        rows=2,
        limit=1000,
        required=False,
        help_text=_("Shown in the minutes as a deviation. If nobody was chosen, the group checks at its next meeting."),
    )
    entries = text_field(_("Other entries"), rows=5, limit=10000, required=False)
    secrecy_ground = text_field(
        _("Ground of secrecy"),
        limit=300,
        required=False,
        help_text=_("Only when the minutes are secret, for example: act 621/1999 24 § 1 mom 20. Else left empty."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checkers"].queryset = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["checkers"]


class SignForm(forms.Form):
    """Signing asks for the password again. The fingerprint is of what was read."""

    password = forms.CharField(
        label=_("Your password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        return password_again(self.person, self.cleaned_data["password"])


class NoteForm(forms.Form):
    """A correction note after the signing."""

    text = text_field(_("Correction note"), rows=4)
