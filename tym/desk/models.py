"""Feedback on accessibility."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tym.core.identity import no_identity_code


class Feedback(models.Model):
    """Feedback on accessibility (saavutettavuuspalaute, 306/2019 10 §), answered within two weeks.

    due_on: last day of the answer, counted from the day of receipt. The message stays as it came.
    """

    DAYS_TO_ANSWER = 14

    message = models.TextField(_("message"), validators=[no_identity_code])
    email = models.EmailField(_("e-mail address"), blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    answer = models.TextField(_("answer"), blank=True, validators=[no_identity_code])
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("feedback")
        verbose_name_plural = _("pieces of feedback")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="desk_feedback_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def is_late(self, day: datetime.date) -> bool:
        return self.answered_at is None and day > self.due_on
