"""Limits and readings of figures, put before the steering group (domain 5.18, A22)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import open_matter, submit_matter
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import Agreement, Mandate, Matter, Reading
from agreements.permissions import mandates_of, require
from staffing import permissions
from staffing.readings import BY_KEY, LIMITS, REVIEW_DUE
from tym.core.errors import Refused
from tym.core.formats import Unreadable, day_of_year, parse_number


@transaction.atomic
def propose_settings(
    *, agreement: Agreement, values: Mapping[str, str], valid_from: datetime.date, by: Mandate, on: datetime.date
) -> Matter:
    """A matter in which the group sets limits or chooses readings; they hold once it has approved it.

    Raises Refused for a setting of another room and for a value that is none.
    """
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_propose_limits(mandates_of(by.person, agreement.pk, on)))
    if not values:
        raise Refused(_("Choose what is decided."))
    for key, value in values.items():
        _check(key, value)
    title = _("Figures of staff: limits and readings")
    matter = open_matter(agreement=agreement, kind=Matter.Kind.READING, title=title, by=by, year=on.year)
    for key in sorted(values):
        reading = Reading(matter=matter, key=key, value=values[key], valid_from=valid_from)
        reading.full_clean(validate_constraints=False)
        reading.save()
    told = {"matter": matter.reference, "values": dict(sorted(values.items())), "from": valid_from.isoformat()}
    return submit_matter(matter, sha256=sha256_of(told), by=by)


def _check(key: str, value: str) -> None:
    question = BY_KEY.get(key)
    if question and value in question.choices:
        return
    if (key in LIMITS and _is_limit(value)) or (key == REVIEW_DUE and _is_day(value)):
        return
    raise Refused(_("“%(value)s” is not a value of this setting.") % {"value": value})


def _is_limit(value: str) -> bool:
    try:
        return Decimal(0) < parse_number(value) <= Decimal(100_000)
    except Unreadable:
        return False


def _is_day(value: str) -> bool:
    try:
        day_of_year(value, 2025)
    except ValueError:
        return False
    return True
