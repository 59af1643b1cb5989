"""Who may do what, on which mandate. Pages ask to know what to show, actions ask to enforce.

Each `can_verb` takes the person's mandates in force on the agreement and returns the mandate that
gives the right, or None. They are read once a page, so asking ten questions costs one query.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils.translation import gettext as _

from agreements.history import System
from agreements.models import (
    Agreement,
    Change,
    Comment,
    Correction,
    Decision,
    Document,
    Mandate,
    Matter,
    Party,
    Signatory,
    SigningPlace,
)
from tym.accounts.models import User
from tym.core.errors import NotAllowed

Mandates = tuple[Mandate, ...]
Capacity = Mandate.Capacity

# A party's own people keep their party's rows; preparers prepare what is common (agreement 7 and 8 §).
PARTY_EDITORS = (Capacity.LIAISON, Capacity.MAIN_USER)
PREPARERS = Change.PREPARERS
ONLY_READING = (Capacity.READER, Capacity.AUDITOR, Capacity.MUNICIPAL_CONTACT)
# Offices a party fills itself; seats, coordinator and the like come by their own decisions.
GIVEN_BY_PARTY = (Capacity.LIAISON, Capacity.MAIN_USER, Capacity.READER, Capacity.MUNICIPAL_CONTACT)


def mandates_of(person: User, agreement_id: int, day: datetime.date) -> Mandates:
    """The person's mandates in force on the agreement that day."""
    held = Mandate.objects.in_force(day).filter(person=person, agreement=agreement_id)
    return tuple(held.select_related("party", "agreement", "person"))


def first(mandates: Mandates, fits: Callable[[Mandate], bool]) -> Mandate | None:
    return next((mandate for mandate in mandates if fits(mandate)), None)


def can_view(mandates: Mandates, agreement: Agreement) -> Mandate | None:
    """Anyone with a mandate on the agreement reads it."""
    return first(mandates, lambda m: m.agreement_id == agreement.pk)


def can_draft(mandates: Mandates, document: Document) -> Mandate | None:
    """A party's people start changes for their party; preparers start changes of common text."""
    party_editor = first(mandates, lambda m: m.capacity in PARTY_EDITORS)
    if document.kind in (Document.Kind.STAFFING, Document.Kind.COMPOSITION):
        return party_editor
    return party_editor or first(mandates, lambda m: m.capacity in PREPARERS)


def can_edit(mandates: Mandates, change: Change) -> Mandate | None:
    """A draft is edited, proposed and withdrawn by the people of the party whose draft it is."""
    return _owns(mandates, change) if change.state == Change.State.DRAFT else None


can_propose = can_edit


def can_withdraw(mandates: Mandates, change: Change) -> Mandate | None:
    return _owns(mandates, change) if change.is_open else None


def can_redraft(mandates: Mandates, change: Change) -> Mandate | None:
    """A change that ended without being adopted can be taken up again."""
    states = Change.State
    ended = change.state in (states.RETURNED, states.REJECTED, states.WITHDRAWN, states.ENDED)
    return _owns(mandates, change) if ended and change.amends_id is None else None


def can_amend(mandates: Mandates, change: Change) -> Mandate | None:
    """The preparers, or the party itself, redraft a proposal that the group will approve as amended."""
    amendable = change.matter.kind == Matter.Kind.ANNEX_UPDATE and change.amends_id is None
    if not amendable or change.state != Change.State.PROPOSED:
        return None
    return first(mandates, lambda m: m.capacity in PREPARERS) or _owns(mandates, change)


def _owns(mandates: Mandates, change: Change) -> Mandate | None:
    if change.matter.kind == Matter.Kind.ORIGINAL:
        return None
    if change.party_id is None:
        return first(mandates, lambda m: m.capacity in PREPARERS)
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == change.party_id)
    by_preparers = change.is_on_behalf or change.amends_id is not None
    return own or (first(mandates, lambda m: m.capacity in PREPARERS) if by_preparers else None)


