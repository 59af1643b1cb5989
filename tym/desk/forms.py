"""Forms of the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tym.core.identity import no_identity_code


class FeedbackForm(forms.Form):
    """What is hard to use, and where to answer."""

    message = forms.CharField(
        label=_("Feedback"),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        validators=[no_identity_code],
        help_text=_("Tell which page and what was hard. Do not write about clients."),
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("If you want a receipt and an answer.")
    )


class AnswerForm(forms.Form):
    """The answer to feedback."""

    answer = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea({"rows": 8}), validators=[no_identity_code]
    )
