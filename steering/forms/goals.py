"""Forms of the goals of a year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from steering.actions import GoalInput
from steering.forms.offices import words
from steering.models import Goal, NationalGoal
from tym.core.fields import ChoicesField, DayField, FigureField


class ValueField(FigureField):
    """A measured value, 0 or more, with at most two decimals."""

    places = 2
    maximum = Decimal("9999999999.99")
    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {
        "required": _("Write the number."),
        "invalid": _("Write a number with a decimal comma, for example 87,6."),
        "negative": _("The number cannot be negative."),
        "decimals": _("Write at most two decimals, for example 87,65."),
        "too_large": _("The number can be at most %(maximum)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("A number with a decimal comma, for example 87,6."), **kwargs})


class GuidanceForm(forms.Form):
    """How the guidance of the advisory board's section was taken into account (7.11)."""

    guidance = words(
        _("How the guidance of the advisory board's section for shared matters was taken into account"),
        rows=4,
        help_text=_("If there is no guidance, write so."),
    )


class GoalForm(forms.Form):
    """A goal: what, how it is measured, from where to where, on which national goal it rests."""

    name = words(_("Goal"), length=200)
    measure = words(_("Measure"), length=200)
    unit = words(_("Unit"), length=40, required=False, help_text=_("For example per cent or number of people."))
    start = ValueField(label=_("Start"), required=False)
    target = ValueField(label=_("Target"))
    lower_is_better = forms.BooleanField(label=_("A lower number is better"), required=False)
    national_goals = ChoicesField(
        NationalGoal.objects.none(),
        label=_("National goals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason_for_none = words(_("Why it rests on no national goal"), rows=2, length=1000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_year = NationalGoal.objects.filter(first_year__lte=year, last_year__gte=year)
        self.fields["national_goals"].queryset = of_year  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = "national_goals" in data and "reason_for_none" in data
        if known and not data["national_goals"] and not data["reason_for_none"]:
            self.add_error("national_goals", _("Choose a national goal, or write why the goal rests on none."))
        return data

    @staticmethod
    def initial_of(goal: Goal) -> dict[str, Any]:
        names = ("name", "measure", "unit", "start", "target", "lower_is_better", "reason_for_none")
        return {name: getattr(goal, name) for name in names} | {"national_goals": list(goal.national_goals.all())}

    @staticmethod
    def values(cleaned: dict[str, Any]) -> GoalInput:
        return GoalInput(**{name: value for name, value in cleaned.items() if name != "seen"})


class OutcomeForm(forms.Form):
    """How far a goal has come."""

    value = ValueField(label=_("Outcome"))
    day = DayField(label=_("Day"))
    note = words(_("How it was computed"), rows=2, length=1000, required=False)


class SubmitForm(forms.Form):
    """Nothing to fill in; carries the fingerprint of the goals that were seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
