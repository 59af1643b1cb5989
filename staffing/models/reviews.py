"""The yearly judgement on whether staff is enough, with the figures it rests on (agreement 5 §)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Decision, Mandate, Matter, Party, Version
from tym.core.identity import no_identity_code


class ReviewQuerySet(models.QuerySet):
    def of_year(self, agreement: Agreement, year: int) -> ReviewQuerySet:
        return self.filter(matter__agreement=agreement, year=year)

    def approved(self) -> ReviewQuerySet:
        group = Decision.objects.filter(party=None, outcome=Decision.Outcome.APPROVE)
        return self.filter(models.Exists(group.filter(matter=models.OuterRef("matter"))))


class AdequacyReview(models.Model):
    """Adequacy review of a year (riittävyyden arviointi; agreement 5 §, act 381/2023 9 § 2 mom).

    figures: as they were on taken_on, with everything that explains them. version: of Annex 2, the one looked at.
    report: matter of the annual report with which the group handles this, or else `deviation` says why not.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="adequacy_review")
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    figures = models.JSONField(_("figures"))
    taken_on = models.DateField(_("figures taken on"))
    report = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("annual report")
    )
    deviation = models.TextField(_("why not with the annual report"), blank=True, validators=[no_identity_code])
    prepared_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("adequacy review")
        verbose_name_plural = _("adequacy reviews")
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2199), name="staffing_review_year_known"),
        ]

    def __str__(self) -> str:
        return self.matter.title


class OfReview(models.Model):
    """A part of a review; it is written while the review is in preparation."""

    review = models.ForeignKey(AdequacyReview, models.PROTECT, related_name="%(class)s_set")

    class Meta:
        abstract = True


class Judgement(OfReview):
    """Whether a party's staff was enough (riittävä, osittain riittävä, riittämätön); why, when it was not."""

    class Outcome(models.TextChoices):
        ADEQUATE = "adequate", _("adequate")  # riittävä
        PARTLY = "partly", _("partly adequate")  # osittain riittävä
        NOT = "not", _("not adequate")  # riittämätön

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    outcome = models.CharField(_("judgement"), max_length=10, choices=Outcome)
    reasons = models.TextField(_("reasons"), blank=True, validators=[no_identity_code])

    class Meta:
        ordering = ["review", "party__order"]
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [
            models.UniqueConstraint(fields=["review", "party"], name="staffing_judgement_party_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["adequate", "partly", "not"]), name="staffing_judgement_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="adequate") | ~Q(reasons=""), name="staffing_judgement_reasoned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"


class Remedy(OfReview):
    """What is done about it (toimenpide), by whom and by when."""

    what = models.CharField(_("action to be taken"), max_length=300, validators=[no_identity_code])
    responsible = models.CharField(_("responsible person"), max_length=120, validators=[no_identity_code])
    by_when = models.DateField(_("by when"))

    class Meta:
        ordering = ["review", "by_when", "pk"]
        verbose_name = _("action of a review")
        verbose_name_plural = _("actions of reviews")

    def __str__(self) -> str:
        return self.what


class DutyCheck(OfReview):
    """How a duty of sections 4-6 was kept (velvoitteen toteutuminen). duty: its code in `staffing.duties`."""

    class State(models.TextChoices):
        KEPT = "kept", _("kept")  # toteutunut
        PARTLY = "partly", _("kept in part")  # toteutunut osittain
        NOT = "not", _("not kept")  # ei toteutunut

    duty = models.CharField(_("duty"), max_length=8)
    state = models.CharField(_("state"), max_length=10, choices=State)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[no_identity_code])

    class Meta:
        ordering = ["review", "pk"]
        verbose_name = _("duty looked at")
        verbose_name_plural = _("duties looked at")
        constraints = [
            models.UniqueConstraint(fields=["review", "duty"], name="staffing_dutycheck_once"),
            models.CheckConstraint(condition=Q(state__in=["kept", "partly", "not"]), name="staffing_dutycheck_known"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.get_state_display()}"
