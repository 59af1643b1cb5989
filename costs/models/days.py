"""The yearly development day: held, or why not (agreement 9 §, A4, A29)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Agreement, Mandate, Party
from tym.core.identity import no_identity_code


class DevelopmentDay(models.Model):
    """The yearly development day of the staff (kehittämispäivä, 9 §), with how many came from each party."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="development_days")
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120, blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["agreement", "held_on"]
        verbose_name = _("development day")
        verbose_name_plural = _("development days")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "held_on"], name="costs_development_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d.%m.%Y} {self.place}".strip()


class DayAttendance(models.Model):
    """How many of a party's staff took part in the development day (A4)."""

    day = models.ForeignKey(DevelopmentDay, models.PROTECT, related_name="attendance")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    persons = models.PositiveIntegerField(_("persons"))

    history = tracked()

    class Meta:
        ordering = ["day", "party__order"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["day", "party"], name="costs_attendance_party_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.persons}"


class DayNotHeld(models.Model):
    """Why no development day was held in a year (A29). Written again, the earlier reason stays in the history."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="days_not_held")
    year = models.PositiveSmallIntegerField(_("year"))
    reason = models.CharField(_("reason"), max_length=500, validators=[no_identity_code])
    recorded_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    history = tracked()

    class Meta:
        ordering = ["agreement", "-year"]
        verbose_name = _("year without a development day")
        verbose_name_plural = _("years without a development day")
        constraints = [models.UniqueConstraint(fields=["agreement", "year"], name="costs_day_not_held_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.reason}"
