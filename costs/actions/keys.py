"""Changing how costs are shared: every party that pays consents, and the steering group approves."""

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
from costs.models import CostItem
from tym.core.errors import Refused, Stale


@transaction.atomic
def propose_setting(
    *, agreement: Agreement, by: Mandate, on: datetime.date, name: str, value: str, valid_from: datetime.date
) -> Reading:
    """A matter in which a setting changes from a day; it holds with the group's approval and the payers' consents."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    setting = keys.BY_NAME.get(name)
    if setting is None or value not in setting.choices:
        raise Refused(_("This cost is not split by that."), clause=_("agreement 9 §"))
    told = {"kind": setting.kind.label, "what": keys.title_of(setting.what), "value": setting.label(value)}
    title = _("How costs are shared, %(kind)s: %(what)s %(value)s") % told
    matter = open_matter(agreement=agreement, kind=Matter.Kind.READING, title=title, by=by, year=on.year)
    reading = Reading.objects.create(matter=matter, key=name, value=value, valid_from=valid_from)
    content = {"matter": matter.reference, "key": name, "value": value, "from": valid_from.isoformat()}
    submit_matter(matter, sha256=sha256_of(content), by=by)
    return reading


@transaction.atomic
def consent_to_key(*, reading: Reading, party: Party, by: Mandate, on: datetime.date, sha256: str) -> Consent:
    """A paying party's consent to exactly this change of a setting."""
    reading = Reading.objects.select_related("matter").get(pk=reading.pk)
    kind = keys.BY_NAME[reading.key].kind
    return consent_to(reading.matter, kind, party, by=by, on=on, sha256=sha256)


def consent_to(
    matter: Matter, kind: CostItem.Kind, party: Party, *, by: Mandate, on: datetime.date, sha256: str
) -> Consent:
    """The consent of a party that pays costs of the kind. Inside the caller's transaction."""
    agreement = lock_agreement(party.agreement_id)
    matter = Matter.objects.get(pk=matter.pk)
    by = require(permissions.can_consent_to_key(mandates_of(by.person, agreement.pk, on), party))
    if party not in keys.paying(agreement, kind):
        raise Refused(_("The party does not pay these costs."), clause=_("agreement 9 §"))
    if sha256 != matter.sha256:
        raise Stale(_("The proposal has changed after you opened it. Look at it again."))
    told = {"matter": matter, "party": party, "sha256": sha256}
    known = Consent.objects.filter(**told).first()
    return known or Consent.objects.create(mandate=by, outcome=Consent.Outcome.GIVEN, **told)
