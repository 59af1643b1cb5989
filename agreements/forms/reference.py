"""Forms of reference data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tym.core.identity import no_identity_code


class MunicipalityForm(forms.Form):
    """The names of a municipality."""

    name = forms.CharField(label=_("Name"), max_length=60, validators=[no_identity_code])
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=60, required=False, validators=[no_identity_code])
