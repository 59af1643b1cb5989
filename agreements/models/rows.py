"""Content as rows that have a start and never an end (design: the second principle)."""

from __future__ import annotations

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from agreements.models.changes import Change, Document, Version
from tym.core.identity import no_identity_code


def new_key() -> str:
    return uuid.uuid4().hex


class RowQuerySet(models.QuerySet):
    def of(self, document: Document) -> Self:
        return self.filter(version__document=document)

    def in_force(self, day: datetime.date) -> Self:
        """Adopted rows that have started and whose successor has not."""
        return self._current(Q(version__change__valid_from__lte=day))

    def latest_decided(self) -> Self:
        """Adopted rows without an adopted successor, started or not: what a draft builds on."""
        return self._current(Q())

    def around(self, version: Version, start: datetime.date | None) -> Self:
        """All that a change's page needs: its own rows, those they replace, what else was decided on these,
        and the current rows (`is_current`) on the start day, or as decided by now.
        """
        own = self.model._default_manager.filter(version=version)
        bases = own.exclude(base=None).values("base")
        current = self._is_current(Q() if start is None else Q(version__change__valid_from__lte=start))
        # Rows decided in the place of what it replaces, and rows decided on top of its own.
        on_these = Q(base__in=bases) | Q(base__in=own.values("pk"))
        decided = on_these & Q(version__change__state=Change.State.ADOPTED)
        return self.annotate(is_current=Case(When(current, then=True), default=False)).filter(
            Q(version=version) | Q(pk__in=bases) | decided | Q(is_current=True)
        )

    def _current(self, started: Q) -> Self:
        return self.filter(self._is_current(started))

    def _is_current(self, started: Q) -> Q:
        # A removed row is a successor too, so it hides its base; it is never shown itself.
        adopted = started & Q(version__change__state=Change.State.ADOPTED)
        successors = self.model._default_manager.filter(adopted, base=OuterRef("pk"))
        return adopted & Q(removed=False) & ~Q(Exists(successors))


class Row(models.Model):
    """One row of a document's content. `key` stays the same through all its successors.

    base: the row this one replaces. removed: this row says only that its base ends.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    key = models.CharField(max_length=32, default=new_key)
    removed = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="%(app_label)s_%(class)s_once_a_version"),
            models.CheckConstraint(
                condition=Q(removed=False) | Q(base__isnull=False), name="%(app_label)s_%(class)s_removes_something"
            ),
        ]


class Clause(Row):
    """A section of text (pykälä, kohta): of the main text or of a written annex.

    part: heading of the part it stands in ("I …"), or empty. body: light markup.
    """

    part = models.CharField(_("part"), max_length=500, blank=True, validators=[no_identity_code])
    number = models.CharField(_("number"), max_length=12, blank=True)
    heading = models.CharField(_("heading"), max_length=500, blank=True, validators=[no_identity_code])
    body = models.TextField(_("text"), blank=True, validators=[no_identity_code])

    class Meta(Row.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()
