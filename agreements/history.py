"""Who did it, on which mandate, and what it was: kept with every change of a business row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from tym.accounts.models import User

if TYPE_CHECKING:
    from agreements.models import Mandate


class WithoutMandate:
    """A person who acts on no mandate: a command, or a newcomer who answers an invitation."""

    pk = None

    def __init__(self, person: User) -> None:
        self.person = person

    def __str__(self) -> str:
        return self.person.name


class System(WithoutMandate):
    """The actor behind commands (järjestelmä)."""


class Newcomer(WithoutMandate):
    """A person who accepts an invitation (kutsuttu)."""


class Operator(WithoutMandate):
    """A person who runs the service and keeps its reference data (ylläpitäjä)."""


class MandatedHistory(models.Model):
    """A line of history knows the mandate on which the person acted."""

    mandate = models.ForeignKey("agreements.Mandate", models.PROTECT, null=True, related_name="+", db_constraint=False)

    class Meta:
        abstract = True


class DraftHistory(MandatedHistory):
    """A line of a draft's history also keeps its rows as they were saved then; null where no save of rows is told."""

    rows = models.TextField(null=True)  # noqa: DJ001  null is "not told", an empty list is "no rows"

    class Meta:
        abstract = True


def tracked(base: Any = MandatedHistory, **kwargs: Any) -> HistoricalRecords:
    """History of a business model: actor, mandate and reason on every line, never cascaded away."""
    return HistoricalRecords(
        bases=[base], use_base_model_db=True, history_change_reason_field=models.TextField(), **kwargs
    )


def stamp(instance: models.Model, *, by: Mandate | WithoutMandate, reason: str) -> None:
    """Say who is about to save the instance and why. Every save of a tracked model needs it."""
    instance._history_user = by.person  # type: ignore[attr-defined]
    instance._history_mandate_id = by.pk  # type: ignore[attr-defined]
    instance._change_reason = reason  # type: ignore[attr-defined]


def save(instance: models.Model, *, by: Mandate | WithoutMandate, reason: str, fields: list[str] | None = None) -> None:
    """Check, stamp and save. `fields` limits what is written, so that nobody else's change is undone."""
    instance.full_clean(validate_constraints=False)
    stamp(instance, by=by, reason=reason)
    instance.save(update_fields=fields)


def _note_more(sender: Any, instance: models.Model, history_instance: Any, **kwargs: Any) -> None:
    history_instance.mandate_id = getattr(instance, "_history_mandate_id", None)
    # Told for one save only: the next line of the same instance says nothing of rows.
    history_instance.rows = instance.__dict__.pop("_history_rows", None)


pre_create_historical_record.connect(_note_more, dispatch_uid="agreements.history")
