"""What every page of the registry starts from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from agreements.access import Access, open_agreement
from agreements.models import Mandate, Party
from agreements.permissions import require
from registry import permissions

SECTION = "register"


def open_registry(request: HttpRequest, pk: int) -> Access:
    """The agreement, for those who may see its registry."""
    access = open_agreement(request, pk)
    require(permissions.can_see_registry(access.mandates))
    return access


def party_of(access: Access, order: int) -> Party:
    """A party by its order, or 404."""
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    party.agreement = access.agreement
    return party


def open_own(request: HttpRequest, pk: int, order: int) -> tuple[Access, Party, Mandate]:
    """A party's own list, for its own people; others are refused (403)."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    return access, party, require(permissions.can_keep_rights(access.mandates, party))


def context_of(access: Access, page: str, **more: Any) -> dict[str, Any]:
    return {
        "agreement": access.agreement,
        "section": SECTION,
        "page": page,
        "day": access.day,
        "today": access.day.today,
        **more,
    }
