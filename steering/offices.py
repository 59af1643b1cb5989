"""The people around the group as they are on a day: who holds which office, on what ground, and what is to be done."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agreements.models import Agreement, Decision, Mandate, Municipality, Party
from steering.models import Appointment, MunicipalContact, Naming

WARN_BEFORE_END = datetime.timedelta(days=90)


@dataclass(frozen=True)
class ToDo:
    """Something that is not as it should be: what, on which clause, whose move it is, and where it is done."""

    sentence: str
    clause: str
    whose: str
    url: str = ""


@dataclass(frozen=True)
class PutForward:
    """An appointment with what has become of it. Its matter's decisions are loaded before."""

    appointment: Appointment
    decision: Decision | None
    naming: Naming | None

    @property
    def is_told_only(self) -> bool:
        return self.appointment.capacity == Appointment.Capacity.YOUTH_LEAD

    @property
    def waits_for_group(self) -> bool:
        return self.decision is None

    @property
    def waits_for_naming(self) -> bool:
        if self.naming is not None:
            return False
        return self.is_told_only or (self.decision is not None and self.decision.outcome == Decision.Outcome.APPROVE)

    @property
    def is_open(self) -> bool:
        """Still on the way to the office, or named and not yet told to the group."""
        return self.waits_for_naming or self.waits_for_group


@dataclass(frozen=True)
class Office:
    """One of the three offices on the day."""

    capacity: Appointment.Capacity
    holder: Mandate | None
    naming: Naming | None
    next_holder: Mandate | None
    todo: list[ToDo] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.capacity.label)


FINAL = (Decision.Outcome.APPROVE, Decision.Outcome.REJECT, Decision.Outcome.RETURN, Decision.Outcome.NOTE)


def put_forward(agreement: Agreement) -> list[PutForward]:
    """Every appointment put before the group, the latest first. Two queries."""
    found = Appointment.objects.filter(matter__agreement=agreement).exclude(matter__sha256="")
    found = found.select_related("person", "matter", "naming__mandate", "naming__party")
    rows = found.prefetch_related("matter__decisions").order_by("-valid_from", "-pk")
    return [PutForward(row, _decision(row), getattr(row, "naming", None)) for row in rows]


def _decision(appointment: Appointment) -> Decision | None:
    """What the group has said last on the matter; a tabling says nothing yet."""
    said = [one for one in appointment.matter.decisions.all() if one.party_id is None and one.outcome in FINAL]
    return said[-1] if said else None


def offices(held: Iterable[Mandate], forward: Sequence[PutForward], day: datetime.date) -> list[Office]:
    """The coordinator, the stand-in and the youth lead on the day, with what is to be done."""
    mandates = list(held)
    return [_office(capacity, mandates, forward, day) for capacity in Appointment.Capacity]


def _office(
    capacity: Appointment.Capacity, held: Sequence[Mandate], forward: Sequence[PutForward], day: datetime.date
) -> Office:
    own = [mandate for mandate in held if mandate.capacity == capacity]
    holder = next((mandate for mandate in own if mandate.holds(day)), None)
    coming = next((mandate for mandate in own if mandate.valid_from > day and _is_real(mandate)), None)
    namings = {one.naming.mandate_id: one.naming for one in forward if one.naming}
    naming = namings.get(holder.pk) if holder else None
    todo = [*_vacant(capacity, holder, coming), *_ending(capacity, holder, coming, day)]
    return Office(capacity, holder, naming, coming, todo)


def _is_real(mandate: Mandate) -> bool:
    return mandate.valid_to is None or mandate.valid_to >= mandate.valid_from


def _vacant(capacity: Appointment.Capacity, holder: Mandate | None, coming: Mandate | None) -> list[ToDo]:
    if holder or coming:
        return []
    sentences = {
        Appointment.Capacity.COORDINATOR: _("There is no TYM coordinator."),
        Appointment.Capacity.STAND_IN: _("The coordinator has no stand-in."),
        Appointment.Capacity.YOUTH_LEAD: _("The youth joint service has no lead."),
    }
    clauses = {Appointment.Capacity.YOUTH_LEAD: _("agreement 7 §, act 381/2023 16 § 3 mom")}
    clause = clauses.get(capacity, _("agreement 7 §, decree 388/2024 4 §"))
    return [ToDo(sentences[capacity], clause, _("employment authority"))]


