"""Counts of clients and of the work with them. Never anything about one client."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Agreement, Mandate, Municipality
from staffing.models.realised import OfPeriod
from tym.core.identity import no_identity_code


def _count(label: object) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True)  # type: ignore[arg-type]


def _within(some: str, of: str) -> models.CheckConstraint:
    known = Q(**{some: None}) | Q(**{f"{of}__isnull": False, f"{some}__lte": F(of)})
    return models.CheckConstraint(condition=known, name=f"staffing_count_{some}_within")


class ClientCount(OfPeriod):
    """Clients of a period (asiakasmäärät; act 381/2023 9 § 2 mom, agreement 5 and 6 §). Counts only.

    clients: in the model on the last day. Plans within three months (4 § 3 mom), reviews within three months (6 §),
    assessments made face to face (agreement 4 §). What was not counted is empty.
    """

    PARTS = (
        ("plans", "plans_in_time", "plans_due"),
        ("reviews", "reviews_in_time", "reviews_due"),
        ("face_to_face", "face_to_face", "assessments"),
    )

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="client_counts")
    clients = models.PositiveIntegerField(_("clients at the end"))
    started = _count(_("started"))
    ended = _count(_("ended"))
    in_assessment = _count(_("in assessment"))
    in_plan = _count(_("in the plan phase"))
    plans_due = _count(_("plans due"))
    plans_in_time = _count(_("plans made in time"))
    reviews_due = _count(_("reviews due"))
    reviews_in_time = _count(_("reviews made in time"))
    assessments = _count(_("assessments made"))
    face_to_face = _count(_("of them face to face"))
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[no_identity_code])
    entered_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    entered_on = models.DateField(_("entered on"))

    history = tracked()

    class Meta:
        ordering = ["agreement", "first_day"]
        verbose_name = _("client count")
        verbose_name_plural = _("client counts")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "first_day", "last_day"], name="staffing_count_once"),
            models.CheckConstraint(condition=Q(last_day__lte=F("entered_on")), name="staffing_count_not_of_future"),
            _within("plans_in_time", "plans_due"),
            _within("reviews_in_time", "reviews_due"),
            _within("face_to_face", "assessments"),
            models.CheckConstraint(
                condition=Q(in_assessment=None) | Q(in_plan=None) | Q(clients__gte=F("in_assessment") + F("in_plan")),
                name="staffing_count_phases_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.period.code}"


class MunicipalityCount(models.Model):
    """Clients of one municipality at the end of the period; empty when it was not counted."""

    count = models.ForeignKey(ClientCount, models.PROTECT, related_name="municipalities")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    clients = _count(_("clients at the end"))

    history = tracked()

    class Meta:
        ordering = ["count", "municipality__name"]
        verbose_name = _("municipality count")
        verbose_name_plural = _("municipality counts")
        constraints = [
            models.UniqueConstraint(fields=["count", "municipality"], name="staffing_count_municipality_once")
        ]

    def __str__(self) -> str:
        return f"{self.count}, {self.municipality}"
