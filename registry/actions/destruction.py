"""Destroying documents: proposed, confirmed by every party they belong to, minuted, and then gone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.actions.locking import lock_agreement
from agreements.actions.records import keep_issued
from agreements.models import Agreement, Mandate, Party, Record
from agreements.permissions import mandates_of, require
from registry import permissions
from registry.destruction import (
    Standing,
    falling_due,
    fingerprint,
    kept_records,
    of_scope,
    standing_of,
    unproposed,
)
from registry.destruction_minutes import minutes_source
from registry.models import Destruction, DestructionConsent, DestructionLine
from registry.retention import Due
from tym.core.actions import destroy_files
from tym.core.errors import Refused, Stale
from tym.core.models import StoredFile
from tym.core.pdf import PdfSource, render_pdf

Outcome = DestructionConsent.Outcome


@transaction.atomic
def propose_destruction(
    *, party: Party, by: Mandate, on: datetime.date, records: Collection[int], common: bool
) -> Destruction:
    """Propose documents, by their keys, to be destroyed: the party's own, or common ones. Nothing goes yet."""
    agreement = lock_agreement(party.agreement_id)
    by = require(permissions.can_propose_destruction(mandates_of(by.person, agreement.pk, on), party))
    whose = None if common else party
    found = _due(agreement, whose, unproposed(kept_records([agreement])), set(records), on)
    _check_alone([one.record for one in found])
    lines = [DestructionLine(record=one.record, basis=one.basis, last_day=one.last) for one in found]
    told = {"party": whose, "on": on, "mandate": by, "sha256": fingerprint(lines)}
    destruction = Destruction.objects.create(agreement=agreement, **told)
    for line in lines:
        line.destruction = destruction
        line.save()
    return destruction


def _due(
    agreement: Agreement, whose: Party | None, free: QuerySet[Record], keys: set[int], on: datetime.date
) -> list[Due]:
    """What is asked for as it falls due now. Raises Refused when the time of any has not run out."""
    if not keys:
        raise Refused(_("Choose what is destroyed."))
    parties = list(agreement.parties.all())
    found = of_scope(falling_due(agreement, parties, free.filter(pk__in=keys), on), whose)
    if len(found) < len(keys):
        why = _("One of the documents is in another proposal, or its time has not run out by every rule.")
        raise Refused(why, clause=_("agreement 11 §"))
    return found


def _check_alone(records: Sequence[Record]) -> None:
    """The same bytes under a document that stays would go with it. Locked: who keeps them again meanwhile waits."""
    files = [record.file_id for record in records]
    list(StoredFile.objects.select_for_update().filter(pk__in=files).order_by("pk").values_list("pk"))
    others = Record.objects.filter(file__in=files)
    for other in others.exclude(pk__in=[record.pk for record in records]).select_related("agreement").order_by("pk"):
        mine = next(record for record in records if record.file_id == other.file_id)
        same = other.agreement_id == mine.agreement_id
        told = {"title": mine.title, "other": other.title if same else _("a document of another agreement")}
        raise Refused(_("%(title)s: the same file is kept as another document that stays: %(other)s.") % told)


def confirm_destruction(
    *, destruction: Destruction, party: Party, by: Mandate, on: datetime.date, sha256: str
) -> DestructionConsent:
    """The party's yes. The last one destroys, and leaves minutes.

    Raises PdfFailed when the minutes cannot be drawn: nothing is destroyed then. Drawing takes seconds, so it is done
    before the transaction.
    """
    standing = standing_of(destruction)
    drawn = None
    if standing.is_open and standing.waits == (party,) and sha256 == destruction.sha256:
        require(permissions.can_confirm_destruction(mandates_of(by.person, party.agreement_id, on), destruction, party))
        source = minutes_source(standing, last=by, on=on)
        drawn = (source, render_pdf(source))
    return _confirm(destruction, party, by, on, sha256, drawn)


@transaction.atomic
def _confirm(
    destruction: Destruction,
    party: Party,
    by: Mandate,
    on: datetime.date,
    sha256: str,
    drawn: tuple[PdfSource, bytes] | None,
) -> DestructionConsent:
    agreement = lock_agreement(party.agreement_id)
    mandates = mandates_of(by.person, agreement.pk, on)
    by = require(permissions.can_confirm_destruction(mandates, destruction, party))
    standing = _open(destruction, party, sha256)
    _check_still_due(standing, agreement, on)
    consent = _say(standing, party, by, on, Outcome.CONFIRM)
    if standing.waits == (party,):
        _destroy(standing, by, on, drawn)
    return consent


def _open(destruction: Destruction, party: Party, sha256: str) -> Standing:
    standing = standing_of(destruction)
    if not standing.is_open:
        raise Refused(_("The proposal has been decided already."))
    if party not in standing.waits:
        raise Refused(_("The proposal does not wait for %(party)s.") % {"party": party.short_name})
    if sha256 != standing.destruction.sha256 or fingerprint(standing.lines) != sha256:
        raise Stale(_("This is not the list that was proposed. Look at it again."))
    return standing


def _check_still_due(standing: Standing, agreement: Agreement, on: datetime.date) -> None:
    """A rule may have been lengthened, a matter taken up again or the same file kept anew since."""
    keys = {line.record_id for line in standing.lines}
    found = _due(agreement, standing.destruction.party, kept_records([agreement]), keys, on)
    if {one.record.pk: one.last for one in found} != {line.record_id: line.last_day for line in standing.lines}:
        raise Refused(_("A rule has changed since. Decline this and propose anew."), clause=_("agreement 11 §"))
    _check_alone([line.record for line in standing.lines])


def _destroy(standing: Standing, by: Mandate, on: datetime.date, drawn: tuple[PdfSource, bytes] | None) -> None:
    destruction = standing.destruction
    source = minutes_source(standing, last=by, on=on)
    if drawn is None or drawn[0].fingerprint != source.fingerprint:
        raise Stale(_("Somebody else decided at the same time. Look at the proposal again."))
    kind, party = Record.Kind.DESTRUCTION, destruction.party
    minutes = keep_issued(destruction.agreement, kind, source, drawn[1], source.title, by, None, party)
    destroy_files(files=[line.record.file_id for line in standing.lines], minutes=minutes.file, on=on)


@transaction.atomic
def decline_destruction(
    *, destruction: Destruction, party: Party, by: Mandate, on: datetime.date, reason: str
) -> DestructionConsent:
    """The party's no ends the proposal; the documents stay. Whose proposal it is takes it back so."""
    agreement = lock_agreement(party.agreement_id)
    mandates = mandates_of(by.person, agreement.pk, on)
    by = require(permissions.can_decline_destruction(mandates, destruction, party))
    standing = standing_of(destruction)
    if not standing.is_open or any(one.party_id == party.pk for one in standing.consents):
        raise Refused(_("The proposal has been decided already."))
    if not reason.strip():
        raise Refused(_("Write the reason."))
    return _say(standing, party, by, on, Outcome.DECLINE, reason.strip())


def _say(
    standing: Standing, party: Party, by: Mandate, on: datetime.date, outcome: str, reason: str = ""
) -> DestructionConsent:
    told = {"destruction": standing.destruction, "party": party, "outcome": outcome, "reason": reason}
    said = DestructionConsent(sha256=standing.destruction.sha256, on=on, mandate=by, **told)
    said.full_clean(validate_constraints=False)
    said.save()
    return said
