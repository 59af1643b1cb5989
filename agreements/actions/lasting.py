"""The yearly review by the parties, ending the agreement, and disputes (12-13 §)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import contents, history, lasting, permissions
from agreements.actions.files import Upload, keep_for_agreement
from agreements.actions.locking import lock_agreement
from agreements.actions.matters import open_matter, submit_matter
from agreements.models import (
    Agreement,
    Dispute,
    DisputeEnd,
    DisputeNote,
    Mandate,
    Matter,
    Party,
    Reading,
    Record,
    ReviewOutcome,
    ReviewStatement,
    Termination,
)
from tym.core.errors import Refused
from tym.core.formats import day_of_year


def _open(agreement_id: int, *, by: Mandate, on: datetime.date) -> tuple[Agreement, permissions.Mandates]:
    agreement = lock_agreement(agreement_id)
    return agreement, permissions.mandates_of(by.person, agreement.pk, on)


def _not_later(day: datetime.date, on: datetime.date) -> None:
    if day > on:
        raise Refused(_("The day is in the future."))


@transaction.atomic
def state_review(
    *, party: Party, year: int, by: Mandate, on: datetime.date, outcome: str, said: str = ""
) -> ReviewStatement:
    """The party's statement of the year. Raises Refused when the year has none to give, or it has been given."""
    agreement, mandates = _open(party.agreement_id, by=by, on=on)
    by = permissions.require(permissions.can_state_review(mandates, party))
    if year not in lasting.years_of(agreement, on):
        raise Refused(_("The agreement is not reviewed for this year."), clause=_("agreement 12 §"))
    if party.review_statements.filter(year=year).exists():
        raise Refused(_("The party has stated already. What was stated stays."))
    if agreement.review_outcomes.filter(year=year).exists():
        raise Refused(_("The outcome of the review has been recorded."))
    statement = ReviewStatement(party=party, year=year, outcome=outcome, said=said.strip(), mandate=by)
    if outcome == ReviewStatement.Outcome.CHANGE and not statement.said:
        raise Refused(_("Tell what should be changed."))
    statement.full_clean(validate_constraints=False)
    statement.save()
    return statement


@transaction.atomic
def conclude_review(
    *, agreement: Agreement, year: int, by: Mandate, on: datetime.date, outcome: str, said: str = ""
) -> ReviewOutcome:
    """Record what came of the review when all have stated, and submit its matter for the group to note."""
    agreement, mandates = _open(agreement.pk, by=by, on=on)
    by = permissions.require(permissions.can_conclude_review(mandates))
    if agreement.review_outcomes.filter(year=year).exists():
        raise Refused(_("The outcome of the review has been recorded."))
    standing = lasting.standing_of(agreement, year, on)
    if standing.missing:
        told = {"parties": ", ".join(party.short_name for party in standing.missing)}
        raise Refused(_("Not every party has stated: %(parties)s.") % told, clause=_("agreement 12 §"))
    title = _("Yearly review of the agreement %(year)s") % {"year": year}
    matter = open_matter(agreement=agreement, kind=Matter.Kind.REVIEW, title=title, by=by, year=on.year)
    found = ReviewOutcome(agreement=agreement, year=year, matter=matter, outcome=outcome, said=said.strip(), mandate=by)
    found.full_clean(validate_constraints=False)
    stated = [[s.party.order, s.outcome, s.said] for s in standing.statements]
    told_all = {"year": year, "outcome": outcome, "said": found.said, "statements": stated}
    submit_matter(matter, sha256=contents.sha256_of(told_all), by=by)
    found.save()
    return found


@transaction.atomic
def propose_review_due(
    *, agreement: Agreement, by: Mandate, on: datetime.date, due: str, valid_from: datetime.date
) -> Matter:
    """Put before the group until which day of a year the parties review the agreement; it holds once approved."""
    agreement, mandates = _open(agreement.pk, by=by, on=on)
    by = permissions.require(permissions.can_conclude_review(mandates))
    try:
        day_of_year(due, on.year)
    except ValueError:
        raise Refused(_("Write a day that every year has, for example 31.3.")) from None
    title = _("Due day of the yearly review of the agreement")
    matter = open_matter(agreement=agreement, kind=Matter.Kind.READING, title=title, by=by, year=on.year)
    reading = Reading(matter=matter, key=lasting.REVIEW_DUE, value=due, valid_from=valid_from)
    reading.full_clean(validate_constraints=False)
    reading.save()
    told = {"matter": matter.reference, "values": {reading.key: due}, "from": valid_from.isoformat()}
    return submit_matter(matter, sha256=contents.sha256_of(told), by=by)


