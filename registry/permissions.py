"""Who may do what in the registry, on which mandate (agreement 10 and 11 §)."""

from __future__ import annotations

from agreements.models import Mandate, Party, Record
from agreements.permissions import PARTY_EDITORS, PREPARERS, Mandates, first
from registry.models import Destruction


def can_see_registry(mandates: Mandates) -> Mandate | None:
    """Everybody of the agreement except municipal contacts sees duties and counts."""
    return first(mandates, lambda m: m.capacity != Mandate.Capacity.MUNICIPAL_CONTACT)


def can_keep_rights(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people see and keep the rights of its people. For others they are counts."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_confirm_duties(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people confirm its duties and give evidence."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_export_archive(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people take its archive package (11 §)."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_set_retention(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people say how long it keeps what (11 §)."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_set_publicity(mandates: Mandates, record: Record) -> Mandate | None:
    """Who answers for a document says how public it is: preparers of common ones, a party's own people of its own."""
    if record.party_id is None:
        return first(mandates, lambda m: m.capacity in PREPARERS)
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == record.party_id)


def can_propose_destruction(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people propose its own and common documents to be destroyed (11 §)."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_confirm_destruction(mandates: Mandates, destruction: Destruction, party: Party) -> Mandate | None:
    """A party's own people confirm on its behalf; nobody confirms her own proposal."""
    proposer = destruction.mandate.person_id
    return first(mandates, lambda m: _speaks(m, destruction, party) and m.person_id != proposer)


def can_decline_destruction(mandates: Mandates, destruction: Destruction, party: Party) -> Mandate | None:
    """Anybody of a party to whom the documents belong stops it; who proposed takes it back so."""
    return first(mandates, lambda m: _speaks(m, destruction, party))


def _speaks(mandate: Mandate, destruction: Destruction, party: Party) -> bool:
    theirs = destruction.party_id in (None, party.pk)
    return theirs and mandate.capacity in PARTY_EDITORS and mandate.party_id == party.pk
