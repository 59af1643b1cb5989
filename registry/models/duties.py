"""What parties tell of the duties of data protection and documents (agreement 10 and 11 §)."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Mandate, Party, Record
from tym.core.identity import no_identity_code


class DutyNote(models.Model):
    """A party's word on a duty (velvollisuus): evidence, or the yearly confirmation that it is kept.

    duty: key of a row in registry/duties.json.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="duty_notes")
    duty = models.CharField(_("duty"), max_length=40)
    on = models.DateField(_("day"))
    confirms = models.BooleanField(_("confirms for a year"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True, validators=[no_identity_code])
    link = models.URLField(_("link"), blank=True, validators=[URLValidator(["https"])])
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["party__agreement", "party__order", "duty", "on", "pk"]
        verbose_name = _("word on a duty")
        verbose_name_plural = _("words on duties")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirms=True) | ~Q(note="") | ~Q(link="") | Q(record__isnull=False),
                name="registry_duty_note_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.duty}"
