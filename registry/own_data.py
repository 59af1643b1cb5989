"""What this service holds of a person: her own to see and take (GDPR art. 15 and 20)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from tym.accounts.models import User

ROOMS = ("accounts", "agreements", "staffing", "steering", "costs", "registry", "desk")
# A fingerprint of a secret says nothing of the person, and is no business of a file that travels.
LEFT_OUT = {"password", "secret_sha256", "content", "is_system"}


@dataclass(frozen=True)
class Held:
    """Rows of one kind that name the person."""

    name: str
    rows: list[dict[str, Any]]


def held_of(person: User) -> list[Held]:
    """The person herself and every row that points at her. One query a model, however many rows."""
    found = [Held(str(User._meta.verbose_name), [_told(person)])]
    for model, fields in _models():
        asked = models.Q()
        for field in fields:
            asked |= models.Q(**{field: person.pk})
        rows = [_told(row) for row in model._default_manager.filter(asked).order_by("pk")]
        if rows:
            found.append(Held(str(model._meta.verbose_name_plural), rows))
    return found


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


def _told(row: models.Model) -> dict[str, Any]:
    """Its plain fields by name; of what it points at only the key."""
    fields = [field for field in row._meta.concrete_fields if field.name not in LEFT_OUT]
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | None) else str(value)
