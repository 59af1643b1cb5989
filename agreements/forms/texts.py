"""Forms of the text: a section to edit, a new one and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.comparison import title
from agreements.markup import LONGEST_TEXT
from agreements.models import Clause
from tym.core.identity import no_identity_code

NEW_PART = "+"


class ClauseForm(forms.Form):
    """A section of text in light markup. `ground`: the decided row from which the page started."""

    number = forms.CharField(
        label=_("Number"), max_length=12, required=False, widget=forms.TextInput(attrs={"size": 6})
    )
    heading = forms.CharField(label=_("Heading"), max_length=500, required=False, validators=[no_identity_code])
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        validators=[no_identity_code],
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "An empty line starts a new paragraph. A list row starts with “- ” or “1) ”. **Two stars** make text bold."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    ground = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("heading") and not (data.get("body") or "").strip():
            self.add_error("body", _("Write the text of the section."))
        return data


class NewClauseForm(ClauseForm):
    """A new section, and where it goes."""

    after = forms.ChoiceField(label=_("Place"), required=False)
    part = forms.ChoiceField(label=_("Part"), required=False)
    new_part = forms.CharField(
        label=_("Heading of the new part"), max_length=500, required=False, validators=[no_identity_code]
    )
    field_order = ("after", "part", "new_part", "number", "heading", "body", "revision", "ground")

    def __init__(self, *args: Any, clauses: Sequence[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        after, part = self.fields["after"], self.fields["part"]
        places = [(clause.key, _("After: %(section)s") % {"section": title(clause)}) for clause in clauses]
        after.choices = [("", _("First in the text")), *places]  # type: ignore[attr-defined]
        after.initial = clauses[-1].key if clauses else ""
        parts = [(part, part) for part in dict.fromkeys(clause.part for clause in clauses) if part]
        new = (NEW_PART, _("A new part begins"))
        part.choices = [("", _("The same as the section it follows")), *parts, new]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        part = data.get("part")
        if part == NEW_PART and not data.get("new_part"):
            self.add_error("new_part", _("Write the heading of the new part."))
        elif part and part != NEW_PART and "after" in data and part not in self._parts_beside(data["after"]):
            self.add_error("part", _("The part is elsewhere in the text. Choose that of a section beside the new one."))
        return data

    def _parts_beside(self, after: str) -> list[str]:
        keys = [clause.key for clause in self.clauses]
        place = keys.index(after) + 1 if after else 0
        return [clause.part for clause in self.clauses[max(0, place - 1) : place + 1]]

    @property
    def written(self) -> dict[str, Any]:
        """What the action takes."""
        data = {name: self.cleaned_data[name] for name in ("number", "heading", "body", "after", "revision")}
        part = self.cleaned_data["part"]
        return {**data, "part": self.cleaned_data["new_part"] if part == NEW_PART else part or None}
