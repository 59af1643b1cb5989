"""The steering group of the tests: seven seats as in the demo, its people, and a meeting in few words."""

from datetime import date, time

from django.utils import timezone

from agreements import history
from agreements.actions import open_matter, submit_matter
from agreements.models import Change, Decision, Document, Mandate, Matter, Version
from steering import actions
from steering.models import AgendaItem, SeatLine, Term
from tests.factories import SeatLineFactory, UserFactory, system

SHA = "a" * 64
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
CAPACITY = {"chair": "chair", "vice_chair": "vice_chair", "member": "member"}
EVENING = time(16)


class Group:
    """A term with seven seats on the cast's agreement, and a mandate for everybody in a seat."""

    def __init__(self, cast, first=date(2025, 1, 1), last=date(2029, 12, 31), agreement=None):
        self.cast, self.agreement = cast, agreement or cast.agreement
        self.people, self.mandates = {}, {}
        self.parties = {party.order: party for party in self.agreement.parties.all()}
        self.term = self._appointed(first, last)

    def _appointed(self, first, last):
        by, lead = system(), self.parties[1]
        matter = open_matter(
            agreement=self.agreement, kind=Matter.Kind.GROUP_APPOINTMENT, title="Johtoryhmä", by=by, year=first.year
        )
        change = Change(matter=matter, party=lead)
        history.save(change, by=by, reason="test")
        version = Version(change=change, document=self.document)
        history.save(version, by=by, reason="test")
        for number, order, role, member, deputy in SEATS:
            self._seat(version, number, self.parties[order], role, member, deputy)
        submit_matter(matter, sha256=SHA, by=by)
        self._adopt(change, version, by, first)
        term = Term(agreement=self.agreement, matter=matter, party=lead, valid_from=first, valid_to=last)
        history.save(term, by=by, reason="test")
        return term

    @property
    def lead(self):
        return self.cast.ta if self.agreement == self.cast.agreement else self.cast.stranger

    @property
    def document(self):
        return Document.objects.get(agreement=self.agreement, kind="composition")

    def _seat(self, version, number, party, role, member, deputy):
        SeatLineFactory(
            version=version,
            position=number,
            party=party,
            role=role,
            member=self._person(member, CAPACITY[role], party),
            deputy=self._person(deputy, "deputy", party),
        )

    def _person(self, name, capacity, party):
        person = UserFactory(name=name)
        self.people[name] = person
        mandate = Mandate(
            agreement=self.agreement,
            person=person,
            capacity=capacity,
            party=party,
            slot=Mandate.slot_of(capacity, party),
            valid_from=date(2025, 1, 1),
        )
        history.save(mandate, by=system(), reason="test")
        self.mandates[name] = mandate
        return person

    def _adopt(self, change, version, by, first):
        change.state, change.sha256, change.received_on = Change.State.PROPOSED, SHA, first
        change.proposed_at = timezone.now()
        history.save(change, by=by, reason="test")
        Decision.objects.create(
            matter=change.matter,
            party=change.party,
            organ="Jaosto",
            decided_on=first,
            section="1",
            outcome="approve",
            sha256=SHA,
            mandate=self.lead,
        )
        change.state, change.valid_from = Change.State.ADOPTED, first
        history.save(change, by=by, reason="test")
        version.number = Version.objects.filter(document=version.document).exclude(number=None).count() + 1
        history.save(version, by=by, reason="test")

    def replace_member(self, number, person, day):
        """From the day on the seat's member is another; her row of Annex 3."""
        by, base = system(), self.seat(number)
        matter = open_matter(
            agreement=self.agreement, kind=Matter.Kind.GROUP_APPOINTMENT, title="Jäsen", by=by, year=day.year
        )
        change = Change(matter=matter, party=base.party)
        history.save(change, by=by, reason="test")
        version = Version(change=change, document=self.document)
        history.save(version, by=by, reason="test")
        told = {"key": base.key, "base": base, "position": number, "role": base.role, "deputy": base.deputy}
        seat = SeatLineFactory(version=version, party=base.party, member=person, **told)
        submit_matter(matter, sha256=SHA, by=by)
        self._adopt(change, version, by, day)
        return seat

    def unadopted_seat(self):
        """A seat that is only in a draft."""
        matter = open_matter(agreement=self.agreement, kind=Matter.Kind.NOTICE, title="Paikka", by=system(), year=2025)
        change = Change(matter=matter, party=self.parties[1])
        history.save(change, by=system(), reason="test")
        version = Version(change=change, document=self.document)
        history.save(version, by=system(), reason="test")
        return SeatLineFactory(version=version, party=self.parties[1], position=1)

    def seat(self, number, day=date(2025, 6, 2)):
        return SeatLine.objects.of(self.document).in_force(day).get(position=number)

    def member(self, number):
        return self.people[SEATS[number - 1][3]]

    def deputy(self, number):
        return self.people[SEATS[number - 1][4]]

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