def _ending(
    capacity: Appointment.Capacity, holder: Mandate | None, coming: Mandate | None, day: datetime.date
) -> list[ToDo]:
    last = holder.valid_to if holder and not coming else None
    if last is None or last - day > WARN_BEFORE_END:
        return []
    told = {"office": capacity.label, "days": (last - day).days}
    sentence = _("%(office)s: the office ends in %(days)s days, and nobody has been named to follow.") % told
    return [ToDo(sentence[:1].upper() + sentence[1:], _("agreement 7 §"), _("employment authority"))]


def forward_todo(forward: Sequence[PutForward]) -> list[ToDo]:
    """What waits for the group or for the authority."""
    return [todo for one in forward for todo in _forward(one)]


def _forward(one: PutForward) -> list[ToDo]:
    told = {"who": str(one.appointment)}
    found = []
    if one.waits_for_group:
        sentence = (
            _("%(who)s: to be told to the steering group for information.")
            if one.is_told_only
            else _("%(who)s: the steering group has not decided on the approval.")
        )
        found.append(ToDo(sentence % told, _("agreement 7 §"), _("steering group")))
    if one.waits_for_naming:
        found.append(ToDo(_("%(who)s: to be named.") % told, _("agreement 7 §"), _("employment authority")))
    return found


@dataclass(frozen=True)
class Liaison:
    """A party's link between the group, the coordinator and the staff (vastuuhenkilö, 8 §): exactly one a day."""

    party: Party
    holders: list[Mandate]

    @property
    def todo(self) -> list[ToDo]:
        if len(self.holders) == 1:
            return []
        told = {"party": self.party.short_name, "count": len(self.holders)}
        sentence = _("%(party)s has no liaison.") if not self.holders else _("%(party)s has %(count)s liaisons.")
        return [ToDo(sentence % told, _("agreement 8 §"), self.party.short_name)]


def liaisons(parties: Iterable[Party], held: Iterable[Mandate], day: datetime.date) -> list[Liaison]:
    """Each party with its liaison on the day."""
    on_duty = [m for m in held if m.capacity == Mandate.Capacity.LIAISON and m.holds(day)]
    return [Liaison(party, [m for m in on_duty if m.party_id == party.pk]) for party in parties]


@dataclass(frozen=True)
class Place:
    """A municipality of the area with what it was asked and answered."""

    municipality: Municipality
    contact: MunicipalContact | None

    @property
    def state(self) -> MunicipalContact.State:
        return self.contact.state if self.contact else MunicipalContact.State.NEVER_ASKED


def places(area: Iterable[Municipality], contacts: Iterable[MunicipalContact]) -> list[Place]:
    """One row a municipality of the area."""
    known = {contact.municipality_id: contact for contact in contacts}
    return [Place(municipality, known.get(municipality.pk)) for municipality in area]


def places_told(rows: Sequence[Place]) -> str:
    """How far the asking has come, in words."""
    states = [row.state for row in rows]
    told = {
        "asked": len(states) - states.count(MunicipalContact.State.NEVER_ASKED),
        "all": len(states),
        "named": states.count(MunicipalContact.State.NAMED),
        "none": states.count(MunicipalContact.State.NONE),
        "waits": states.count(MunicipalContact.State.ASKED),
    }
    return (
        _(
            "Asked: %(asked)s of %(all)s. Contact person named: %(named)s. "
            "Answered that it names nobody: %(none)s. No answer yet: %(waits)s."
        )
        % told
    )


def places_todo(rows: Sequence[Place]) -> list[ToDo]:
    """Not naming anybody is no fault; not having been asked is."""
    unasked = [row.municipality.name for row in rows if row.state == MunicipalContact.State.NEVER_ASKED]
    if not unasked:
        return []
    sentence = _("Not asked to name a contact person: %(places)s.") % {"places": ", ".join(unasked)}
    return [ToDo(sentence, _("agreement 8 §"), _("TYM coordinator"))]
