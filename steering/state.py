"""What a meeting starts from: the seats and rules of its day, who is there, and the quorum of each item."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from agreements.models import Agreement, Change, Decision, Document, Matter, readings_on
from steering import quorum
from steering.models import (
    Absence,
    AgendaItem,
    Appointment,
    Attendance,
    Disqualification,
    Meeting,
    Seating,
    SeatLine,
    Vote,
)

# The group only notes these; any other it decides, and noting one does not end it (agreement 7 and 12 §).
NOTED = (Matter.Kind.NOTICE, Matter.Kind.GROUP_APPOINTMENT, Matter.Kind.YOUTH_LEAD)


def seats_on(agreement_id: int, day: datetime.date) -> list[SeatLine]:
    """The seats of the group on the day, by number, with their people. One query."""
    rows = SeatLine.objects.filter(
        version__document__agreement=agreement_id, version__document__kind=Document.Kind.COMPOSITION
    )
    return list(rows.in_force(day).select_related("party", "member", "deputy").order_by("position", "pk"))


def rules_on(agreement: Agreement, day: datetime.date) -> quorum.Rules:
    """How the group meets, as it has adopted it; else the defaults. One query."""
    return quorum.rules_from({key: reading.value for key, reading in readings_on(agreement, day).items()})


def pure(seat: SeatLine) -> quorum.Seat:
    """A seat as the pure rules see it; people and parties by their keys."""
    return quorum.Seat(seat.position, seat.party_id, seat.role, seat.member_id, seat.deputy_id)


@dataclass(frozen=True)
class Sitting:
    """A meeting with its seats, rules, and who is there, disqualified or absent. Loaded once for all items."""

    meeting: Meeting
    rules: quorum.Rules
    seats: tuple[SeatLine, ...]
    attendances: tuple[Attendance, ...]
    disqualifications: tuple[Disqualification, ...]
    absences: tuple[Absence, ...]
    appointees: frozenset[tuple[int, int]]

    @property
    def by_number(self) -> dict[int, SeatLine]:
        return {seat.position: seat for seat in self.seats}

    def seat_of(self, person_id: int) -> SeatLine | None:
        """The seat in which the person is member or deputy."""
        return next((seat for seat in self.seats if person_id in (seat.member_id, seat.deputy_id)), None)

    def disqualified_from(self, item: AgendaItem, *, strictly: bool = False) -> set[int]:
        """Those the group has found disqualified, and whoever is being appointed: she is a party in the matter.

        strictly: also those who take part all the same, since the matter cannot wait.
        """
        found = {row.person_id for row in self._decided(item) if strictly or not row.urgency}
        return found | {person for matter, person in self.appointees if matter == item.matter_id}

    def _decided(self, item: AgendaItem) -> list[Disqualification]:
        return [row for row in self.disqualifications if row.item_id == item.pk and row.decided]

    def excepted(self, item: AgendaItem) -> list[Disqualification]:
        """Who is disqualified and takes part all the same."""
        return [row for row in self._decided(item) if row.urgency]

    def is_needed(self, item: AgendaItem, person_id: int) -> bool:
        """Whether the group is not quorate without this disqualified person, who is there (hallintolaki 30 §).

        Nobody is needed whose seat her deputy or member acts in, nor in her own appointment.
        """
        out = self.disqualified_from(item, strictly=True) | {person_id}
        found = quorum.quorum([pure(seat) for seat in self.seats], self.present_for(item), out, self.rules)
        vacant = {seat.number for seat in found.empty}
        seat = self.seat_of(person_id)
        own = (item.matter_id, person_id) in self.appointees
        there = person_id in self.present_for(item)
        return not found.quorate and there and not own and seat is not None and seat.position in vacant

    def undecided(self, item: AgendaItem) -> list[Disqualification]:
        return [row for row in self.disqualifications if row.item_id == item.pk and row.decided is None]

    def present_for(self, item: AgendaItem) -> set[int]:
        """People of the seats who are there for the item. In writing everybody is, or her deputy when called."""
        if self.meeting.is_written:
            away = {absence.seat_id for absence in self.absences}
            there = {seat.member_id for seat in self.seats if seat.pk not in away}
            return there | {seat.deputy_id for seat in self.seats if seat.deputy_id}
        return {row.person_id for row in self.attendances if row.seat_id and row.covers(item)}

    def quorum_of(self, item: AgendaItem) -> quorum.Quorum:
        """The quorum as it would be if the item were taken up now."""
        return quorum.quorum(
            [pure(seat) for seat in self.seats], self.present_for(item), self.disqualified_from(item), self.rules
        )

    def quorum_kept(self, item: AgendaItem, seatings: Iterable[Seating]) -> quorum.Quorum:
        """The quorum as it was frozen when the item was taken up."""
        acting = {seating.person_id for seating in seatings}
        return quorum.quorum([pure(seat) for seat in self.seats], acting, (), self.rules)


def sitting(meeting: Meeting) -> Sitting:
    """All that the items of a meeting rest on: six queries, however many rows."""
    attendances = meeting.attendances.select_related("person", "seat", "from_item", "until_item")
    items = Disqualification.objects.filter(item__meeting=meeting).select_related("person", "item")
    matters = meeting.items.exclude(matter=None).values("matter")
    appointees = Appointment.objects.filter(matter__in=matters).values_list("matter", "person")
    return Sitting(
        meeting=meeting,
        rules=rules_on(meeting.agreement, meeting.held_on),
        seats=tuple(seats_on(meeting.agreement_id, meeting.held_on)),
        attendances=tuple(attendances.order_by("seat__position", "pk")),
        disqualifications=tuple(items),
        absences=tuple(meeting.absences.select_related("seat__member", "seat__deputy")),
        appointees=frozenset(appointees),
    )


def result_of(
    item: AgendaItem, votes: Sequence[Vote], seatings: Sequence[Seating], rules: quorum.Rules
) -> quorum.Result | None:
    """How the vote of the item ended; None when there was no vote."""
    if not votes:
        return None
    chair = next((seating.seat for seating in seatings if seating.person_id == item.chaired_by_id), None)
    return quorum.result({vote.seat.position: vote.choice for vote in votes}, chair.position if chair else None, rules)


def offered_matters(agreement: Agreement) -> QuerySet[Matter]:
    """What the agenda offers by itself: matters put before the group that it has not finished, and notices not noted.

    Left out are those that wait on the agenda of a meeting already.
    """
    said = Decision.objects.filter(matter=OuterRef("pk"), party=None, sha256=OuterRef("sha256"))
    ends = (*Decision.FINAL, Decision.Outcome.RETURN, Decision.Outcome.REVOKE)
    # A new wording goes on in the negotiations that were started on an earlier one (12 §).
    negotiated = Decision.objects.filter(matter=OuterRef("pk"), party=None, outcome=Decision.Outcome.NEGOTIATE)
    waiting = AgendaItem.objects.filter(matter=OuterRef("pk")).exclude(state=AgendaItem.State.CLOSED)
    proposed = Change.objects.filter(matter=OuterRef("pk"), state=Change.State.PROPOSED)
    noted = Q(kind__in=NOTED) | Q(kind=Matter.Kind.OTHER)
    changes = Q(kind__in=(Matter.Kind.ANNEX_UPDATE, Matter.Kind.AMENDMENT))
    return (
        agreement.matters.exclude(sha256="")
        .exclude(kind=Matter.Kind.ORIGINAL)
        .exclude(Exists(said.filter(outcome__in=ends)) | Exists(negotiated))
        .exclude(noted & Exists(said.filter(outcome=Decision.Outcome.NOTE)))
        .exclude(Exists(waiting.exclude(meeting__state__in=Meeting.ENDED_STATES)))
        .exclude(changes & ~Exists(proposed))
        .order_by(F("submitted_at").asc(nulls_last=True), "pk")
    )
