"""Retention rules of a party."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions.locking import lock_agreement
from agreements.models import Mandate, Party, Record
from agreements.permissions import mandates_of, require
from registry import permissions
from registry.models import RetentionRule
from tym.core.errors import Refused


@transaction.atomic
def set_rule(
    *, party: Party, by: Mandate, on: datetime.date, kind: str, years: int | None, counted_from: str, basis: str
) -> RetentionRule:
    """How long the party keeps documents of a type, and on what that rests. years: None is for good."""
    lock_agreement(party.agreement_id)
    by = require(permissions.can_set_retention(mandates_of(by.person, party.agreement_id, on), party))
    if not basis.strip():
        raise Refused(_("Write what the time rests on."), clause=_("agreement 11 §"))
    if kind == Record.Kind.DESTRUCTION and years is not None:
        raise Refused(_("Minutes of destruction are kept for good."), clause=_("agreement 11 §"))
    told = {"kind": kind, "years": years, "counted_from": counted_from, "basis": basis.strip()}
    rule = RetentionRule(party=party, mandate=by, **told)
    rule.full_clean(validate_constraints=False)
    rule.save()
    return rule
