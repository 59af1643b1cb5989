"""Municipalities: asked for a contact person, what they answered, events held with them (8 §)."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate, Municipality
from agreements.permissions import mandates_of, require
from steering import permissions
from steering.models import Event, MunicipalContact
from tym.core.errors import Refused


@transaction.atomic
def ask_municipalities(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    municipalities: Collection[Municipality],
    asked_on: datetime.date,
) -> list[MunicipalContact]:
    """Record that the municipalities were asked to name a contact person. Asked again, the answer is awaited anew."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_keep_contacts(mandates_of(by.person, agreement.pk, on)))
    _check_area(agreement, municipalities)
    if not municipalities:
        raise Refused(_("Choose the municipalities that were asked."))
    if asked_on > on:
        raise Refused(_("The day is in the future."))
    known = {contact.municipality_id: contact for contact in agreement.municipal_contacts.all()}
    asked = []
    for municipality in municipalities:
        contact = known.get(municipality.pk) or MunicipalContact(agreement=agreement, municipality=municipality)
        contact.asked_on, contact.answered_on, contact.name = asked_on, None, ""
        history.save(contact, by=by, reason="asked")
        asked.append(contact)
    return asked


def _check_area(agreement: Agreement, municipalities: Collection[Municipality]) -> None:
    area = set(agreement.area.values_list("municipality", flat=True))
    if not {municipality.pk for municipality in municipalities} <= area:
        raise Refused(_("The municipality is not of the area of this agreement."), clause=_("agreement 3 §"))


@transaction.atomic
def record_contact(
    *, contact: MunicipalContact, by: Mandate, on: datetime.date, answered_on: datetime.date, name: str
) -> MunicipalContact:
    """Record what the municipality answered: a person, or nobody when the name is empty."""
    agreement = lock_agreement(contact.agreement_id)
    contact = MunicipalContact.objects.select_related("municipality").get(pk=contact.pk)
    by = require(permissions.can_keep_contacts(mandates_of(by.person, agreement.pk, on)))
    if answered_on > on:
        raise Refused(_("The day is in the future."))
    if answered_on < contact.asked_on:
        raise Refused(_("The answer cannot come before the question."))
    contact.answered_on, contact.name = answered_on, " ".join(name.split())
    history.save(contact, by=by, reason="answered", fields=["answered_on", "name"])
    return contact


@transaction.atomic
def record_event(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    held_on: datetime.date,
    title: str,
    municipalities: Collection[Municipality],
    place: str = "",
    notes: str = "",
) -> Event:
    """Record an information or discussion event held with municipalities."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_record_event(mandates_of(by.person, agreement.pk, on)))
    _check_area(agreement, municipalities)
    if held_on > on:
        raise Refused(_("The day is in the future."))
    event = Event(
        agreement=agreement, held_on=held_on, title=title.strip(), place=place.strip(), notes=notes.strip(), mandate=by
    )
    event.full_clean(validate_constraints=False)
    event.save()
    event.municipalities.set(municipalities)
    return event
