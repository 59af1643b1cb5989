"""Forms of meetings and agendas."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from steering.models import AgendaItem, Attendance, Meeting
from tym.accounts.models import User
from tym.core.fields import DayField
from tym.core.identity import no_identity_code


def text_field(label: Any, *, rows: int = 0, limit: int = 4000, **told: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=limit, widget=widget, validators=[no_identity_code], **told)


class ClockField(forms.Field):
    """A time of day typed as text: 12.30, 12:30 or 9."""

    widget = forms.TextInput(attrs={"size": 6, "maxlength": 10, "autocomplete": "off"})
    default_error_messages = {
        "required": _("Write the time."),
        "invalid": _("Write the time as hours and minutes, for example 12.30."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("for example 12.30"), **kwargs})

    def to_python(self, value: Any) -> datetime.time | None:
        if value in self.empty_values or isinstance(value, datetime.time):
            return value or None
        match = re.fullmatch(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?", str(value).strip())
        if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
            return datetime.time(int(match[1]), int(match[2] or 0))
        if not str(value).strip():
            return None
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}.{value.minute:02}" if isinstance(value, datetime.time) else value


class PlanForm(forms.Form):
    """When, where and how the group meets."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind, widget=forms.RadioSelect)
    held_on = DayField(label=_("Day"), help_text=_("dd.mm.yyyy. Of a written procedure, the day on which it begins."))
    starts_at = ClockField(label=_("Time"), required=False)
    place = text_field(_("Place or link"), limit=300, required=False)
    deadline = DayField(
        label=_("Last day for views"), required=False, help_text=_("dd.mm.yyyy. Only of a written procedure.")
    )
    note = text_field(_("Note"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        written, first, last = data.get("kind") == Meeting.Kind.WRITTEN, data.get("held_on"), data.get("deadline")
        if written and "deadline" in data and not last:
            self.add_error("deadline", _("Give the last day on which views are stated."))
        if written and first and last and last < first:
            self.add_error("deadline", _("The last day is before the procedure begins."))
        if not written and last:
            self.add_error("deadline", _("Only a written procedure has a last day for views."))
        return data


class ItemForm(forms.Form):
    """An item of the agenda."""

    title = text_field(_("Title"), limit=600)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind, widget=forms.RadioSelect)
    explanation = text_field(_("Explanation"), rows=4, limit=10000, required=False)
    proposal = text_field(_("Proposal for a decision"), rows=3, required=False)
    preparer = text_field(_("Prepared by"), limit=120, required=False)
    presenter = text_field(_("Presented by"), limit=120, required=False)
    appeal = forms.ChoiceField(label=_("Appeal"), choices=AgendaItem.Appeal)
    appeal_grounds = text_field(_("Grounds of the appeal statement"), limit=300, required=False)


class FollowUpForm(forms.Form):
    """What the coordinator says of the figures and goals."""

    text = text_field(
        _("What the coordinator says of them"),
        rows=6,
        limit=10000,
        required=False,
        help_text=_("Shown with the figures and goals in the summons and in the minutes."),
    )


class SummonsForm(forms.Form):
    """The day of the summons, and why it is late when it is."""

    summoned_on = DayField(label=_("Day of the summons"))
    deviation = text_field(
        _("Reason for a late summons"),
        rows=2,
        limit=1000,
        required=False,
        help_text=_("Needed when the summons goes out later than the group's rule says. It is shown as a deviation."),
    )
    send = forms.BooleanField(
        label=_("Send the summons by e-mail"),
        required=False,
        initial=True,
        help_text=_("With the agenda as text and PDF. Leave out when it has been sent in another way."),
    )


class CancelForm(forms.Form):
    """Why the meeting is not held."""

    note = text_field(_("Why the meeting is cancelled"), rows=2, limit=1000)


class OpenForm(forms.Form):
    """The roll call."""

    opened_at = ClockField(label=_("Opened at"))
    present = forms.MultipleChoiceField(
        label=_("Present"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick everybody who is there. If both a member and her deputy come, only the member counts."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["present"]


class ArrivalForm(forms.Form):
    """Somebody comes while the meeting is going on."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    capacity = forms.ChoiceField(
        label=_("Capacity"),
        required=False,
        help_text=_("Not needed of a member or a deputy."),
    )
    came_at = ClockField(label=_("Came at"))
    from_item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("From which item"), required=False, empty_label=_("From the start")
    )

    def __init__(self, *args: Any, people: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [choice for choice in Attendance.Capacity.choices if choice[0] not in Attendance.OF_A_SEAT]
        self.fields["capacity"].choices = [("", _("Choose")), *others]  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["from_item"].queryset = items  # type: ignore[attr-defined]


class LeavingForm(forms.Form):
    """Somebody leaves while the meeting is going on."""

    left_at = ClockField(label=_("Left at"))
    until_item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("After which item"))

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_item"].queryset = items  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The time, and where the items go that were not handled."""

    ended_at = ClockField(label=_("Ended at"))
    moved_to = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("Items that were not handled move to"),
        required=False,
        empty_label=_("Nothing is left"),
    )

    def __init__(self, *args: Any, coming: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moved_to"].queryset = coming  # type: ignore[attr-defined]
