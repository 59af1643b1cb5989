"""Terms: the group is appointed, its seats revised, a term closed early."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import contents, history
from agreements.actions import RowDraft, draft_version, open_matter, submit_matter, write_rows
from agreements.actions.adopting import adopt, check_starts
from agreements.actions.decisions import record_decision
from agreements.actions.files import Upload, keep_record
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Change, Decision, Document, Mandate, Matter, Party, Record, Row
from agreements.permissions import mandates_of, require
from steering import permissions
from steering.actions.seats import SeatInput, people_of, values_of_input
from steering.content import SEATS, load
from steering.models import SeatLine, Term
from steering.models.terms import last_day_of_term
from tym.accounts.models import User
from tym.core.errors import Refused
from tym.core.formats import format_day


@dataclass(frozen=True)
class Appointing:
    """The employment authority's decision on the group (asettamispäätös), as its minutes have it."""

    organ: str
    decided_on: datetime.date
    section: str
    case_number: str = ""
    extract: Upload | None = None


@transaction.atomic
def appoint_group(
    *,
    agreement: Agreement,
    party: Party,
    by: Mandate,
    on: datetime.date,
    decision: Appointing,
    valid_from: datetime.date,
    seats: Sequence[SeatInput],
    deviation: str = "",
) -> Term:
    """Record that the authority appointed the steering group for five years (7 §, decree 1 §), and seat its people.

    Seats of an earlier term end on the start. Raises Refused when terms would overlap, when the composition cannot
    be, or when what should not be (a start before the decision, a shared deputy) has no reason.
    """
    agreement = lock_agreement(agreement.pk)
    last_day = last_day_of_term(valid_from)
    other = Term.objects.filter(agreement=agreement, valid_from__lte=last_day)
    if any(term.last_day >= valid_from for term in other):
        raise Refused(_("The term would overlap another term of the group."), clause=_("decree 388/2024 1 §"))
    change = _appointed(agreement, party, by=by, on=on, decision=decision, seats=seats, deviation=deviation)
    term = Term(agreement=agreement, matter=change.matter, party=party, valid_from=valid_from, valid_to=last_day)
    history.save(term, by=change.drafted_by or by, reason="appointed")
    _put_in_force(change, valid_from, decision.decided_on)
    return term


@transaction.atomic
def revise_group(
    *,
    term: Term,
    by: Mandate,
    on: datetime.date,
    decision: Appointing,
    valid_from: datetime.date,
    seats: Sequence[SeatInput],
    deviation: str = "",
) -> Change:
    """Record that the authority changed the number of seats in the middle of a term."""
    lock_agreement(term.agreement_id)
    term = Term.objects.select_related("agreement", "party").get(pk=term.pk)
    if not term.valid_from <= valid_from <= term.last_day:
        raise Refused(_("The day is not within the term %(term)s.") % {"term": term})
    change = _appointed(term.agreement, term.party, by=by, on=on, decision=decision, seats=seats, deviation=deviation)
    _put_in_force(change, valid_from, decision.decided_on)
    return change


def _appointed(
    agreement: Agreement,
    party: Party,
    *,
    by: Mandate,
    on: datetime.date,
    decision: Appointing,
    seats: Sequence[SeatInput],
    deviation: str,
) -> Change:
    """The change with its seats and the authority's decision on it, ready to be put in force."""
    by = require(permissions.can_appoint_group(mandates_of(by.person, agreement.pk, on), party))
    if by.party_id != party.pk and decision.extract is None:
        raise Refused(_("Recorded on behalf of a party only from the extract of its minutes: attach the file."))
    if decision.decided_on > on:
        raise Refused(_("The day of the decision is in the future."))
    document = agreement.documents.filter(kind=Document.Kind.COMPOSITION).first()
    if document is None:
        raise Refused(_("The agreement has no annex on the composition of the steering group."))
    change = _drafted(agreement, party, document, by, on, seats, deviation)
    told: dict[str, Any] = {"organ": decision.organ, "decided_on": decision.decided_on, "section": decision.section}
    record = keep_record(
        change.matter, Record.Kind.EXTRACT, decision.extract, by=by, on=decision.decided_on, party=party
    )
    record_decision(
        change,
        by,
        party=party,
        outcome=Decision.Outcome.APPROVE,
        case_number=decision.case_number,
        extract=record,
        grounds="",
        **told,
    )
    return change


