"""Forms of changes: what is proposed and decided."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Decision, Matter
from tym.core.fields import DayField
from tym.core.identity import no_identity_code


class ProposalForm(forms.Form):
    """What is proposed, why, and from when."""

    what = forms.CharField(
        label=_("What is changed"),
        max_length=2000,
        validators=[no_identity_code],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In one or two sentences, for the agenda of the steering group."),
    )
    why = forms.CharField(
        label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), validators=[no_identity_code]
    )
    wanted_from = DayField(label=_("Wanted in force from"), required=False)
    deviation = forms.CharField(
        label=_("Reason for a deviation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_identity_code],
        help_text=_("When the start is before the notice, or somebody is the deputy of two seats."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Matter.Kind.NOTICE:
            # A notice takes effect on its own day; nobody approves it (7 §).
            self.fields["wanted_from"].label = _("In force from")
            self.fields["wanted_from"].required = True
        else:
            del self.fields["deviation"]

    @property
    def day_typed(self) -> datetime.date | None:
        """The wanted day, also while the rest is not filled in yet."""
        self.is_valid()
        return self.cleaned_data.get("wanted_from")

    def leave_other_errors(self, name: str) -> None:
        """Tell only what is wrong with one field: the others have not been sent in yet."""
        for other in [field for field in self.errors if field != name]:
            del self.errors[other]


# What the group does with an annex update; it notes and tables it in its own meeting.
OUTCOMES = (Decision.Outcome.APPROVE, Decision.Outcome.REJECT, Decision.Outcome.RETURN)


class DecisionForm(forms.Form):
    """What the steering group decided, as its minutes say it."""

    decided_on = DayField(label=_("Day of the meeting"))
    section = forms.CharField(
        label=_("Section of the minutes (§)"),
        max_length=12,
        widget=forms.TextInput(attrs={"size": 6}),
        help_text=_("Only the number, for example 12."),
    )
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=[(o.value, o.label) for o in OUTCOMES], widget=forms.RadioSelect
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=4000,
        validators=[no_identity_code],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the proposal is rejected or returned."),
    )
    valid_from = DayField(
        label=_("In force from"),
        required=False,
        help_text=_("dd.mm.yyyy. When left empty, the day of the decision."),
    )
    deviation = forms.CharField(
        label=_("Reason for a start before the decision"),
        max_length=1000,
        validators=[no_identity_code],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when the change starts before the day of the decision. It is shown as a deviation."),
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_section(self) -> str:
        return self.cleaned_data["section"].removeprefix("§").removesuffix("§").strip()

    def clean_decided_on(self) -> datetime.date:
        day = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day of the decision is in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        approves = data.get("outcome") == Decision.Outcome.APPROVE
        if data.get("outcome") and not approves and not data.get("grounds"):
            self.add_error("grounds", _("Write the grounds: why the proposal was rejected or returned."))
        starts, decided = data.get("valid_from"), data.get("decided_on")
        if approves and starts and decided and starts < decided and not data.get("deviation"):
            self.add_error(
                "deviation", _("The start is before the decision. Give the reason, and it is recorded as a deviation.")
            )
        return data
