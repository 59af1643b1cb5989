"""Letting people in."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models.parties import Mandate, Municipality, Party
from tym.core.identity import no_identity_code


class Invitation(models.Model):
    """An invitation by e-mail to act for a party (kutsu). The link works once and expires.

    Only the SHA-256 of the link's secret is kept, so nobody who reads the database can use it.
    """

    DAYS_OPEN = 14
    # Of this one sending, not kept: the main user is told, cancels and invites again.
    mail_failed = False

    party = models.ForeignKey(Party, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, validators=[no_identity_code])
    capacity = models.CharField(max_length=20, choices=Mandate.Capacity)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    may_bind_party = models.BooleanField(default=False)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    mandate = models.OneToOneField(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    history = tracked(excluded_fields=["secret_sha256"])

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mandate=None) | models.Q(cancelled_at=None),
                name="agreements_invitation_used_or_cancelled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_capacity_display()}"

    def is_open(self, day: datetime.date) -> bool:
        """Neither used, cancelled nor expired; the last day counts."""
        return self.mandate_id is None and self.cancelled_at is None and day <= self.expires_on
