"""Costs as typed: items, the development day, settlements, payments."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.acts import checked_field
from agreements.models import Agreement, Party
from costs.keys import KEYS, SETTINGS, setting_of, title_of
from costs.models import CostItem, DevelopmentDay, Sharing
from tym.core.fields import CountField, DayField, FigureField
from tym.core.identity import no_identity_code
from tym.core.uploads import UploadField

KINDS_TOLD = _(
    "Own cost: each party bears its own staff, phones, devices and travel. Development day: only premises and "
    "catering of the yearly day; all parties share. Other joint cost: for example a speaker's fee or a brochure; "
    "split when the steering group has approved it, Kela takes no part (agreement 9 §)."
)


class MoneyField(FigureField):
    """Euros to the cent; a credit note is negative."""

    places = 2
    maximum = Decimal("9999999.99")
    widget = forms.TextInput(attrs={"inputmode": "text", "size": 12, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {
        "required": _("Write the amount."),
        "invalid": _("Write the amount in euros, for example 1 384,75."),
        "decimals": _("Write at most two decimals."),
        "too_large": _("The amount can be at most %(maximum)s €."),
    }

    def checked(self, number: Decimal) -> Decimal:
        """A credit note is as large as an invoice may be, below zero."""
        found = super().checked(abs(number))
        return -found if number < 0 else found


class DayChoice(forms.ModelChoiceField):
    """Development days by their day."""

    def label_from_instance(self, obj: DevelopmentDay) -> str:
        return f"{obj.held_on.day}.{obj.held_on.month}.{obj.held_on.year} {obj.place}".strip()


class PartyChoice(forms.ModelChoiceField):
    """Parties by their short names."""

    def label_from_instance(self, obj: Party) -> str:
        return obj.short_name


class ItemForm(forms.Form):
    """An invoice or a credit note."""

    kind = forms.ChoiceField(
        label=_("Kind of cost"), choices=CostItem.Kind.choices, widget=forms.RadioSelect, help_text=KINDS_TOLD
    )
    invoiced_on = DayField(label=_("Day of the invoice"))
    supplier = forms.CharField(label=_("Supplier"), max_length=120, validators=[no_identity_code])
    description = forms.CharField(label=_("What was bought"), max_length=300, validators=[no_identity_code])
    net = MoneyField(label=_("Without VAT, €"), help_text=_("A credit note is negative, for example −100,00."))
    vat = MoneyField(label=_("VAT, €"), required=False, help_text=_("The receipt shows it; 0 when there is none."))
    payer = PartyChoice(Party.objects.none(), label=_("Paid by"), empty_label=None)
    day = DayChoice(
        DevelopmentDay.objects.none(),
        label=_("Development day"),
        required=False,
        empty_label=_("not a cost of the day"),
    )
    credit_of = forms.ModelChoiceField(
        CostItem.objects.none(), label=_("Corrects the item"), required=False, empty_label=_("corrects nothing")
    )
    receipt = UploadField(label=_("Receipt"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self, *args: Any, agreement: Agreement, payers: Iterable[Party], item: CostItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = agreement.cost_items.exclude(pk__in=[item.pk] if item else [])
        self.fields["payer"].queryset = payers  # type: ignore[attr-defined]
        self.fields["day"].queryset = agreement.development_days.all()  # type: ignore[attr-defined]
        self.fields["credit_of"].queryset = others  # type: ignore[attr-defined]

    def clean_vat(self) -> Decimal:
        return self.cleaned_data["vat"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, day, corrected = data.get("kind"), data.get("day"), data.get("credit_of")
        if kind == CostItem.Kind.DEVELOPMENT_DAY and not day and "day" not in self.errors:
            self.add_error("day", _("Choose the development day. Record it first when it is not here."))
        if kind and kind != CostItem.Kind.DEVELOPMENT_DAY and day:
            self.add_error("day", _("Only premises and catering of the day belong to it."))
        if (data.get("net") or 0) + (data.get("vat") or 0) < 0 and not corrected:
            self.add_error("credit_of", _("A credit note refers to the item it corrects."))
        if corrected and kind and corrected.kind != kind:
            self.add_error("credit_of", _("The correction is of the same kind as what it corrects."))
        return data


class AttendanceForm(forms.Form):
    """The development day: how many came from each party."""

    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False, validators=[no_identity_code])

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(parties)
        for party in self.parties:
            label = _("Attended, %(party)s") % {"party": party.short_name}
            self.fields[f"came_{party.order}"] = CountField(label=label)

    @property
    def attendance(self) -> dict[Party, int]:
        return {party: self.cleaned_data[f"came_{party.order}"] for party in self.parties}


class ReasonForm(forms.Form):
    """Why the cost is needed."""

    reason = forms.CharField(
        label=_("Why the cost is needed"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        validators=[no_identity_code],
    )


class SpanForm(forms.Form):
    """The days of a settlement."""

    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first_day") and data.get("last_day") and data["last_day"] < data["first_day"]:
            self.add_error("last_day", _("The last day is before the first."))
        return data


class SeenForm(forms.Form):
    """Nothing to fill in but exactly what was seen."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class PaidForm(forms.Form):
    """When and with which reference it was paid."""

    paid_on = DayField(label=_("Paid on"))
    reference = forms.CharField(label=_("Reference"), max_length=60, required=False, validators=[no_identity_code])


