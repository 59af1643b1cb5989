"""What the group sets: the goals of a year, the frame of the coordinator's tasks, working groups (7 §)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Agreement, Decision, Mandate, Matter
from tym.core.formats import format_number
from tym.core.identity import no_identity_code


def approved(outer: str = "matter") -> models.Exists:
    """The steering group has approved the matter at `outer`."""
    group = Decision.objects.filter(party=None, outcome=Decision.Outcome.APPROVE)
    return models.Exists(group.filter(matter=models.OuterRef(outer)))


class NationalGoal(models.Model):
    """A national goal for promoting employment (valtakunnallinen tavoite, 380/2023 21 §), of a government term.

    own_wording: the text is our short rendering, not the Government's own.
    """

    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, validators=[no_identity_code])
    own_wording = models.BooleanField(default=True)

    history = tracked()

    class Meta:
        ordering = ["first_year", "number"]
        verbose_name = _("national goal")
        verbose_name_plural = _("national goals")
        constraints = [
            models.UniqueConstraint(fields=["first_year", "number"], name="steering_nationalgoal_number_once"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="steering_nationalgoal_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def years(self) -> str:
        return f"{self.first_year}–{self.last_year}"


class GoalSetQuerySet(models.QuerySet):
    def of_year(self, agreement: Agreement, year: int) -> GoalSetQuerySet:
        return self.filter(matter__agreement=agreement, year=year)

    def approved(self) -> GoalSetQuerySet:
        return self.filter(approved())


class GoalSet(models.Model):
    """The goals of a calendar year (vuoden tavoitteet, 7 §, decree 388/2024 2 §); one set approved a year.

    guidance: how the guidance of the advisory board's section (yhdyspintajaosto) was taken into account.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="goal_set")
    year = models.PositiveSmallIntegerField(_("year"))
    guidance = models.TextField(_("guidance of the section for shared matters"), validators=[no_identity_code])

    objects = GoalSetQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("goals of a year")
        verbose_name_plural = _("goals of years")
        constraints = [
            models.CheckConstraint(condition=~Q(guidance=""), name="steering_goalset_guidance_noted"),
            models.CheckConstraint(condition=Q(year__gte=2025, year__lte=2199), name="steering_goalset_year_known"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Goal(models.Model):
    """A goal with its measure (tavoite ja mittari). Linked to national goals, or a written reason why to none."""

    goal_set = models.ForeignKey(GoalSet, models.PROTECT, related_name="goals")
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(_("goal"), max_length=200, validators=[no_identity_code])
    measure = models.CharField(_("measure"), max_length=200, validators=[no_identity_code])
    unit = models.CharField(_("unit"), max_length=40, blank=True, validators=[no_identity_code])
    start = models.DecimalField(_("start"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    lower_is_better = models.BooleanField(_("lower is better"), default=False)
    national_goals = models.ManyToManyField(NationalGoal, related_name="+", blank=True)
    reason_for_none = models.TextField(_("reason for no national goal"), blank=True, validators=[no_identity_code])

    class Meta:
        ordering = ["goal_set", "position", "pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return self.name

    def is_met_by(self, value: Decimal) -> bool:
        """Whether the value reaches the target, in the direction that is better."""
        return value <= self.target if self.lower_is_better else value >= self.target


class GoalOutcome(models.Model):
    """How far a goal has come on a day (toteuma). The latest counts; earlier ones stay."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="outcomes")
    on = models.DateField(_("day"))
    value = models.DecimalField(_("outcome"), max_digits=12, decimal_places=2)
    note = models.TextField(_("how it was computed"), blank=True, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["goal", "on", "pk"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return f"{self.on}: {format_number(self.value, 2)}"


class DecidedQuerySet(models.QuerySet):
    def decided_by(self, agreement: Agreement, day: datetime.date) -> DecidedQuerySet:
        """What the group had approved by the day, the latest last, with the day as `decided_on`."""
        group = Decision.objects.filter(party=None, outcome=Decision.Outcome.APPROVE, decided_on__lte=day)
        decided_on = models.Subquery(group.filter(matter=models.OuterRef("matter")).values("decided_on")[:1])
        found = self.filter(matter__agreement=agreement).annotate(decided_on=decided_on)
        return found.exclude(decided_on=None).order_by("decided_on", "pk")


class Frame(models.Model):
    """The frame of the coordinator's tasks (tehtävien raamit, 7 §). The latest approved is in force."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="frame")
    text = models.TextField(_("text"), validators=[no_identity_code])

    objects = DecidedQuerySet.as_manager()

    class Meta:
        ordering = ["matter"]
        verbose_name = _("frame of the coordinator's tasks")
        verbose_name_plural = _("frames of the coordinator's tasks")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="steering_frame_says_something")]

    def __str__(self) -> str:
        return self.text[:80]


class WorkingGroup(models.Model):
    """A working group or network under the steering group (työryhmä, 7 §)."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="working_group")
    name = models.CharField(_("name"), max_length=120, validators=[no_identity_code])
    task = models.TextField(_("task"), validators=[no_identity_code])
    members = models.TextField(_("members"), blank=True, validators=[no_identity_code])
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = DecidedQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="steering_workinggroup_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name
