"""Forms of negotiations on the text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tym.core.identity import no_identity_code


class CommentForm(forms.Form):
    """A comment; on a section when its document and key are told."""

    body = forms.CharField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea({"rows": 3}), validators=[no_identity_code]
    )
    document = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=32767)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)


class EndForm(forms.Form):
    """Why the parties did not agree."""

    reason = forms.CharField(
        label=_("What was not agreed on, and why"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        validators=[no_identity_code],
    )
