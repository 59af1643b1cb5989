"""What the parties that pay joint costs have agreed on sharing them, instead of the number of staff."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import open_matter, submit_matter
from agreements.actions.files import Upload, keep_record
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import Agreement, Consent, Mandate, Matter, Party, Record
from agreements.permissions import mandates_of, require
from costs import keys, permissions
from costs.actions.keys import consent_to
from costs.models import CostItem, Sharing, SharingWeight
from tym.core.errors import Refused


@transaction.atomic
def record_sharing(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    weights: Mapping[Party, Decimal],
    valid_from: datetime.date,
    agreed_on: datetime.date,
    reference: str,
    basis: str = Sharing.Basis.SEPARATE,
    file: Upload | None = None,
) -> Sharing:
    """Record what was agreed (act 381/2023 10 § 2 mom); no weights: from the day the number of staff holds again.

    It holds when every authority and county has consented to it. Raises Refused with the clause.
    """
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_record_sharing(mandates_of(by.person, agreement.pk, on)))
    _check(agreement, weights, agreed_on, on)
    title = _("Agreed sharing of joint costs: %(reference)s") % {"reference": reference}
    matter = open_matter(agreement=agreement, kind=Matter.Kind.SHARING, title=title, by=by, year=on.year)
    told: dict[str, Any] = {"basis": basis, "reference": reference.strip(), "ends": not weights}
    sharing = Sharing(agreement=agreement, matter=matter, valid_from=valid_from, agreed_on=agreed_on, **told)
    sharing.record = keep_record(matter, Record.Kind.SHARING, file, by=by, on=agreed_on)
    sharing.full_clean(validate_constraints=False)
    sharing.save()
    for party, weight in weights.items():
        SharingWeight.objects.create(sharing=sharing, party=party, weight=weight)
    submit_matter(matter, sha256=fingerprint(sharing, weights), by=by)
    return sharing


def _check(agreement: Agreement, weights: Mapping[Party, Decimal], agreed_on: datetime.date, on: datetime.date) -> None:
    paying = keys.paying(agreement, CostItem.Kind.JOINT)
    if any(party not in paying for party in weights):
        raise Refused(
            _("Kela takes no part in other joint costs; only authorities and counties can agree on sharing them."),
            clause=_("act 381/2023 10 § 2 mom"),
        )
    if weights and (not sum(weights.values()) or min(weights.values()) < 0):
        raise Refused(_("The agreed weights must say how to split."), clause=_("act 381/2023 10 § 2 mom"))
    if agreed_on > on:
        raise Refused(_("The day on which it was agreed is in the future."))


def fingerprint(sharing: Sharing, weights: Mapping[Party, Decimal]) -> str:
    """SHA-256 of exactly what the parties consent to, the file included."""
    return sha256_of(
        {
            "matter": sharing.matter.reference,
            "basis": sharing.basis,
            "reference": sharing.reference,
            "agreed_on": sharing.agreed_on.isoformat(),
            "from": sharing.valid_from.isoformat(),
            "ends": sharing.ends,
            "weights": {str(party.order): f"{weight:.2f}" for party, weight in weights.items()},
            "file": sharing.record.file.sha256 if sharing.record else "",
        }
    )


@transaction.atomic
def consent_to_sharing(*, sharing: Sharing, party: Party, by: Mandate, on: datetime.date, sha256: str) -> Consent:
    """A paying party's consent to exactly this sharing."""
    return consent_to(sharing.matter, CostItem.Kind.JOINT, party, by=by, on=on, sha256=sha256)
