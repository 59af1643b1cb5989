"""Who may do what in the steering group's room, on which mandate."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from agreements.models import Mandate, Matter, Party
from agreements.permissions import (
    PARTY_EDITORS,
    PREPARERS,
    Capacity,
    Mandates,
    can_record_decisions,
    first,
    require,
)
from steering.models import AgendaItem, Meeting, Seating, SeatLine
from tym.core.errors import NotAllowed

TAKE_PART = (*Mandate.OF_A_SEAT, *PREPARERS, Capacity.YOUTH_LEAD)
CALLERS = (*PREPARERS, Capacity.CHAIR, Capacity.VICE_CHAIR)


def can_appoint_group(mandates: Mandates, party: Party) -> Mandate | None:
    """The employment authority appoints the group (7 §); a preparer records it from the decision's extract."""
    if party.role != Party.Role.EMPLOYMENT_AUTHORITY:
        return None
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_close_term(mandates: Mandates, party: Party) -> Mandate | None:
    """Who may record the appointment of a group may also record that its term was closed early."""
    return can_appoint_group(mandates, party)


def can_propose_appointment(mandates: Mandates) -> Mandate | None:
    """The preparers, or the authority that names, put a person before the group (7 §)."""
    return first(mandates, lambda m: m.capacity in PREPARERS or _of_authority(m))


def _of_authority(mandate: Mandate) -> bool:
    party = mandate.party
    return mandate.capacity in PARTY_EDITORS and party is not None and party.role == Party.Role.EMPLOYMENT_AUTHORITY


def can_name(mandates: Mandates, party: Party) -> Mandate | None:
    """The employment authority names to the office and ends it (7 §); a preparer records it from its decision."""
    return can_appoint_group(mandates, party)


def can_keep_contacts(mandates: Mandates) -> Mandate | None:
    """The coordinator in practice, or the authority, asks the municipalities for contact persons (8 §)."""
    return first(mandates, lambda m: m.capacity in PREPARERS or _of_authority(m))


def can_record_event(mandates: Mandates) -> Mandate | None:
    """The preparers and each party's own people hold events with municipalities (8 §)."""
    return first(mandates, lambda m: m.capacity in PREPARERS or m.capacity in PARTY_EDITORS)


def can_prepare(mandates: Mandates) -> Mandate | None:
    """The coordinator prepares what the group decides: goals, frame, working groups, its way of working (7 §)."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


# Meetings: preparers prepare and record; who holds a seat votes, calls her deputy and tells of her disqualification.


def can_view_meetings(mandates: Mandates) -> Mandate | None:
    """Everybody with a mandate, except who reads only what is in force."""
    return first(mandates, lambda m: m.capacity != Capacity.MUNICIPAL_CONTACT)


def can_prepare_meeting(mandates: Mandates) -> Mandate | None:
    """Plan a meeting, keep its agenda, record what happens in it."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_handle_item(mandates: Mandates, item: AgendaItem) -> Mandate | None:
    """Take the item up and record how it went. Nobody does so in her own appointment (act 434/2003 27 §).

    Another preparer does, or, for no other item, the chair or the vice chair.
    """
    appointees = item.appointees
    others = tuple(mandate for mandate in mandates if mandate.person_id not in appointees)
    chairs = (Capacity.CHAIR, Capacity.VICE_CHAIR) if appointees else ()
    return can_prepare_meeting(others) or first(others, lambda m: m.capacity in chairs)


def can_record_elsewhere(mandates: Mandates, matter: Matter) -> Mandate | None:
    """Enter what the group decided in minutes kept elsewhere; again nobody of her own appointment."""
    appointees = {row.person_id for row in matter.appointments.all()}
    others = tuple(mandate for mandate in mandates if mandate.person_id not in appointees)
    return can_record_decisions(others, matter)


def require_handling(mandates: Mandates, item: AgendaItem) -> Mandate:
    """The mandate on which the item is handled; raises NotAllowed, to a preparer with the reason."""
    return _of_another(can_handle_item(mandates, item), mandates)


def require_recording(mandates: Mandates, matter: Matter) -> Mandate:
    """The mandate on which a decision made elsewhere is entered; raises NotAllowed, to a preparer with the reason."""
    return _of_another(can_record_elsewhere(mandates, matter), mandates)


def _of_another(by: Mandate | None, mandates: Mandates) -> Mandate:
    if by is None and can_prepare_meeting(mandates):
        raise NotAllowed(_("The item is about your own appointment: somebody else handles it (act 434/2003 27 §)."))
    return require(by)


def can_summon(mandates: Mandates) -> Mandate | None:
    """The chair calls the group together; a preparer sends the summons for her."""
    return first(mandates, lambda m: m.capacity in CALLERS)


def can_call_deputy(mandates: Mandates, meeting: Meeting, seat: SeatLine) -> Mandate | None:
    """From the summons on: the member herself, or a preparer who has been told."""
    if meeting.state not in (Meeting.State.SUMMONED, Meeting.State.OPEN):
        return None
    own = first(mandates, lambda m: m.capacity in Mandate.OF_A_SEAT and m.person_id == seat.member_id)
    return own or can_prepare_meeting(mandates)


def can_declare_disqualification(mandates: Mandates, item: AgendaItem, person_id: int) -> Mandate | None:
    """From the summons on until the item is taken up: the person herself, or a preparer."""
    told = item.meeting.state in (Meeting.State.SUMMONED, Meeting.State.OPEN)
    if not told or item.state != AgendaItem.State.OPEN:
        return None
    own = first(mandates, lambda m: m.person_id == person_id and m.capacity in TAKE_PART)
    return own or can_prepare_meeting(mandates)


def can_vote(mandates: Mandates, seating: Seating) -> Mandate | None:
    """Who acts in the seat for this item; her own vote only."""
    return first(mandates, lambda m: m.capacity in Mandate.OF_A_SEAT and m.person_id == seating.person_id)


def can_ask_for_meeting(mandates: Mandates, meeting: Meeting) -> Mandate | None:
    """Any member may ask that a written procedure becomes a meeting (kuntalaki 100 § as the model)."""
    if not meeting.is_written or not meeting.is_open:
        return None
    return first(mandates, lambda m: m.capacity in Mandate.OF_A_SEAT)


def can_dissent(mandates: Mandates, item: AgendaItem, person_id: int) -> Mandate | None:
    """At once after the decision: the person herself, or a preparer who records it."""
    if not item.is_closed or not item.meeting.is_open:
        return None
    own = first(mandates, lambda m: m.person_id == person_id and m.capacity in TAKE_PART)
    return own or can_prepare_meeting(mandates)


# Minutes: asked of the mandates of the meeting day, for the office may have ended since.


def can_check_minutes(mandates: Mandates, checkers: Collection[int]) -> Mandate | None:
    """A chosen checker, in the seat in which she sat; `checkers` are keys of people."""
    return first(mandates, lambda m: m.capacity in Mandate.OF_A_SEAT and m.person_id in checkers)


def can_sign_minutes(mandates: Mandates, signers: Collection[Mandate]) -> Mandate | None:
    """Who chaired, or was secretary, on the meeting day; `signers` are the mandates that give the right."""
    return first(mandates, lambda m: m in signers)


def can_sign_or_check(mandates: Mandates, checkers: Collection[int], signers: Collection[Mandate]) -> Mandate | None:
    """Whose move the minutes may be: she sees them even when her own office has ended since."""
    return can_check_minutes(mandates, checkers) or can_sign_minutes(mandates, signers)
