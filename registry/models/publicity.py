"""How public a document is, when somebody who answers for it has said so (act 621/1999 22, 24 and 25 §)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import Mandate, Record
from tym.core.identity import no_identity_code


class PublicityClass(models.Model):
    """A document's class set by hand (julkisuusluokka). The latest one holds, above what is computed.

    ground: the section it rests on; part: which part of the document is secret (25 §); until: last day of secrecy,
    empty when the time of the act runs (31 §).
    """

    class State(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("publicity", "Public")  # julkinen
        SECRET = "secret", pgettext_lazy("publicity", "Secret")  # salassa pidettävä

    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    state = models.CharField(_("class"), max_length=10, choices=State)
    ground = models.CharField(_("ground"), max_length=150, blank=True, validators=[no_identity_code])
    part = models.CharField(_("secret part"), max_length=300, blank=True, validators=[no_identity_code])
    until = models.DateField(_("secret until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["record__agreement", "record", "pk"]
        verbose_name = _("class of publicity")
        verbose_name_plural = _("classes of publicity")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="secret", ground__contains="§") & ~Q(part="")
                | Q(state="public", part="", until=None),
                name="registry_publicity_secret_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")), name="registry_publicity_until_after"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="registry_publicity_reason_told"),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.get_state_display()}"