def can_record_on_behalf(mandates: Mandates) -> Mandate | None:
    """The preparers enter what a party has told in writing; its consent is still needed."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_consent(mandates: Mandates, change: Change, party: Party) -> Mandate | None:
    """Only a person who may bind the party says yes for it."""
    if change.state != Change.State.PROPOSED:
        return None
    return first(mandates, lambda m: m.may_bind_party and m.party_id == party.pk)


def can_decide(mandates: Mandates, change: Change) -> Mandate | None:
    """The coordinator, the stand-in or the secretary records what the steering group decided (7 §)."""
    if change.state != Change.State.PROPOSED:
        return None
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_record_decisions(mandates: Mandates, matter: Matter) -> Mandate | None:
    """Who keeps the group's minutes also enters what it decided; the chair, when it may be the keeper's own matter."""
    chairs = (Capacity.CHAIR, Capacity.VICE_CHAIR) if matter.kind in Matter.OF_A_PERSON else ()
    return first(mandates, lambda m: m.capacity in PREPARERS) or first(mandates, lambda m: m.capacity in chairs)


def can_revoke(mandates: Mandates, change: Change, day: datetime.date) -> Mandate | None:
    """Who records the group's decisions also records that it revoked one before its start."""
    coming = change.state == Change.State.ADOPTED and change.start > day
    if not coming or change.matter.kind != Matter.Kind.ANNEX_UPDATE:
        return None
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_decide_for(mandates: Mandates, change: Change, party: Party) -> Mandate | None:
    """A party's own decision on the agreement text: a person who may bind it, or a preparer from its extract."""
    if change.state != Change.State.PROPOSED or change.matter.kind != Matter.Kind.AMENDMENT:
        return None
    own = first(mandates, lambda m: m.may_bind_party and m.party_id == party.pk)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_adopt_amendment(mandates: Mandates, change: Change) -> Mandate | None:
    """When every party has decided, a preparer puts the amended text in force."""
    if change.state != Change.State.PROPOSED or change.matter.kind != Matter.Kind.AMENDMENT:
        return None
    return first(mandates, lambda m: m.capacity in PREPARERS)


def _is_negotiable(change: Change) -> bool:
    return change.state == Change.State.PROPOSED and change.matter.kind == Matter.Kind.AMENDMENT


def can_agree_to_shorter_notice(mandates: Mandates, change: Change, party: Party) -> Mandate | None:
    """A late proposal may start on its wanted day when every party agrees (12 §): who may bind one says so."""
    late = change.wanted_from and change.earliest_from and change.wanted_from < change.earliest_from
    if not (late and _is_negotiable(change)):
        return None
    return first(mandates, lambda m: m.may_bind_party and m.party_id == party.pk)


def can_end_negotiations(mandates: Mandates, change: Change) -> Mandate | None:
    """A preparer records that the parties did not agree."""
    return first(mandates, lambda m: m.capacity in PREPARERS) if _is_negotiable(change) else None


def can_offer_wording(mandates: Mandates, change: Change) -> Mandate | None:
    """A party's own people offer another wording; so does a preparer for what is common."""
    if not _is_negotiable(change):
        return None
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_comment(mandates: Mandates, change: Change) -> Mandate | None:
    """Everybody who works with the agreement comments on a proposal; those who only read it do not."""
    return first(mandates, lambda m: m.capacity not in ONLY_READING) if _is_negotiable(change) else None


def can_resolve(mandates: Mandates, comment: Comment) -> Mandate | None:
    """Who made a comment, somebody of the same party, or a preparer says that it has been resolved."""
    if not _is_negotiable(comment.change):
        return None
    made = comment.made_by
    same = made.party_id
    own = first(mandates, lambda m: same is not None and m.party_id == same and m.capacity not in ONLY_READING)
    own = own or first(mandates, lambda m: m.person_id == made.person_id)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_correct(mandates: Mandates, decision: Decision) -> Mandate | None:
    """Who may record a decision may also put a recording error right; somebody else confirms."""
    if decision.party_id:
        own = first(mandates, lambda m: m.may_bind_party and m.party_id == decision.party_id)
        return own or first(mandates, lambda m: m.capacity in PREPARERS)
    return first(mandates, lambda m: m.capacity in (*PREPARERS, Capacity.CHAIR, Capacity.VICE_CHAIR))


def can_correct_day(mandates: Mandates, of: Change | Signatory) -> Mandate | None:
    """Who may have recorded the arrival of a notice, or a day of signing, may also put it right."""
    if isinstance(of, Change):
        if not of.is_on_behalf:
            return None
        own = first(mandates, lambda m: m.may_bind_party and m.party_id == of.party_id)
    else:
        own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == of.party_id)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_confirm_correction(mandates: Mandates, correction: Correction) -> Mandate | None:
    """A second person with the same right."""
    able = tuple(m for m in mandates if m.person_id != correction.made_by.person_id)
    if correction.decision:
        return can_correct(able, correction.decision)
    of = correction.change or correction.signatory
    return can_correct_day(able, of) if of else None


