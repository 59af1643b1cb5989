"""Posts that nobody fills for a time, and who stands in (sijaisjärjestelyt, agreement 4 §)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Mandate, Party
from agreements.permissions import mandates_of, require
from staffing import permissions
from staffing.models import Vacancy
from tym.core.errors import Refused, Stale


@dataclass(frozen=True)
class VacancyInput:
    """A vacancy as it should be. No substitute: 0 and no day."""

    title: str
    person_years: Decimal
    first_day: datetime.date
    last_day: datetime.date | None = None
    substitute_person_years: Decimal = Decimal(0)
    substitute_from: datetime.date | None = None
    note: str = ""
    line_key: str = ""

    def check(self) -> None:
        """Raises Refused for what cannot be."""
        if self.last_day and self.last_day < self.first_day:
            raise Refused(_("The last day is before the first."))
        if self.person_years <= 0:
            raise Refused(_("A vacancy is of more than 0 person-years."))
        if not self.substitute_person_years and self.substitute_from is None:
            return
        if self.substitute_from is None or not self.substitute_person_years:
            raise Refused(_("Give both the substitute's person-years and the first day, or neither."))
        if self.substitute_person_years > self.person_years:
            raise Refused(_("The substitute cannot do more than the post."))
        if self.substitute_from < self.first_day or (self.last_day and self.substitute_from > self.last_day):
            raise Refused(_("The substitute starts during the vacancy."))


@transaction.atomic
def save_vacancy(
    *,
    party: Party,
    values: VacancyInput,
    by: Mandate,
    on: datetime.date,
    vacancy: Vacancy | None = None,
    revision: int = 0,
) -> Vacancy:
    """A new vacancy, or one that is known put right. Raises Stale when a colleague saved it first."""
    lock_agreement(party.agreement_id)
    by = require(permissions.can_report_staff(mandates_of(by.person, party.agreement_id, on), party))
    values.check()
    row = _current(party, vacancy, revision) if vacancy else Vacancy(party=party, revision=0)
    for name, value in vars(values).items():
        setattr(row, name, value)
    return _save(row, by, "corrected" if vacancy else "told")


@transaction.atomic
def withdraw_vacancy(*, vacancy: Vacancy, revision: int, by: Mandate, on: datetime.date) -> Vacancy:
    """A vacancy that never was; it stays in the history."""
    party = vacancy.party
    lock_agreement(party.agreement_id)
    by = require(permissions.can_report_staff(mandates_of(by.person, party.agreement_id, on), party))
    row = _current(party, vacancy, revision)
    row.withdrawn = True
    return _save(row, by, "withdrawn")


def _current(party: Party, vacancy: Vacancy, revision: int) -> Vacancy:
    row = Vacancy.objects.select_related("party").get(pk=vacancy.pk, party=party)
    if row.revision != revision or row.withdrawn:
        raise Stale(_("A colleague has changed the vacancy meanwhile. Nothing you wrote is lost."))
    return row


def _save(row: Vacancy, by: Mandate, reason: str) -> Vacancy:
    row.recorded_by, row.revision = by, row.revision + 1
    history.save(row, by=by, reason=reason)
    return row
