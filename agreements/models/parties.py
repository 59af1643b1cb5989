"""Who agreed on what, and who may act for whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from tym.accounts.models import User
from tym.core.formats import genitive, parse_day
from tym.core.identity import no_identity_code, valid_business_id
from tym.core.periods import Period, PeriodQuerySet


class Organisation(models.Model):
    """A public organisation (organisaatio), by its legal name.

    legal_person: who answers in law when it is another, such as the responsible municipality (vastuukunta).
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    legal_person = models.CharField(_("legal person"), max_length=200, blank=True, validators=[no_identity_code])
    business_id = models.CharField(_("business ID"), max_length=9, blank=True, validators=[valid_business_id])
    e_invoice_address = models.CharField(
        _("e-invoice address"), max_length=60, blank=True, validators=[no_identity_code]
    )

    history = tracked()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name an organisation takes from a day on (laws rename authorities). It ends when the next one starts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=200, validators=[no_identity_code])
    valid_from = models.DateField(_("valid from"))

    history = tracked()

    class Meta:
        ordering = ["organisation", "valid_from"]
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="agreements_organisation_one_name_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality (kunta)."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=60, blank=True)

    history = tracked()

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name


class AgreementQuerySet(PeriodQuerySet):
    def visible_to(self, person: User, day: datetime.date) -> AgreementQuerySet:
        """Agreements on which the person holds a mandate on the day. All others do not exist for her."""
        mandates = Mandate.objects.in_force(day).filter(person=person, agreement=models.OuterRef("pk"))
        return self.filter(models.Exists(mandates))


class Agreement(Period):
    """A cooperation agreement (yhteistyösopimus, TYM act 381/2023 9 §).

    valid_from is the first day of force as the text says it (section 12), apart from the day of signing.
    """

    title = models.CharField(_("title"), max_length=500)
    short_title = models.CharField(_("short title"), max_length=80)
    annex_heading = models.CharField(max_length=500, blank=True)
    municipalities = models.ManyToManyField(Municipality, through="AreaMunicipality", related_name="+")

    objects = AgreementQuerySet.as_manager()  # type: ignore[misc]  # narrower than the period's
    history = tracked()

    class Meta(Period.Meta):
        ordering = ["short_title", "pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement_detail", args=[self.pk])


class AreaMunicipality(models.Model):
    """A municipality of the area the agreement concerns (toimialue, section 3)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="area")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")

    history = tracked()

    class Meta:
        verbose_name = _("municipality of the area")
        verbose_name_plural = _("municipalities of the area")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "municipality"], name="agreements_area_municipality_once")
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class PartyQuerySet(models.QuerySet):
    def named_on(self, day: datetime.date) -> PartyQuerySet:
        """With `name`: the organisation's name as it was on the day."""
        started = OrganisationName.objects.filter(organisation=models.OuterRef("organisation"), valid_from__lte=day)
        latest = models.Subquery(started.order_by("-valid_from").values("name")[:1])
        return self.annotate(name=Coalesce(latest, F("organisation__name")))


