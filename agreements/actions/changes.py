"""From draft to proposal: what a party does with its own change."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import contents, history, openings, permissions
from agreements.actions.adopting import adopt, check_starts
from agreements.actions.files import Upload, keep_record
from agreements.actions.locking import lock_change, lock_document
from agreements.actions.matters import open_matter, submit_matter
from agreements.actions.rows import (
    RowDraft,
    draft_version,
    editable,
    relations_of,
    touch,
    values_of,
    write_rows,
)
from agreements.actions.wordings import replace_wording
from agreements.models import Change, Consent, Decision, Document, Mandate, Matter, Party, Record
from tym.core.errors import Refused, Stale

KIND_OF_CHANGE: dict[str, Matter.Kind] = {
    Document.Kind.MAIN_TEXT: Matter.Kind.AMENDMENT,
    Document.Kind.COMPOSITION: Matter.Kind.NOTICE,
}


@transaction.atomic
def draft_change(*, document: Document, by: Mandate, on: datetime.date) -> Change:
    """Start a draft of a change to the document, or give back the party's open draft of it.

    The document decides the kind: an annex update is the steering group's to approve (12 § 2 mom), a
    composition changes by notice (7 §), the agreement text by the parties themselves (12 § 3 mom).
    """
    document = lock_document(document)
    mandates = permissions.mandates_of(by.person, document.agreement_id, on)
    by = permissions.require(permissions.can_draft(mandates, document))
    known = Change.objects.filter(
        versions__document=document, state=Change.State.DRAFT, party=by.party, redraft_of=None, notice=None, amends=None
    ).first()
    if known:
        return known
    kind = KIND_OF_CHANGE.get(document.kind, Matter.Kind.ANNEX_UPDATE)
    title = f"{document.full_title}, {by.party.short_name}" if by.party else document.full_title
    matter = open_matter(agreement=document.agreement, kind=kind, title=title, by=by, year=on.year)
    change = Change(matter=matter, party=by.party, drafted_by=by)
    history.save(change, by=by, reason="drafted")
    draft_version(change=change, document=document, by=by)
    return change


@transaction.atomic
def save_proposal(
    *,
    change: Change,
    by: Mandate,
    on: datetime.date,
    what: str,
    why: str,
    wanted_from: datetime.date | None,
    deviation: str = "",
    revision: int | None = None,
) -> Change:
    """Save what is proposed, why, and from when, still as a draft.

    deviation: of a notice, the reason for what should not be so: a start before the notice, a shared deputy.
    Raises Stale when somebody wrote otherwise after the form of `revision` was opened; rows saved meanwhile do not.
    """
    change, by = editable(change, by=by, on=on, revision=None)
    told = (what.strip(), why.strip(), wanted_from, deviation.strip())
    if revision is not None and revision != change.revision:
        if told == _proposal(change):
            return change
        if _proposal(openings.proposal_at(change, revision)) != _proposal(change):
            raise Stale(_("Somebody has saved this draft after you opened it. Nothing you wrote is lost."))
    change.what, change.why, change.wanted_from, change.deviation = told
    touch(change, by=by, fields=["what", "why", "wanted_from", "deviation"])
    return change


def _proposal(told: Any) -> tuple[Any, ...] | None:
    """What is proposed, of a change or a line of its history."""
    return (told.what, told.why, told.wanted_from, told.deviation) if told else None


@transaction.atomic
def propose_change(*, change: Change, by: Mandate, on: datetime.date, revision: int | None = None) -> Change:
    """Freeze the draft and put it before the body that decides.

    A person who may bind the party thereby gives its consent to its own rows. Raises Refused when there is
    nothing to propose, when a reason is missing, or when one of the rows has been decided meanwhile.
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    documents = contents.document_changes(change)
    _check_worth_proposing(change, documents)
    change.sha256 = contents.fingerprint(change, documents)
    change.state, change.proposed_by = Change.State.PROPOSED, by
    change.proposed_at, change.received_on = timezone.now(), on
    if change.matter.kind == Matter.Kind.AMENDMENT:
        replace_wording(change, documents, by)
    _check_told_in_time(change)
    if change.amends is None:
        submit_matter(change.matter, sha256=change.sha256, by=by)
    elif change.sha256 == change.amends.sha256:
        raise Refused(_("The redrafted change is the same as the proposal: the group approves the proposal itself."))
    history.save(change, by=by, reason="proposed")
    concerned = {party.pk for party in contents.parties_concerned(documents)}
    if by.party and by.may_bind_party and (by.party_id in concerned or change.matter.kind == Matter.Kind.NOTICE):
        record_consent(change, by.party, by)
        adopt_if_notice(change, by)
    return change


