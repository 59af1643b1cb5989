"""How an item is handled: who acts in each seat, who may not, votes, dissents, and what is to be done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from steering.models.meetings import AgendaItem, Meeting
from steering.models.terms import SeatLine
from tym.accounts.models import User
from tym.core.identity import no_identity_code


class Absence(models.Model):
    """A member who cannot come has called her personal deputy (estynyt, varajäsen kutsuttu)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="absences")
    seat = models.ForeignKey(SeatLine, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(auto_now_add=True)

    # The mail to the deputy did not go; told at once, not kept.
    mail_failed: bool = False

    history = tracked()

    class Meta:
        ordering = ["meeting", "called_at", "pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="steering_absence_once")]

    def __str__(self) -> str:
        return str(self.seat)


class Disqualification(models.Model):
    """Whether a person may take part in an item (esteellisyys, hallintolaki 434/2003 27-30 §).

    decided: empty until the body has settled it; true: disqualified, not present, the deputy comes in.
    urgency: why she takes part all the same: the body is not quorate without her and the matter cannot wait (30 §).
    Employment by a party does not by itself disqualify: a member is there as her party's official.
    """

    class Ground(models.TextChoices):
        PARTY = "1", _("she or a close person is a party in the matter")  # osallisuus
        AGENT = "2", _("she or a close person assists or represents a party")  # avustaminen, edustaminen
        BENEFIT = "3", _("the decision brings special benefit or loss to her or a close person")  # intressi
        SERVICE = "4", _("employed or commissioned by one whom the matter specially concerns")  # palvelussuhde
        BOARD = "5", _("on the board of, or managing, one whom the matter specially concerns")  # yhteisö
        SUPERVISOR = "6", _("she or a close person sits in a body that supervises the authority")  # valvonta
        OTHER = "7", _("her impartiality is endangered for another special reason")  # yleislauseke

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="disqualifications")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    ground = models.CharField(_("ground"), max_length=1, choices=Ground)
    reason = models.TextField(_("reason"), validators=[no_identity_code])
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided = models.BooleanField(null=True, blank=True)
    urgency = models.TextField(_("why the matter cannot wait"), blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = _("disqualification")
        verbose_name_plural = _("disqualifications")
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="steering_disqualification_once"),
            models.CheckConstraint(
                condition=Q(ground__in=["1", "2", "3", "4", "5", "6", "7"]) & ~Q(reason=""),
                name="steering_disqualification_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(urgency="") | Q(decided__isnull=False, decided=True),
                name="steering_disqualification_urgency_of_decided",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def clause(self) -> str:
        return str(_("act 434/2003 28 § 1 mom %(ground)s") % {"ground": self.ground})


class Seating(models.Model):
    """Who acts in a seat for an item (kuka toimii paikalla); frozen when the item is taken up."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="seatings")
    seat = models.ForeignKey(SeatLine, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    as_deputy = models.BooleanField(default=False)

    class Meta:
        ordering = ["item", "seat__position", "pk"]
        verbose_name = _("seating")
        verbose_name_plural = _("seatings")
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="steering_seating_seat_once"),
            models.UniqueConstraint(fields=["item", "person"], name="steering_seating_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Vote(models.Model):
    """A vote by name (ääni). For: the proposal. Against: the counter-proposal, or rejection when there is none."""

    class Choice(models.TextChoices):
        FOR = "for", _("for the proposal")  # jaa
        AGAINST = "against", _("against the proposal")  # ei
        BLANK = "blank", _("blank")  # tyhjä

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
    seat = models.ForeignKey(SeatLine, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)

    history = tracked()

    class Meta:
        ordering = ["item", "seat__position", "pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="steering_vote_once"),
            models.CheckConstraint(
                condition=Q(choice__in=["for", "against", "blank"]), name="steering_vote_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()}"


class Dissent(models.Model):
    """A dissenting opinion (eriävä mielipide, kuntalaki 106 § as the model)."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="dissents")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("reasons"), blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = _("dissent")
        verbose_name_plural = _("dissents")
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="steering_dissent_once")]

    def __str__(self) -> str:
        return str(self.person)


class Task(models.Model):
    """What follows from an item (täytäntöönpano): who does what by when."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="tasks")
    what = models.CharField(_("what"), max_length=300, validators=[no_identity_code])
    who = models.CharField(_("who"), max_length=120, validators=[no_identity_code])
    by_when = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["by_when", "pk"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return self.what
