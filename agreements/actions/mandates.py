"""Who may act: granting and ending mandates, and the area, the parties' own case numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.locking import lock_agreement
from agreements.history import System
from agreements.models import Agreement, AreaMunicipality, CaseNumber, Mandate, Matter, Municipality, Party
from tym.accounts.models import User
from tym.core.errors import Refused


@transaction.atomic
def grant_mandate(
    *,
    agreement: Agreement,
    person: User,
    capacity: str,
    by: System,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
    party: Party | None = None,
    may_bind_party: bool = False,
) -> Mandate:
    """Give a person a mandate. The same mandate granted twice is one.

    Raises Refused when the office is held by somebody else at that time, or the party is missing.
    """
    permissions.require_system(by)
    agreement = lock_agreement(agreement.pk)
    _check_whole(capacity, party, valid_from, valid_to)
    known = (
        Mandate.objects.in_force(valid_from)
        .filter(agreement=agreement, person=person, capacity=capacity, party=party)
        .first()
    )
    if known:
        return known
    slot = Mandate.slot_of(capacity, party)
    _check_free(agreement, slot, valid_from, valid_to)
    mandate = Mandate(
        agreement=agreement,
        party=party,
        person=person,
        capacity=capacity,
        slot=slot,
        may_bind_party=may_bind_party,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    history.save(mandate, by=by, reason="granted")
    return mandate


def _check_whole(capacity: str, party: Party | None, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    if capacity in Mandate.OF_A_PARTY and party is None:
        raise Refused(_("Name the party for which the person acts."))
    if valid_to and valid_to < valid_from:
        raise Refused(_("The mandate cannot end before it began."))


def _check_free(agreement: Agreement, slot: str, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    held = agreement.mandates.filter(slot=slot).exclude(valid_to__lt=valid_from) if slot else agreement.mandates.none()
    if any(valid_to is None or other.valid_from <= valid_to for other in held):
        raise Refused(_("The office is held by somebody else at that time."))


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: System, last_day: datetime.date) -> Mandate:
    """The office ends, the right ends: last_day is the last day of both."""
    permissions.require_system(by)
    lock_agreement(mandate.agreement_id)
    mandate = Mandate.objects.get(pk=mandate.pk)
    if last_day < mandate.valid_from:
        raise Refused(_("The mandate cannot end before it began."))
    if mandate.valid_to and mandate.valid_to < last_day:
        raise Refused(_("The mandate has been ended already. Grant a new one."))
    mandate.valid_to = last_day
    history.save(mandate, by=by, reason="ended", fields=["valid_to"])
    return mandate


@transaction.atomic
def set_case_number(*, matter: Matter, party: Party, number: str, by: System) -> CaseNumber:
    """The party's own number for the matter in its case register (906/2019 25 §)."""
    permissions.require_system(by)
    lock_agreement(matter.agreement_id)
    case = matter.case_numbers.filter(party=party).first() or CaseNumber(matter=matter, party=party)
    case.number = number.strip()
    history.save(case, by=by, reason="numbered")
    return case


@transaction.atomic
def set_area(*, agreement: Agreement, names: Iterable[str], by: System) -> list[Municipality]:
    """The municipalities of the area (toimialue, section 3); new names become reference data."""
    permissions.require_system(by)
    agreement = lock_agreement(agreement.pk)
    area = []
    for name in dict.fromkeys(name.strip() for name in names if name.strip()):
        municipality = Municipality.objects.filter(name__iexact=name).first()
        if municipality is None:
            municipality = Municipality(name=name)
            history.save(municipality, by=by, reason="added")
        if not agreement.area.filter(municipality=municipality).exists():
            history.save(AreaMunicipality(agreement=agreement, municipality=municipality), by=by, reason="added")
        area.append(municipality)
    return area