def adopt_if_notice(change: Change, by: Mandate) -> None:
    """A party's notice takes effect by the party's own yes; the group only notes it (7 §)."""
    if change.matter.kind == Matter.Kind.NOTICE and change.wanted_from:
        documents = contents.document_changes(change)
        for touched in documents:
            if touched.collisions:
                raise Refused(
                    _("The same row has been decided meanwhile. Withdraw the notice, take it up again, and choose."),
                    collisions=touched.collisions,
                )
        check_starts(change, documents, change.wanted_from)
        adopt(change, valid_from=change.wanted_from, deviation=change.deviation, by=by)


def _check_told_in_time(change: Change) -> None:
    """Asked before the notice is frozen, so that the reason can still be written."""
    told_on = change.arrived_on or change.received_on
    starts = change.wanted_from if change.matter.kind == Matter.Kind.NOTICE else None
    if starts and told_on and starts < told_on and not change.deviation:
        raise Refused(
            _("The start is before the notice. Give the reason, and it is recorded as a deviation."),
            clause=_("agreement 7 §"),
        )


def record_consent(change: Change, party: Party, by: Mandate) -> Consent:
    """The party's yes to what the change's fingerprint covers; the same yes is kept once."""
    known = Consent.objects.filter(matter=change.matter, party=party, sha256=change.sha256).first()
    return known or Consent.objects.create(
        matter=change.matter, party=party, mandate=by, outcome=Consent.Outcome.GIVEN, sha256=change.sha256
    )


def _check_worth_proposing(change: Change, documents: list[contents.DocumentChange]) -> None:
    if not any(touched.changes for touched in documents):
        raise Refused(_("The draft changes nothing yet, so there is nothing to propose."))
    if not (change.what and change.why):
        raise Refused(_("Say what is changed and why before you propose."))
    if change.matter.kind == Matter.Kind.NOTICE and not change.wanted_from:
        raise Refused(_("Say from which day the change of composition is in force."), clause=_("agreement 7 §"))
    for touched in documents:
        if touched.collisions:
            raise Refused(
                _("The same row has been decided after you started. Both are shown below."),
                collisions=touched.collisions,
            )
        for problem in touched.content.problems(touched.after):
            raise Refused(problem)


@transaction.atomic
def withdraw_change(*, change: Change, by: Mandate, on: datetime.date) -> Change:
    """The proposer takes the change back before it is decided (vedä takaisin)."""
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if not change.is_open:
        raise Refused(_("The change has already ended, so it cannot be withdrawn."))
    by = permissions.require(permissions.can_withdraw(mandates, change))
    if change.is_in_signing:
        raise Refused(_("The change is being signed, or has been. The signing is interrupted first."))
    change.state = Change.State.WITHDRAWN
    history.save(change, by=by, reason="withdrawn", fields=["state"])
    drop_amendments(change, by)
    return change


def drop_amendments(change: Change, by: Mandate) -> None:
    """What was redrafted in the place of a proposal ends with it."""
    for amendment in change.amendments.filter(state__in=Change.OPEN):
        amendment.state = Change.State.WITHDRAWN
        history.save(amendment, by=by, reason="withdrawn", fields=["state"])


