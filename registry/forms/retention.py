"""Retention rules as typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.models import RetentionRule
from tym.core.fields import CountField
from tym.core.identity import no_identity_code


class YearsField(CountField):
    maximum = Decimal(200)


class RetentionForm(forms.Form):
    """How long, counted from what, and why."""

    years = YearsField(label=_("Years"), required=False, help_text=_("Leave empty when the document is kept for good."))
    counted_from = forms.ChoiceField(
        label=_("Counted from"), choices=RetentionRule.From.choices, widget=forms.RadioSelect
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=300,
        validators=[no_identity_code],
        help_text=_("The act, or the section of the party's own retention plan."),
    )

    def clean_years(self) -> Any:
        years = self.cleaned_data["years"]
        if years == 0:
            raise forms.ValidationError(_("Write at least one year, or leave empty."))
        return years
