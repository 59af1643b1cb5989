"""How long each party keeps documents of a type (agreement 11 §, acts 831/1994 and 906/2019 21 §)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Mandate, Party, Record
from tym.core.identity import no_identity_code


class RetentionRule(models.Model):
    """A party's rule for a type of document (säilytysaika). The latest one holds. years: empty when kept for good."""

    class From(models.TextChoices):
        AGREEMENT_END = "agreement_end", _("the end of the agreement")
        DOCUMENT = "document", _("the day of the document")

    party = models.ForeignKey(Party, models.PROTECT, related_name="retention_rules")
    kind = models.CharField(_("type of document"), max_length=20, choices=Record.Kind)
    years = models.PositiveSmallIntegerField(
        _("years"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    counted_from = models.CharField(_("counted from"), max_length=20, choices=From)
    basis = models.CharField(_("basis"), max_length=300, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["party__agreement", "party__order", "kind", "made_at", "pk"]
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        constraints = [
            models.CheckConstraint(condition=Q(years=None) | Q(years__gte=1), name="registry_retention_some_years"),
            models.CheckConstraint(condition=~Q(basis=""), name="registry_retention_basis_told"),
            models.CheckConstraint(
                condition=Q(counted_from__in=["agreement_end", "document"]), name="registry_retention_from_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_kind_display()}"
