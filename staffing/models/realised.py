"""What came true of Annex 2: realised staff, vacancies, and a party's word that its rows still hold."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Mandate, Party, Version
from staffing.periods import Period
from tym.core.identity import no_identity_code


class OfPeriod(models.Model):
    """A figure of a calendar month or quarter, both days included. `revision` grows with every save."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period.of(self.first_day, self.last_day)


def person_years_field(label: Any = None, **kwargs: Any) -> models.DecimalField:
    limits = [MinValueValidator(Decimal(0))]
    return models.DecimalField(label or _("person-years"), max_digits=6, decimal_places=2, validators=limits, **kwargs)


class RealisedStaffing(OfPeriod):
    """TYM staff of a party that in fact was there (henkilöstön tosiasiallinen toteutuminen; agreement 5 §).

    Only its TYM part, heads once a party (A24). as_agreed: "Toteutui sovitusti", the figures of Annex 2; else the
    party gave other figures. Earlier figures stay in the history.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="realised_staffing")
    persons = models.PositiveIntegerField(_("persons"), validators=[MaxValueValidator(9999)])
    person_years = person_years_field()
    as_agreed = models.BooleanField(_("realised as agreed"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[no_identity_code])
    confirmed_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"))

    history = tracked()

    class Meta:
        ordering = ["party", "first_day"]
        verbose_name = _("realised staff")
        verbose_name_plural = _("realised staff of the parties")
        constraints = [
            models.UniqueConstraint(fields=["party", "first_day", "last_day"], name="staffing_realised_once"),
            models.CheckConstraint(condition=Q(person_years__gte=0), name="staffing_realised_years_not_negative"),
            models.CheckConstraint(
                condition=Q(person_years__lte=F("persons")), name="staffing_realised_within_persons"
            ),
            models.CheckConstraint(
                condition=Q(last_day__lte=F("confirmed_on")), name="staffing_realised_not_of_future"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.period.code}"


class Vacancy(models.Model):
    """A post of Annex 2 that nobody fills for a time (vaje; agreement 4 §, sijaisjärjestelyt).

    line_key: key of the row of Annex 2, if it is about one. last_day empty: open. A substitute covers
    `substitute_person_years` of it from `substitute_from` on; none: 0. withdrawn: entered by mistake.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="vacancies")
    title = models.CharField(_("job title"), max_length=120, validators=[no_identity_code])
    line_key = models.CharField(max_length=32, blank=True)
    person_years = person_years_field()
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    substitute_person_years = person_years_field(_("person-years of the substitute"), default=Decimal(0))
    substitute_from = models.DateField(_("substitute from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[no_identity_code])
    withdrawn = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    history = tracked()

    class Meta:
        ordering = ["party__order", "first_day", "pk"]
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [
            models.CheckConstraint(condition=Q(person_years__gt=0), name="staffing_vacancy_of_something"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="staffing_vacancy_in_order"
            ),
            models.CheckConstraint(
                condition=Q(substitute_person_years=0, substitute_from=None)
                | Q(
                    substitute_person_years__gt=0,
                    substitute_person_years__lte=F("person_years"),
                    substitute_from__isnull=False,
                    substitute_from__gte=F("first_day"),
                ),
                name="staffing_vacancy_substitute_whole",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(substitute_from=None) | Q(substitute_from__lte=F("last_day")),
                name="staffing_vacancy_substitute_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.title}"

    def is_open(self, day: datetime.date) -> bool:
        """A gap on the day: something of the post that no substitute covers."""
        held = self.first_day <= day and (self.last_day is None or day <= self.last_day)
        return held and not self.withdrawn and self.uncovered_on(day) > 0

    def uncovered_on(self, day: datetime.date) -> Decimal:
        """Person-years that nobody does on the day."""
        covered = self.substitute_from is not None and self.substitute_from <= day
        return self.person_years - (self.substitute_person_years if covered else Decimal(0))

    def days_without_substitute(self, first: datetime.date, last: datetime.date) -> int:
        """Days of the time, both included, on which nobody stood in at all."""
        end = min(last, self.last_day or last)
        if self.substitute_from:
            end = min(end, self.substitute_from - datetime.timedelta(days=1))
        return max(0, (end - max(first, self.first_day)).days + 1)


class AnnexConfirmation(models.Model):
    """A party's word that its rows of Annex 2 hold as they are ("Vahvista: ei muutoksia"; agreement 5 §).

    version: the one in force that was looked at. Append-only.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="annex_confirmations")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            models.UniqueConstraint(fields=["party", "version", "day"], name="staffing_confirmation_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.version}, {self.day}"
