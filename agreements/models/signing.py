"""The signing of a changed agreement text (14 §): what was frozen, who signs, what each did, each party's own copy.

Nothing here is ever changed: a state is worked out from what has been added.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models.changes import Change
from agreements.models.parties import Agreement, Mandate, Party
from agreements.models.records import Record
from tym.accounts.models import User
from tym.core.identity import no_identity_code


class SigningRound(models.Model):
    """One signing of an agreed change (allekirjoituskierros): the text and annexes as frozen, and how they are signed.

    sha256: of the frozen file. valid_from: first day of force, as the frozen file says it. in_set_order: each signs
    when those before have.
    """

    class Way(models.TextChoices):
        OUTSIDE = "outside", _("in an outside signing service")  # ulkoinen allekirjoituspalvelu
        IN_APP = "in_app", _("in this service")  # tässä palvelussa
        PAPER = "paper", _("on paper")  # paperilla

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("signing", "For signature")  # allekirjoitettavana
        COMPLETED = "completed", pgettext_lazy("signing", "Signed")  # allekirjoitettu
        INTERRUPTED = "interrupted", pgettext_lazy("signing", "Interrupted")  # keskeytetty

    change = models.ForeignKey(Change, models.PROTECT, related_name="signing_rounds")
    way = models.CharField(_("way of signing"), max_length=10, choices=Way)
    in_set_order = models.BooleanField(_("in a set order"), default=False)
    valid_from = models.DateField(_("in force from"))
    frozen = models.ForeignKey(Record, models.PROTECT, verbose_name=_("file to be signed"), related_name="+")
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("signing round")
        verbose_name_plural = _("signing rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["outside", "in_app", "paper"]), name="agreements_signing_way_known"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    def get_absolute_url(self) -> str:
        return reverse("agreements:signing_detail", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        return self.change.matter.agreement

    @property
    def ending(self) -> SigningEnd | None:
        return getattr(self, "end", None)

    @property
    def state(self) -> State:
        return self.State(self.ending.outcome) if self.ending else self.State.OPEN


class SigningPlace(models.Model):
    """Who is to sign for a party, in which office and on what authority (allekirjoittaja, toimivallan peruste).

    replaces: the signatory in whose place she came, with the reason; that one stays visible.
    """

    round = models.ForeignKey(SigningRound, models.PROTECT, related_name="places")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=150, validators=[no_identity_code])
    title = models.CharField(_("office"), max_length=120, blank=True, validators=[no_identity_code])
    basis = models.CharField(_("basis of authority"), max_length=300, blank=True, validators=[no_identity_code])
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name=_("signs in the place of"),
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True, validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("named"), auto_now_add=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("place to sign")
        verbose_name_plural = _("places to sign")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "order"], condition=Q(replaces=None), name="agreements_place_order_once"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, reason="") | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="agreements_place_replaced_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SigningFile(models.Model):
    """A file that came of the signing: signed outside, sealed here, or a scan of paper.

    before_sha256: what it continues, so the files of a round form a chain from the frozen one; empty for a scan.
    signatures: what its signatures said of themselves when it was taken in.
    """

    round = models.ForeignKey(SigningRound, models.PROTECT, related_name="files")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    before_sha256 = models.CharField(_("continues the file (SHA-256)"), max_length=64, blank=True)
    signatures = models.JSONField(_("signatures of the file"), default=list, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken in"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("signed file")
        verbose_name_plural = _("signed files")

    def __str__(self) -> str:
        return str(self.pk)


class SigningAct(models.Model):
    """What a signatory did, or was reminded of. on: the day of it. file: the file that carries the signature."""

    class Kind(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("act of signing", "signed")  # allekirjoitti
        DECLINED = "declined", pgettext_lazy("act of signing", "declined to sign")  # kieltäytyi
        REMINDED = "reminded", pgettext_lazy("act of signing", "was reminded")  # sai muistutuksen

    place = models.ForeignKey(SigningPlace, models.PROTECT, related_name="acts")
    kind = models.CharField(_("act"), max_length=10, choices=Kind)
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=1000, blank=True, validators=[no_identity_code])
    file = models.ForeignKey(SigningFile, models.PROTECT, null=True, blank=True, related_name="acts")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("act of signing")
        verbose_name_plural = _("acts of signing")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["signed", "declined", "reminded"]), name="agreements_signing_kind_known"
            ),
            models.UniqueConstraint(
                fields=["place"], condition=Q(kind__in=["signed", "declined"]), name="agreements_signing_answer_once"
            ),
            models.UniqueConstraint(
                fields=["place", "on"], condition=Q(kind="reminded"), name="agreements_signing_reminder_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kind="declined") & ~Q(reason="") | ~Q(kind="declined") & Q(reason=""),
                name="agreements_signing_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SigningEnd(models.Model):
    """The end of a round: everybody signed, or it was interrupted for a reason. record: the file that holds."""

    round = models.OneToOneField(SigningRound, models.PROTECT, related_name="end")
    outcome = models.CharField(
        _("outcome"),
        max_length=12,
        choices=[(s.value, s.label) for s in SigningRound.State if s != SigningRound.State.OPEN],
    )
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=1000, blank=True, validators=[no_identity_code])
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("end of a signing round")
        verbose_name_plural = _("ends of signing rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="completed", reason="", record__isnull=False)
                | (Q(outcome="interrupted", record=None) & ~Q(reason="")),
                name="agreements_signing_end_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class CopyReceipt(models.Model):
    """A party has fetched its own signed copy (oman kappaleen vastaanotto, 14 §)."""

    round = models.ForeignKey(SigningRound, models.PROTECT, related_name="receipts")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["party__order"]
        verbose_name = _("receipt of a copy")
        verbose_name_plural = _("receipts of copies")
        constraints = [models.UniqueConstraint(fields=["round", "party"], name="agreements_copy_receipt_once")]

    def __str__(self) -> str:
        return str(self.pk)
