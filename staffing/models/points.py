"""Annex 1 (liite 1, palvelukuvaus): the places where each party serves, row by row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Municipality, Party, Row
from tym.core.identity import no_identity_code


class ServicePoint(Row):
    """A row of Annex 1 (palvelupiste; agreement section 4).

    party: who answers for the place. opening: opening hours, or how one gets an appointment, in words.
    """

    class Kind(models.TextChoices):
        """The four kinds of places of section 4."""

        JOINT = "joint", _("joint service point of Kela, the employment area and the wellbeing services county")
        OFFICE = "office", _("office or service desk of the employment area")
        PREMISES = "premises", _("premises of the wellbeing services county, Kela or a municipality")
        OTHER = "other", _("other suitable premises")

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality"))
    name = models.CharField(_("name"), max_length=120, validators=[no_identity_code])
    address = models.CharField(_("address"), max_length=200, blank=True, validators=[no_identity_code])
    opening = models.CharField(_("opening hours"), max_length=200, blank=True, validators=[no_identity_code])

    class Meta(Row.Meta):
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        ordering = ["party__order", "position", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=("joint", "office", "premises", "other")), name="staffing_point_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
