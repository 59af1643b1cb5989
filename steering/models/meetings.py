"""Meetings of the steering group: the agenda, who is there, and what follows (johtoryhmän kokous, esityslista)."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.history import tracked
from agreements.models import Agreement, Decision, Matter
from steering.models.terms import SeatLine, Term
from tym.accounts.models import User
from tym.core.formats import format_day
from tym.core.identity import no_identity_code


class Meeting(models.Model):
    """A meeting of the group (kokous), or a decision procedure in writing (sähköinen päätöksentekomenettely).

    place: where, or the link. deadline: last day on which views are stated in a written procedure.
    summons_deviation: why the summons was late. asked_by: who asked that a written procedure becomes a meeting.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")  # kokous
        E_MEETING = "e_meeting", _("electronic meeting")  # sähköinen kokous, kuntalaki 99 §
        WRITTEN = "written", _("electronic decision procedure")  # sähköinen päätöksentekomenettely, kuntalaki 100 §

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")  # suunniteltu
        SUMMONED = "summoned", _("Summoned")  # kutsuttu koolle
        OPEN = "open", pgettext_lazy("meeting", "Going on")  # käynnissä
        ENDED = "ended", pgettext_lazy("meeting", "Ended")  # päättynyt
        NOT_QUORATE = "not_quorate", _("Not quorate")  # ei ollut päätösvaltainen
        CANCELLED = "cancelled", _("Cancelled")  # peruttu

    BEFORE = (State.PLANNED, State.SUMMONED)
    ENDED_STATES = (State.ENDED, State.NOT_QUORATE, State.CANCELLED)
    HELD_STATES = (State.ENDED, State.NOT_QUORATE)
    TRANSITIONS = (
        (State.PLANNED, State.SUMMONED),
        (State.PLANNED, State.CANCELLED),
        (State.SUMMONED, State.OPEN),
        (State.SUMMONED, State.CANCELLED),
        (State.OPEN, State.ENDED),
        (State.OPEN, State.NOT_QUORATE),
    )

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="meetings")
    term = models.ForeignKey(Term, models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEETING)
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place or link"), max_length=300, blank=True, validators=[no_identity_code])
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    summoned_on = models.DateField(null=True, blank=True)
    summons_deviation = models.TextField(blank=True, validators=[no_identity_code])
    opened_at = models.TimeField(null=True, blank=True)
    ended_at = models.TimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True, validators=[no_identity_code])

    # Whom the mail of the summons just sent did not reach, in words; told at once, not kept.
    mail_failed: tuple[str, ...] = ()

    history = tracked()

    class Meta:
        ordering = ["agreement", "-held_on", "-number"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year", "number"], name="steering_meeting_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="steering_meeting_from_one"),
            models.CheckConstraint(
                condition=Q(kind="written", deadline__isnull=False) | (~Q(kind="written") & Q(deadline=None)),
                name="steering_meeting_deadline_of_written",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(summoned_on__isnull=False),
                name="steering_meeting_summoned_whole",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, ended_at=None, state__in=["planned", "summoned", "cancelled"])
                | Q(opened_at__isnull=False, ended_at=None, state="open")
                | Q(opened_at__isnull=False, ended_at__isnull=False, state__in=["ended", "not_quorate"]),
                name="steering_meeting_times_of_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({format_day(self.held_on)})"

    def get_absolute_url(self) -> str:
        return reverse("steering:meeting_detail", args=[self.agreement_id, self.pk])

    @property
    def reference(self) -> str:
        """The running number of the year: "1/2025"."""
        return f"{self.number}/{self.year}"

    @property
    def is_written(self) -> bool:
        return self.kind == self.Kind.WRITTEN

    @property
    def is_before(self) -> bool:
        return self.state in self.BEFORE

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_over(self) -> bool:
        return self.state in self.ENDED_STATES

    @property
    def is_held(self) -> bool:
        """Over, and not cancelled: there are minutes of it."""
        return self.state in self.HELD_STATES

    def summons_is_late(self, summoned_on: datetime.date, days: int) -> bool:
        """Fewer days than the rule between the summons and the meeting (or the deadline of a written procedure)."""
        return ((self.deadline or self.held_on) - summoned_on).days < days


