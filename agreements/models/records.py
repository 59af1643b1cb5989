"""Official documents: files that were received or issued."""

from __future__ import annotations

import datetime
import mimetypes

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agreements.models.changes import Change
from agreements.models.matters import Matter
from agreements.models.parties import Agreement, Mandate, Party
from tym.accounts.models import User
from tym.core.identity import no_identity_code
from tym.core.models import StoredFile


class RecordQuerySet(models.QuerySet):
    def visible_to(self, person: User, day: datetime.date) -> RecordQuerySet:
        """Records of agreements she sees; those of a change only when she sees the change."""
        changes = Change.objects.visible_to(person, day)
        held = Mandate.objects.in_force(day).filter(person=person, agreement=models.OuterRef("agreement"))
        # A municipal contact reads what is in force; invoices and papers of meetings are not for her.
        inside = models.Exists(held.exclude(capacity=Mandate.Capacity.MUNICIPAL_CONTACT))
        of_matter = Change.objects.filter(matter=models.OuterRef("matter"))
        return self.filter(
            (Q(matter=None) & ~Q(kind__in=Record.INSIDE))
            | (inside & ~models.Exists(of_matter))
            | Q(models.Exists(changes.filter(matter=models.OuterRef("matter")))),
            agreement__in=Agreement.objects.visible_to(person, day),
        )


class Record(models.Model):
    """An official document (asiakirja). A file is downloaded only through one.

    party: whose record it is, or empty when it belongs to all. source_sha256: fingerprint of what an issued
    file was made from; the same source is not rendered again while the file is here. on: the day whose state it
    shows, on which it arrived or, of a signed original, was signed; empty when that is not known. original_name:
    what the sender called the file; shown, never used as a path.
    """

    class Kind(models.TextChoices):
        CONSOLIDATED = "consolidated", _("consolidated copy")  # ajantasainen kooste
        SIGNED_ORIGINAL = "signed_original", _("signed original")  # allekirjoitettu alkuperäinen
        TO_SIGN = "to_sign", _("text to be signed")  # allekirjoitettava sopimus
        SIGNED = "signed", _("signed agreement")  # allekirjoitettu sopimus
        PROPOSAL = "proposal", _("proposal to change the agreement text")  # muutosesitys
        NOTICE = "notice", _("written notice of a party")  # sopijapuolen kirjallinen ilmoitus
        EXTRACT = "extract", _("extract of minutes")  # pöytäkirjanote
        SUMMONS = "summons", _("summons")  # kokouskutsu ja esityslista
        MINUTES = "minutes", _("minutes")  # pöytäkirja
        RECEIPT = "receipt", _("receipt")  # tosite
        EVIDENCE = "evidence", _("evidence of a duty")  # selvitys velvollisuudesta, 10 §
        DESTRUCTION = "destruction", _("minutes of destruction")  # hävittämispöytäkirja, 11 §
        STATEMENT = "statement", _("statement of costs")  # loppulaskelman erittely, 9 §
        SHARING = "sharing", _("agreement on sharing costs")  # sopimus kustannusten jaosta, laki 10 § 2 mom
        RELATED = "related", _("related agreement")  # sopimukseen liittyvä sopimus, laki 16 § 3 mom

    # Not for who reads only what is in force.
    INSIDE = (
        *(Kind.RECEIPT, Kind.SUMMONS, Kind.MINUTES, Kind.EXTRACT, Kind.STATEMENT, Kind.SHARING),
        *(Kind.EVIDENCE, Kind.DESTRUCTION),
    )

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="records")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="records")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=600)
    on = models.DateField(null=True, blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    source_sha256 = models.CharField(max_length=64, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("record")
        verbose_name_plural = _("records")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "source_sha256"],
                condition=~models.Q(source_sha256=""),
                name="agreements_record_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:record_download", args=[self.pk])

    @property
    def file_name(self) -> str:
        """A name that says what it is, of which agreement and day: "ajantasainen-kooste-tym-satakunta-2025-04-01.pdf".

        What it is comes first, so that the original and a copy are never taken for each other in a folder.
        """
        extension = mimetypes.guess_extension(self.file.media_type) or ""
        parts = [self.get_kind_display(), self.agreement.short_title, self.on.isoformat() if self.on else ""]
        return f"{slugify(' '.join(str(part) for part in parts))}{extension}"


class SignedOriginal(models.Model):
    """What is known of the signing of a recorded original (allekirjoitettu alkuperäinen, 14 §). Never changed.

    names: of those who signed, as they stand in it, a line each. signatures: what the file's own signatures said of
    themselves when it was taken in; flaw: why they do not hold. Without either the file proves nothing by itself.
    """

    class Way(models.TextChoices):
        OUTSIDE = "outside", _("in an electronic signing service")  # sähköisessä allekirjoituspalvelussa
        PAPER = "paper", _("on paper")  # paperilla
        UNKNOWN = "unknown", _("not known")  # ei tiedossa

    record = models.OneToOneField(Record, models.PROTECT, related_name="original")
    way = models.CharField(_("way of signing"), max_length=10, choices=Way)
    names = models.TextField(_("names of the signatories"), blank=True, validators=[no_identity_code])
    signatures = models.JSONField(_("signatures of the file"), default=list, blank=True)
    flaw = models.CharField(_("why the signatures do not hold"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("signing of an original")
        verbose_name_plural = _("signings of originals")
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["outside", "paper", "unknown"]), name="agreements_original_way_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_way_display())

    @property
    def proof(self) -> str:
        """What the file proves by itself (14 §)."""
        if self.flaw:
            return _("The file has electronic signatures that do not hold. %(flaw)s") % {"flaw": self.flaw}
        if self.signatures:
            return str(_("The electronic signatures of the file were whole when it was taken in."))
        if self.way == self.Way.PAPER:
            return str(_("Not verifiable: the file is a picture of a paper. The paper itself is the evidence."))
        return str(_("Not verifiable: the file has no electronic signatures that could be checked."))
