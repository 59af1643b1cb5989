"""The yearly development day: held, or why not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate, Party
from agreements.permissions import mandates_of, require
from costs import permissions
from costs.models import DayAttendance, DayNotHeld, DevelopmentDay, Split
from tym.core.errors import Refused


@transaction.atomic
def record_day(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    held_on: datetime.date,
    attendance: Mapping[Party, int],
    place: str = "",
) -> DevelopmentDay:
    """Record the development day and how many came from each party (A4); again, until its costs have been split."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    if held_on > on:
        raise Refused(_("Attendance is recorded when the day has been held."))
    day = DevelopmentDay.objects.filter(agreement=agreement, held_on=held_on).first()
    day = day or DevelopmentDay(agreement=agreement, held_on=held_on)
    if day.pk and Split.objects.filter(item__day=day).exists():
        raise Refused(_("The day's costs have been split, so its attendance stays."), clause=_("agreement 9 §"))
    day.place = place.strip()
    history.save(day, by=by, reason="recorded")
    for party, persons in attendance.items():
        row = day.attendance.filter(party=party).first() or DayAttendance(day=day, party=party)
        row.persons = persons
        history.save(row, by=by, reason="recorded")
    return day


@transaction.atomic
def record_no_day(*, agreement: Agreement, by: Mandate, on: datetime.date, year: int, reason: str) -> DayNotHeld:
    """Record why no development day was held in the year (A29). Written again, the latest reason holds."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    if year > on.year:
        raise Refused(_("The year has not begun yet."))
    if agreement.development_days.filter(held_on__year=year).exists():
        raise Refused(_("A development day was held in the year."), clause=_("agreement 9 §"))
    told = agreement.days_not_held.filter(year=year).first() or DayNotHeld(agreement=agreement, year=year)
    told.reason, told.recorded_by = reason.strip(), by
    history.save(told, by=by, reason="recorded")
    return told
