"""Negotiating a proposal to change the text (12 §): comments, other wordings, a shorter time, no agreement."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import contents, history, permissions
from agreements.actions.changes import copy_rows
from agreements.actions.locking import lock_change
from agreements.actions.rows import touch
from agreements.models import Change, Comment, Document, Mandate, Matter, Party, ShorterNotice
from tym.core.errors import Refused, Stale


def _negotiable(change: Change, *, by: Mandate, on: datetime.date) -> tuple[Change, permissions.Mandates]:
    """The proposal, locked, with the person's mandates. Raises Refused when it is not a proposed change of the text."""
    change = lock_change(change)
    if change.state != Change.State.PROPOSED or change.matter.kind != Matter.Kind.AMENDMENT:
        raise Refused(_("The change has already been decided or withdrawn."))
    return change, permissions.mandates_of(by.person, change.matter.agreement_id, on)


@transaction.atomic
def agree_to_shorter_notice(
    *, change: Change, party: Party, by: Mandate, on: datetime.date, sha256: str
) -> ShorterNotice:
    """The party agrees that a late proposal comes into force on its wanted day (A11). Pressing twice is one consent."""
    change, mandates = _negotiable(change, by=by, on=on)
    by = permissions.require(permissions.can_agree_to_shorter_notice(mandates, change, party))
    if sha256 != change.sha256:
        raise Stale(_("This is not what was proposed. Look at the proposal again."))
    known = change.shorter_notices.filter(party=party).first()
    return known or ShorterNotice.objects.create(change=change, party=party, mandate=by, sha256=sha256)


@transaction.atomic
def end_negotiations(*, change: Change, by: Mandate, on: datetime.date, reason: str) -> Change:
    """Record that the negotiations ended without agreement. Raises Refused when they were never started."""
    change, mandates = _negotiable(change, by=by, on=on)
    by = permissions.require(permissions.can_end_negotiations(mandates, change))
    if not change.matter.is_negotiated:
        raise Refused(_("The steering group has not started negotiations on this."), clause=_("agreement 12 §"))
    if change.is_in_signing:
        raise Refused(_("The change is being signed, or has been. The signing is interrupted first."))
    change.state, change.ended_because = Change.State.ENDED, reason.strip()
    history.save(change, by=by, reason="ended", fields=["state", "ended_because"])
    return change


@transaction.atomic
def offer_wording(*, change: Change, by: Mandate, on: datetime.date) -> Change:
    """Start a draft of another wording in the same matter; when it is proposed, it replaces this one.

    Gives back the party's open draft. Raises Refused before the negotiations, and when the proposal holds rows
    that only their own party may change.
    """
    change, mandates = _negotiable(change, by=by, on=on)
    by = permissions.require(permissions.can_offer_wording(mandates, change))
    if not change.matter.is_negotiated:
        raise Refused(_("The steering group has not started negotiations on this."), clause=_("agreement 12 §"))
    known = change.matter.changes.filter(state=Change.State.DRAFT, party=by.party).first()
    if known:
        return known
    documents = contents.document_changes(change)
    others = [party for party in contents.parties_concerned(documents) if party.pk != by.party_id]
    if others:
        told = {"parties": ", ".join(party.short_name for party in others)}
        raise Refused(_("The proposal holds rows that only their own party may change: %(parties)s.") % told)
    new = Change(matter=change.matter, party=by.party, drafted_by=by, redraft_of=change)
    new.what, new.why, new.wanted_from = change.what, change.why, change.wanted_from
    history.save(new, by=by, reason="reworded")
    for touched in documents:
        copy_rows(new, touched, by)
    touch(new, by=by)
    return new


@transaction.atomic
def comment_on(
    *, change: Change, by: Mandate, on: datetime.date, body: str, document: Document | None = None, key: str = ""
) -> Comment:
    """Comment on a section that the proposal touches, or on the whole proposal."""
    change, mandates = _negotiable(change, by=by, on=on)
    by = permissions.require(permissions.can_comment(mandates, change))
    if document and not _touches(change, document, key):
        raise Refused(_("The proposal does not touch this section."))
    comment = Comment(change=change, document=document, key=key, body=body.strip(), made_by=by)
    history.save(comment, by=by, reason="commented")
    return comment


def _touches(change: Change, document: Document, key: str) -> bool:
    documents = (touched for touched in contents.document_changes(change) if touched.document == document)
    return any(item.row.key == key for touched in documents for item in touched.changes)


@transaction.atomic
def resolve_comment(*, comment: Comment, by: Mandate, on: datetime.date) -> Comment:
    """Mark a comment resolved; who did it stays visible. Pressing twice is one."""
    change, mandates = _negotiable(comment.change, by=by, on=on)
    comment = change.comments.select_related("made_by").get(pk=comment.pk)
    if comment.resolved_at:
        return comment
    by = permissions.require(permissions.can_resolve(mandates, comment))
    comment.resolved_by, comment.resolved_at = by, timezone.now()
    history.save(comment, by=by, reason="resolved", fields=["resolved_by", "resolved_at"])
    return comment
