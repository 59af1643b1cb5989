"""Template filters for dates and figures; no value (None or "") shows as nothing."""

from datetime import date
from decimal import Decimal

from django import template

from tym.core import formats

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    return formats.format_day(value) if value else ""


@register.filter
def number(value: Decimal | int | None, places: int = 0) -> str:
    return "" if value in (None, "") else formats.format_number(value, places)


@register.filter
def euro(value: Decimal | int | None) -> str:
    return "" if value in (None, "") else formats.format_euro(value)


@register.filter
def person_years(value: Decimal | int | None) -> str:
    return "" if value in (None, "") else formats.format_person_years(value)


@register.filter
def genitive(value: str) -> str:
    return formats.genitive(value)
