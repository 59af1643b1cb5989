"""Days and periods. The last day of a period is part of it."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def today() -> datetime.date:
    """The day in Finland. Read once, in the view or the command, and passed on from there."""
    return timezone.localdate()


class PeriodQuerySet(models.QuerySet):
    def in_force(self, day: datetime.date) -> "PeriodQuerySet":
        """Rows whose period holds the day, last day included."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Period(models.Model):
    """From a day, to a day or until further notice (toistaiseksi)."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_period_in_order",
            )
        ]

    def holds(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
