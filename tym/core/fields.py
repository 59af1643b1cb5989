"""Form fields that read what a Finnish official writes: 1.4.2025 and 0,80. A wrong value is shown again as typed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tym.core import formats
from tym.core.identity import no_identity_code

MAX_PERSON_YEARS = Decimal("999.99")
MAX_COUNT = 999_999


class ChoicesField(forms.ModelMultipleChoiceField):
    """Rows to tick. A number that no row can have is a wrong choice like any other, not a failure of SQLite's."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None


class DayField(forms.Field):
    """A day typed as text: one field, so it can be pasted; no picker, so it works by keyboard and by ear."""

    # No inputmode: the numeric keypad of some phones has no full stop.
    widget = forms.TextInput(attrs={"size": 12, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {"required": _("Write the day.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("dd.mm.yyyy"), **kwargs})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        if not str(value).strip():
            return None
        try:
            return formats.parse_day(str(value))
        except formats.Unreadable as error:
            raise ValidationError(str(error.message), error.code, error.params) from error

    def prepare_value(self, value: Any) -> Any:
        return formats.format_day(value) if isinstance(value, date) else value


class YearDayField(forms.CharField):
    """A day of every year, without the year: "31.3."."""

    widget = forms.TextInput({"size": 6})
    default_validators = [no_identity_code]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 6, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if not text:
            return ""
        try:
            day = formats.day_of_year(text, 2025)
        except ValueError:
            raise ValidationError(_("Write a day that every year has, for example 31.3.")) from None
        return f"{day.day}.{day.month}."


class FigureField(forms.Field):
    """A number from 0 to `maximum` with at most `places` decimals; the error messages are the subclass's."""

    places = 0
    maximum = Decimal(MAX_COUNT)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return self.checked(formats.parse_number(str(value)))
        except formats.Unreadable:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def checked(self, number: Decimal) -> Decimal:
        """The number, if it is one this field takes. Raises ValidationError."""
        if number < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        if -int(number.as_tuple().exponent) > self.places:
            raise ValidationError(self.error_messages["decimals"], code="decimals")
        if number > self.maximum:
            params = {"maximum": formats.format_number(self.maximum, self.places)}
            raise ValidationError(self.error_messages["too_large"], code="too_large", params=params)
        return number.quantize(Decimal(1).scaleb(-self.places))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | int):
            return formats.format_number(value, self.places)
        return value


class PersonYearsField(FigureField):
    """Henkilötyövuodet (liite 2): 0–999,99 with at most two decimals. 0 is a vacant post."""

    places = 2
    maximum = MAX_PERSON_YEARS
    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {
        "required": _("Write the person-years."),
        "invalid": _("Write the person-years as a number with a decimal comma, for example 0,80."),
        "negative": _("Person-years cannot be negative."),
        "decimals": _("Person-years have at most two decimals, for example 0,80."),
        "too_large": _("Person-years can be at most %(maximum)s on one row."),
    }

    def __init__(self, **kwargs: Any) -> None:
        hint = _("Person-years are given with a decimal comma, at most two decimals, for example 0,80.")
        super().__init__(**{"help_text": hint, **kwargs})


class CountField(FigureField):
    """A whole number of people or things, 0 or more; gives an int."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 8, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {
        "required": _("Write the number."),
        "invalid": _("Write a whole number, for example 12."),
        "negative": _("The number cannot be negative."),
        "decimals": _("Write a whole number without decimals."),
        "too_large": _("The number can be at most %(maximum)s."),
    }

    def to_python(self, value: Any) -> int | None:
        number = super().to_python(value)
        return None if number is None else int(number)
