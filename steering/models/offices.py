"""Who leads the network besides the group: coordinator, stand-in, youth lead, contacts of the municipalities."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Agreement, Mandate, Matter, Municipality, Party, Record
from tym.accounts.models import User
from tym.core.formats import format_day
from tym.core.identity import no_identity_code


class Appointment(models.Model):
    """A person put forward for an office (nimitys, 7 §): the group approves, the employment authority then names.

    The youth lead is only brought to the group for information. valid_to is empty only for her: the coordinator
    and the stand-in are named for the group's term at the most (decree 388/2024 4 §).
    """

    class Capacity(models.TextChoices):
        COORDINATOR = "coordinator", _("TYM coordinator")  # TYM-koordinaattori
        STAND_IN = "stand_in", _("coordinator's stand-in")  # varahenkilö
        YOUTH_LEAD = "youth_lead", _("youth joint service lead")  # nuorten yhteispalvelun vastaava

    KIND = {
        Capacity.COORDINATOR: Matter.Kind.APPOINTMENT,
        Capacity.STAND_IN: Matter.Kind.APPOINTMENT,
        Capacity.YOUTH_LEAD: Matter.Kind.YOUTH_LEAD,
    }

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="appointments")
    capacity = models.CharField(_("office"), max_length=20, choices=Capacity)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    title = models.CharField(_("job title"), max_length=120, blank=True, validators=[no_identity_code])
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["matter", "capacity"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(fields=["matter", "capacity"], name="steering_appointment_office_once"),
            models.UniqueConstraint(fields=["matter", "person"], name="steering_appointment_person_once"),
            models.CheckConstraint(
                condition=Q(capacity__in=["coordinator", "stand_in", "youth_lead"]),
                name="steering_appointment_office_known",
            ),
            models.CheckConstraint(
                condition=Q(capacity="youth_lead") | Q(valid_to__isnull=False),
                name="steering_appointment_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="steering_appointment_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}: {self.person}"

    @property
    def period(self) -> str:
        return f"{format_day(self.valid_from)}–{format_day(self.valid_to) if self.valid_to else ''}"


class Naming(models.Model):
    """The employment authority names the person to the office (nimeäminen, act 381/2023 9 §); the mandate follows.

    deviation: why it was done before or without the group's approval, or beyond its term; shown as Poikkeama.
    ended_on: the last day when the office ended early, with its reason.
    """

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="naming")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    named_on = models.DateField(_("day of the decision"))
    organ = models.CharField(_("deciding body"), max_length=120, validators=[no_identity_code])
    section = models.CharField(_("section of the decision"), max_length=12, validators=[no_identity_code])
    case_number = models.CharField(_("case number"), max_length=40, blank=True, validators=[no_identity_code])
    deviation = models.TextField(_("reason for the deviation"), blank=True, validators=[no_identity_code])
    extract = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.OneToOneField(Mandate, models.PROTECT, related_name="+")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ending_reason = models.TextField(_("reason"), blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["named_on", "pk"]
        verbose_name = _("naming")
        verbose_name_plural = _("namings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ending_reason="") | (Q(ended_on__isnull=False) & ~Q(ending_reason="")),
                name="steering_naming_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {format_day(self.named_on)} § {self.section}"


class MunicipalContact(models.Model):
    """A municipality of the area asked to name a contact person (kunnan yhteyshenkilö, 8 §), and what it answered.

    answered_on without a name: it answered that it names nobody, which is no fault.
    """

    class State(models.TextChoices):
        NEVER_ASKED = "never_asked", _("never asked")
        ASKED = "asked", _("asked, no answer yet")
        NONE = "none", _("answered: names nobody")
        NAMED = "named", _("contact person named")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="municipal_contacts")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    name = models.CharField(_("contact person"), max_length=150, blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["agreement", "municipality__name"]
        verbose_name = _("municipal contact")
        verbose_name_plural = _("municipal contacts")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "municipality"], name="steering_municipalcontact_once"),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")),
                name="steering_municipalcontact_in_order",
            ),
            models.CheckConstraint(
                condition=Q(name="") | Q(answered_on__isnull=False), name="steering_municipalcontact_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.name}" if self.name else str(self.municipality)

    @property
    def state(self) -> MunicipalContact.State:
        if self.answered_on is None:
            return self.State.ASKED
        return self.State.NAMED if self.name else self.State.NONE


class Event(models.Model):
    """An information or discussion event with municipalities (tiedotus- tai keskustelutilaisuus, 8 §)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="events")
    held_on = models.DateField(_("day"))
    title = models.CharField(_("subject"), max_length=200, validators=[no_identity_code])
    place = models.CharField(_("place"), max_length=120, blank=True, validators=[no_identity_code])
    notes = models.TextField(_("what was discussed"), blank=True, validators=[no_identity_code])
    municipalities = models.ManyToManyField(Municipality, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("event with municipalities")
        verbose_name_plural = _("events with municipalities")

    def __str__(self) -> str:
        return f"{format_day(self.held_on)} {self.title}"
