"""Agreements that belong beside this one: recorded, and told to have ended (3 §; act 381/2023 16 § 3 mom)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import permissions
from agreements.actions.files import Upload, keep_for_agreement
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate, Record, RelatedAgreement, RelatedEnd
from tym.core.errors import Refused


@transaction.atomic
def relate_agreement(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    kind: str,
    title: str,
    day: datetime.date | None = None,
    upload: Upload | None = None,
    link: str = "",
    responsible: str = "",
    replaces: RelatedAgreement | None = None,
) -> RelatedAgreement:
    """Record a separate agreement by its file or its address, one of the two; it may take the place of another."""
    agreement = lock_agreement(agreement.pk)
    by = permissions.require(permissions.can_relate(permissions.mandates_of(by.person, agreement.pk, on)))
    if bool(upload) == bool(link):
        raise Refused(_("Give either the file or the link."))
    if day and day > on:
        raise Refused(_("The day is in the future."))
    if replaces:
        _check_replaced(replaces, agreement, kind)
    related = RelatedAgreement(agreement=agreement, kind=kind, title=title.strip(), on=day, link=link, mandate=by)
    related.responsible, related.replaces = responsible.strip(), replaces
    if upload:
        related.record = keep_for_agreement(agreement, Record.Kind.RELATED, upload, by=by, on=day)
    related.full_clean(validate_constraints=False)
    related.save()
    return related


def _check_replaced(replaces: RelatedAgreement, agreement: Agreement, kind: str) -> None:
    stored = agreement.related.select_related("end", "replaced_by").filter(pk=replaces.pk, kind=kind).first()
    if stored is None:
        raise Refused(_("An agreement replaces another of the same type."))
    _check_current(stored)


def _check_current(related: RelatedAgreement) -> None:
    if not related.is_current:
        raise Refused(_("The agreement has ended or has been replaced already."))


@transaction.atomic
def end_related(
    *, related: RelatedAgreement, by: Mandate, on: datetime.date, day: datetime.date, reason: str
) -> RelatedEnd:
    """The related agreement is no longer in force, and nothing has taken its place."""
    agreement = lock_agreement(related.agreement_id)
    by = permissions.require(permissions.can_relate(permissions.mandates_of(by.person, agreement.pk, on)))
    _check_current(agreement.related.select_related("end", "replaced_by").get(pk=related.pk))
    if day > on or (related.on and day < related.on):
        raise Refused(_("The day is in the future, or before the agreement was made."))
    end = RelatedEnd(related=related, on=day, reason=reason.strip(), mandate=by)
    end.full_clean(validate_constraints=False)
    end.save()
    return end
