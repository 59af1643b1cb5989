"""The steering group's terms and seats (johtoryhmä: toimikausi, jäsenet ja henkilökohtaiset varajäsenet)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Agreement, Matter, Party, Row
from tym.accounts.models import User
from tym.core.formats import format_day
from tym.core.identity import no_identity_code


def last_day_of_term(first: datetime.date) -> datetime.date:
    """The last day of five years that begin on `first` (C3); a term from 29.2. ends on 28.2."""
    if (first.month, first.day) == (2, 29):
        return datetime.date(first.year + 5, 2, 28)
    return first.replace(year=first.year + 5) - datetime.timedelta(days=1)


class TermQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> TermQuerySet:
        """The term that holds the day; both its first and last day count."""
        open_then = Q(closed_on=None) | Q(closed_on__gte=day)
        return self.filter(open_then, valid_from__lte=day, valid_to__gte=day)


class Term(models.Model):
    """A term of the steering group (toimikausi): exactly five years (decree 388/2024 1 §).

    party: the employment authority that appointed the group. closed_on: last day when it was closed early,
    with its reason. The decision and the seats lie under the matter.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="terms")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"))
    closed_on = models.DateField(_("closed early on"), null=True, blank=True)
    closing_reason = models.TextField(_("reason"), blank=True, validators=[no_identity_code])

    objects = TermQuerySet.as_manager()
    history = tracked()

    class Meta:
        ordering = ["agreement", "valid_from"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closing_reason="") | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="steering_term_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None)
                | Q(closed_on__gte=models.F("valid_from"), closed_on__lte=models.F("valid_to")),
                name="steering_term_closed_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{format_day(self.valid_from)}–{format_day(self.last_day)}"

    @property
    def last_day(self) -> datetime.date:
        return self.closed_on or self.valid_to


class SeatLine(Row):
    """A seat of the steering group (paikka): a member and her personal deputy, named by a party (decree 1 §).

    position is the seat's number. The chair is named by the employment authority, the vice chair by the county.
    """

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")  # puheenjohtaja
        VICE_CHAIR = "vice_chair", _("vice chair")  # varapuheenjohtaja
        MEMBER = "member", _("member")  # jäsen

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    member = models.ForeignKey(User, models.PROTECT, related_name="+")
    member_title = models.CharField(_("job title"), max_length=120, blank=True, validators=[no_identity_code])
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    deputy_title = models.CharField(
        _("job title of the deputy"), max_length=120, blank=True, validators=[no_identity_code]
    )

    class Meta(Row.Meta):
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["position", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=["chair", "vice_chair", "member"]), name="steering_seatline_role_known"
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=models.F("member")), name="steering_seatline_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.member}"
