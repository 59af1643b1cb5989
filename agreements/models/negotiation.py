"""What the parties do with a proposal to change the text between receiving and signing it (12 §)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models.changes import Change, Document
from agreements.models.parties import Mandate, Party
from tym.core.identity import no_identity_code


class ShorterNotice(models.Model):
    """A party's consent that a late proposal comes into force on its wanted day (A11). Never taken back."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="shorter_notices")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("consent to a shorter time")
        verbose_name_plural = _("consents to a shorter time")
        constraints = [
            models.UniqueConstraint(fields=["change", "party"], name="agreements_shorternotice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.change}"


class Comment(models.Model):
    """A comment (kommentti) on a section of a proposal, or on all of it when document and key are empty.

    Its words stay; what changes is only that it has been resolved.
    """

    change = models.ForeignKey(Change, models.PROTECT, related_name="comments")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=32, blank=True)
    body = models.TextField(_("comment"), max_length=4000, validators=[no_identity_code])
    made_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None, key="") | (Q(document__isnull=False) & ~Q(key="")),
                name="agreements_comment_on_a_section",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="agreements_comment_resolved_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]
