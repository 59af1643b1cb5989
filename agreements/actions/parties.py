"""What a party tells of itself, and the original signed before this system."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.files import Upload, keep_for_agreement
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import (
    Agreement,
    Mandate,
    Organisation,
    OrganisationName,
    Party,
    Record,
    Signatory,
    SignedOriginal,
)
from agreements.outside import trusted_roots
from agreements.signatures import examine
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day

DETAILS = ("legal_person", "business_id", "e_invoice_address")


def details_sha256(organisation: Any) -> str:
    """Of an organisation or a line of its history: tells whether it still says what a form started from."""
    return sha256_of([getattr(organisation, name) for name in DETAILS])


@transaction.atomic
def save_party_details(
    *,
    party: Party,
    by: Mandate,
    on: datetime.date,
    legal_person: str,
    business_id: str,
    e_invoice_address: str,
    ground: str = "",
) -> Organisation:
    """Who answers in law, under which business ID, and where invoices go.

    ground: details_sha256 of what the form showed. Raises Stale when somebody saved other details meanwhile.
    """
    lock_agreement(party.agreement_id)
    mandates = permissions.mandates_of(by.person, party.agreement_id, on)
    by = permissions.require(permissions.can_edit_party(mandates, party))
    organisation = Organisation.objects.select_for_update().get(pk=party.organisation_id)
    told = {"legal_person": legal_person, "business_id": business_id, "e_invoice_address": e_invoice_address}
    stored = details_sha256(organisation)
    for name, value in told.items():
        setattr(organisation, name, value.strip())
    if stored == details_sha256(organisation):
        return organisation
    if ground and ground != stored:
        raise Stale(_("Somebody saved other details while you wrote. Nothing you wrote is lost."))
    history.save(organisation, by=by, reason="saved", fields=list(DETAILS))
    return organisation


def opened_details(organisation: Organisation, ground: str) -> Any:
    """The line of history with the details from which a form started; None when there never were such."""
    lines = organisation.history.order_by("-history_id")
    return next((line for line in lines if details_sha256(line) == ground), None)


@transaction.atomic
def rename_organisation(
    *, party: Party, by: Mandate, on: datetime.date, name: str, valid_from: datetime.date
) -> OrganisationName:
    """A new name from a day on; what was signed under the old one keeps it. Raises Refused for two on one day."""
    lock_agreement(party.agreement_id)
    mandates = permissions.mandates_of(by.person, party.agreement_id, on)
    by = permissions.require(permissions.can_edit_party(mandates, party))
    if party.organisation.names.filter(valid_from=valid_from).exists():
        raise Refused(_("The organisation already takes a name on that day."))
    renamed = OrganisationName(organisation=party.organisation, name=name.strip(), valid_from=valid_from)
    history.save(renamed, by=by, reason="renamed")
    return renamed


@transaction.atomic
def enter_signed_original(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    upload: Upload,
    signed: Mapping[Signatory, datetime.date | None],
    way: str = SignedOriginal.Way.UNKNOWN,
    names: str = "",
    signed_on: datetime.date | None = None,
) -> Record:
    """Enter the original signed before this system: the file, each signatory's day or that it is not known, the way.

    signed_on: the last day of signing, of an agreement whose text names no signatories. What the file's own
    signatures prove is looked at now and kept. Raises Refused for a day in the future, or another day than is known
    already: that one is corrected in the open. A second file does not remove the first.
    """
    agreement = lock_agreement(agreement.pk)
    mandates = permissions.mandates_of(by.person, agreement.pk, on)
    by = permissions.require(permissions.can_enter_original(mandates))
    if any(day and day > on for day in (*signed.values(), signed_on)):
        raise Refused(_("Nobody has signed in the future."))
    _record_days(signed, by)
    days = [signatory.told_day for signatory in _signatories(agreement)]
    latest = max((day for day in days if day), default=signed_on)
    record = keep_for_agreement(agreement, Record.Kind.SIGNED_ORIGINAL, upload, by=by, on=latest)
    verdict = examine(upload.content, trusted_roots())
    original = SignedOriginal(record=record, way=way, names=names.strip(), flaw=verdict.reason)
    original.signatures = [asdict(seen) for seen in verdict.signatures]
    original.full_clean(validate_constraints=False)
    original.save()
    return record


def _record_days(signed: Mapping[Signatory, datetime.date | None], by: Mandate) -> None:
    for signatory in Signatory.objects.filter(pk__in=[signatory.pk for signatory in signed]):
        day = signed[signatory]
        if signatory.signed_on and signatory.signed_on != day:
            told = {"name": signatory.name, "day": format_day(signatory.signed_on)}
            raise Refused(_("%(name)s is recorded to have signed on %(day)s. Correct that day instead.") % told)
        if day and not signatory.signed_on:
            signatory.signed_on = day
            history.save(signatory, by=by, reason="signed before", fields=["signed_on"])


def _signatories(agreement: Agreement) -> QuerySet[Signatory]:
    return Signatory.objects.filter(party__agreement=agreement).prefetch_related("corrections")
