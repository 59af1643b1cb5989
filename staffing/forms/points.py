"""The service points of Annex 1 as typed: read, checked, never saved here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from agreements.models import Municipality
from staffing.forms.lines import LineField
from staffing.models import ServicePoint
from staffing.points import PointInput

MAX_POINTS = 200


class PointForm(forms.Form):
    """One service point. A row in which nothing is written and which continues no row is no row."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    name = LineField(24, label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    kind = forms.ChoiceField(label=_("Kind"), error_messages={"required": _("Choose the kind.")})
    municipality = forms.ChoiceField(
        label=_("Municipality"), error_messages={"required": _("Choose the municipality.")}
    )
    address = LineField(24, label=_("Address"), max_length=200, required=False)
    opening = LineField(20, label=_("Opening hours"), max_length=200, required=False)
    remove = forms.BooleanField(label=_("Remove row"), required=False)

    def __init__(self, *args: Any, area: Sequence[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = {str(municipality.pk): municipality for municipality in area}
        empty = ("", _("Choose"))
        self.fields["kind"].choices = [empty, *ServicePoint.Kind.choices]  # type: ignore[attr-defined]
        names = [(key, municipality.name) for key, municipality in self.area.items()]
        self.fields["municipality"].choices = [empty, *names]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.fields if name != "remove")

    def clean_municipality(self) -> Municipality:
        return self.area[self.cleaned_data["municipality"]]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("remove"):
            # What goes away need not be right.
            self.errors.clear()

    @property
    def typed(self) -> dict[str, Any]:
        """What the person sent, as she wrote it."""
        return {name: self[name].data for name in self.fields}

    @property
    def point(self) -> PointInput | None:
        """The row as it should be; None when it is empty or to be removed."""
        if not self.cleaned_data or self.cleaned_data["remove"]:
            return None
        return PointInput(**{name: value for name, value in self.cleaned_data.items() if name != "remove"})


class BasePointFormSet(BaseFormSet):
    """A party's service points on one page."""

    @property
    def typed(self) -> list[dict[str, Any]]:
        return [form.typed for form in self.forms]

    @property
    def points(self) -> list[PointInput]:
        """The rows to keep, once all are right."""
        return [point for form in self.forms if (point := form.point)]


PointFormSet = cast(
    type[BasePointFormSet],
    formset_factory(PointForm, formset=BasePointFormSet, extra=0, max_num=MAX_POINTS, absolute_max=MAX_POINTS),
)


def as_typed(point: ServicePoint) -> dict[str, Any]:
    """A stored row as the form shows it."""
    names = ("key", "name", "kind", "address", "opening")
    return {**{name: getattr(point, name) for name in names}, "municipality": str(point.municipality_id)}