class SettingForm(forms.Form):
    """Another way of sharing, from a day."""

    kind = forms.ChoiceField(
        label=_("Kind of cost"),
        choices=[(kind.value, kind.label) for kind in KEYS],
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(label=_("What changes"))
    valid_from = DayField(
        label=_("In force from"), help_text=_("It concerns invoices of this day and later ones; splits made stay.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Every choice of either kind, once.
        every = {
            f"{setting.what}:{choice.value}": f"{title_of(setting.what)}: {choice.label}".capitalize()
            for setting in SETTINGS
            for choice in setting.choices
        }
        self.fields["to"].choices = list(every.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, to = data.get("kind"), data.get("to")
        if kind and to and to.partition(":")[2] not in setting_of(kind, to.partition(":")[0]).choices:
            self.add_error("to", _("Only costs of the development day are split by those who attended."))
        return data

    @property
    def name(self) -> str:
        return setting_of(self.cleaned_data["kind"], self.cleaned_data["to"].partition(":")[0]).name

    @property
    def value(self) -> str:
        return str(self.cleaned_data["to"].partition(":")[2])


class WeightField(FigureField):
    """An agreed weight, for example a part of a hundred."""

    places = 2
    maximum = Decimal("9999.99")
    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {
        "required": _("Write the number."),
        "invalid": _("Write the weight as a number with a decimal comma, for example 60 or 12,50."),
        "negative": _("The number cannot be negative."),
        "decimals": _("Write at most two decimals."),
        "too_large": _("The number can be at most %(maximum)s."),
    }


class SharingForm(forms.Form):
    """What the parties that pay joint costs have agreed on sharing them (act 381/2023 10 § 2 mom)."""

    basis = forms.ChoiceField(
        label=_("Where it is agreed"), choices=Sharing.Basis.choices, widget=forms.RadioSelect, initial="separate"
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=200,
        validators=[no_identity_code],
        help_text=_("The clause of the agreement, or case number and name of the separate agreement."),
    )
    agreed_on = DayField(label=_("Agreed on"))
    valid_from = DayField(
        label=_("In force from"), help_text=_("It concerns invoices of this day and later ones; splits made stay.")
    )
    ends = forms.BooleanField(
        label=_("The agreed sharing ends: from this day costs are shared by the number of staff again"), required=False
    )
    file = UploadField(label=_("The agreement as a file"), required=False)
    checked = checked_field()

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(parties)
        ends = bool(self.data.get("ends"))
        for party in self.parties:
            label = _("Weight of %(party)s") % {"party": party.short_name}
            self.fields[f"weight_{party.order}"] = WeightField(label=label, required=not ends)
        weights = [f"weight_{party.order}" for party in self.parties]
        self.order_fields(["basis", "reference", "agreed_on", "valid_from", *weights, "ends", "file", "checked"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = [f"weight_{party.order}" for party in self.parties]
        if data.get("ends"):
            for name in (name for name in named if data.get(name) is not None):
                self.add_error(name, _("Leave the weights empty when the agreed sharing ends."))
        elif not any(data.get(name) for name in named) and not any(name in self.errors for name in named):
            self.add_error(named[0], _("The agreed weights must say how to split."))
        return data

    @property
    def weights(self) -> dict[Party, Decimal]:
        """Nothing when the sharing ends."""
        told = {party: self.cleaned_data[f"weight_{party.order}"] for party in self.parties}
        return {} if self.cleaned_data["ends"] else told


class NotHeldForm(forms.Form):
    """Why no development day was held in a year."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    reason = forms.CharField(
        label=_("Why no development day was held"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        validators=[no_identity_code],
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
