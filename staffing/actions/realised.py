"""What came true: a party's realised staff, and its word that its rows of Annex 2 hold."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate, Party, Version
from agreements.permissions import mandates_of, require
from staffing import permissions, state
from staffing.agreed import Timeline
from staffing.figures import agreed, rounded
from staffing.models import AnnexConfirmation, RealisedStaffing
from staffing.periods import Period
from staffing.readings import Readings
from staffing.summary import Total
from tym.accounts.models import User
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day, format_person_years


def agreed_of(timeline: Timeline, period: Period, party: Party) -> Total | None:
    """What Annex 2 promised of the party for the period: heads at its end, person-years as a time-weighted mean."""
    step = timeline.last_in(period)
    years = agreed(timeline, [period], Readings(), party.pk).value
    return Total(step.of(party.pk).persons, rounded(years)) if step and years is not None else None


@dataclass(frozen=True)
class Promise:
    """What a person saw before she confirmed: the party's figures of the period, or the version of Annex 2."""

    party: Party
    agreed: Total | None = None
    version: Version | None = None


@transaction.atomic
def confirm_quarter(
    *, period: Period, realised: Sequence[Promise], annexes: Sequence[Promise], person: User, on: datetime.date
) -> None:
    """Both presses of the quarter, over any number of agreements, in one go: all of it or nothing.

    Raises NotAllowed for a party that is not the person's own, Stale when something is no longer as it was seen.
    """
    # Locks are taken in one order, whatever the order on the page.
    for agreement in sorted({promise.party.agreement_id for promise in (*realised, *annexes)}):
        lock_agreement(agreement)
    for promise in realised:
        _realise_as_agreed(promise, period, person, on)
    for promise in annexes:
        _confirm_annex(promise, person, on)


def _mandate(party: Party, person: User, on: datetime.date) -> Mandate:
    held = mandates_of(person, party.agreement_id, on)
    return require(permissions.can_report_staff(held, party))


def _realise_as_agreed(promise: Promise, period: Period, person: User, on: datetime.date) -> None:
    by = _mandate(promise.party, person, on)
    agreement = Agreement.objects.get(pk=promise.party.agreement_id)
    now = agreed_of(state.timelines([agreement])[agreement.pk], period, promise.party)
    if now is None or now != promise.agreed:
        raise Stale(_("%(party)s: Annex 2 has changed since you opened the page.") % {"party": promise.party})
    known = _stored(promise.party, period)
    if known and known.as_agreed and (known.persons, known.person_years) == (now.persons, now.person_years):
        # The same button pressed twice.
        return
    if known:
        raise Stale(_("%(party)s: %(stored)s") % {"party": promise.party, "stored": _in_words(known)})
    row = RealisedStaffing(party=promise.party, persons=now.persons, person_years=now.person_years, as_agreed=True)
    _save(row, period, by, on)


def _confirm_annex(promise: Promise, person: User, on: datetime.date) -> None:
    by = _mandate(promise.party, person, on)
    current = annex_version(Agreement.objects.get(pk=promise.party.agreement_id), on)
    if current is None or promise.version != current:
        raise Stale(_("%(party)s: Annex 2 has changed since you opened the page.") % {"party": promise.party})
    told = {"party": promise.party, "version": current, "day": on}
    if not AnnexConfirmation.objects.filter(**told).exists():
        AnnexConfirmation.objects.create(mandate=by, **told)


def annex_version(agreement: Agreement, day: datetime.date) -> Version | None:
    """The version of Annex 2 in force on the day."""
    started = Version.objects.filter(
        document__agreement=agreement,
        document__kind="staffing",
        change__state="adopted",
        change__valid_from__lte=day,
    )
    return started.order_by("-change__valid_from", "-number").first()


@transaction.atomic
def save_realised(
    *,
    party: Party,
    period: Period,
    persons: int,
    person_years: Decimal,
    note: str = "",
    revision: int,
    by: Mandate,
    on: datetime.date,
) -> RealisedStaffing:
    """A party's own figures of the period, new or corrected. revision: of the figures one saw, 0 for none.

    Raises Stale with what was stored meanwhile.
    """
    lock_agreement(party.agreement_id)
    by = _mandate(party, by.person, on)
    known = _stored(party, period)
    if (known.revision if known else 0) != revision:
        if known and (known.persons, known.person_years, known.note) == (persons, person_years, note):
            return known
        raise Stale(_in_words(known) if known else _("The figures have been removed."))
    if person_years > persons:
        raise Refused(_("One person is at most one person-year."))
    row = known or RealisedStaffing(party=party)
    row.persons, row.person_years, row.note, row.as_agreed = persons, person_years, note, False
    return _save(row, period, by, on)


def _stored(party: Party, period: Period) -> RealisedStaffing | None:
    held = party.realised_staffing.filter(first_day=period.first, last_day=period.last)
    return held.select_related("confirmed_by__person").first()


def _in_words(row: RealisedStaffing) -> str:
    return _(
        "%(who)s has saved figures of the same time on %(day)s: %(persons)s persons, %(years)s person-years. "
        "Nothing you wrote is lost; save again if yours are right."
    ) % {
        "who": row.confirmed_by.person,
        "day": format_day(row.confirmed_on),
        "persons": row.persons,
        "years": format_person_years(row.person_years),
    }


def _save(row: RealisedStaffing, period: Period, by: Mandate, on: datetime.date) -> RealisedStaffing:
    check_period(row.party.agreement, period, on)
    overlapping = row.party.realised_staffing.filter(first_day__lte=period.last, last_day__gte=period.first)
    if overlapping.exclude(first_day=period.first, last_day=period.last).exists():
        raise Refused(_("The time has figures already, given by month or by quarter. Correct those."))
    reason = "corrected" if row.pk else "told"
    row.revision = row.revision + 1 if row.pk else 1
    row.first_day, row.last_day, row.confirmed_by, row.confirmed_on = period.first, period.last, by, on
    history.save(row, by=by, reason=reason)
    return row


def check_period(agreement: Agreement, period: Period, on: datetime.date) -> None:
    """Raises Refused for a time that is not over, or in which the agreement was not in force."""
    if period.last > on:
        raise Refused(_("The time is not over. Figures are given of what has come true."), clause=_("agreement 5 §"))
    ended = agreement.valid_to is not None and period.first > agreement.valid_to
    if period.last < agreement.valid_from or ended:
        raise Refused(_("The agreement was not in force then."))
