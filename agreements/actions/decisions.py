"""Consents of parties and decisions of the steering group, and what follows from them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agreements import contents, history, permissions
from agreements.actions.changes import record_consent
from agreements.actions.locking import lock_change
from agreements.history import System
from agreements.models import Change, Consent, Decision, Mandate, Matter, Party, Version
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
    return record_consent(change, party, by)


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

    An approved change is adopted in the same act, from valid_from (A13: the decision day when not said).
    Raises Refused with the clause: text and composition are not the group's to decide; a party's rows
    need its consent; a row decided meanwhile; a start before the decision without a reason.
    """
    change, by = _open_for_decision(change, by=by, on=on, sha256=sha256, decided_on=decided_on)
    documents = _as_proposed(change)
    starts = valid_from or decided_on
    if outcome == Decision.Outcome.APPROVE:
        _check_adoptable(change, documents, starts, decided_on, deviation)
    told = {"organ": organ, "decided_on": decided_on, "section": section, "outcome": outcome, "grounds": grounds}
    decision = _record(change, by, **told)
    change.state = STATE_AFTER[Decision.Outcome(outcome)]
    if change.state == Change.State.ADOPTED:
        adopt(change, valid_from=starts, deviation=deviation if starts < decided_on else "", by=by)
    else:
        history.save(change, by=by, reason=str(change.state), fields=["state"])
    return decision


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
    _check_competence(change)
    _check_days(change, decided_on, on)
    return change, by


def _as_proposed(change: Change) -> list[contents.DocumentChange]:
    """What the change does, when it still is what its fingerprint says."""
    documents = contents.document_changes(change)
    if contents.fingerprint(change, documents) != change.sha256:
        raise Refused(_("The stored proposal does not match its fingerprint. Nothing was decided."))
    return documents


def _record(change: Change, by: Mandate, **told: Any) -> Decision:
    """Keep a decision on exactly what was proposed."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    decision = Decision(matter=change.matter, sha256=change.sha256, mandate=by, **told)
    decision.full_clean(validate_constraints=False)
    decision.save()
    return decision


def adopt(change: Change, *, valid_from: datetime.date, deviation: str, by: Mandate | System) -> None:
    """Put the change in force from the day and number its versions. The caller has checked everything."""
    change.state, change.valid_from, change.deviation = Change.State.ADOPTED, valid_from, deviation.strip()
    history.save(change, by=by, reason="adopted", fields=["state", "valid_from", "deviation"])
    for version in change.versions.order_by("document__number"):
        last = Version.objects.filter(document=version.document_id).aggregate(last=Max("number"))["last"] or 0
        version.number = last + 1
        history.save(version, by=by, reason="adopted", fields=["number"])


def _check_competence(change: Change) -> None:
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
    _check_starts(change, documents, valid_from)


def _check_starts(change: Change, documents: list[contents.DocumentChange], valid_from: datetime.date) -> None:
    first_day = change.matter.agreement.valid_from
    if valid_from < first_day:
        raise Refused(_("Nothing can be in force before the agreement, %(day)s.") % {"day": format_day(first_day)})
    for touched in documents:
        _check_row_starts(touched, valid_from)
        _check_result(touched, valid_from)


def _check_row_starts(touched: contents.DocumentChange, valid_from: datetime.date) -> None:
    bases = [item.before.version_id for item in touched.changes if item.before]
    later = Change.objects.filter(versions__in=bases, valid_from__gt=valid_from).order_by("-valid_from").first()
    if later and later.valid_from:
        raise Refused(
            _("A row that this replaces starts only on %(day)s. The change cannot start before it.")
            % {"day": format_day(later.valid_from)}
        )


def _check_result(touched: contents.DocumentChange, valid_from: datetime.date) -> None:
    """The document as it would be on the start and on every later start already decided."""
    later = Change.objects.filter(versions__document=touched.document, valid_from__gt=valid_from)
    gone = {item.before.pk for item in touched.changes if item.before}
    added = [item.after for item in touched.changes if item.after]
    rows = touched.content.model._default_manager.of(touched.document)
    for day in sorted({valid_from, *(change.start for change in later)}):
        standing = [row for row in touched.content.load(rows.in_force(day)) if row.pk not in gone]
        for problem in touched.content.problems(standing + added):
            raise Refused(problem)
