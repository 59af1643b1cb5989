"""How public a document is, said by who answers for it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions.locking import lock_agreement
from agreements.models import Mandate, Record
from agreements.permissions import mandates_of, require
from registry import permissions
from registry.models import PublicityClass
from tym.core.errors import Refused

ACT = "621/1999"


@transaction.atomic
def set_publicity(
    *,
    record: Record,
    by: Mandate,
    on: datetime.date,
    state: str,
    reason: str,
    ground: str = "",
    part: str = "",
    until: datetime.date | None = None,
) -> PublicityClass:
    """Set a document's class; the earlier ones stay to be seen. Secrecy names its ground and part (25 § 1 mom)."""
    lock_agreement(record.agreement_id)
    seen = Record.objects.visible_to(by.person, on).filter(pk=record.pk).exists()
    mandates = mandates_of(by.person, record.agreement_id, on)
    by = require(permissions.can_set_publicity(mandates, record) if seen else None)
    secret = state == PublicityClass.State.SECRET
    if not reason.strip():
        raise Refused(_("Write the reason."))
    if secret and not ("§" in ground and part.strip()):
        raise Refused(_("Secrecy needs its ground and the part that is secret."), clause=f"{ACT} 25 § 1 mom")
    if secret and until and until < on:
        raise Refused(_("Secrecy does not end before it begins."), clause=f"{ACT} 31 § 1 mom")
    told = {"part": part.strip(), "until": until} if secret else {}
    row = PublicityClass(
        record=record, on=on, state=state, ground=ground.strip(), reason=reason.strip(), mandate=by, **told
    )
    row.full_clean(validate_constraints=False)
    row.save()
    return row
