"""Access rights as typed."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from registry.models import AccessRight
from registry.models.rights import HAPPENED
from tym.core.fields import ChoicesField, CountField, DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import SheetUploadField

MAX_ROWS = 500


class RightForm(forms.Form):
    """A person's right, from application to end."""

    person = forms.CharField(label=_("Person"), max_length=120, validators=[no_identity_code])
    employer = forms.CharField(
        label=_("Employer"),
        max_length=120,
        validators=[no_identity_code],
        help_text=_(
            "A municipality, joint municipal authority, wellbeing services county or Kela (act 381/2023 12 §)."
        ),
    )
    task = forms.CharField(label=_("Task"), max_length=120, required=False, validators=[no_identity_code])
    is_staff = forms.BooleanField(label=_("Is counted as TYM staff in Annex 2"), required=False, initial=True)
    applied_on = DayField(label=_("Applied for"))
    trained_on = DayField(label=_("Trained"), required=False, help_text=_("Before the right is granted. dd.mm.yyyy"))
    granted_on = DayField(label=_("Granted"), required=False)
    changed_on = DayField(label=_("Changed"), required=False)
    left_on = DayField(label=_("Last day of the tasks"), required=False)
    ended_on = DayField(label=_("Last day of the right"), required=False)
    deviation = forms.CharField(
        label=_("Why the right was granted before training"),
        max_length=300,
        required=False,
        validators=[no_identity_code],
    )

    def __init__(
        self, *args: Any, today: datetime.date = datetime.date.max, others: frozenset[str] = frozenset(), **kwargs: Any
    ):
        """others: employers of the other parties' own people, in small letters."""
        self.today, self.others = today, others
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in HAPPENED:
            if (data.get(name) or self.today) > self.today:
                self.add_error(name, _("What is entered has happened: a day is in the future."))
        if str(data.get("employer")).casefold() in self.others:
            self.add_error("employer", _("This employer's people are on the list of another party (agreement 10 §)."))
        applied, trained, granted = (data.get(name) for name in ("applied_on", "trained_on", "granted_on"))
        if granted and applied and granted < applied:
            self.add_error("granted_on", _("A right is granted after it has been applied for."))
        is_trained = "trained_on" in self.errors or (trained and granted and trained <= granted)
        if granted and not is_trained and not data.get("deviation"):
            self.add_error(
                "trained_on",
                _("Training comes before the right is granted (agreement 10 §). If it did not, tell why below."),
            )
        start, ended = granted or applied, data.get("ended_on")
        if ended and start and ended < start:
            self.add_error("ended_on", _("A right ends after it has begun."))
        return data


class RightEditForm(RightForm):
    """The same, knowing what it was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class RowForm(RightForm):
    """A row of a spreadsheet. known: the right it continues."""

    known = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)


class BaseRowFormSet(BaseFormSet):
    """Rows of a spreadsheet. The same person twice in one is a slip."""

    def clean(self) -> None:
        seen: set[object] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if data.get("known") in seen:
                raise ValidationError(_("%(person)s is there twice.") % {"person": data.get("person")}, "twice")
            seen |= {data.get("known")} - {None}
            who = (str(data.get("person")).casefold(), str(data.get("employer")).casefold())
            if data.get("ended_on") is None and data.get("person"):
                if who in seen:
                    raise ValidationError(_("%(person)s is there twice.") % {"person": data["person"]}, "twice")
                seen.add(who)


RowFormSet = formset_factory(RowForm, BaseRowFormSet, extra=0, max_num=MAX_ROWS, validate_max=True)


class RightsSheetForm(forms.Form):
    """A spreadsheet of rights. The file is read, shown and dropped."""

    upload = SheetUploadField(label=_("Spreadsheet file"))


class RightChoice(ChoicesField):
    """Rights by person and employer."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: AccessRight) -> str:
        return f"{obj.person}, {obj.task or obj.employer}"


class SweepForm(forms.Form):
    """Every open right of the party: is it still needed."""

    needed = RightChoice(
        AccessRight.objects.none(),
        label=_("The right is still needed"),
        required=False,
        help_text=_("Take the tick away from who no longer does the tasks: the tasks end today and the right waits."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False, validators=[no_identity_code])
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(self, *args: Any, rights: list[AccessRight], **kwargs: Any) -> None:
        keys = [right.pk for right in rights]
        start = {"needed": keys, "seen": ",".join(map(str, keys))}
        super().__init__(*args, **{"initial": start, **kwargs})
        self.fields["needed"].queryset = AccessRight.objects.filter(pk__in=keys)  # type: ignore[attr-defined]

    def clean_seen(self) -> list[int]:
        words = self.cleaned_data["seen"].split(",")
        return [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 16]


class CountsForm(forms.Form):
    """The party's rights in counts."""

    granted = CountField(label=_("Open rights"))
    outside = CountField(
        label=_("Of them not TYM staff"),
        help_text=_("For example the coordinator, or a person who does no client work."),
    )
    applied = CountField(label=_("Applied for, not granted yet"))
    untrained = CountField(label=_("Training missing"))
    left = CountField(label=_("Right open although the tasks have ended"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, validators=[no_identity_code])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        granted, applied = data.get("granted"), data.get("applied")
        if granted is None or applied is None:
            return data
        for name, most in (("outside", granted), ("left", granted), ("untrained", granted + applied)):
            if (data.get(name) or 0) > most:
                self.add_error(name, _("A part cannot be larger than all open rights."))
        return data


class WayForm(forms.Form):
    """By name, or counts only."""

    named = forms.TypedChoiceField(
        label=_("How the party keeps its access rights here"),
        choices=[("0", _("Counts only, confirmed once a year")), ("1", _("The list by name, seen by the party alone"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
