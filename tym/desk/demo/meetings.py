"""The meetings 1/2025-4/2025 of the demo, played through the actions (domain 6.3, 6.6, 6.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from agreements.models import Change, Mandate, Matter
from steering import actions, national, state
from steering.actions import Candidate, GoalInput, SeatHolder
from steering.models import AgendaItem, Appointment, Meeting, NationalGoal
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

FIRST, SECOND, THIRD, FOURTH = date(2025, 2, 12), date(2025, 3, 20), date(2025, 9, 18), date(2025, 10, 2)
START, END = time(12), time(15, 30)
FRAME = (
    "Koordinaattori johtaa verkoston työtä, valmistelee ja esittelee johtoryhmän asiat sekä kehittää yhteisiä "
    "toimintatapoja ja asiakasprosesseja."
)
RULES = {
    "meeting.quorum": "over_half",
    "meeting.summons_days": "7",
    "meeting.tie": "chair",
    "meeting.minutes": "two_checkers",
}
# name, measure, target, numbers of the national goals; without one, the reason
GOALS = (
    ("Suunnitelmat lain määräajassa", "suunnitelmat enintään 3 kuukaudessa", "90.0", (3,), ""),
    ("Tarkistukset ajallaan", "tarkistukset enintään 3 kuukaudessa", "90.0", (3,), ""),
    ("Arviointi kasvokkain", "osuus arvioinneista", "85.0", (1,), ""),
    ("Henkilöstö toteutuu", "toteutunut sovitusta", "95.0", (), "Tavoite seuraa sopimuksesta ja TYM-lain 9 §:stä."),
)


@dataclass(frozen=True)
class Room:
    """A meeting as its secretary keeps it."""

    meeting: Meeting
    by: Mandate

    @property
    def day(self) -> date:
        return self.meeting.held_on

    def items(self) -> list[AgendaItem]:
        return list(self.meeting.items.select_related("meeting__agreement", "matter"))

    def item_of(self, matter: Matter) -> AgendaItem:
        return next(item for item in self.items() if item.matter_id == matter.pk)

    def unanimous(self, item: AgendaItem, **told: Any) -> None:
        sha256 = item.matter.sha256 if item.matter else ""
        actions.decide_unanimously(item=item, by=self.handler(item), on=self.day, sha256=sha256, **told)

    def handler(self, item: AgendaItem) -> Mandate:
        """The secretary, or the chair when the item is about the secretary's own appointment."""
        own = self.by.person_id in item.appointees
        return self.meeting.agreement.mandates.get(capacity="chair") if own else self.by

    def rest(self) -> None:
        """Every item not handled yet, as proposed."""
        for item in self.items():
            if not item.is_closed:
                self.unanimous(item)

    def end(self, moved_to: Meeting | None = None) -> None:
        actions.end_meeting(meeting=self.meeting, by=self.by, on=self.day, ended_at=END, moved_to=moved_to)


def secretary(stage: Stage) -> Mandate:
    return stage.agreement.mandates.get(capacity="secretary")


def open_room(
    stage: Stage,
    day: date,
    matters: Sequence[Matter],
    *,
    present: Sequence[int],
    deputies: Sequence[int] = (),
) -> Room:
    """Planned, summoned in time, and opened with the members and deputies of these seats."""
    by = secretary(stage)
    summoned_on = date.fromordinal(day.toordinal() - 9)
    plan = actions.Plan(held_on=day, starts_at=START, place="Pori, kaupungintalo")
    meeting = planned(stage, day) or actions.plan_meeting(agreement=stage.agreement, by=by, on=summoned_on, plan=plan)
    for matter in matters:
        actions.add_item(meeting=meeting, by=by, on=summoned_on, matter=matter)
    actions.summon(meeting=meeting, by=by, on=summoned_on, summoned_on=summoned_on, send=False)
    seats = {seat.position: seat for seat in state.seats_on(stage.agreement.pk, day)}
    people = [seats[number].member for number in present]
    people += [deputy for number in deputies if (deputy := seats[number].deputy)]
    there = [actions.Present(person) for person in people]
    meeting = actions.open_meeting(meeting=meeting, by=by, on=day, opened_at=START, present=there)
    return Room(meeting, by)


def planned(stage: Stage, day: date) -> Meeting | None:
    return stage.agreement.meetings.filter(held_on=day, state=Meeting.State.PLANNED).first()


def first_meeting(stage: Stage) -> None:
    """1/2025, 12.2.2025: rules, Annex 3 noted, frame, coordinator and stand-in, youth lead, goals. Seven of seven."""
    by, on = secretary(stage), date(2025, 2, 1)
    told: dict[str, Any] = {"agreement": stage.agreement, "by": by, "on": on}
    rules = actions.propose_readings(**told, values=RULES, valid_from=FIRST)
    annex = stage.agreement.matters.get(kind=Matter.Kind.GROUP_APPOINTMENT)
    frame = actions.propose_frame(**told, text=FRAME)
    leading = actions.propose_appointment(
        **told,
        candidates=[_candidate("coordinator", "Katja Lavia"), _candidate("stand_in", "Antti Luvia")],
        valid_from=date(2025, 3, 1),
        valid_to=data.TERM[1],
    )
    youth = actions.propose_appointment(
        **told, candidates=[_candidate("youth_lead", "Emmi Yyteri")], valid_from=data.TERM[0], valid_to=None
    )
    goals = actions.propose_goals(
        **told, year=2025, guidance="Yhdyspintajaoston ohjaus on merkitty tiedoksi.", goals=_goals()
    )
    matters = (rules, annex, frame, leading, youth, goals.matter)
    room = open_room(stage, FIRST, matters, present=range(1, 8))
    _disqualify_spouse(room, room.item_of(leading), stage)
    room.rest()
    room.end()
    _name(stage)


