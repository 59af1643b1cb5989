"""What bodies decide and parties consent to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models.parties import Agreement, Mandate, Party, Signatory
from tym.core.formats import format_day
from tym.core.identity import no_identity_code


class Matter(models.Model):
    """A matter (asia). Everything that is decided points down at its matter.

    sha256: fingerprint of what was last submitted; empty until then. Decisions and consents carry the same.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("the agreement as signed")  # alkuperäinen sopimus
        ANNEX_UPDATE = "annex_update", _("annex update")  # liitteen päivitys, 12 § 2 mom
        NOTICE = "notice", _("notice of change of composition")  # ilmoitus kokoonpanon muutoksesta, 7 §
        AMENDMENT = "amendment", _("proposal to change the agreement text")  # muutosesitys, 12 § 3 mom
        GROUP_APPOINTMENT = "group_appointment", _("appointment of the steering group")  # asettamispäätös, 7 §
        READING = "reading", _("way of working")  # menettely tai tulkinta, domain 5.18
        APPOINTMENT = "appointment", _("coordinator and stand-in")  # koordinaattori ja varahenkilö, 7 §
        YOUTH_LEAD = "youth_lead", _("youth joint service lead")  # nuorten yhteispalvelun vastaava, 7 §
        FRAME = "frame", _("frame of the coordinator's tasks")  # tehtävien raamit, 7 §
        GOALS = "goals", _("goals of the year")  # vuoden tavoitteet, 7 §
        WORKING_GROUP = "working_group", _("working group")  # työryhmä, 7 §
        ADEQUACY = "adequacy", _("adequacy of staff")  # henkilöstön riittävyys, 5 §
        REVIEW = "review", _("yearly review of the agreement")  # sopimuksen vuosittainen tarkistaminen, 12 §
        REPORT = "report", _("annual report")  # toimintakertomus
        COST = "cost", _("joint cost")  # yhteinen kustannus, 9 §
        SETTLEMENT = "settlement", _("settlement of costs")  # loppulaskelma, sopijapuolet hyväksyvät
        SHARING = "sharing", _("agreement on sharing costs")  # kustannusten jaosta sovittu, laki 10 § 2 mom
        OTHER = "other", _("other matter")  # muu asia

    # What is not the group's to approve or reject: signed by the parties, or told by one of them.
    OF_PARTIES = (
        Kind.ORIGINAL, Kind.AMENDMENT, Kind.NOTICE, Kind.GROUP_APPOINTMENT, Kind.SETTLEMENT, Kind.SHARING,
    )  # fmt: skip

    # What may be the own matter of whoever keeps the group's minutes.
    OF_A_PERSON = (Kind.APPOINTMENT, Kind.YOUTH_LEAD)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=600)
    sha256 = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["agreement", "year", "number"]
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year", "number"], name="agreements_matter_number_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(kind="original"), name="agreements_matter_one_original"
            ),
            models.CheckConstraint(
                condition=Q(sha256="", submitted_at=None) | (~Q(sha256="") & Q(submitted_at__isnull=False)),
                name="agreements_matter_submitted_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_approved(self) -> bool:
        """The steering group has approved it. Asks the database."""
        return self.decisions.filter(party=None, outcome=Decision.Outcome.APPROVE).exists()

    @property
    def is_negotiated(self) -> bool:
        """The steering group has started negotiations in it (12 §). Asks the database."""
        return self.decisions.filter(party=None, outcome=Decision.Outcome.NEGOTIATE).exists()

    @property
    def reference(self) -> str:
        """The agreement's own running number of the matter: "3/2026"."""
        return f"{self.number}/{self.year}"


class CaseNumber(models.Model):
    """A party's own number for the matter in its case register (asiatunnus, 906/2019 25 §)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="case_numbers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)

    history = tracked()

    class Meta:
        ordering = ["matter", "party__order"]
        verbose_name = _("case number")
        verbose_name_plural = _("case numbers")
        constraints = [models.UniqueConstraint(fields=["matter", "party"], name="agreements_case_number_once")]

    def __str__(self) -> str:
        return self.number


class Decision(models.Model):
    """A body's decision in a matter (päätös): the steering group's when party is empty, else the party's own.

    decided_on: day of the meeting. recorded_at: when it was entered. Only an approval and a rejection are
    final; a revocation undoes an approval that has not come into force. extract: the minutes' extract (pöytäkirjanote).
    """

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("approved")  # hyväksyttiin
        REJECT = "reject", _("rejected")  # hylättiin
        RETURN = "return", _("returned for preparation")  # palautettiin valmisteltavaksi
        REVOKE = "revoke", _("revoked")  # kumottiin ennen voimaantuloa
        TABLE = "table", _("tabled")  # pöydättiin
        NOTE = "note", _("noted")  # merkittiin tiedoksi
        NEGOTIATE = "negotiate", _("negotiations started")  # käynnistettiin neuvottelut, 12 § 3 mom

    FINAL = (Outcome.APPROVE, Outcome.REJECT)

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="decisions")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    organ = models.CharField(max_length=120)
    decided_on = models.DateField()
    section = models.CharField(max_length=12)
    outcome = models.CharField(max_length=10, choices=Outcome)
    grounds = models.TextField(blank=True, validators=[no_identity_code])
    case_number = models.CharField(max_length=40, blank=True, validators=[no_identity_code])
    extract = models.ForeignKey("agreements.Record", models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(party=None, outcome__in=["approve", "reject"]),
                name="agreements_decision_group_final_once",
            ),
            models.UniqueConstraint(
                fields=["matter", "party", "sha256"],
                condition=Q(party__isnull=False, outcome__in=["approve", "reject"]),
                name="agreements_decision_party_final_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["approve", "reject", "return", "revoke", "table", "note", "negotiate"]),
                name="agreements_decision_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.decided_on} § {self.section}"

    @property
    def told(self) -> dict[str, str]:
        """The decision in words, with confirmed corrections in place. Uses `corrections`: load them before many."""
        words = {
            "decided_on": format_day(self.decided_on),
            "section": self.section,
            "organ": self.organ,
            "grounds": self.grounds,
            "case_number": self.case_number,
        }
        confirmed = [correction for correction in self.corrections.all() if correction.confirmed_at]
        return words | {correction.field: correction.becomes for correction in confirmed}


class Correction(models.Model):
    """A recording error put right in the open (kirjausvirheen korjaus, hallintolaki 434/2003 51-52 §).

    Of a decision, of the arrival day of a party's notice (change), or of a day of signing (signatory). What was
    first recorded stays; a second person confirms before the correction counts.
    """

    class Field(models.TextChoices):
        DECIDED_ON = "decided_on", _("day of the meeting")
        SECTION = "section", _("section of the minutes")
        ORGAN = "organ", _("deciding body")
        GROUNDS = "grounds", _("grounds")
        CASE_NUMBER = "case_number", _("case number")
        ARRIVED_ON = "arrived_on", _("day on which the notice arrived")
        SIGNED_ON = "signed_on", _("day of signing")

    OF_A_DAY = (Field.ARRIVED_ON, Field.SIGNED_ON)
    OF_A_DECISION = tuple(field for field in Field if field not in ("arrived_on", "signed_on"))

    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="corrections")
    change = models.ForeignKey("agreements.Change", models.PROTECT, null=True, blank=True, related_name="corrections")
    signatory = models.ForeignKey(Signatory, models.PROTECT, null=True, blank=True, related_name="corrections")
    field = models.CharField(max_length=20, choices=Field)
    was = models.TextField(blank=True)
    becomes = models.TextField(validators=[no_identity_code])
    reason = models.TextField(validators=[no_identity_code])
    made_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "field"], condition=Q(confirmed_at=None), name="agreements_correction_one_open"
            ),
            models.UniqueConstraint(
                fields=["change"], condition=Q(confirmed_at=None), name="agreements_correction_arrival_one_open"
            ),
            models.UniqueConstraint(
                fields=["signatory"], condition=Q(confirmed_at=None), name="agreements_correction_signing_one_open"
            ),
            models.CheckConstraint(
                condition=(
                    Q(decision__isnull=False, change=None, signatory=None) & ~Q(field__in=["arrived_on", "signed_on"])
                )
                | Q(decision=None, change__isnull=False, signatory=None, field="arrived_on")
                | Q(decision=None, change=None, signatory__isnull=False, field="signed_on"),
                name="agreements_correction_of_one",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="agreements_correction_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.was} → {self.becomes}"

    @property
    def agreement_id(self) -> int:
        """The agreement whose record is corrected."""
        if self.signatory:
            return self.signatory.party.agreement_id
        matter = (self.decision or self.change).matter  # type: ignore[union-attr]  # one of the three
        return matter.agreement_id


class Consent(models.Model):
    """A party's yes or no to exactly what the fingerprint covers (suostumus, A17)."""

    class Outcome(models.TextChoices):
        GIVEN = "given", _("consent given")  # suostumus annettu
        REFUSED = "refused", _("consent refused")  # suostumus evätty

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="consents")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["matter", "party", "sha256"], name="agreements_consent_once"),
            models.CheckConstraint(condition=Q(outcome__in=["given", "refused"]), name="agreements_consent_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.outcome}"
