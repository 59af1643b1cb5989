"""Who may do what in the steering group's room, on which mandate."""

from __future__ import annotations

from agreements.models import Mandate, Party
from agreements.permissions import PARTY_EDITORS, PREPARERS, Mandates, first


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
