"""Forms of how an item is handled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.acts import checked_field
from agreements.models import Decision
from steering.forms.meetings import text_field
from steering.models import AgendaItem, Disqualification, Seating, Vote
from tym.accounts.models import User
from tym.core.fields import DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField


class UnanimousForm(forms.Form):
    """What the one press carries: the fingerprint of what was shown, and the start of an annex update."""

    valid_from = DayField(
        label=_("In force from"), required=False, help_text=_("dd.mm.yyyy. When left empty, the day of the decision.")
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, starts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not starts:
            del self.fields["valid_from"]


class ElsewhereForm(forms.Form):
    """The group's decision in any matter, from the extract of minutes kept elsewhere."""

    decided_on = DayField(label=_("Day of the meeting"))
    section = forms.CharField(
        label=_("Section of the minutes (§)"),
        max_length=12,
        widget=forms.TextInput({"size": 6}),
        validators=[no_identity_code],
    )
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    grounds = text_field(_("Decision in words"), rows=4, required=False)
    extract = UploadField(label=_("Extract of the minutes"))
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    checked = checked_field()

    def __init__(self, *args: Any, outcomes: Iterable[Decision.Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(outcome.value, outcome.label) for outcome in outcomes]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The outcome of an item."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    decision_text = text_field(
        _("Decision in words"), rows=4, required=False, help_text=_("Needed when it differs from the proposal.")
    )
    counter_proposal = text_field(_("Counter-proposal"), rows=2, required=False)
    counter_by = text_field(_("Counter-proposal made by"), limit=120, required=False)
    seconded_by = text_field(_("Seconded by"), limit=120, required=False)
    valid_from = DayField(
        label=_("In force from"), required=False, help_text=_("dd.mm.yyyy. When left empty, the day of the decision.")
    )
    deviation = text_field(
        _("Reason for a start before the decision"),
        rows=2,
        limit=1000,
        required=False,
        help_text=_("Only when the change starts before the day of the decision. It is shown as a deviation."),
    )
    checked_at_once = forms.BooleanField(
        label=_("Checked at once"),
        required=False,
        help_text=_("The § was read and checked in the meeting, so an extract can be given before the minutes."),
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    redrafted_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, outcomes: Iterable[AgendaItem.Outcome], starts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(o.value, o.label) for o in outcomes]  # type: ignore[attr-defined]
        if not starts:
            del self.fields["valid_from"], self.fields["deviation"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        other = (AgendaItem.Outcome.REJECT, AgendaItem.Outcome.RETURN, AgendaItem.Outcome.AMENDED)
        if data.get("outcome") in other and "decision_text" in data and not data["decision_text"]:
            self.add_error("decision_text", _("Write the decision in words: it differs from the proposal."))
        return data


class VotesForm(forms.Form):
    """Everybody's vote, by name."""

    def __init__(self, *args: Any, seatings: list[Seating], given: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seating in seatings:
            self.fields[f"vote_{seating.pk}"] = forms.ChoiceField(
                label=f"{seating.seat.position}. {seating.person}",
                choices=Vote.Choice,
                widget=forms.RadioSelect,
                initial=given.get(seating.seat_id),
                error_messages={"required": _("Choose how %(name)s voted.") % {"name": seating.person}},
            )

    def choices(self) -> dict[int, str]:
        return {int(name.removeprefix("vote_")): choice for name, choice in self.cleaned_data.items()}


class DisqualificationForm(forms.Form):
    """Who may be disqualified, and on what ground."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    ground = forms.ChoiceField(
        label=_("Ground (act 434/2003 28 §)"), choices=Disqualification.Ground, widget=forms.RadioSelect
    )
    reason = text_field(_("Reason"), rows=2, limit=2000)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class UrgencyForm(forms.Form):
    """Why a disqualified person takes part."""

    urgency = text_field(_("Why the matter cannot wait"), rows=3, limit=2000)


class DissentForm(forms.Form):
    """Who dissents, and why."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    text = text_field(_("Reasons"), rows=3, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class TaskForm(forms.Form):
    """What follows from an item."""

    what = text_field(_("What is done"), limit=300)
    who = text_field(_("Who"), limit=120)
    by_when = DayField(label=_("By when"), required=False)
