"""Reference data that all agreements share."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Municipality
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused


@transaction.atomic
def save_municipality(*, name: str, name_sv: str, by: User, municipality: Municipality | None = None) -> Municipality:
    """Add a municipality (kunta), or write its names anew. A name that is in use stays, or adopted text would change.

    Raises NotAllowed, Refused.
    """
    if not by.is_staff:
        raise NotAllowed(_("Reference data is kept by those who run the service."))
    row = Municipality.objects.select_for_update().get(pk=municipality.pk) if municipality else Municipality()
    if Municipality.objects.filter(name__iexact=name.strip()).exclude(pk=row.pk).exists():
        raise Refused(_("There is a municipality of that name already."))
    if row.pk and row.name != name.strip() and _is_used(row):
        raise Refused(_("The name is in use in agreements, so it stays. Add the new municipality beside it."))
    row.name, row.name_sv = name.strip(), name_sv.strip()
    history.save(row, by=history.Operator(by), reason="saved" if row.pk else "added")
    return row


def _is_used(municipality: Municipality) -> bool:
    """Whether any row of any room points at it, now or in its history."""
    pointing = [
        relation
        for relation in Municipality._meta.get_fields(include_hidden=True)
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
    ]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: municipality}).exists()  # type: ignore[union-attr]
        for relation in pointing
    )
