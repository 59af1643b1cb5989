"""The steering group of the tests: seven seats as in the demo, its people, and a meeting in few words."""

import dataclasses
from datetime import date, time

from django.utils.text import slugify

from agreements.actions import draft_change, open_matter, propose_change, save_proposal, submit_matter
from agreements.models import Document, Mandate, Matter
from steering import actions
from steering.actions import SeatHolder, SeatInput
from steering.actions.terms import Appointing
from steering.models import AgendaItem, SeatLine, Term
from tests.cast import FIRST_DAY
from tests.factories import system

# number, party order, role, member, deputy
SEATS = (
    (1, 1, "chair", "Outi Kullaanmaa", "Juhani Harjunpää"),
    (2, 1, "member", "Teemu Reposaari", "Riikka Meri-Pori"),
    (3, 1, "member", "Henna Jämiä", "Sami Pohjankangas"),
    (4, 2, "vice_chair", "Minna Kokemäenjoki", "Eeva Panelia"),
    (5, 2, "member", "Kari Noormarkku", "Petri Leineperi"),
    (6, 2, "member", "Anniina Söörmarkku", "Laura Kauttua"),
    (7, 3, "member", "Sanna Vehmassalmi", "Mikko Oravasaari"),
)
EVENING = time(16)


class Group:
    """The cast's group revised to seven seats from its first day; everybody in a seat has her mandate."""

    def __init__(self, cast, agreement=None):
        self.cast, self.agreement = cast, agreement or cast.agreement
        self.lead = cast.ta if self.agreement == cast.agreement else cast.stranger
        self.term = Term.objects.select_related("agreement", "party").get(agreement=self.agreement)
        self.parties = {party.order: party for party in self.agreement.parties.all()}
        # Seating takes long, and a module may have seated them for all its tests (`seven_seats`).
        if SeatLine.objects.of(self.document).in_force(FIRST_DAY).count() < len(SEATS):
            self._sit_down()
        held = Mandate.objects.filter(agreement=self.agreement, capacity__in=Mandate.OF_A_SEAT, valid_to__gt=FIRST_DAY)
        self.mandates = {mandate.person.name: mandate for mandate in held.select_related("person", "party")}

    def _sit_down(self):
        actions.revise_group(
            term=self.term,
            by=self.lead,
            on=FIRST_DAY,
            decision=Appointing("Jaosto", FIRST_DAY, "1"),
            valid_from=FIRST_DAY,
            seats=[self._seat(*told) for told in SEATS],
        )

    def _seat(self, _number, order, role, *names):
        member, deputy = (SeatHolder(name, f"{slugify(name)}.{self.agreement.pk}@example.org") for name in names)
        return SeatInput(member, deputy, role=role, party=self.parties[order])

    @property
    def document(self):
        return Document.objects.get(agreement=self.agreement, kind="composition")

    def replace_member(self, number, name, day):
        """By the party's notice the seat's member is another from the day on; the new seat."""
        by = {1: self.cast.ta, 2: self.cast.hva, 3: self.cast.kela}[SEATS[number - 1][1]]
        change = draft_change(document=self.document, by=by, on=FIRST_DAY)
        base = SeatInput.of(self.seat(number))
        seats = [dataclasses.replace(base, member=SeatHolder(name, f"{slugify(name)}@example.org"))]
        actions.replace_seats(change=change, document=self.document, by=by, on=FIRST_DAY, seats=seats)
        told = {"what": "Jäsen vaihtuu.", "why": "Tehtävä vaihtui.", "wanted_from": day}
        save_proposal(change=change, by=by, on=FIRST_DAY, **told)
        propose_change(change=change, by=by, on=FIRST_DAY)
        return SeatLine.objects.get(version__change=change)

    def unadopted_seat(self):
        """A seat that is only in a draft."""
        change = draft_change(document=self.document, by=self.cast.ta, on=FIRST_DAY)
        seats = [dataclasses.replace(SeatInput.of(self.seat(1)), member=SeatHolder("Uusi", "uusi@example.org"))]
        told = {"change": change, "document": self.document, "by": self.cast.ta, "on": FIRST_DAY}
        return actions.replace_seats(seats=seats, **told)[0]

    def seat(self, number, day=date(2025, 6, 2)):
        return SeatLine.objects.of(self.document).in_force(day).get(position=number)

    def member(self, number):
        return self.mandates[SEATS[number - 1][3]].person

    def deputy(self, number):
        return self.mandates[SEATS[number - 1][4]].person

    def mandate(self, person):
        return self.mandates[person.name]

    # A meeting

    def plan(self, day, **told):
        return actions.plan_meeting(
            agreement=self.agreement, by=self.cast.coordinator, on=day, plan=actions.Plan(held_on=day, **told)
        )

    def summoned(self, day, *titles, matters=(), **told):
        """A meeting on the day with items (title or matter), summoned on the same day with a reason."""
        meeting = self.plan(day, **told)
        for title in titles:
            self.item(meeting, title)
        for matter in matters:
            actions.add_item(meeting=meeting, by=self.cast.coordinator, on=day, matter=matter)
        return actions.summon(
            meeting=meeting, by=self.cast.coordinator, on=day, summoned_on=day, deviation="Kiireellinen."
        )

    def item(self, meeting, title, on=None, **told):
        return actions.add_item(
            meeting=meeting,
            by=self.cast.coordinator,
            on=on or meeting.held_on,
            item=actions.ItemInput(title=title, proposal="Hyväksytään.", **told),
        )

    def opened(self, day, *titles, present=range(1, 8), deputies=(), **told):
        """A meeting that is going on, with the members (and deputies) of these seats there."""
        return self.open(self.summoned(day, *titles, **told), present=present, deputies=deputies)

    def open(self, meeting, *, present=range(1, 8), deputies=()):
        people = [self.member(number) for number in present] + [self.deputy(number) for number in deputies]
        return actions.open_meeting(
            meeting=meeting,
            by=self.cast.coordinator,
            on=meeting.held_on,
            opened_at=time(12),
            present=[actions.Present(person) for person in people],
        )

    def take_up(self, item, **told):
        return actions.take_up(item=item, by=self.cast.coordinator, on=item.meeting.held_on, **told)

    def vote(self, item, against=(), blank=()):
        """Everybody votes: for, unless the seat's number is among `against` or `blank`."""
        told = {
            seating.pk: "against" if seating.seat.position in against else "blank" if seating.seat.position in blank
            else "for"
            for seating in item.seatings.select_related("seat")
        }  # fmt: skip
        return actions.record_votes(item=item, by=self.cast.coordinator, on=item.meeting.held_on, choices=told)

    def close(self, item, outcome="approve", **told):
        sha256 = item.matter.sha256 if item.matter else ""
        return actions.close_item(
            item=item,
            by=self.cast.coordinator,
            on=item.meeting.held_on,
            outcome=outcome,
            **{"sha256": sha256, **told},
        )

    def unanimous(self, item, **told):
        sha256 = item.matter.sha256 if item.matter else ""
        return actions.decide_unanimously(
            item=item, by=self.cast.coordinator, on=item.meeting.held_on, **{"sha256": sha256, **told}
        )

    def end(self, meeting, **told):
        return actions.end_meeting(
            meeting=meeting, by=self.cast.coordinator, on=meeting.held_on, ended_at=EVENING, **told
        )

    def dissent(self, item, number):
        told = {"item": item, "person": self.member(number), "on": item.meeting.held_on, "text": "Eri mieltä."}
        return actions.record_dissent(by=self.cast.coordinator, **told)

    def task(self, item, *, done=False):
        on = item.meeting.held_on
        told = {"what": "Tiedotetaan", "who": "Kaisa Koordinaattori", "by_when": None}
        task = actions.add_task(item=item, by=self.cast.coordinator, on=on, **told)
        return actions.finish_task(task=task, by=self.cast.coordinator, on=on) if done else task

    def full_meeting(self, day=date(2025, 6, 2)):
        """A meeting in which everything happens that can."""
        meeting = self.summoned(day, "Asia")
        actions.call_deputy(meeting=meeting, seat=self.seat(1), by=self.mandate(self.member(1)), on=day)
        told = {"ground": "1", "reason": "Puoliso.", "by": self.cast.coordinator, "on": day}
        row = actions.declare_disqualification(item=last_item(meeting), person=self.member(2), **told)
        meeting = self.open(meeting, present=range(2, 8), deputies=(1,))
        actions.decide_disqualification(disqualification=row, by=self.cast.coordinator, on=day, disqualified=True)
        item = self.take_up(last_item(meeting))
        self.vote(item, against=(7,))
        closed = self.close(item)
        self.dissent(closed, 7)
        self.task(closed)
        return meeting

    def handled(self, day=date(2025, 6, 2), **told):
        """An item that has been taken up, everybody present."""
        meeting = self.opened(day, "Asia", **told)
        return self.take_up(last_item(meeting))

    def closed(self, day=date(2025, 6, 2), **told):
        return self.close(self.handled(day, **told))


def items_of(meeting):
    return list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting__agreement", "matter"))


def last_item(meeting):
    return items_of(meeting)[-1]


def section(meeting, number):
    return next(item for item in items_of(meeting) if item.section == number)


def other_matter(cast, kind=Matter.Kind.OTHER, title="Raja: 60 asiakasta henkilötyövuotta kohti", year=2025):
    """A matter that has been put before the group."""
    matter = open_matter(agreement=cast.agreement, kind=kind, title=title, by=system(), year=year)
    return submit_matter(matter, sha256="b" * 64, by=system())
