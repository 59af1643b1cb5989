"""Putting recording errors right, in the open and by two people (hallintolaki 51-52 §)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.locking import lock_agreement
from agreements.actions.wordings import count_from
from agreements.models import Change, Correction, Decision, Mandate, Signatory
from tym.core.errors import Refused
from tym.core.formats import Unreadable, format_day, parse_day


@transaction.atomic
def correct_decision(
    *, decision: Decision, by: Mandate, on: datetime.date, field: str, becomes: str, reason: str
) -> Correction:
    """Offer a correction of what was recorded; it counts when a second person has confirmed it.

    Raises Refused when nothing would change, the day is no day, or a correction of the field already waits.
    """
    agreement = lock_agreement(decision.matter.agreement_id)
    mandates = permissions.mandates_of(by.person, agreement.pk, on)
    by = permissions.require(permissions.can_correct(mandates, decision))
    was, becomes = decision.told[field], _readable(field, becomes.strip())
    return _offer(Correction(decision=decision, field=field, was=was, becomes=becomes), reason, by)


@transaction.atomic
def correct_day(
    *, of: Change | Signatory, by: Mandate, on: datetime.date, becomes: datetime.date, reason: str
) -> Correction:
    """Offer a correction of the day on which a party's notice arrived, or the original was signed.

    Raises Refused as correct_decision does, and for a day in the future.
    """
    correction = _correction_of(of)
    agreement = lock_agreement(correction.agreement_id)
    mandates = permissions.mandates_of(by.person, agreement.pk, on)
    by = permissions.require(permissions.can_correct_day(mandates, of))
    if becomes > on:
        raise Refused(_("The day is in the future."))
    was = of.told_arrival if isinstance(of, Change) else of.told_day
    correction.was, correction.becomes = format_day(was) if was else "", format_day(becomes)
    return _offer(correction, reason, by)


def _correction_of(of: Change | Signatory) -> Correction:
    if isinstance(of, Change):
        return Correction(change=of, field=Correction.Field.ARRIVED_ON)
    return Correction(signatory=of, field=Correction.Field.SIGNED_ON)


def _offer(correction: Correction, reason: str, by: Mandate) -> Correction:
    """Let the correction wait for a second person. Raises Refused."""
    if correction.was == correction.becomes:
        raise Refused(_("The correction changes nothing."))
    of = correction.decision or correction.change or correction.signatory
    if of and of.corrections.filter(field=correction.field, confirmed_at=None).exists():
        raise Refused(_("A correction of this already waits for a second person."))
    correction.reason, correction.made_by = reason.strip(), by
    history.save(correction, by=by, reason="corrected")
    return correction


def _readable(field: str, text: str) -> str:
    if field != Correction.Field.DECIDED_ON:
        return text
    try:
        return format_day(parse_day(text))
    except Unreadable as problem:
        raise Refused(str(problem)) from problem


@transaction.atomic
def confirm_correction(*, correction: Correction, by: Mandate, on: datetime.date) -> Correction:
    """A second person confirms; from now on the corrected words are shown, the first ones beside them."""
    agreement = lock_agreement(correction.agreement_id)
    found = Correction.objects.select_related("decision__matter", "change__matter", "signatory__party", "made_by")
    correction = found.get(pk=correction.pk)
    mandates = permissions.mandates_of(by.person, agreement.pk, on)
    if correction.confirmed_at:
        raise Refused(_("The correction has been confirmed already."))
    if by.person_id == correction.made_by.person_id:
        raise Refused(_("A correction is confirmed by another person than the one who made it."))
    by = permissions.require(permissions.can_confirm_correction(mandates, correction))
    correction.confirmed_by, correction.confirmed_at = by, timezone.now()
    history.save(correction, by=by, reason="confirmed", fields=["confirmed_by", "confirmed_at"])
    if correction.change and correction.change.state == Change.State.PROPOSED and correction.change.earliest_from:
        count_from(correction.change, correction.change.told_arrival)
        history.save(correction.change, by=by, reason="counted", fields=["counted_from", "earliest_from"])
    return correction
