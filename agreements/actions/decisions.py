"""Consents of parties and decisions of the steering group, and what follows from them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import contents, history, permissions
from agreements.actions.adopting import adopt, check_starts
from agreements.actions.changes import adopt_if_notice, drop_amendments, record_consent
from agreements.actions.files import Upload, keep_record
from agreements.actions.locking import lock_change
from agreements.actions.matters import submit_matter
from agreements.actions.wordings import check_in_time
from agreements.models import Change, Consent, Decision, Mandate, Matter, Party, Record, SigningRound
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day

STATE_AFTER = {
    Decision.Outcome.APPROVE: Change.State.ADOPTED,
    Decision.Outcome.REJECT: Change.State.REJECTED,
    Decision.Outcome.RETURN: Change.State.RETURNED,
}


def _check_seen(change: Change, sha256: str) -> None:
    if sha256 != change.sha256:
        raise Stale(_("This is not what was proposed. Look at the proposal again."))


@transaction.atomic
def give_consent(*, change: Change, party: Party, by: Mandate, on: datetime.date, sha256: str) -> Consent:
    """The party says yes to exactly what was seen (A17). Pressing twice is one consent."""
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if change.state != Change.State.PROPOSED:
        raise Refused(_("The change is not open for consents any more."))
    by = permissions.require(permissions.can_consent(mandates, change, party))
    _check_seen(change, sha256)
    consent = record_consent(change, party, by)
    if party.pk == change.party_id:
        adopt_if_notice(change, by)
    return consent


def missing_consents(change: Change, documents: Sequence[contents.DocumentChange]) -> list[Party]:
    """Parties whose own rows are in the change and who have not said yes to it."""
    given = change.matter.consents.filter(sha256=change.sha256, outcome=Consent.Outcome.GIVEN)
    said_yes = set(given.values_list("party", flat=True))
    return [party for party in contents.parties_concerned(documents) if party.pk not in said_yes]


@transaction.atomic
def decide_change(
    *,
    change: Change,
    by: Mandate,
    on: datetime.date,
    organ: str,
    decided_on: datetime.date,
    section: str,
    outcome: str,
    grounds: str = "",
    valid_from: datetime.date | None = None,
    deviation: str = "",
    sha256: str,
) -> Decision:
    """Record what the steering group decided on an annex update, and let it take effect.

    An approved change is adopted in the same act, from valid_from (A13: the decision day when not said). Approving
    a change that amends the proposal approves the matter as amended; any other decision ends such a change.
    Raises Refused with the clause: text and composition are not the group's to decide; a party's rows
    need its consent; a row decided meanwhile; a start before the decision without a reason.
    """
    change, by = _open_for_decision(change, by=by, on=on, sha256=sha256, decided_on=decided_on)
    documents = _as_proposed(change)
    starts = valid_from or decided_on
    if outcome == Decision.Outcome.APPROVE:
        _check_adoptable(change, documents, starts, decided_on, deviation)
    _put_in_place(change, outcome, by)
    told = {"organ": organ, "decided_on": decided_on, "section": section, "outcome": outcome, "grounds": grounds}
    decision = record_decision(change, by, **told)
    change.state = STATE_AFTER[Decision.Outcome(outcome)]
    if change.state == Change.State.ADOPTED:
        adopt(change, valid_from=starts, deviation=deviation if starts < decided_on else "", by=by)
    else:
        history.save(change, by=by, reason=str(change.state), fields=["state"])
    _end_proposal(change, by)
    return decision


def _put_in_place(change: Change, outcome: str, by: Mandate) -> None:
    """What the matter is about becomes the redrafted change, in the act in which it is approved."""
    if change.amends is None:
        return
    if outcome != Decision.Outcome.APPROVE:
        raise Refused(_("Only the proposal itself is rejected or returned; a redrafted change is approved or left."))
    submit_matter(change.matter, sha256=change.sha256, by=by)


def _end_proposal(change: Change, by: Mandate) -> None:
    """The proposal in whose place its redrafted change was approved; or what was redrafted for nothing."""
    if change.amends is None:
        drop_amendments(change, by)
        return
    change.amends.state = Change.State.AMENDED
    history.save(change.amends, by=by, reason="amended", fields=["state"])


def _open_for_decision(
    change: Change, *, by: Mandate, on: datetime.date, sha256: str, decided_on: datetime.date
) -> tuple[Change, Mandate]:
    """The proposal, locked, and the mandate on which the group's decision is recorded."""
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if change.state != Change.State.PROPOSED:
        raise Refused(_("The change has already been decided or withdrawn."))
    by = permissions.require(permissions.can_decide(mandates, change))
    _check_seen(change, sha256)
    check_competence(change)
    _check_days(change, decided_on, on)
    return change, by


