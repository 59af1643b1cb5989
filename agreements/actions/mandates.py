"""Who may act: granting and ending mandates, and the area, the parties' own case numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.locking import lock_agreement
from agreements.history import Newcomer, System
from agreements.models import Agreement, AreaMunicipality, CaseNumber, Mandate, Matter, Municipality, Party
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused


@transaction.atomic
def grant_mandate(
    *,
    agreement: Agreement,
    person: User,
    capacity: str,
    by: System | Newcomer,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
    party: Party | None = None,
    municipality: Municipality | None = None,
    may_bind_party: bool = False,
) -> Mandate:
    """Give a person a mandate: by a command, or when she accepts an invitation. The same one granted twice is one.

    Raises Refused when the office is held by somebody else at that time, or the party is missing.
    """
    if isinstance(by, Mandate):
        raise NotAllowed(_("Mandates are given by invitation, or by a command of the installation."))
    if capacity in Mandate.OF_A_SEAT:
        raise Refused(_("Seats of the steering group come from Annex 3."), clause=_("agreement 7 §"))
    agreement = lock_agreement(agreement.pk)
    _check_whole(capacity, party, valid_from, valid_to)
    held = Mandate.objects.in_force(valid_from).filter(agreement=agreement, person=person)
    known = held.filter(capacity=capacity, party=party, municipality=municipality).first()
    if known:
        return known
    return give_mandate(
        agreement=agreement,
        person=person,
        capacity=capacity,
        by=by,
        valid_from=valid_from,
        valid_to=valid_to,
        party=party,
        municipality=municipality,
        may_bind_party=may_bind_party,
    )


def give_mandate(*, by: Mandate | System | Newcomer, **told: Any) -> Mandate:
    """Write the mandate. The caller has locked the agreement and checked the right. Raises Refused when it is held."""
    mandate = Mandate(slot=Mandate.slot_of(told["capacity"], told.get("party")), **told)
    _check_free(mandate.agreement, mandate.slot, mandate.valid_from, mandate.valid_to)
    history.save(mandate, by=by, reason="granted")
    return mandate


def _check_whole(capacity: str, party: Party | None, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    if capacity in Mandate.OF_A_PARTY and party is None:
        raise Refused(_("Name the party for which the person acts."))
    if valid_to and valid_to < valid_from:
        raise Refused(_("The mandate cannot end before it began."))


def _check_free(agreement: Agreement, slot: str, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    held = agreement.mandates.filter(slot=slot) if slot else agreement.mandates.none()
    held = held.exclude(valid_to__lt=valid_from).exclude(valid_to__lt=F("valid_from"))
    if any(valid_to is None or other.valid_from <= valid_to for other in held):
        raise Refused(_("The office is held by somebody else at that time."))


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: System, last_day: datetime.date) -> Mandate:
    """The office ends, the right ends: last_day is the last day of both."""
    permissions.require_system(by)
    lock_agreement(mandate.agreement_id)
    return stop_mandate(mandate, last_day=last_day, by=by)


def stop_mandate(mandate: Mandate, *, last_day: datetime.date, by: Mandate | System) -> Mandate:
    """Write the last day. The caller has locked the agreement and checked the right."""
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
