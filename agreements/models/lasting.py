"""How long the agreement lasts and what is disputed: yearly review, end, disputes (12-13 §). Rows are only added."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models.matters import Matter
from agreements.models.parties import Agreement, Mandate, Party
from tym.core.identity import no_identity_code


class ReviewStatement(models.Model):
    """A party's statement in the yearly review of the agreement (sopijapuolen kannanotto, 12 §)."""

    class Outcome(models.TextChoices):
        KEEP = "keep", _("no need to change")  # ei muutostarvetta
        CHANGE = "change", _("should be changed")  # muutettava

    party = models.ForeignKey(Party, models.PROTECT, related_name="review_statements")
    year = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    said = models.TextField(blank=True, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("statement in the yearly review")
        verbose_name_plural = _("statements in the yearly review")
        constraints = [
            models.UniqueConstraint(fields=["party", "year"], name="agreements_statement_once_a_year"),
            models.CheckConstraint(
                condition=Q(outcome="keep") | (Q(outcome="change") & ~Q(said="")),
                name="agreements_statement_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.year}"


class ReviewOutcome(models.Model):
    """What came of a year's review (vuosittainen tarkistaminen, 12 §). Its matter goes to the group to be noted."""

    class Outcome(models.TextChoices):
        NO_CHANGE = "no_change", _("no changes")  # ei muutoksia
        PROPOSAL = "proposal", _("a change of the agreement is proposed")  # tehdään muutosesitys
        LATER = "later", _("looked at again later in the negotiations")  # jatketaan neuvotteluin

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="review_outcomes")
    year = models.PositiveSmallIntegerField()
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="review_outcome")
    outcome = models.CharField(max_length=10, choices=Outcome)
    said = models.TextField(blank=True, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["year", "pk"]
        verbose_name = _("outcome of a yearly review")
        verbose_name_plural = _("outcomes of yearly reviews")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year"], name="agreements_review_once_a_year"),
            models.CheckConstraint(
                condition=Q(outcome__in=["no_change", "proposal", "later"]), name="agreements_review_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_outcome_display()}"


class Termination(models.Model):
    """A party's decision to end the agreement (irtisanominen). The text has no clause of it (domain 5.18, A14)."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="termination")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    organ = models.CharField(max_length=120, validators=[no_identity_code])
    decided_on = models.DateField()
    section = models.CharField(max_length=12)
    last_day = models.DateField()
    extract = models.ForeignKey("agreements.Record", models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("notice of termination")
        verbose_name_plural = _("notices of termination")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("decided_on")), name="agreements_termination_after_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.decided_on} § {self.section}"


class Dispute(models.Model):
    """A dispute between the parties (riita, 13 §): first negotiated, then for the administrative court.

    disputed_on: when the matter became disputed. claimed_on: of a payment claim, when payment was demanded or,
    without a demand, when its basis arose.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="disputes")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=300, validators=[no_identity_code])
    disputed_on = models.DateField()
    claimed_on = models.DateField(null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-disputed_on", "-pk"]
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [models.CheckConstraint(condition=~Q(subject=""), name="agreements_dispute_has_subject")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("agreements:dispute_detail", args=[self.agreement_id, self.pk])


class DisputeNote(models.Model):
    """What was said in negotiating a dispute (neuvottelumerkintä). Never changed."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="notes")
    on = models.DateField()
    body = models.TextField(_("note"), validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("note of a negotiation")
        verbose_name_plural = _("notes of negotiations")
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="agreements_dispute_note_says")]

    def __str__(self) -> str:
        return self.body[:60]


class DisputeEnd(models.Model):
    """How a dispute ended: agreed, or taken to the administrative court as a hallintoriita (13 §)."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agreed in negotiations")  # sovittiin neuvotteluissa
        COURT = "court", _("taken to the administrative court")  # vietiin hallinto-oikeuteen

    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=10, choices=Outcome)
    on = models.DateField()
    said = models.TextField(validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("end of a dispute")
        verbose_name_plural = _("ends of disputes")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["agreed", "court"]), name="agreements_dispute_end_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.on}"