def _as_proposed(change: Change) -> list[contents.DocumentChange]:
    """What the change does, when it still is what its fingerprint says."""
    documents = contents.document_changes(change)
    if contents.fingerprint(change, documents) != change.sha256:
        raise Refused(_("The stored proposal does not match its fingerprint. Nothing was decided."))
    return documents


def record_decision(change: Change, by: Mandate, **told: Any) -> Decision:
    """Keep a decision on exactly what was proposed."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    decision = Decision(matter=change.matter, sha256=change.sha256, mandate=by, **told)
    decision.full_clean(validate_constraints=False)
    decision.save()
    return decision


@transaction.atomic
def revoke_change(
    *,
    change: Change,
    by: Mandate,
    on: datetime.date,
    organ: str,
    decided_on: datetime.date,
    section: str,
    grounds: str,
    sha256: str,
) -> Decision:
    """Record that the steering group revoked an approved change before it came into force.

    Both decisions stay visible, and the rows it would have replaced can be changed again. Raises Refused
    when the change has started, or a later decision builds on it.
    """
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if change.state != Change.State.ADOPTED or change.start <= decided_on or change.start <= on:
        raise Refused(_("Only a change that has been approved and has not started can be revoked."))
    by = permissions.require(permissions.can_revoke(mandates, change, on))
    _check_seen(change, sha256)
    _check_days(change, decided_on, on)
    if not grounds.strip():
        raise Refused(_("Write the grounds of the revocation."))
    if any(touched.built_upon for touched in contents.document_changes(change)):
        raise Refused(_("A later decision builds on this change. Revoke that one first."))
    told = {"organ": organ, "decided_on": decided_on, "section": section, "grounds": grounds}
    decision = record_decision(change, by, outcome=Decision.Outcome.REVOKE, **told)
    change.state = Change.State.REVOKED
    history.save(change, by=by, reason="revoked", fields=["state"])
    return decision


@transaction.atomic
def decide_for_party(
    *,
    change: Change,
    party: Party,
    by: Mandate,
    on: datetime.date,
    organ: str,
    decided_on: datetime.date,
    section: str,
    outcome: str,
    sha256: str,
    case_number: str = "",
    grounds: str = "",
    extract: Upload | None = None,
) -> Decision:
    """Record a party's own decision on a proposal to change the agreement text (12 § 3 mom).

    A preparer who records it for a party needs the extract of its minutes. One party's no ends the proposal.
    """
    change, by = _open_for_party(change, party, by=by, on=on, sha256=sha256, decided_on=decided_on)
    if by.party_id != party.pk and extract is None:
        raise Refused(_("Recorded on behalf of a party only from the extract of its minutes: attach the file."))
    record = keep_record(change.matter, Record.Kind.EXTRACT, extract, by=by, on=decided_on, party=party)
    told = {"organ": organ, "decided_on": decided_on, "section": section, "grounds": grounds}
    decision = record_decision(
        change, by, party=party, outcome=outcome, case_number=case_number, extract=record, **told
    )
    if outcome == Decision.Outcome.REJECT:
        change.state = Change.State.REJECTED
        history.save(change, by=by, reason="rejected", fields=["state"])
    return decision


def _open_for_party(
    change: Change, party: Party, *, by: Mandate, on: datetime.date, sha256: str, decided_on: datetime.date
) -> tuple[Change, Mandate]:
    """The amendment, locked, and the mandate on which the party's decision is recorded."""
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if change.state != Change.State.PROPOSED or change.matter.kind != Matter.Kind.AMENDMENT:
        raise Refused(_("The change has already been decided or withdrawn."))
    by = permissions.require(permissions.can_decide_for(mandates, change, party))
    _check_seen(change, sha256)
    _check_days(change, decided_on, on)
    if change.matter.decisions.filter(party=party, outcome__in=Decision.FINAL, sha256=change.sha256).exists():
        raise Refused(_("The party's decision has been recorded already."))
    return change, by