class Party(models.Model):
    """A party (sopijapuoli, section 2): an organisation in a role of the act.

    min_signers: how many must sign together for this party (A18; Kela two).
    """

    class Role(models.TextChoices):
        EMPLOYMENT_AUTHORITY = "employment_authority", _("employment authority")  # työvoimaviranomainen
        WELLBEING_COUNTY = "wellbeing_county", _("wellbeing services county")  # hyvinvointialue
        KELA = "kela", _("Kela")  # Kansaneläkelaitos

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role)
    short_name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    min_signers = models.PositiveSmallIntegerField(default=1)

    objects = PartyQuerySet.as_manager()
    history = tracked()

    class Meta:
        ordering = ["agreement", "order"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="agreements_party_organisation_once"),
            models.UniqueConstraint(fields=["agreement", "order"], name="agreements_party_order_once"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(role="kela"), name="agreements_party_one_kela"),
            models.CheckConstraint(
                condition=Q(role__in=["employment_authority", "wellbeing_county", "kela"]),
                name="agreements_party_role_of_the_act",
            ),
            models.CheckConstraint(condition=Q(min_signers__gte=1), name="agreements_party_someone_signs"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def genitive(self) -> str:
        return genitive(self.short_name)


def corrected_day(day: datetime.date | None, corrections: Iterable[Any]) -> datetime.date | None:
    """The day with the latest confirmed correction in place."""
    confirmed = [correction for correction in corrections if correction.confirmed_at]
    return parse_day(confirmed[-1].becomes) if confirmed else day


class Signatory(models.Model):
    """A named signer of a party as the text has it (allekirjoittaja, section 14). Not a right in here.

    signed_on: day of signing the original before this system; empty when not known (päiväys ei tiedossa). Once
    recorded it stays; a wrong one is corrected in the open.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="signatories")
    name = models.CharField(max_length=150)
    order = models.PositiveSmallIntegerField()
    signed_on = models.DateField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["party__order", "order"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.UniqueConstraint(fields=["party", "order"], name="agreements_signatory_order_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_day(self) -> datetime.date | None:
        """The day of signing, corrected. Uses `corrections`: load them before many."""
        return corrected_day(self.signed_on, self.corrections.all())


class Mandate(Period):
    """The right of a person to act on an agreement (valtuus): in what capacity, for which party, from when until when.

    slot: names an office of which there is one at a time ("coordinator", "liaison:3"); no two overlap.
    may_bind_party: her proposal or consent is the party's. A mandate that ends before it begins never held: the
    seat was given to somebody else before its start.
    """

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("chair")  # puheenjohtaja, 7 §
        VICE_CHAIR = "vice_chair", _("vice chair")  # varapuheenjohtaja, 7 §
        MEMBER = "member", _("member")  # jäsen, 7 §
        DEPUTY = "deputy", _("personal deputy")  # henkilökohtainen varajäsen, 7 §
        SECRETARY = "secretary", _("secretary")  # sihteeri
        COORDINATOR = "coordinator", _("TYM coordinator")  # TYM-koordinaattori, 7 §
        STAND_IN = "stand_in", _("coordinator's stand-in")  # varahenkilö, 7 §
        YOUTH_LEAD = "youth_lead", _("youth joint service lead")  # nuorten yhteispalvelun vastaava, 7 §
        LIAISON = "liaison", _("liaison")  # yhteyshenkilö, vastuuhenkilö, 8 §
        MAIN_USER = "main_user", _("main user")  # pääkäyttäjä
        MUNICIPAL_CONTACT = "municipal_contact", _("municipal contact")  # kunnan yhteyshenkilö, 8 §
        SIGNATORY = "signatory", _("signatory")  # allekirjoittaja, 14 §
        READER = "reader", _("reader")  # lukija
        AUDITOR = "auditor", _("auditor")  # tarkastaja

    OF_A_SEAT = (Capacity.CHAIR, Capacity.VICE_CHAIR, Capacity.MEMBER, Capacity.DEPUTY)
    SINGLE = (Capacity.CHAIR, Capacity.VICE_CHAIR, Capacity.COORDINATOR, Capacity.STAND_IN, Capacity.YOUTH_LEAD)
    OF_A_PARTY = (
        Capacity.CHAIR,
        Capacity.VICE_CHAIR,
        Capacity.MEMBER,
        Capacity.DEPUTY,
        Capacity.LIAISON,
        Capacity.MAIN_USER,
        Capacity.SIGNATORY,
    )

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="mandates")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="mandates")
    person = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(max_length=20, choices=Capacity)
    slot = models.CharField(max_length=40, blank=True)
    may_bind_party = models.BooleanField(default=False)

    history = tracked()

    class Meta(Period.Meta):
        ordering = ["agreement", "party__order", "capacity", "valid_from", "pk"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=Q(may_bind_party=False) | Q(party__isnull=False), name="agreements_mandate_binds_own_party"
            ),
            models.CheckConstraint(
                condition=~Q(capacity__in=["chair", "vice_chair", "member", "deputy", "liaison", "main_user"])
                | Q(party__isnull=False),
                name="agreements_mandate_party_named",
            ),
            models.CheckConstraint(
                condition=~Q(capacity__in=["chair", "vice_chair", "coordinator", "stand_in", "youth_lead"])
                | Q(slot=F("capacity")),
                name="agreements_mandate_single_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    @property
    def title(self) -> str:
        """The capacity and the party in words: "yhteyshenkilö, Kela"."""
        capacity = self.get_capacity_display()
        return f"{capacity}, {self.party.short_name}" if self.party else str(capacity)

    @classmethod
    def slot_of(cls, capacity: str, party: Party | None) -> str:
        """The office that only one person can hold at a time, or "" when many can."""
        if capacity in cls.SINGLE:
            return str(capacity)
        return f"liaison:{party.pk}" if capacity == cls.Capacity.LIAISON and party else ""
