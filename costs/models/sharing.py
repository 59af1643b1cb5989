"""Another way of sharing joint costs that the parties who pay them have agreed on (act 381/2023 10 § 2 mom)."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Matter, Party, Record
from tym.core.identity import no_identity_code


class Sharing(models.Model):
    """The agreed shares of other joint costs (erikseen sovittu jako), or that they no longer hold (ends).

    It lies under its matter and never changes; it holds from valid_from on when every authority and county has
    consented to exactly it, until the next one. reference: where it has been agreed, in words.
    """

    class Basis(models.TextChoices):
        AGREEMENT = "agreement", _("the cooperation agreement says so")
        SEPARATE = "separate", _("a separate agreement of the parties that pay")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="sharings")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")
    basis = models.CharField(_("where it is agreed"), max_length=10, choices=Basis)
    reference = models.CharField(_("reference"), max_length=200, validators=[no_identity_code])
    agreed_on = models.DateField(_("agreed on"))
    valid_from = models.DateField(_("valid from"))
    ends = models.BooleanField(default=False)
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["agreement", "valid_from", "pk"]
        verbose_name = _("agreed sharing of costs")
        verbose_name_plural = _("agreed sharings of costs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(basis__in=["agreement", "separate"]), name="costs_sharing_basis_known"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class SharingWeight(models.Model):
    """A party's weight in an agreed sharing, for example its part of a hundred."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="weights")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    class Meta:
        ordering = ["sharing", "party__order"]
        verbose_name = _("agreed weight")
        verbose_name_plural = _("agreed weights")
        constraints = [
            models.UniqueConstraint(fields=["sharing", "party"], name="costs_sharing_weight_party_once"),
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="costs_sharing_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.weight}"
