"""Who may do what with costs, on which mandate (agreement 9 §)."""

from __future__ import annotations

from agreements.models import Mandate, Party
from agreements.permissions import PARTY_EDITORS, PREPARERS, Mandates, first
from costs.models import CostItem, Payment, Settlement


def can_see_costs(mandates: Mandates) -> Mandate | None:
    """Everybody of the agreement except municipal contacts, who read what is in force."""
    return first(mandates, lambda m: m.capacity != Mandate.Capacity.MUNICIPAL_CONTACT)


def can_enter_cost(mandates: Mandates) -> Mandate | None:
    """Each party's people enter what the party has paid; the coordinator prepares."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS or m.capacity in PREPARERS)


def can_edit_item(mandates: Mandates, item: CostItem) -> Mandate | None:
    """The payer's people and the preparers, until the item has been split."""
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == item.payer_id)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_prepare_costs(mandates: Mandates) -> Mandate | None:
    """The coordinator prepares: the development day, matters for the group, splits, settlements."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_answer_for(mandates: Mandates, party: Party) -> Mandate | None:
    """A person who may bind the party answers for it."""
    return first(mandates, lambda m: m.may_bind_party and m.party_id == party.pk)


def can_accept_settlement(mandates: Mandates, settlement: Settlement, party: Party) -> Mandate | None:
    """A person who may bind the party accepts for it."""
    if settlement.state != Settlement.State.CHECKING:
        return None
    return can_answer_for(mandates, party)


def can_mark_paid(mandates: Mandates, payment: Payment) -> Mandate | None:
    """The payer's people say that it has been paid."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == payment.payer_id)


def can_consent_to_key(mandates: Mandates, party: Party) -> Mandate | None:
    """A person who may bind the party consents for it to another way of splitting."""
    return can_answer_for(mandates, party)


def can_record_sharing(mandates: Mandates) -> Mandate | None:
    """The people of a party that pays joint costs record what was agreed on them, or the coordinator (act 10 §)."""
    pays = CostItem.PAYERS[CostItem.Kind.JOINT]
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party is not None and m.party.role in pays)
    return own or can_prepare_costs(mandates)
