"""Changing by what costs are split: every party that pays consents, and the steering group approves."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import open_matter, submit_matter
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import Agreement, Consent, Mandate, Matter, Party, Reading
from agreements.permissions import mandates_of, require
from costs import keys, permissions
from costs.models import CostItem, Split
from tym.core.errors import Refused, Stale


@transaction.atomic
def propose_key(
    *, agreement: Agreement, by: Mandate, on: datetime.date, kind: str, key: str, valid_from: datetime.date
) -> Reading:
    """A matter in which the key changes from a day; it holds with the group's approval and the payers' consents."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    if kind not in keys.KEYS or key not in keys.KEYS[CostItem.Kind(kind)]:
        raise Refused(_("This cost is not split by that."), clause=_("agreement 9 §"))
    told = {"kind": CostItem.Kind(kind).label, "key": Split.Key(key).label}
    title = _("By what costs are split: %(kind)s by %(key)s") % told
    matter = open_matter(agreement=agreement, kind=Matter.Kind.READING, title=title, by=by, year=on.year)
    name = keys.KEY_READING[CostItem.Kind(kind)]
    reading = Reading.objects.create(matter=matter, key=name, value=key, valid_from=valid_from)
    content = {"matter": matter.reference, "key": name, "value": key, "from": valid_from.isoformat()}
    submit_matter(matter, sha256=sha256_of(content), by=by)
    return reading


@transaction.atomic
def consent_to_key(*, reading: Reading, party: Party, by: Mandate, on: datetime.date, sha256: str) -> Consent:
    """A paying party's consent to exactly this change of key."""
    agreement = lock_agreement(party.agreement_id)
    reading = Reading.objects.select_related("matter").get(pk=reading.pk)
    by = require(permissions.can_consent_to_key(mandates_of(by.person, agreement.pk, on), party))
    if party not in keys.paying(agreement, keys.KIND_OF[reading.key]):
        raise Refused(_("The party does not pay these costs."), clause=_("agreement 9 §"))
    if sha256 != reading.matter.sha256:
        raise Stale(_("The proposal has changed after you opened it. Look at it again."))
    told = {"matter": reading.matter, "party": party, "sha256": sha256}
    known = Consent.objects.filter(**told).first()
    return known or Consent.objects.create(mandate=by, outcome=Consent.Outcome.GIVEN, **told)