@transaction.atomic
def terminate_agreement(
    *,
    party: Party,
    by: Mandate,
    on: datetime.date,
    organ: str,
    decided_on: datetime.date,
    section: str,
    last_day: datetime.date,
    extract: Upload,
) -> Termination:
    """The party's own decision ends the agreement; its last day of force follows from it (A14)."""
    agreement, mandates = _open(party.agreement_id, by=by, on=on)
    by = permissions.require(permissions.can_terminate(mandates, party))
    if Termination.objects.filter(agreement=agreement).exists():
        raise Refused(_("The end of the agreement has been recorded already."))
    _not_later(decided_on, on)
    if last_day < max(decided_on, agreement.valid_from):
        raise Refused(_("The last day of force is before the decision or before the agreement begins."))
    if agreement.valid_to and last_day > agreement.valid_to:
        raise Refused(_("The agreement ends before that day as it is."))
    record = keep_for_agreement(agreement, Record.Kind.EXTRACT, extract, by=by, on=decided_on, party=party)
    ending = Termination(agreement=agreement, party=party, extract=record, mandate=by, last_day=last_day)
    ending.organ, ending.decided_on, ending.section = organ, decided_on, section
    ending.full_clean(validate_constraints=False)
    ending.save()
    agreement.valid_to = last_day
    history.save(agreement, by=by, reason="terminated", fields=["valid_to"])
    return ending


@transaction.atomic
def open_dispute(
    *,
    party: Party,
    by: Mandate,
    on: datetime.date,
    subject: str,
    disputed_on: datetime.date,
    claimed_on: datetime.date | None = None,
) -> Dispute:
    """A party says that a matter is disputed, and since when (13 §)."""
    agreement, mandates = _open(party.agreement_id, by=by, on=on)
    by = permissions.require(permissions.can_open_dispute(mandates, party))
    _not_later(max(disputed_on, claimed_on or disputed_on), on)
    dispute = Dispute(agreement=agreement, party=party, subject=subject.strip(), mandate=by)
    dispute.disputed_on, dispute.claimed_on = disputed_on, claimed_on
    dispute.full_clean(validate_constraints=False)
    dispute.save()
    return dispute


def _still_open(dispute: Dispute) -> None:
    if DisputeEnd.objects.filter(dispute=dispute).exists():
        raise Refused(_("The dispute has ended."))


@transaction.atomic
def note_dispute(*, dispute: Dispute, by: Mandate, on: datetime.date, day: datetime.date, body: str) -> DisputeNote:
    """What was said in the negotiations of a day."""
    _agreement, mandates = _open(dispute.agreement_id, by=by, on=on)
    by = permissions.require(permissions.can_note_dispute(mandates))
    _still_open(dispute)
    _not_later(day, on)
    note = DisputeNote(dispute=dispute, on=day, body=body.strip(), mandate=by)
    note.full_clean(validate_constraints=False)
    note.save()
    return note


@transaction.atomic
def end_dispute(
    *, dispute: Dispute, by: Mandate, on: datetime.date, outcome: str, day: datetime.date, said: str
) -> DisputeEnd:
    """The dispute was agreed on, or a party took it to the administrative court."""
    _agreement, mandates = _open(dispute.agreement_id, by=by, on=on)
    by = permissions.require(permissions.can_end_dispute(mandates))
    _still_open(dispute)
    _not_later(day, on)
    if day < dispute.disputed_on:
        raise Refused(_("The dispute cannot end before it began."))
    end = DisputeEnd(dispute=dispute, outcome=outcome, on=day, said=said.strip(), mandate=by)
    end.full_clean(validate_constraints=False)
    end.save()
    return end