class AgendaItem(models.Model):
    """An item of the agenda, later of the minutes (asiakohta, pykälä).

    section: its § through the calendar year of the meeting, given when the meeting is opened. needed, present:
    the quorum of this item, kept when it is taken up. moved_to: where a meeting without a quorum moved it.
    standing: belongs to every meeting (opening, minute checkers), so it is never moved to another.
    checked_at_once: its § was read and checked in the meeting (tarkastettiin heti), so an extract can be given at once.
    followup: of the item of follow-up (seuranta), the figures and goals as they were told, as canonical JSON; they stay
    as they are once the group has been summoned.
    """

    class Kind(models.TextChoices):
        DECIDE = "decide", pgettext_lazy("agenda", "to be decided")  # päätettävä asia
        NOTE = "note", pgettext_lazy("agenda", "to be noted")  # tiedoksi
        DISCUSS = "discuss", pgettext_lazy("agenda", "to be discussed")  # keskustelu

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("item", "Not handled")  # käsittelemättä
        HANDLED = "handled", pgettext_lazy("item", "Being handled")  # käsittelyssä
        CLOSED = "closed", pgettext_lazy("item", "Handled")  # käsitelty

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("approved")
        AMENDED = "amended", _("approved as amended")  # hyväksyttiin muutettuna
        REJECT = "reject", _("rejected")
        RETURN = "return", _("returned for preparation")
        NEGOTIATE = "negotiate", _("negotiations started")
        TABLE = "table", _("tabled")
        NOTE = "note", _("noted")
        DISCUSSED = "discussed", _("discussed")  # käytiin keskustelu
        MOVED = "moved", _("moved to another meeting")  # siirrettiin toiseen kokoukseen
        DROPPED = "dropped", _("taken off the agenda")  # poistettiin esityslistalta

    class Appeal(models.TextChoices):
        NOT_STATED = "not_stated", _("not stated")  # ei mainintaa
        NONE = "none", _("not open to appeal")  # ei valituskelpoinen, hallintolaki 48 §
        REVIEW = "review", _("instructions for requesting a review attached")  # oikaisuvaatimusohje liitteenä

    # What needs a quorum.
    DECISIVE = (Outcome.APPROVE, Outcome.AMENDED, Outcome.REJECT, Outcome.RETURN, Outcome.NEGOTIATE)
    # What closes an item that was never taken up.
    UNHANDLED = (Outcome.MOVED, Outcome.DROPPED)
    # What leaves no decision in the matter.
    WITHOUT_DECISION = (*UNHANDLED, Outcome.DISCUSSED)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    section = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DECIDE)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    standing = models.BooleanField(default=False)
    title = models.CharField(_("title"), max_length=600, validators=[no_identity_code])
    explanation = models.TextField(_("explanation"), blank=True, validators=[no_identity_code])
    proposal = models.TextField(_("proposal for a decision"), blank=True, validators=[no_identity_code])
    followup = models.TextField(_("follow-up"), blank=True, editable=False)
    preparer = models.CharField(_("prepared by"), max_length=120, blank=True, validators=[no_identity_code])
    presenter = models.CharField(_("presented by"), max_length=120, blank=True, validators=[no_identity_code])
    appeal = models.CharField(_("appeal"), max_length=10, choices=Appeal, default=Appeal.NOT_STATED)
    appeal_grounds = models.CharField(_("grounds"), max_length=300, blank=True, validators=[no_identity_code])
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    needed = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    chaired_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    counter_proposal = models.TextField(_("counter-proposal"), blank=True, validators=[no_identity_code])
    counter_by = models.CharField(_("made by"), max_length=120, blank=True, validators=[no_identity_code])
    seconded_by = models.CharField(_("seconded by"), max_length=120, blank=True, validators=[no_identity_code])
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    checked_at_once = models.BooleanField(_("checked at once"), default=False)
    decision_text = models.TextField(_("decision"), blank=True, validators=[no_identity_code])
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    moved_to = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", needed=None, present=None, chaired_by=None)
                | Q(state="closed", outcome__in=["moved", "dropped"], needed=None, present=None, chaired_by=None)
                | Q(
                    ~Q(outcome__in=["moved", "dropped"]),
                    state__in=["handled", "closed"],
                    needed__isnull=False,
                    needed__gte=1,
                    present__isnull=False,
                ),
                name="steering_item_taken_up_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | (~Q(state="closed") & Q(closed_at=None, outcome="", decision=None)),
                name="steering_item_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["approve", "amended", "reject", "return", "negotiate"])
                | Q(present__isnull=False, needed__isnull=False, present__gte=F("needed")),
                name="steering_item_quorate",
            ),
            models.CheckConstraint(
                condition=Q(matter=None, decision=None)
                | Q(matter__isnull=False, outcome__in=["", "discussed", "moved", "dropped"], decision=None)
                | Q(
                    ~Q(outcome__in=["", "discussed", "moved", "dropped"]),
                    matter__isnull=False,
                    decision__isnull=False,
                ),
                name="steering_item_decision_in_matter",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="moved") | Q(moved_to__isnull=False), name="steering_item_moved_somewhere"
            ),
            models.UniqueConstraint(fields=["meeting"], condition=~Q(followup=""), name="steering_item_one_followup"),
        ]

    def __str__(self) -> str:
        return f"§ {self.section} {self.title}" if self.section else self.title

    def get_absolute_url(self) -> str:
        return reverse("steering:item_detail", args=[self.meeting.agreement_id, self.meeting_id, self.pk])

    @property
    def followed(self) -> dict[str, Any]:
        """The follow-up as it was told; empty for any other item."""
        found: dict[str, Any] = json.loads(self.followup) if self.followup else {}
        return found

    @cached_property
    def appointees(self) -> dict[Any, str]:
        """Whose own appointment the item is about: key of the person -> name. Asks the database."""
        people = self.matter.appointments.values_list("person", "person__name") if self.matter else ()
        return dict(people)

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_handled(self) -> bool:
        return self.state == self.State.HANDLED


