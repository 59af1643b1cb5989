"""Forms of agreements that belong beside this one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.forms.acts import checked_field
from agreements.models import RelatedAgreement
from tym.core.fields import DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField


class RelatedForm(forms.Form):
    """A separate agreement: its file, or where it is on the net."""

    kind = forms.ChoiceField(label=_("Type"), choices=RelatedAgreement.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200, validators=[no_identity_code])
    day = DayField(
        label=_("Day of the agreement"), required=False, help_text=_("dd.mm.yyyy. Empty: the day is not known.")
    )
    upload = UploadField(label=_("The agreement as a file"), required=False)
    link = forms.URLField(
        label=_("Or a link to it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("An address that begins with https:// and that every party can open."),
    )
    responsible = forms.CharField(
        label=_("Who answers for it"), required=False, max_length=200, validators=[no_identity_code]
    )
    replaces = forms.ModelChoiceField(
        RelatedAgreement.objects.none(), label=_("Replaces"), required=False, empty_label=_("does not replace any")
    )
    checked = checked_field()

    def __init__(self, *args: Any, current: QuerySet[RelatedAgreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = current  # type: ignore[attr-defined]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        return link

    def clean(self) -> None:
        told = self.cleaned_data
        if not self.errors and bool(told.get("upload")) == bool(told.get("link")):
            self.add_error("upload", _("Give either the file or the link."))
        if told.get("replaces") and told.get("kind") and told["replaces"].kind != told["kind"]:
            self.add_error("replaces", _("An agreement replaces another of the same type."))


class EndRelatedForm(forms.Form):
    """A related agreement has ended."""

    day = DayField(label=_("Last day of force"))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}), validators=[no_identity_code]
    )
