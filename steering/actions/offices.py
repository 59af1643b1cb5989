"""Appointments: put before the group, named by the employment authority, ended."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions import open_matter, submit_matter
from agreements.actions.files import Upload, keep_record
from agreements.actions.locking import lock_agreement
from agreements.actions.mandates import give_mandate, stop_mandate
from agreements.models import Agreement, Decision, Mandate, Matter, Party, Record
from agreements.permissions import mandates_of, require
from steering import permissions
from steering.actions.seats import SeatHolder, person_of
from steering.departures import Departure, clauses_of, departures
from steering.fingerprints import fingerprint
from steering.models import Appointment, Naming, Term
from tym.core.errors import Refused
from tym.core.formats import format_day

A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Candidate:
    """A person for an office, as she is put before the group."""

    capacity: str
    holder: SeatHolder


@transaction.atomic
def propose_appointment(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    candidates: Sequence[Candidate],
    valid_from: datetime.date,
    valid_to: datetime.date | None,
) -> Matter:
    """Put the coordinator, her stand-in, or both before the group; or tell it of the youth lead (7 §).

    Raises Refused when nobody is named, one person stands for both offices, or the last day is missing or too early.
    """
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_propose_appointment(mandates_of(by.person, agreement.pk, on)))
    kind = _kind_of(candidates)
    _check_period(kind, valid_from, valid_to)
    matter = open_matter(agreement=agreement, kind=kind, title=_title(candidates), by=by, year=on.year)
    rows = [_appointment(matter, one, valid_from, valid_to) for one in candidates]
    if len({row.person for row in rows}) < len(rows):
        raise Refused(_("The stand-in is another person than the coordinator."), clause=_("agreement 7 §"))
    for row in rows:
        row.full_clean(validate_constraints=False)
        row.save()
    return submit_matter(matter, sha256=fingerprint(kind, {"people": [_told(row) for row in rows]}), by=by)


def _kind_of(candidates: Sequence[Candidate]) -> str:
    kinds = {Appointment.KIND[Appointment.Capacity(one.capacity)] for one in candidates}
    if not kinds:
        raise Refused(_("Name a person for at least one office."))
    if len(kinds) > 1:
        raise Refused(
            _("The youth joint service lead is told to the group in a matter of her own."), clause=_("agreement 7 §")
        )
    return kinds.pop()


def _check_period(kind: str, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    if valid_to is None and kind == Matter.Kind.APPOINTMENT:
        raise Refused(
            _("Give the last day: the office lasts for the steering group's term at the most."),
            clause=_("agreement 7 §"),
        )
    if valid_to and valid_to < valid_from:
        raise Refused(_("The last day is before the first."))


def _title(candidates: Sequence[Candidate]) -> str:
    people = [f"{Appointment.Capacity(one.capacity).label} {one.holder.name.strip()}" for one in candidates]
    return ", ".join(people)[:600]


def _appointment(
    matter: Matter, one: Candidate, valid_from: datetime.date, valid_to: datetime.date | None
) -> Appointment:
    return Appointment(
        matter=matter,
        capacity=one.capacity,
        person=person_of(one.holder, matter.agreement),
        title=one.holder.title.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _told(row: Appointment) -> dict[str, Any]:
    person = {"name": row.person.name, "email": row.person.email or "", "title": row.title}
    return {"capacity": row.capacity, **person, "from": row.valid_from, "to": row.valid_to}


def appointing_party(agreement: Agreement, day: datetime.date) -> Party | None:
    """The authority that names: with several, the one that appointed the group of that day (act 9 §)."""
    term = Term.objects.on(day).filter(agreement=agreement).select_related("party").first()
    authorities = agreement.parties.filter(role=Party.Role.EMPLOYMENT_AUTHORITY).order_by("order")
    return term.party if term else authorities.first()


def departures_of(appointment: Appointment, named_on: datetime.date) -> list[Departure]:
    """What a naming on the day would depart from, as the database has it now."""
    approvals = appointment.matter.decisions.filter(party=None, outcome=Decision.Outcome.APPROVE)
    term = Term.objects.on(appointment.valid_from).filter(agreement=appointment.matter.agreement_id).first()
    approved_on = approvals.values_list("decided_on", flat=True).first()
    return departures(appointment, named_on=named_on, approved_on=approved_on, term=term)


@transaction.atomic
def name_appointed(
    *,
    appointment: Appointment,
    by: Mandate,
    on: datetime.date,
    named_on: datetime.date,
    organ: str,
    section: str,
    case_number: str = "",
    deviation: str = "",
    extract: Upload | None = None,
) -> Naming:
    """Record that the employment authority named the person; her mandate begins in the same act (7 §).

    A naming before or without the group's approval, or beyond its term, is recorded as a deviation with its reason.
    Raises Refused when that reason is missing, or the office is held by somebody else at that time.
    """
    agreement = lock_agreement(appointment.matter.agreement_id)
    appointment = Appointment.objects.select_related("matter__agreement", "person").get(pk=appointment.pk)
    party, by = _authority(appointment, by, on)
    _check_naming(appointment, named_on, on)
    if by.party_id != party.pk and extract is None:
        raise Refused(_("Recorded on behalf of a party only from the extract of its minutes: attach the file."))
    departed = departures_of(appointment, named_on)
    _check_reason(departed, deviation)
    naming = Naming(
        appointment=appointment,
        party=party,
        named_on=named_on,
        organ=organ.strip(),
        section=section.strip(),
        case_number=case_number.strip(),
        deviation=deviation.strip() if departed else "",
        extract=keep_record(appointment.matter, Record.Kind.EXTRACT, extract, by=by, on=named_on, party=party),
        mandate=_mandate(appointment, agreement, by),
    )
    history.save(naming, by=by, reason="named")
    return naming


def _authority(appointment: Appointment, by: Mandate, on: datetime.date) -> tuple[Party, Mandate]:
    """Who names, and the mandate on which the naming is recorded."""
    agreement = appointment.matter.agreement
    party = appointing_party(agreement, appointment.valid_from)
    if party is None:
        raise Refused(_("The agreement has no employment authority."), clause=_("agreement 2 §"))
    return party, require(permissions.can_name(mandates_of(by.person, agreement.pk, on), party))


def _check_naming(appointment: Appointment, named_on: datetime.date, on: datetime.date) -> None:
    if named_on > on:
        raise Refused(_("The day of the decision is in the future."))
    if Naming.objects.filter(appointment=appointment).exists():
        raise Refused(_("The person has been named already."))


def _check_reason(departed: list[Departure], deviation: str) -> None:
    if departed and not deviation.strip():
        sentences = " ".join(departure.sentence for departure in departed)
        raise Refused(
            _("%(what)s Give the reason, and it is recorded as a deviation.") % {"what": sentences},
            clause=clauses_of(departed),
        )


def _mandate(appointment: Appointment, agreement: Agreement, by: Mandate) -> Mandate:
    _check_other_office(appointment, agreement)
    for held in _held(appointment, agreement):
        _give_way(held, appointment, by)
    return give_mandate(
        agreement=agreement,
        person=appointment.person,
        capacity=appointment.capacity,
        by=by,
        valid_from=appointment.valid_from,
        valid_to=appointment.valid_to,
    )


def _held(appointment: Appointment, agreement: Agreement) -> list[Mandate]:
    """Mandates to the same office that meet its days."""
    found = agreement.mandates.filter(slot=appointment.capacity).exclude(valid_to__lt=appointment.valid_from)
    found = found.filter(valid_from__lte=appointment.valid_to) if appointment.valid_to else found
    # One that ended before it began never held.
    return [mandate for mandate in found.select_related("person") if not _is_void(mandate)]


def _is_void(mandate: Mandate) -> bool:
    return mandate.valid_to is not None and mandate.valid_to < mandate.valid_from


def _give_way(held: Mandate, appointment: Appointment, by: Mandate) -> None:
    """What a command once granted to the same person ends where her naming begins; otherwise Refused."""
    granted = not Naming.objects.filter(mandate=held).exists()
    if granted and held.person_id == appointment.person_id and held.valid_from < appointment.valid_from:
        stop_mandate(held, last_day=appointment.valid_from - A_DAY, by=by)
        return
    told = {"person": held.person.name, "office": appointment.get_capacity_display()}
    if held.valid_to is None:
        sentence = _("%(person)s is %(office)s until further notice. There is one at a time: end that office first.")
        raise Refused(sentence % told, clause=_("agreement 7 §"))
    told["day"] = format_day(held.valid_to)
    sentence = _("%(person)s is %(office)s until %(day)s. There is one at a time: end that office first.")
    raise Refused(sentence % told, clause=_("agreement 7 §"))


def _check_other_office(appointment: Appointment, agreement: Agreement) -> None:
    """Nobody stands in for herself."""
    pair = {"coordinator": "stand_in", "stand_in": "coordinator"}
    other = pair.get(appointment.capacity)
    held = agreement.mandates.filter(slot=other, person=appointment.person).exclude(valid_to__lt=appointment.valid_from)
    if other and held.filter(valid_from__lte=appointment.valid_to).exists():
        raise Refused(_("The stand-in is another person than the coordinator."), clause=_("agreement 7 §"))


@transaction.atomic
def end_appointment(*, naming: Naming, by: Mandate, on: datetime.date, last_day: datetime.date, reason: str) -> Naming:
    """The office ends early: its last day, the reason, and the mandate with it.

    A last day before the first says that the office was never taken up.
    """
    agreement = lock_agreement(naming.appointment.matter.agreement_id)
    naming = Naming.objects.select_related("mandate", "party", "appointment").get(pk=naming.pk)
    by = require(permissions.can_name(mandates_of(by.person, agreement.pk, on), naming.party))
    _check_ending(naming, on, last_day, reason)
    naming.ended_on, naming.ending_reason = last_day, reason.strip()
    history.save(naming, by=by, reason="ended", fields=["ended_on", "ending_reason"])
    mandate = naming.mandate
    mandate.valid_to = max(last_day, mandate.valid_from - A_DAY)
    history.save(mandate, by=by, reason="ended", fields=["valid_to"])
    return naming


def _check_ending(naming: Naming, on: datetime.date, last_day: datetime.date, reason: str) -> None:
    if naming.ended_on:
        raise Refused(_("The office has been ended already."))
    if not reason.strip():
        raise Refused(_("Give the reason for ending the office."))
    if last_day < on:
        raise Refused(_("An office is not ended afterwards: the last day is today or later."))
    if naming.mandate.valid_to and last_day >= naming.mandate.valid_to:
        raise Refused(_("The office ends on %(day)s already.") % {"day": format_day(naming.mandate.valid_to)})