@transaction.atomic
def adopt_amendment(
    *, change: Change, by: Mandate, on: datetime.date, valid_from: datetime.date, sha256: str, deviation: str = ""
) -> Change:
    """Put an amended agreement text in force when every party has approved and signed it. Refused with 12 or 14 §."""
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if change.state != Change.State.PROPOSED or change.matter.kind != Matter.Kind.AMENDMENT:
        raise Refused(_("The change has already been decided or withdrawn."))
    by = permissions.require(permissions.can_adopt_amendment(mandates, change))
    _check_seen(change, sha256)
    signed_from = _signed_start(change)
    if valid_from != signed_from:
        told = {"day": format_day(signed_from)}
        raise Refused(_("The parties have signed that the text is in force from %(day)s.") % told)
    latest = max(decision.decided_on for decision in approvals(change))
    check_adoptable(change, valid_from=valid_from, decided_on=latest, deviation=deviation)
    adopt(change, valid_from=valid_from, deviation=deviation if valid_from < latest else "", by=by)
    return change


def approvals(change: Change) -> list[Decision]:
    """Every party's own approval of the amendment; Refused while one is missing."""
    given = list(change.matter.decisions.filter(outcome=Decision.Outcome.APPROVE, sha256=change.sha256))
    silent = change.matter.agreement.parties.exclude(pk__in=[decision.party_id for decision in given])
    if silent:
        raise Refused(
            _("The agreement text changes only by every party's own decision. Missing: %(parties)s.")
            % {"parties": ", ".join(party.short_name for party in silent)},
            clause=_("agreement 12 §"),
        )
    return given


def _signed_start(change: Change) -> datetime.date:
    """The day from which the parties have signed the text to be in force; Refused while it has not been signed."""
    approvals(change)
    signed = change.signing_rounds.filter(end__outcome=SigningRound.State.COMPLETED).first()
    if signed is None:
        raise Refused(_("The text comes into force when every party has signed it."), clause=_("agreement 12 and 14 §"))
    return signed.valid_from


def check_adoptable(change: Change, *, valid_from: datetime.date, decided_on: datetime.date, deviation: str) -> None:
    """Raises Refused when the change, as it was proposed, cannot be in force from the day."""
    _check_adoptable(change, _as_proposed(change), valid_from, decided_on, deviation)


def check_competence(change: Change) -> None:
    """Raises Refused, with the clause, for what the steering group neither approves nor rejects."""
    if change.matter.kind == Matter.Kind.AMENDMENT:
        raise Refused(
            _("This is not changed by a decision of the steering group but by agreement of the parties."),
            clause=_("agreement 12 §"),
        )
    if change.matter.kind == Matter.Kind.NOTICE:
        raise Refused(
            _("The composition changes by the organisation's own notice; the steering group only notes it."),
            clause=_("agreement 7 §"),
        )


def _check_days(change: Change, decided_on: datetime.date, on: datetime.date) -> None:
    if decided_on > on:
        raise Refused(_("The day of the decision is in the future."))
    if decided_on < change.matter.agreement.valid_from:
        raise Refused(_("The day of the decision is before the agreement."))


def _check_adoptable(
    change: Change,
    documents: list[contents.DocumentChange],
    valid_from: datetime.date,
    decided_on: datetime.date,
    deviation: str,
) -> None:
    missing = missing_consents(change, documents)
    if missing and change.amends_id:
        raise Refused(
            _("%(parties)s: first consent to the redrafted wording, on the page of the redrafted change.")
            % {"parties": ", ".join(party.short_name for party in missing)},
            clause=_("agreement 7 §"),
        )
    if missing:
        raise Refused(
            _("Consent is missing: %(parties)s. A party's own rows change only with that party's yes.")
            % {"parties": ", ".join(party.short_name for party in missing)},
            clause=_("agreement 7 §"),
        )
    collisions = [collision for touched in documents for collision in touched.collisions]
    if collisions:
        raise Refused(
            _("The same row has been decided meanwhile. Return the proposal so that its author can choose."),
            collisions=collisions,
        )
    if valid_from < decided_on and not deviation.strip():
        raise Refused(_("The start is before the decision. Give the reason, and it is recorded as a deviation."))
    check_in_time(change, valid_from)
    check_starts(change, documents, valid_from)
