"""Who sits where, and the decision that says so."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from agreements.forms.acts import checked_field
from agreements.models import Party
from steering.actions import SeatHolder, SeatInput
from steering.models import SeatLine
from tym.accounts.models import User
from tym.core.fields import DayField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField

MAX_SEATS, SEATS_SHOWN = 40, 9


def _line(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, validators=[no_identity_code], **kwargs)


class HoldersForm(forms.Form):
    """A member and her personal deputy."""

    member_name = _line(_("Member"), 150, error_messages={"required": _("Write the name of the member.")})
    member_email = forms.EmailField(label=_("Member's e-mail address"), required=False, max_length=254)
    member_title = _line(_("Member's job title"), 120, required=False)
    deputy_name = _line(_("Personal deputy"), 150, required=False)
    deputy_email = forms.EmailField(label=_("Deputy's e-mail address"), required=False, max_length=254)
    deputy_title = _line(_("Deputy's job title"), 120, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("deputy_name") and (data.get("deputy_email") or data.get("deputy_title")):
            self.add_error("deputy_name", _("Write the name of the deputy."))
        return data

    def _holder(self, who: str) -> SeatHolder | None:
        told = {part: self.cleaned_data[f"{who}_{part}"].strip() for part in ("name", "email", "title")}
        return SeatHolder(**told) if told["name"] else None

    @property
    def holders(self) -> dict[str, Any]:
        return {"member": self._holder("member"), "deputy": self._holder("deputy")}


class OwnSeatForm(HoldersForm):
    """A seat of the party, whose number and role stay."""

    key = forms.CharField(widget=forms.HiddenInput)

    @property
    def seat(self) -> SeatInput:
        return SeatInput(key=self.cleaned_data["key"], **self.holders)


class NewSeatForm(HoldersForm):
    """A seat of a new composition. A row in which nothing is written is no seat."""

    party = forms.ModelChoiceField(Party.objects.none(), label=_("Party"))
    role = forms.ChoiceField(label=_("Role"), choices=SeatLine.Role, initial=SeatLine.Role.MEMBER)

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        self.order_fields(["party", "role", *HoldersForm.base_fields])

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.fields if name != "role")

    @property
    def seat(self) -> SeatInput:
        data = self.cleaned_data
        return SeatInput(party=data["party"], role=data["role"], **self.holders)


class BaseSeatFormSet(BaseFormSet):
    @property
    def seats(self) -> list[SeatInput]:
        """The seats written, once all are valid."""
        return [form.seat for form in self.forms if form.cleaned_data]


class BaseNewSeatFormSet(BaseSeatFormSet):
    """A whole composition: it starts from the present one, and any seat but the first may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = max(SEATS_SHOWN - len(self.initial or ()), 2)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        return {**kwargs, "empty_permitted": True} if index else kwargs


OwnSeatFormSet = cast(
    type[BaseSeatFormSet],
    formset_factory(OwnSeatForm, formset=BaseSeatFormSet, extra=0, max_num=MAX_SEATS, absolute_max=MAX_SEATS),
)
NewSeatFormSet = cast(
    type[BaseSeatFormSet],
    formset_factory(
        NewSeatForm,
        formset=BaseNewSeatFormSet,
        min_num=1,
        validate_min=True,
        max_num=MAX_SEATS,
        absolute_max=MAX_SEATS,
    ),
)


def as_typed(seat: SeatLine) -> dict[str, Any]:
    """A stored seat as the form shows it."""
    return {
        "key": seat.key,
        "party": seat.party_id,
        "role": seat.role,
        **_person("member", seat.member, seat.member_title),
        **_person("deputy", seat.deputy, seat.deputy_title),
    }


def _person(who: str, person: User | None, title: str) -> dict[str, str]:
    if person is None:
        return {}
    return {f"{who}_name": person.name, f"{who}_email": person.email or "", f"{who}_title": title}


class AppointForm(forms.Form):
    """The employment authority's decision on the group (7 §)."""

    organ = _line(_("Deciding body"), 120)
    decided_on = DayField(label=_("Day of the decision"))
    section = forms.CharField(
        label=_("Section of the decision (§)"), max_length=12, widget=forms.TextInput({"size": 6})
    )
    case_number = _line(_("Case number"), 40, required=False)
    valid_from = DayField(
        label=_("First day"),
        help_text=_("A new term is five years. A day within the present term changes the seats of that term."),
    )
    deviation = forms.CharField(
        label=_("Reason for a deviation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        validators=[no_identity_code],
        help_text=_("When the start is before the decision, or somebody is the deputy of two seats."),
    )
    extract = UploadField(label=_("Extract of the minutes"), required=False)
    checked = checked_field()


class CloseTermForm(forms.Form):
    """A term that ends before its five years."""

    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}), validators=[no_identity_code]
    )


class StartForm(forms.Form):
    """What the person started from, so that nobody's save is undone unseen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    ground = forms.CharField(widget=forms.HiddenInput)
