"""Documents of an agreement, the changes made to them, and the versions that result."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.history import DraftHistory, tracked
from agreements.models.matters import Matter
from agreements.models.parties import Agreement, Mandate, Party, corrected_day
from tym.accounts.models import User
from tym.core.identity import no_identity_code


class Document(models.Model):
    """A part of the agreement that has versions of its own: the main text (number 0) or an annex (liite)."""

    class Kind(models.TextChoices):
        MAIN_TEXT = "main_text", _("agreement text")  # sopimusteksti
        SERVICE_DESCRIPTION = "service_description", _("service description")  # palvelukuvaus, liite 1
        STAFFING = "staffing", _("staff resources")  # henkilöstöresurssi, liite 2
        COMPOSITION = "composition", _("composition of the steering group")  # johtoryhmän asettamispäätös, liite 3
        OTHER = "other", _("other annex")  # muu liite

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=500)

    history = tracked()

    class Meta:
        ordering = ["agreement", "number"]
        verbose_name = _("part of the agreement")
        verbose_name_plural = _("parts of the agreement")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_document_number_once"),
            models.CheckConstraint(
                condition=Q(kind="main_text", number=0) | (~Q(kind="main_text") & Q(number__gt=0)),
                name="agreements_document_main_text_is_zero",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.MAIN_TEXT:
            return str(_("Agreement text"))
        return _("Annex %(label)s") % {"label": self.label or self.number}

    def get_absolute_url(self) -> str:
        if self.kind == self.Kind.MAIN_TEXT:
            return self.agreement.get_absolute_url()
        return reverse("agreements:annex_detail", args=[self.agreement_id, self.number])

    @property
    def full_title(self) -> str:
        """ "Liite 2 Henkilöstöresurssi"."""
        return str(self) if self.kind == self.Kind.MAIN_TEXT else f"{self} {self.title}"


class ChangeQuerySet(models.QuerySet):
    def visible_to(self, person: User, day: datetime.date) -> ChangeQuerySet:
        """Changes of agreements she sees; a draft, even a given up one, only to who acts for the same party or none."""
        held = Mandate.objects.in_force(day).filter(person=person, agreement=models.OuterRef("matter__agreement"))
        # A municipal contact reads what is in force, not what is under way.
        mandates = held.exclude(capacity=Mandate.Capacity.MUNICIPAL_CONTACT)
        own = models.Exists(mandates.filter(party=models.OuterRef("party")))
        # Preparers also see what they record on a party's behalf, and what is redrafted for the group's decision.
        common = (Q(party=None) | Q(notice__isnull=False) | Q(amends__isnull=False)) & models.Exists(
            mandates.filter(capacity__in=Change.PREPARERS)
        )
        return self.filter(models.Exists(mandates)).filter(~Change.UNSEEN | own | common)


class Change(models.Model):
    """A change to documents of an agreement: one party's proposal, or the agreement as first signed.

    party: whose rows it may hold; empty for the agreement as signed and for what is common.
    valid_from: first day of force, given when it is adopted. received_on: day it reached the steering group.
    revision: grows with every save of the draft; a form that started from an older one is refused.
    notice, arrived_on: the party's written notice and its day of arrival, when the coordinator records the
    change on the party's behalf (kirjattu sopijapuolen puolesta).
    amends: the proposal of the same matter in whose place the group may approve this one (hyväksytään muutettuna).
    counted_from, earliest_from: of a proposal to change the text, the day from which its three months are counted
    and the first day of force they allow (12 §). ended_because: why the negotiations ended without agreement.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")  # luonnos
        PROPOSED = "proposed", _("Proposed")  # ehdotettu
        ADOPTED = "adopted", _("Adopted")  # hyväksytty
        REJECTED = "rejected", pgettext_lazy("state", "Rejected")  # hylätty
        RETURNED = "returned", pgettext_lazy("state", "Returned")  # palautettu
        WITHDRAWN = "withdrawn", _("Withdrawn")  # vedetty takaisin
        REVOKED = "revoked", _("Revoked before coming into force")  # kumottu ennen voimaantuloa
        AMENDED = "amended", _("Approved as amended")  # hyväksytty muutettuna: muutos itse on toinen
        ENDED = "ended", _("No agreement reached")  # neuvottelut päättyivät tuloksettomina
        REPLACED = "replaced", _("Replaced by a new wording")  # korvattu uudella sanamuodolla

    # Never back: a change that ended is redrafted as a new one.
    TRANSITIONS = (
        (State.DRAFT, State.PROPOSED),
        (State.DRAFT, State.WITHDRAWN),
        (State.DRAFT, State.ADOPTED),
        (State.PROPOSED, State.ADOPTED),
        (State.PROPOSED, State.REJECTED),
        (State.PROPOSED, State.RETURNED),
        (State.PROPOSED, State.WITHDRAWN),
        (State.PROPOSED, State.AMENDED),
        (State.PROPOSED, State.ENDED),
        (State.PROPOSED, State.REPLACED),
        (State.ADOPTED, State.REVOKED),
    )
    OPEN = (State.DRAFT, State.PROPOSED)
    # Never put before others: a draft, and one that was given up before it was proposed.
    UNSEEN = Q(state=State.DRAFT) | Q(state=State.WITHDRAWN, proposed_at=None)
    PREPARERS = (Mandate.Capacity.COORDINATOR, Mandate.Capacity.STAND_IN, Mandate.Capacity.SECRETARY)
    # How far an open proposal to change the text has come, when a page has asked `agreements.stages`.
    told_stage = ""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="changes")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="changes")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    what = models.TextField(_("what is changed"), blank=True, validators=[no_identity_code])
    why = models.TextField(_("why"), blank=True, validators=[no_identity_code])
    wanted_from = models.DateField(_("wanted from"), null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    deviation = models.TextField(blank=True, validators=[no_identity_code])
    notice = models.ForeignKey("agreements.Record", models.PROTECT, null=True, blank=True, related_name="+")
    arrived_on = models.DateField(null=True, blank=True)
    counted_from = models.DateField(null=True, blank=True)
    earliest_from = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True, validators=[no_identity_code])
    sha256 = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    drafted_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    redraft_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="redrafts")
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")

    objects = ChangeQuerySet.as_manager()
    history = tracked(DraftHistory)

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.UniqueConstraint(
                fields=["amends"],
                condition=Q(state__in=["draft", "proposed", "adopted"]),
                name="agreements_change_one_amendment",
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state="proposed", amends=None), name="agreements_change_one_proposed"
            ),
            # In negotiations each party may be writing a wording of its own; see also the guard "one_open".
            models.UniqueConstraint(
                fields=["matter", "party"],
                condition=Q(state="draft", amends=None),
                name="agreements_change_one_draft_a_party",
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state="draft", party=None, amends=None),
                name="agreements_change_one_common_draft",
            ),
            models.CheckConstraint(
                condition=Q(counted_from=None, earliest_from=None)
                | Q(counted_from__isnull=False, earliest_from__isnull=False),
                name="agreements_change_counted_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state="ended") & ~Q(ended_because="")) | (~Q(state="ended") & Q(ended_because="")),
                name="agreements_change_ended_told",
            ),
            models.CheckConstraint(
                condition=Q(sha256="", proposed_at=None, received_on=None)
                | (~Q(sha256="") & Q(proposed_at__isnull=False, received_on__isnull=False)),
                name="agreements_change_proposed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "adopted"]) | ~Q(sha256=""),
                name="agreements_change_proposed_is_hashed",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["adopted", "revoked"]) & Q(valid_from__isnull=False))
                | (~Q(state__in=["adopted", "revoked"]) & Q(valid_from=None)),
                name="agreements_change_adopted_has_start",
            ),
            models.CheckConstraint(
                condition=Q(notice=None, arrived_on=None) | Q(notice__isnull=False, arrived_on__isnull=False),
                name="agreements_change_notice_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.matter.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:change_detail", args=[self.pk])

    @property
    def kind(self) -> str:
        return self.matter.kind

    @property
    def state_word(self) -> str:
        """The state as its kind has it: nobody approves a notice or the appointment of the group (7 §)."""
        if self.told_stage:
            return self.told_stage[0].lower() + self.told_stage[1:]
        words = {
            (Matter.Kind.NOTICE, self.State.PROPOSED): _("waits for confirmation"),
            (Matter.Kind.NOTICE, self.State.ADOPTED): _("notice given"),
            (Matter.Kind.GROUP_APPOINTMENT, self.State.ADOPTED): _("appointed"),
        }
        return str(words.get((Matter.Kind(self.kind), self.State(self.state)), self.get_state_display()))

    @property
    def is_on_behalf(self) -> bool:
        """Recorded by the coordinator from the party's written notice."""
        return self.notice_id is not None

    @property
    def told_arrival(self) -> datetime.date | None:
        """The day on which the notice arrived, corrected. Uses `corrections`: load them before many."""
        return corrected_day(self.arrived_on, self.corrections.all())

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_unseen(self) -> bool:
        """The same as UNSEEN, of one change."""
        return self.state == self.State.DRAFT or (self.state == self.State.WITHDRAWN and self.proposed_at is None)

    @property
    def is_in_signing(self) -> bool:
        """It is being signed, or has been: it is not taken back any more. Asks the database."""
        return self.signing_rounds.exclude(end__outcome="interrupted").exists()

    @property
    def reworded(self) -> Change | None:
        """The wording of the same matter from which this one, still open, was started."""
        earlier = self.redraft_of if self.is_open else None
        return earlier if earlier and earlier.matter_id == self.matter_id else None

    @property
    def start(self) -> datetime.date:
        """First day of force. Raises ValueError for a change that has not been adopted."""
        if self.valid_from is None:
            raise ValueError("Only an adopted change has a start.")
        return self.valid_from


class Version(models.Model):
    """What one change does to one document (versio). The number comes at adoption; 1, 2, 3 … of the document."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="versions")
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["document", "number", "pk"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["change", "document"], name="agreements_version_once_a_change"),
            models.UniqueConstraint(fields=["document", "number"], name="agreements_version_number_once"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="agreements_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number or '–'}"
