"""Annex 2 (liite 2, henkilöstöresurssi): the staff each party assigns, row by row."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Municipality, Party, Row
from tym.core.formats import format_person_years
from tym.core.identity import no_identity_code


class StaffingLine(Row):
    """A row of Annex 2 (henkilöstörivi; agreement section 5, decree 388/2024 3 § 2 k).

    persons: heads. person_years: henkilötyövuosi (htv), 1,00 is one full-time year, never more than heads.
    No municipalities means the whole area. The two conditions of section 5 are ticked apart.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    unit = models.CharField(_("unit"), max_length=120, blank=True, validators=[no_identity_code])
    municipalities = models.ManyToManyField(Municipality, blank=True, related_name="+")
    title = models.CharField(_("job title"), max_length=120, validators=[no_identity_code])
    persons = models.PositiveIntegerField(_("persons"), validators=[MaxValueValidator(9999)])
    person_years = models.DecimalField(
        _("person-years"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    leads_client_work = models.BooleanField(_("has main responsibility for client work"), default=False)
    uses_typpi = models.BooleanField(_("uses the TYPPI client system"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[no_identity_code])

    class Meta(Row.Meta):
        verbose_name = _("staff row")
        verbose_name_plural = _("staff rows")
        ordering = ["party__order", "position", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=Q(person_years__gte=0), name="staffing_line_person_years_not_negative"),
            models.CheckConstraint(
                condition=Q(person_years__lte=F("persons")), name="staffing_line_person_years_within_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}" if self.unit else self.title

    @property
    def counts(self) -> bool:
        """Counted as TYM staff (TYM-henkilöstö) when both conditions of section 5 hold."""
        return self.leads_client_work and self.uses_typpi

    @property
    def served(self) -> tuple[Municipality, ...]:
        """The municipalities served; none means the whole area."""
        return tuple(self.municipalities.all())

    @property
    def places(self) -> str:
        """Their names in a row; empty for the whole area."""
        return ", ".join(municipality.name for municipality in self.served)

    @property
    def person_years_text(self) -> str:
        """Written once here: a template filter on every cell costs three times as much."""
        return format_person_years(self.person_years)