def _drafted(
    agreement: Agreement,
    party: Party,
    document: Document,
    by: Mandate,
    on: datetime.date,
    seats: Sequence[SeatInput],
    deviation: str,
) -> Change:
    title = f"{document.full_title}, {party.short_name}"
    matter = open_matter(agreement=agreement, kind=Matter.Kind.GROUP_APPOINTMENT, title=title, by=by, year=on.year)
    what = str(_("The steering group is appointed: %(count)s seats.") % {"count": len(seats)})
    why = str(_("Appointment decision of the employment authority (agreement 7 §)."))
    change = Change(matter=matter, party=party, drafted_by=by, what=what, why=why, deviation=deviation.strip())
    history.save(change, by=by, reason="drafted")
    version = draft_version(change=change, document=document, by=by)
    standing = load(SeatLine.objects.of(document).latest_decided())
    known = people_of(standing)
    drafts = [_seat(place, seat, agreement, known) for place, seat in enumerate(seats, start=1)]
    for problem in SEATS.problems([SeatLine(**draft.values) for draft in drafts]):
        raise Refused(problem, clause=_("agreement 7 §"))
    drafts += [_gone(row) for row in standing]
    write_rows(version=version, replaced=SeatLine.objects.none(), drafts=drafts)
    return _proposed(change, by, on)


def _seat(place: int, seat: SeatInput, agreement: Agreement, known: Sequence[User]) -> RowDraft:
    if seat.party is None:
        raise Refused(_("Name the party of seat %(number)s.") % {"number": place})
    return RowDraft(values={**values_of_input(seat, agreement, known), "party": seat.party, "position": place})


def _gone(row: Row) -> RowDraft:
    names = ("party", "position", "role", "member", "member_title", "deputy", "deputy_title")
    return RowDraft(base=row, values={name: getattr(row, name) for name in names}, removed=True)


def _proposed(change: Change, by: Mandate, on: datetime.date) -> Change:
    documents = contents.document_changes(change)
    change.sha256 = contents.fingerprint(change, documents)
    change.state, change.proposed_by = Change.State.PROPOSED, by
    change.proposed_at, change.received_on = timezone.now(), on
    submit_matter(change.matter, sha256=change.sha256, by=by)
    history.save(change, by=by, reason="proposed")
    return change


def _put_in_force(change: Change, valid_from: datetime.date, decided_on: datetime.date) -> None:
    if valid_from < decided_on and not change.deviation:
        raise Refused(
            _("The start is before the decision. Give the reason, and it is recorded as a deviation."),
            clause=_("agreement 7 §"),
        )
    check_starts(change, contents.document_changes(change), valid_from)
    adopt(change, valid_from=valid_from, deviation=change.deviation, by=change.proposed_by)  # type: ignore[arg-type]


@transaction.atomic
def close_term(*, term: Term, by: Mandate, on: datetime.date, last_day: datetime.date, reason: str) -> Term:
    """Record that the term ends early, with the reason; the mandates of its seats end with it."""
    agreement = lock_agreement(term.agreement_id)
    term = Term.objects.get(pk=term.pk)
    by = require(permissions.can_close_term(mandates_of(by.person, agreement.pk, on), term.party))
    if term.closed_on:
        raise Refused(_("The term has been closed already."))
    if not reason.strip():
        raise Refused(_("A term is closed early only with a reason."))
    if not term.valid_from <= last_day < term.valid_to:
        told = {"first": format_day(term.valid_from), "last": format_day(term.valid_to)}
        raise Refused(_("The day is not within the term %(first)s–%(last)s.") % told)
    term.closed_on, term.closing_reason = last_day, reason.strip()
    history.save(term, by=by, reason="closed", fields=["closed_on", "closing_reason"])
    _end_seats(agreement, term, by)
    return term


def _end_seats(agreement: Agreement, term: Term, by: Mandate) -> None:
    """Mandates of the term's seats end with it; those that were to begin after it never hold."""
    seated = agreement.mandates.filter(capacity__in=Mandate.OF_A_SEAT, valid_from__lte=term.valid_to)
    for mandate in seated.filter(valid_to__gt=term.last_day):
        mandate.valid_to = max(term.last_day, mandate.valid_from - datetime.timedelta(days=1))
        history.save(mandate, by=by, reason="ended", fields=["valid_to"])