class Attendance(models.Model):
    """A person at a meeting (läsnäolo), from an item to an item; several rows when she comes and goes.

    seat: the seat in which she is there, as member or deputy; empty for others (capacity says who).
    from_item, until_item: first and last item for which she is present; empty: from the start, to the end.
    """

    class Capacity(models.TextChoices):
        MEMBER = "member", _("member")  # jäsen
        DEPUTY = "deputy", _("personal deputy")  # varajäsen
        COORDINATOR = "coordinator", _("TYM coordinator")
        SECRETARY = "secretary", _("secretary")
        YOUTH_LEAD = "youth_lead", _("youth joint service lead")  # puheoikeus, ei äänioikeutta (A21)
        GUEST = "guest", _("guest")  # kutsuttu, asiantuntija

    OF_A_SEAT = (Capacity.MEMBER, Capacity.DEPUTY)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    seat = models.ForeignKey(SeatLine, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity)
    came_at = models.TimeField(_("came at"), null=True, blank=True)
    left_at = models.TimeField(_("left at"), null=True, blank=True)
    from_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    until_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")

    history = tracked()

    class Meta:
        ordering = ["meeting", "pk"]
        verbose_name = pgettext_lazy("meeting", "attendance")
        verbose_name_plural = pgettext_lazy("meeting", "attendances")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__in=["member", "deputy"], seat__isnull=False)
                | (~Q(capacity__in=["member", "deputy"]) & Q(seat=None)),
                name="steering_attendance_seat_of_capacity",
            ),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(left_at=None) | Q(left_at__gte=F("came_at")),
                name="steering_attendance_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_capacity_display()})"

    def covers(self, item: AgendaItem) -> bool:
        """Present for the item. Uses from_item and until_item: load them before many."""
        after_start = self.from_item is None or self.from_item.position <= item.position
        return after_start and (self.until_item is None or item.position <= self.until_item.position)
