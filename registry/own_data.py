"""What this service holds of a person: her own to see and take (GDPR art. 15 and 20)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.field_words import WORDS
from tym.accounts.models import User
from tym.core.formats import format_day

ROOMS = ("accounts", "agreements", "staffing", "steering", "costs", "registry", "desk")
# A fingerprint of a secret says nothing of the person, and is no business of a file that travels.
LEFT_OUT = {"password", "secret_sha256", "content", "is_system"}


@dataclass(frozen=True)
class Held:
    """Rows of one kind that name the person. headings, shown: the same as words, for the page."""

    name: str
    rows: list[dict[str, Any]]
    headings: list[str]
    shown: list[list[str]]


def held_of(person: User) -> list[Held]:
    """The person herself and every row that points at her. One query a model, however many rows."""
    found = [_held(str(User._meta.verbose_name), User, [person])]
    for model, fields in _models():
        asked = models.Q()
        for field in fields:
            asked |= models.Q(**{field: person.pk})
        rows = list(model._default_manager.filter(asked).order_by("pk"))
        if rows:
            found.append(_held(str(model._meta.verbose_name_plural), model, rows))
    return found


def _held(name: str, model: type[models.Model], rows: list[Any]) -> Held:
    fields = _fields(model)
    told = [{field.name: _plain(getattr(row, field.attname)) for field in fields} for row in rows]
    shown = [[_in_words(field, getattr(row, field.attname)) for field in fields] for row in rows]
    return Held(name, told, [_heading(field) for field in fields], shown)


def _fields(model: type[models.Model]) -> list[Any]:
    """Its plain fields; of what it points at only the key."""
    return [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT]


def _heading(field: Any) -> str:
    """What the field is called, or what it points at."""
    if field.primary_key:
        return _("number")
    if str(field.verbose_name) != field.name.replace("_", " "):
        return str(field.verbose_name)
    return str(field.related_model._meta.verbose_name if field.is_relation else WORDS[field.name])


def _in_words(field: Any, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        at = timezone.localtime(value)
        return f"{format_day(at.date())} {at:%H.%M}"
    if isinstance(value, datetime.date):
        return format_day(value)
    return str(dict(field.flatchoices).get(value, value))


def acts_of(person: User) -> int:
    """How many lines of history she has left. They stay: a register tells who did what (act 906/2019 17 §)."""
    past = [model for model in apps.get_models() if model.__name__.startswith("Historical")]
    return sum(model._default_manager.filter(history_user=person.pk).count() for model in past if _room(model) in ROOMS)


def _room(model: type[models.Model]) -> str:
    return model._meta.app_label


def _models() -> list[tuple[type[models.Model], list[str]]]:
    """Models of ours with the fields that point at a person."""
    found = []
    for model in apps.get_models():
        if _room(model) not in ROOMS or model.__name__.startswith("Historical"):
            continue
        fields = [f.name for f in model._meta.concrete_fields if f.is_relation and f.related_model is User]
        if fields:
            found.append((model, fields))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | None) else str(value)
