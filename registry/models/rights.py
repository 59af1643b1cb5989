"""Access rights to the client data system (TYPPI), party by party (agreement 10 §, act 381/2023 12 §)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Mandate, Party
from tym.core.identity import no_identity_code

# Days of an access right that cannot be in the future when they are entered.
HAPPENED = ("applied_on", "trained_on", "granted_on", "changed_on", "ended_on")


class RightsSetting(models.Model):
    """Whether a party keeps the list of its rights by name here. Without a row it tells counts only."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="rights_setting")
    named = models.BooleanField(_("keeps the list by name"), default=False)

    history = tracked()

    class Meta:
        ordering = ["party__agreement", "party__order"]
        verbose_name = _("way of keeping access rights")
        verbose_name_plural = _("ways of keeping access rights")

    def __str__(self) -> str:
        way = _("by name") if self.named else _("counts only")
        return f"{self.party}: {way}"


class RightsCheck(models.Model):
    """A party's yearly confirmation of its access rights (vuosivahvistus), in counts.

    granted: rights that are open. outside: how many of them belong to people who are not TYM staff (5 §), such as
    the coordinator. applied: applied for and not granted yet. untrained: without training. left: of people who no
    longer do the tasks.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="rights_checks")
    on = models.DateField(_("day"))
    granted = models.PositiveIntegerField(_("open rights"))
    outside = models.PositiveIntegerField(_("of them not TYM staff"), default=0)
    applied = models.PositiveIntegerField(_("applied for, not granted yet"), default=0)
    untrained = models.PositiveIntegerField(_("training missing"), default=0)
    left = models.PositiveIntegerField(_("no longer does the tasks, right open"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["party__agreement", "party__order", "on", "pk"]
        verbose_name = _("confirmation of access rights")
        verbose_name_plural = _("confirmations of access rights")
        constraints = [
            models.CheckConstraint(
                condition=Q(outside__lte=F("granted"), left__lte=F("granted")), name="registry_check_parts_within"
            ),
            models.CheckConstraint(
                condition=Q(untrained__lte=F("granted") + F("applied")), name="registry_check_untrained_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.on:%d.%m.%Y}"


class AccessRight(models.Model):
    """A person's right to the client data system (käyttöoikeus), from application to end (10 §: the party's duty).

    applied → granted → trained → checked → changed → ended. left_on: last day on which the person does the tasks;
    ended_on: last day of the right. deviation: why the right was granted before training.
    """

    DAYS = ("applied_on", "trained_on", "granted_on", "changed_on", "left_on", "ended_on")

    party = models.ForeignKey(Party, models.PROTECT, related_name="access_rights")
    person = models.CharField(_("person"), max_length=120, validators=[no_identity_code])
    employer = models.CharField(_("employer"), max_length=120, validators=[no_identity_code])
    task = models.CharField(_("task"), max_length=120, blank=True, validators=[no_identity_code])
    is_staff = models.BooleanField(_("is TYM staff of Annex 2"), default=True)
    applied_on = models.DateField(_("applied for"))
    trained_on = models.DateField(_("trained"), null=True, blank=True)
    granted_on = models.DateField(_("granted"), null=True, blank=True)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    changed_on = models.DateField(_("changed"), null=True, blank=True)
    left_on = models.DateField(_("tasks ended"), null=True, blank=True)
    ended_on = models.DateField(_("right ended"), null=True, blank=True)
    deviation = models.CharField(_("why without training"), max_length=300, blank=True, validators=[no_identity_code])
    entered_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    history = tracked()

    class Meta:
        ordering = ["party__agreement", "party__order", "person", "applied_on", "pk"]
        verbose_name = _("access right")
        verbose_name_plural = _("access rights")
        constraints = [
            models.UniqueConstraint(
                "party", Lower("person"), Lower("employer"),
                condition=Q(ended_on=None),
                name="registry_right_one_open",
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(granted_on__gte=F("applied_on")), name="registry_right_granted_after"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("applied_on"), granted_on=None)
                | Q(ended_on__gte=F("granted_on"), granted_on__isnull=False),
                name="registry_right_ended_after",
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(trained_on__lte=F("granted_on"), trained_on__isnull=False)
                | ~Q(deviation=""),
                name="registry_right_trained_first",
            ),
            models.CheckConstraint(condition=~Q(employer=""), name="registry_right_employer_told"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.person

    def is_open(self, day: datetime.date) -> bool:
        """Granted, and its last day has not passed."""
        return self.granted_on is not None and self.granted_on <= day and not self.is_over(day)

    def is_over(self, day: datetime.date) -> bool:
        return self.ended_on is not None and self.ended_on < day
