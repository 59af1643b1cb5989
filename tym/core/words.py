"""Fields and values of a model in words, for pages that show whole rows."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tym.core.formats import format_day, format_number

NOTHING = "–"
FIELD_NAMES: dict[str, Promise] = {"id": gettext_lazy("number in the database")}


def name_fields(**names: Promise) -> None:
    """Labels of fields that no form of the site shows, so that the model has none."""
    FIELD_NAMES.update(names)


def label(field: Any) -> str:
    """The field's own label, one named here, or what the related model is called."""
    if isinstance(field.verbose_name, Promise):
        return capfirst(str(field.verbose_name))
    if field.name in FIELD_NAMES:
        return capfirst(str(FIELD_NAMES[field.name]))
    return capfirst(str(field.related_model._meta.verbose_name if field.is_relation else field.verbose_name))


def in_words(field: Any, value: Any) -> str:
    """A stored value as a person reads it."""
    if value in (None, ""):
        return NOTHING
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        at = timezone.localtime(value)
        return f"{format_day(at)} {at:%H.%M}"
    if isinstance(value, datetime.time):
        return f"{value:%H.%M}"
    if isinstance(value, datetime.date):
        return format_day(value)
    return format_number(value, field.decimal_places) if isinstance(value, Decimal) else str(value)
