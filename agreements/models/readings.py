"""How the parties read what the agreement leaves open, and how the group works."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.matters import Decision, Matter
from agreements.models.parties import Agreement
from tym.core.identity import no_identity_code


class ReadingQuerySet(models.QuerySet):
    def in_force(self, agreement: Agreement, day: datetime.date) -> ReadingQuerySet:
        """Readings approved by the group that have started, the latest of each key last."""
        approved = Decision.objects.filter(
            matter=models.OuterRef("matter"), party=None, outcome=Decision.Outcome.APPROVE
        )
        started = self.filter(models.Exists(approved), matter__agreement=agreement, valid_from__lte=day)
        return started.order_by("valid_from", "pk")


class Reading(models.Model):
    """A setting (tulkinta tai menettely): what an open point of the agreement means here (domain 5.18, A1-A33).

    It holds when the steering group has approved its matter, from valid_from until the next one of the same key.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="readings")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=200, validators=[no_identity_code])
    valid_from = models.DateField(_("valid from"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["matter", "key"]
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        constraints = [models.UniqueConstraint(fields=["matter", "key"], name="agreements_reading_once_a_matter")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


def readings_on(agreement: Agreement, day: datetime.date) -> dict[str, Reading]:
    """The settings in force on the day, by key. One query."""
    found = Reading.objects.in_force(agreement, day).select_related("matter")
    return {reading.key: reading for reading in found}