def _candidate(capacity: str, name: str) -> Candidate:
    return Candidate(capacity, SeatHolder(name, data.email_of(name, data.AUTHORITY), ""))


def _goals() -> list[GoalInput]:
    by_number = {goal.number: goal for goal in NationalGoal.objects.all()}
    return [
        GoalInput(
            name, measure, Decimal(target), "%", national_goals=[by_number[n] for n in numbers], reason_for_none=reason
        )
        for name, measure, target, numbers, reason in GOALS
    ]


def _disqualify_spouse(room: Room, item: AgendaItem, stage: Stage) -> None:
    """§ 6: Teemu Reposaari is the candidate's spouse; his personal deputy comes in for the item."""
    seat = next(seat for seat in state.seats_on(stage.agreement.pk, room.day) if seat.position == 2)
    told = actions.declare_disqualification(
        item=item, person=seat.member, by=room.by, on=room.day, ground="1", reason="Ehdokkaan puoliso."
    )
    actions.decide_disqualification(disqualification=told, by=room.handler(item), on=room.day, disqualified=True)
    if seat.deputy:
        actions.attend(
            meeting=room.meeting,
            present=actions.Present(seat.deputy),
            by=room.by,
            on=room.day,
            came_at=START,
            from_item=item,
        )


def _name(stage: Stage) -> None:
    """The authority names on 17.2.2025, after the approval; the youth lead was named earlier."""
    liaison = stage.liaison(data.AUTHORITY)
    for appointment in Appointment.objects.filter(matter__agreement=stage.agreement).order_by("pk"):
        actions.name_appointed(
            appointment=appointment,
            by=liaison,
            on=date(2025, 2, 17),
            named_on=date(2025, 2, 17),
            organ="Satakunnan työllisyysalueen jaosto",
            section="9",
        )


def second_meeting(stage: Stage, limit: Matter, update: Matter, *more: Matter) -> None:
    """2/2025, 20.3.2025: limit voted 4-2 with a deputy, Annex 2 version 2, the change of seat 6 noted."""
    room = open_room(stage, SECOND, (limit, update, *more), present=(1, 2, 3, 4, 6), deputies=(7,))
    item = actions.take_up(item=room.item_of(limit), by=room.by, on=SECOND)
    choices = {
        seating.pk: "against" if seating.seat.position in (3, 6) else "for"
        for seating in item.seatings.select_related("seat")
    }
    actions.record_votes(item=item, by=room.by, on=SECOND, choices=choices)
    actions.close_item(
        item=item,
        by=room.by,
        on=SECOND,
        outcome="approve",
        counter=("Rajaksi 65 asiakasta.", "Henna Jämiä", "Anniina Söörmarkku"),
        sha256=limit.sha256,
    )
    room.unanimous(room.item_of(update), valid_from=date(2025, 4, 1))
    room.rest()
    room.end()


def third_and_fourth_meeting(stage: Stage, proposal: Change) -> None:
    """3/2025, 18.9.2025, an e-meeting with only three present: moved to 4/2025, 2.10.2025.

    4/2025 also starts negotiations on the proposal to change the text.
    """
    by = secretary(stage)
    told: dict[str, Any] = {"agreement": stage.agreement, "by": by, "on": date(2025, 9, 1)}
    online = actions.Plan(held_on=THIRD, kind=Meeting.Kind.E_MEETING, starts_at=START, place="Teams")
    meeting = actions.plan_meeting(**told, plan=online)
    later = actions.Plan(held_on=FOURTH, starts_at=START, place="Pori, kaupungintalo")
    coming = actions.plan_meeting(**told, plan=later)
    text = "Puolivuosikatsaus: hyvinvointialueen sosiaaliohjaajan tehtävä on avoinna eikä sillä ole sijaista."
    actions.prepare_followup(meeting=meeting, by=by, on=date(2025, 9, 1), text=text)
    room = open_room(stage, THIRD, (), present=(1, 4, 7))
    room.end(moved_to=coming)
    room = open_room(stage, FOURTH, (proposal.matter,), present=range(1, 8))
    room.rest()
    room.end()


def national_goals(stage: Stage) -> None:
    """The five of 2025-2027, in our own words."""
    actions.load_national_goals(
        by=stage.by, first_year=national.FIRST_YEAR, last_year=national.LAST_YEAR, texts=national.TEXTS
    )


def ask_municipalities(stage: Stage) -> None:
    """Asked 3.3.2025; nine of eleven have answered with a name (8 §)."""
    by, on = stage.coordinator, date(2025, 4, 30)
    places = list(stage.places.values())
    asked = actions.ask_municipalities(
        agreement=stage.agreement, by=by, on=on, municipalities=places, asked_on=date(2025, 3, 3)
    )
    for contact in asked:
        if contact.municipality.name not in ("Siikainen", "Jämijärvi"):
            name = f"{contact.municipality.name}n yhteyshenkilö"
            actions.record_contact(contact=contact, by=by, on=on, answered_on=date(2025, 3, 24), name=name)
