"""Destroying documents whose time has run out (agreement 11 §, act 906/2019 21 §): proposed, confirmed, told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Mandate, Party, Record
from tym.core.identity import no_identity_code


class Destruction(models.Model):
    """A party's proposal to destroy documents (hävittämisesitys).

    party: whose own documents they are; empty when they belong to all. sha256: fingerprint of exactly what is listed.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="destructions")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("day"))
    sha256 = models.CharField(_("fingerprint of the list"), max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("proposal of destruction")
        verbose_name_plural = _("proposals of destruction")

    def __str__(self) -> str:
        whose = self.party.short_name if self.party else self.agreement.short_title
        return f"{whose}: {self.on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("registry:destruction_detail", args=[self.agreement_id, self.pk])


class DestructionLine(models.Model):
    """A document of the proposal. basis: the rules by which its time ran out, in words. last_day: when it did."""

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="lines")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    basis = models.TextField(_("basis"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["destruction", "last_day", "record"]
        verbose_name = _("document to be destroyed")
        verbose_name_plural = _("documents to be destroyed")
        constraints = [
            models.UniqueConstraint(fields=["destruction", "record"], name="registry_destructionline_once"),
        ]

    def __str__(self) -> str:
        return self.record.title


class DestructionConsent(models.Model):
    """A party's word on the proposal: it confirms the destruction, or declines with a reason. sha256: what it saw."""

    class Outcome(models.TextChoices):
        CONFIRM = "confirm", _("confirmed")
        DECLINE = "decline", _("declined")

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="consents")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=500, blank=True, validators=[no_identity_code])
    sha256 = models.CharField(_("fingerprint of the list"), max_length=64)
    on = models.DateField(_("day"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["destruction", "made_at", "pk"]
        verbose_name = _("word on a destruction")
        verbose_name_plural = _("words on destructions")
        constraints = [
            models.UniqueConstraint(fields=["destruction", "party"], name="registry_destructionconsent_once"),
            models.CheckConstraint(
                condition=Q(outcome="confirm") | Q(outcome="decline") & ~Q(reason=""),
                name="registry_destructionconsent_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"
