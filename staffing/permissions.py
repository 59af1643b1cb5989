"""Who may do what in the staffing room, on which mandate."""

from __future__ import annotations

from agreements.models import Mandate, Party
from agreements.permissions import PARTY_EDITORS, PREPARERS, Mandates, first


def can_report_staff(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people tell what came true of its staff and that its rows hold (agreement 5 §)."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_enter_counts(mandates: Mandates) -> Mandate | None:
    """What is common is prepared by the coordinator, the stand-in or the secretary (agreement 7 §)."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_propose_limits(mandates: Mandates) -> Mandate | None:
    """Who prepares the group's matters also puts limits and readings before it."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_prepare_review(mandates: Mandates) -> Mandate | None:
    """Who prepares the group's matters also prepares the yearly judgement on staff (agreement 5 and 7 §)."""
    return first(mandates, lambda m: m.capacity in PREPARERS)
