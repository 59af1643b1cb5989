"""Forms of appointments, municipal contacts, events, and what the group decides on its own work."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agreements.forms.acts import checked_field
from agreements.models import Municipality
from steering.actions import Candidate, SeatHolder
from steering.rules import RULES, RuleInForce
from tym.core.fields import ChoicesField, DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField


def words(label: Any, *, rows: int = 0, length: int = 4000, **kwargs: Any) -> forms.CharField:
    """A field of text, of several rows when `rows` is given."""
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=length, validators=[no_identity_code], widget=widget, **kwargs)


class PersonFields:
    """Name, e-mail address and job title of a person for an office, under a prefix."""

    NAMES = ("name", "email", "title")

    @staticmethod
    def of(office: Any, *, required: bool) -> dict[str, forms.Field]:
        told = {"office": office}
        return {
            "name": words(_("%(office)s: name") % told, length=150, required=required),
            "email": forms.EmailField(label=_("%(office)s: e-mail address") % told, max_length=254, required=required),
            "title": words(_("%(office)s: job title") % told, length=120, required=False),
        }


class AppointmentForm(forms.Form):
    """Who is put before the group, and from when until when. One office, or two together."""

    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"), help_text=_("dd.mm.yyyy. The steering group's term at the most."))

    def __init__(self, *args: Any, offices: dict[str, Any], until_further_notice: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        for capacity, label in offices.items():
            for name, field in PersonFields.of(capfirst(str(label)), required=len(offices) == 1).items():
                self.fields[f"{capacity}_{name}"] = field
        if until_further_notice:
            self.fields["valid_to"].required = False
            self.fields["valid_to"].help_text = _("dd.mm.yyyy. Empty: until further notice.")
        self.order_fields([name for name in self.fields if not name.startswith("valid_")])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for capacity in self.offices:
            if data.get(f"{capacity}_name") and f"{capacity}_email" in data and not data[f"{capacity}_email"]:
                self.add_error(f"{capacity}_email", _("Write the e-mail address: she signs in with it."))
            if data.get(f"{capacity}_email") and f"{capacity}_name" in data and not data[f"{capacity}_name"]:
                self.add_error(f"{capacity}_name", _("Write the name."))
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first."))
        return data

    @staticmethod
    def candidates(values: dict[str, Any], offices: dict[str, Any]) -> list[Candidate]:
        """Who was filled in."""
        return [
            Candidate(capacity, SeatHolder(*(values[f"{capacity}_{name}"] for name in PersonFields.NAMES)))
            for capacity in offices
            if values[f"{capacity}_name"]
        ]


class NamingForm(forms.Form):
    """The employment authority's decision. The extract is asked of those who record it for the authority."""

    named_on = DayField(label=_("Day of the decision"))
    organ = words(_("Deciding body"), length=120)
    section = words(_("Section of the decision (§)"), length=12)
    case_number = words(_("Case number"), length=40, required=False)
    deviation = words(
        _("Reason for the deviation"),
        rows=3,
        required=False,
        help_text=_("Only when the naming departs from the agreement, for example is before the approval."),
    )

    def __init__(self, *args: Any, needs_extract: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_extract:
            self.fields["extract"] = UploadField(label=_("Extract of the minutes"))
            self.fields["checked"] = checked_field()


class EndingForm(forms.Form):
    """The last day of an office, and why."""

    last_day = DayField(label=_("Last day"))
    reason = words(_("Reason"), rows=2, length=1000)


class AskForm(forms.Form):
    """Municipalities that were asked to name a contact person."""

    municipalities = ChoicesField(
        Municipality.objects.none(), label=_("Municipalities"), widget=forms.CheckboxSelectMultiple
    )
    asked_on = DayField(label=_("Asked on"))

    def __init__(self, *args: Any, area: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = area  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """What a municipality answered."""

    answered_on = DayField(label=_("Answered on"))
    name = words(_("Contact person"), length=150, required=False, help_text=_("Empty: the municipality names nobody."))


class EventForm(forms.Form):
    """An information or discussion event with municipalities."""

    held_on = DayField(label=_("Day"))
    title = words(_("Subject"), length=200)
    place = words(_("Place"), length=120, required=False)
    municipalities = ChoicesField(
        Municipality.objects.none(),
        label=_("Municipalities that took part"),
        widget=forms.CheckboxSelectMultiple,
    )
    notes = words(_("What was discussed"), rows=4, required=False)

    def __init__(self, *args: Any, area: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = area  # type: ignore[attr-defined]


class FrameForm(forms.Form):
    """The frame of the coordinator's tasks."""

    text = words(_("Frame of the coordinator's tasks"), rows=10, length=10000)


class WorkingGroupForm(forms.Form):
    """A working group or network under the steering group."""

    name = words(_("Name"), length=120)
    task = words(_("Task"), rows=4)
    members = words(_("Members"), rows=4, required=False)
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("dd.mm.yyyy. Empty: until further notice."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first."))
        return data


HINTS = {
    "meeting.quorum": _("The number of members needed. Empty: more than half of the members."),
    "meeting.summons_days": _("Days before the meeting. Fewer than 4 leaves no time to call deputies."),
}


class RulesForm(forms.Form):
    """The group's way of working, filled with what is in force."""

    def __init__(self, *args: Any, held: list[RuleInForce], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = {one.rule.key: one.value for one in held}
        for rule in RULES:
            told: dict[str, Any] = {"label": rule.label, "initial": in_force[rule.key]}
            if rule.most:
                widget = forms.TextInput({"inputmode": "numeric", "size": 4})
                told |= {"widget": widget, "max_length": 3, "required": not rule.choices}
                told["initial"] = "" if in_force[rule.key] in rule.choices else in_force[rule.key]
                self.fields[rule.field] = forms.CharField(help_text=HINTS[rule.key], **told)
            else:
                choices = list(rule.choices.items())
                self.fields[rule.field] = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
        self.fields["valid_from"] = DayField(label=_("In force from"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for rule in RULES:
            if data.get(rule.field) and not rule.takes(data[rule.field]):
                told = {"most": rule.most}
                self.add_error(rule.field, _("Write a whole number from 1 to %(most)s.") % told)
        return data

    @staticmethod
    def split(values: dict[str, Any]) -> tuple[dict[str, str], datetime.date]:
        """The rules by key, an empty number being the rule's own default; and the day."""
        return {rule.key: values[rule.field] or rule.default for rule in RULES}, values["valid_from"]