def can_enter_original(mandates: Mandates) -> Mandate | None:
    """The signed original is entered by a preparer or a party's own people."""
    return first(mandates, lambda m: m.capacity in PREPARERS or m.capacity in PARTY_EDITORS)


def can_manage_people(mandates: Mandates, party: Party) -> Mandate | None:
    """Each party's main user lets its own people in."""
    return first(mandates, lambda m: m.capacity == Capacity.MAIN_USER and m.party_id == party.pk)


def can_edit_party(mandates: Mandates, party: Party) -> Mandate | None:
    """A party keeps its own names, business ID and invoice address."""
    return first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == party.pk)


def can_open_signing(mandates: Mandates, change: Change) -> Mandate | None:
    """When every party has decided, a preparer puts the changed text to be signed."""
    if change.state != Change.State.PROPOSED or change.matter.kind != Matter.Kind.AMENDMENT:
        return None
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_run_signing(mandates: Mandates) -> Mandate | None:
    """Who opened a round also reminds, interrupts and seals."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_bring_signed(mandates: Mandates) -> Mandate | None:
    """A preparer, a party's own people or a signatory brings back the file that has been signed outside."""
    able = (*PREPARERS, *PARTY_EDITORS, Capacity.SIGNATORY)
    return first(mandates, lambda m: m.capacity in able or m.may_bind_party)


def can_sign(mandates: Mandates, place: SigningPlace) -> Mandate | None:
    """Everybody signs for herself, on a mandate of the party for which she signs (14 §)."""
    return first(mandates, lambda m: m.party_id == place.party_id and m.person_id == place.person_id)


def can_decline(mandates: Mandates, place: SigningPlace) -> Mandate | None:
    """The signatory herself, or her party's own people when she has told them."""
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == place.party_id)
    return can_sign(mandates, place) or own


def can_replace_signatory(mandates: Mandates, place: SigningPlace) -> Mandate | None:
    """A party's own people name another signatory; a preparer does when the party has told."""
    own = first(mandates, lambda m: m.capacity in PARTY_EDITORS and m.party_id == place.party_id)
    return own or first(mandates, lambda m: m.capacity in PREPARERS)


def can_receive_copy(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's own people acknowledge the party's own copy (14 §)."""
    able = (*PARTY_EDITORS, Capacity.SIGNATORY)
    return first(mandates, lambda m: m.party_id == party.pk and (m.capacity in able or m.may_bind_party))


def can_state_review(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's statement in the yearly review comes from a person who may bind it (12 §)."""
    return first(mandates, lambda m: m.may_bind_party and m.party_id == party.pk)


# A dispute is a party's own (13 §).
can_open_dispute = can_state_review


def can_relate(mandates: Mandates) -> Mandate | None:
    """A preparer or a main user records the agreements that belong beside this one (act 16 § 3 mom)."""
    return first(mandates, lambda m: m.capacity in PREPARERS or m.capacity == Capacity.MAIN_USER)


def can_conclude_review(mandates: Mandates) -> Mandate | None:
    """The preparers record what came of the yearly review, and see what the agreement lacks."""
    return first(mandates, lambda m: m.capacity in PREPARERS)


def can_terminate(mandates: Mandates, party: Party) -> Mandate | None:
    """A party's decision to end the agreement: a person who may bind it, or a preparer from its extract (A14)."""
    return can_state_review(mandates, party) or first(mandates, lambda m: m.capacity in PREPARERS)


def can_read_disputes(mandates: Mandates) -> Mandate | None:
    """Disputes are between the parties; a municipality's contact reads what is in force."""
    return first(mandates, lambda m: m.capacity != Capacity.MUNICIPAL_CONTACT)


def can_note_dispute(mandates: Mandates) -> Mandate | None:
    """The parties' own people and the preparers keep the log of the negotiations."""
    return first(mandates, lambda m: m.capacity in (*PARTY_EDITORS, *PREPARERS) or m.may_bind_party)


def can_end_dispute(mandates: Mandates) -> Mandate | None:
    """A preparer, or a person who may bind a party, records how a dispute ended."""
    return first(mandates, lambda m: m.capacity in PREPARERS or m.may_bind_party)


def require(mandate: Mandate | None) -> Mandate:
    """The mandate, or NotAllowed."""
    if mandate is None:
        raise NotAllowed(_("You have no mandate for this on this agreement."))
    return mandate


def require_system(by: Mandate | System) -> System:
    """Only a command does this; raises NotAllowed for people."""
    if not isinstance(by, System):
        raise NotAllowed(_("This is done by a command of the installation."))
    return by
