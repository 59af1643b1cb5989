"""Counts of clients: common to the parties, entered by who prepares (agreement 7 §)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate, Municipality
from agreements.permissions import mandates_of, require
from staffing import permissions
from staffing.actions.realised import check_period
from staffing.models import ClientCount, MunicipalityCount
from staffing.periods import Period
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day, format_number

COUNTS = (
    "clients", "started", "ended", "in_assessment", "in_plan", "plans_due", "plans_in_time", "reviews_due",
    "reviews_in_time", "assessments", "face_to_face",
)  # fmt: skip


@transaction.atomic
def save_counts(
    *,
    agreement: Agreement,
    period: Period,
    values: Mapping[str, int | None],
    municipalities: Mapping[Municipality, int | None] | None = None,
    note: str = "",
    revision: int,
    by: Mandate,
    on: datetime.date,
) -> ClientCount:
    """The counts of a period, new or corrected. revision: of those one saw, 0 for none.

    Raises Stale with what was stored meanwhile, Refused for counts that contradict each other.
    """
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_enter_counts(mandates_of(by.person, agreement.pk, on)))
    check_period(agreement, period, on)
    known = agreement.client_counts.filter(first_day=period.first, last_day=period.last).first()
    if (known.revision if known else 0) != revision:
        raise Stale(_in_words(known) if known else _("The figures have been removed."))
    told = {name: values.get(name) for name in COUNTS}
    _check(told, municipalities or {})
    row = known or ClientCount(agreement=agreement, first_day=period.first, last_day=period.last, revision=0)
    _check_overlap(row)
    for name, value in told.items():
        setattr(row, name, value)
    row.note, row.entered_by, row.entered_on, row.revision = note, by, on, row.revision + 1
    history.save(row, by=by, reason="corrected" if known else "entered")
    _save_municipalities(row, municipalities or {}, by)
    return row


def _in_words(row: ClientCount) -> str:
    return _(
        "%(who)s has saved counts of the same time on %(day)s: %(clients)s clients. "
        "Nothing you wrote is lost; save again if yours are right."
    ) % {
        "who": row.entered_by.person,
        "day": format_day(row.entered_on),
        "clients": format_number(row.clients),
    }


def _check(told: Mapping[str, int | None], municipalities: Mapping[Municipality, int | None]) -> None:
    clients = told["clients"]
    if clients is None:
        raise Refused(_("Give the number of clients at the end."))
    for _name, some, of in ClientCount.PARTS:
        if told[some] is not None and (told[of] is None or told[some] > told[of]):  # type: ignore[operator]
            raise Refused(_("What was done in time cannot be more than what was due."))
    if (told["in_assessment"] or 0) + (told["in_plan"] or 0) > clients:
        raise Refused(_("The phases have more clients than there are."))
    if sum(count or 0 for count in municipalities.values()) > clients:
        raise Refused(_("The municipalities have more clients than the whole area."))


def _check_overlap(row: ClientCount) -> None:
    others = ClientCount.objects.filter(
        agreement=row.agreement, first_day__lte=row.last_day, last_day__gte=row.first_day
    )
    if others.exclude(pk=row.pk).exists():
        raise Refused(_("The time has figures already, given by month or by quarter. Correct those."))


def _save_municipalities(row: ClientCount, counts: Mapping[Municipality, int | None], by: Mandate) -> None:
    known = {place.municipality_id: place for place in row.municipalities.all()}
    area = set(row.agreement.area.values_list("municipality_id", flat=True))
    for municipality, clients in counts.items():
        if municipality.pk not in area:
            raise Refused(_("%(name)s is not in the agreement's area.") % {"name": municipality})
        place = known.get(municipality.pk) or MunicipalityCount(count=row, municipality=municipality)
        if place.pk is None if clients is None else False:
            continue
        if place.clients != clients or place.pk is None:
            place.clients = clients
            history.save(place, by=by, reason="entered")
