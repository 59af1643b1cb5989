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
