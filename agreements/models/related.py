"""Agreements that belong beside this one: above all that on the youth joint service (act 381/2023 16 § 3 mom)."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models.parties import Agreement, Mandate
from agreements.models.records import Record
from tym.core.identity import no_identity_code


class RelatedAgreement(models.Model):
    """A separate agreement (liittyvä sopimus, 3 §): kept here as a file, or where it is on the net. Never changed.

    on: the day it was made, when it is known. responsible: who answers for it, in words. replaces: the one whose
    place it took; that one stays visible.
    """

    class Kind(models.TextChoices):
        YOUTH = "youth", _("youth joint service")  # nuorten yhteispalvelu, laki 16 § 3 mom
        OTHER = "other", _("other agreement")  # muu sopimus

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="related")
    kind = models.CharField(_("type"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200, validators=[no_identity_code])
    on = models.DateField(_("day"), null=True, blank=True)
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(_("link"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])])
    responsible = models.CharField(_("responsible person"), max_length=200, blank=True, validators=[no_identity_code])
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("replaces"), null=True, blank=True, related_name="replaced_by"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["kind", "-recorded_at", "-pk"]
        verbose_name = _("related agreement")
        verbose_name_plural = _("related agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(record__isnull=False, link="") | Q(record=None, link__startswith="https://"),
                name="agreements_related_file_or_link",
            ),
            models.CheckConstraint(condition=Q(kind__in=["youth", "other"]), name="agreements_related_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Where it is read."""
        return self.record.get_absolute_url() if self.record else self.link

    @property
    def ending(self) -> RelatedEnd | None:
        return getattr(self, "end", None)

    @property
    def successor(self) -> RelatedAgreement | None:
        return getattr(self, "replaced_by", None)

    @property
    def is_current(self) -> bool:
        return self.ending is None and self.successor is None


class RelatedEnd(models.Model):
    """A related agreement is no longer in force (liittyvän sopimuksen päättyminen). Never changed."""

    related = models.OneToOneField(RelatedAgreement, models.PROTECT, related_name="end")
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=1000, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("end of a related agreement")
        verbose_name_plural = _("ends of related agreements")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="agreements_related_end_with_reason")]

    def __str__(self) -> str:
        return f"{self.related} {self.on}"