@transaction.atomic
def amend_change(*, change: Change, by: Mandate, on: datetime.date) -> Change:
    """Start redrafting a proposal so that the group can approve it as amended (hyväksytään muutettuna, 12 § 2 mom).

    A change of the same matter that begins from what is proposed; the proposal itself stays. Its party consents to
    the redrafted wording before the group approves it. When there is an open one, that is given back.
    """
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    if change.state != Change.State.PROPOSED:
        raise Refused(_("The change has already been decided or withdrawn."))
    by = permissions.require(permissions.can_amend(mandates, change))
    return change.amendments.filter(state__in=Change.OPEN).first() or _copied(change, by, "amended", amends=change)


@transaction.atomic
def redraft_change(*, change: Change, by: Mandate, on: datetime.date) -> Change:
    """Take up again a change that was returned, rejected or withdrawn, as a new draft.

    A returned one goes on in its own matter while that is undecided. Each row starts from what is decided now.
    When the change has been taken up already, that open change is given back.
    """
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    by = permissions.require(permissions.can_redraft(mandates, change))
    open_ones = Change.objects.filter(state__in=Change.OPEN, amends=None, party=change.party)
    taken_up = open_ones.filter(Q(redraft_of=change) | Q(matter=change.matter)).first()
    if taken_up:
        return taken_up
    matter = change.matter
    if change.state != Change.State.RETURNED or matter.decisions.filter(outcome__in=Decision.FINAL).exists():
        matter = open_matter(agreement=matter.agreement, kind=matter.kind, title=matter.title, by=by, year=on.year)
    return _copied(change, by, "redrafted", matter=matter, redraft_of=change)


def _copied(change: Change, by: Mandate, reason: str, **told: Any) -> Change:
    """A new draft with what the change says and does."""
    same = {name: getattr(change, name) for name in ("matter", "party", "what", "why", "wanted_from")}
    new = Change(**{**same, **told}, drafted_by=by)
    history.save(new, by=by, reason=reason)
    for touched in contents.document_changes(change):
        copy_rows(new, touched, by)
    touch(new, by=by)
    return new


def copy_rows(change: Change, touched: contents.DocumentChange, by: Mandate) -> None:
    """The rows of another change as a draft's own, each starting from what is decided now."""
    model = touched.content.model
    decided = model._default_manager.of(touched.document).latest_decided()
    now = {row.key: row for row in touched.content.load(decided)}
    version = draft_version(change=change, document=touched.document, by=by)
    drafts = [_rebased(item, now) for item in touched.changes if item.before is None or item.before.key in now]
    write_rows(version=version, replaced=model._default_manager.none(), drafts=drafts)


def _rebased(item: contents.RowChange, now: dict) -> RowDraft:
    row = item.row
    return RowDraft(
        base=now.get(item.before.key) if item.before else None,
        values=values_of(row),
        relations=relations_of(row),
        removed=item.after is None,
    )


@transaction.atomic
def record_on_behalf(
    *, document: Document, party: Party, by: Mandate, on: datetime.date, notice: Upload, arrived_on: datetime.date
) -> Change:
    """Start a draft for a party from its written notice (kirjaa sopijapuolen puolesta), visibly so.

    The party's consent is still needed. Raises Refused for an arrival day in the future.
    """
    document = lock_document(document)
    mandates = permissions.mandates_of(by.person, document.agreement_id, on)
    by = permissions.require(permissions.can_record_on_behalf(mandates))
    if arrived_on > on:
        raise Refused(_("The notice cannot have arrived in the future."))
    kind = KIND_OF_CHANGE.get(document.kind, Matter.Kind.ANNEX_UPDATE)
    title = f"{document.full_title}, {party.short_name}"
    matter = open_matter(agreement=document.agreement, kind=kind, title=title, by=by, year=on.year)
    record = keep_record(matter, Record.Kind.NOTICE, notice, by=by, on=arrived_on, party=party)
    change = Change(matter=matter, party=party, drafted_by=by, notice=record, arrived_on=arrived_on)
    history.save(change, by=by, reason="drafted")
    draft_version(change=change, document=document, by=by)
    return change
