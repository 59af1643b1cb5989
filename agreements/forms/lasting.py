"""Forms of the yearly review, of ending the agreement and of disputes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.acts import checked_field
from agreements.lasting import REVIEW_DUE_WORDS
from agreements.models import DisputeEnd, ReviewOutcome, ReviewStatement
from tym.core.fields import DayField, YearDayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField


def words(label: object, *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a lazy translation
        max_length=4000,
        required=required,
        widget=forms.Textarea({"rows": rows}),
        validators=[no_identity_code],
    )


class StatementForm(forms.Form):
    """A party's statement in the yearly review."""

    outcome = forms.ChoiceField(
        label=_("The agreement"), choices=ReviewStatement.Outcome.choices, widget=forms.RadioSelect
    )
    said = words(_("What should be changed, and why"), required=False)

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("outcome") == "change" and not told.get("said") and "said" not in self.errors:
            self.add_error("said", _("Tell what should be changed."))


class OutcomeForm(forms.Form):
    """What came of the yearly review."""

    outcome = forms.ChoiceField(
        label=_("What came of the review"), choices=ReviewOutcome.Outcome.choices, widget=forms.RadioSelect
    )
    said = words(_("More about it"), required=False)


class ReviewDueForm(forms.Form):
    """Until when the parties review the agreement each year."""

    due = YearDayField(label=REVIEW_DUE_WORDS, help_text=_("A day of the year reviewed, for example 30.11."))
    valid_from = DayField(label=_("In force from"))


class TerminationForm(forms.Form):
    """A party's own decision that ends the agreement."""

    organ = forms.CharField(label=_("Deciding body"), max_length=120, validators=[no_identity_code])
    decided_on = DayField(label=_("Day of the decision"))
    section = forms.CharField(
        label=_("Section of the decision (§)"), max_length=12, widget=forms.TextInput({"size": 6})
    )
    last_day = DayField(label=_("Last day of force"))
    extract = UploadField(label=_("Extract of the minutes"))
    checked = checked_field()


class DisputeForm(forms.Form):
    """What is disputed, and since when."""

    subject = forms.CharField(label=_("What is disputed"), max_length=300, validators=[no_identity_code])
    disputed_on = DayField(label=_("Day on which the matter became disputed"))
    claimed_on = DayField(
        label=_("Of a payment claim: day on which payment was demanded, or its basis arose"), required=False
    )


class NoteForm(forms.Form):
    """What was said in the negotiations of a day."""

    day = DayField(label=_("Day of the negotiation"))
    body = words(_("What was said and agreed"))


class EndDisputeForm(forms.Form):
    """How the dispute ended."""

    outcome = forms.ChoiceField(
        label=_("How the dispute ended"), choices=DisputeEnd.Outcome.choices, widget=forms.RadioSelect
    )
    day = DayField(label=_("Day"))
    said = words(_("What was agreed, or what was applied for"))
