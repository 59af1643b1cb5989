"""What every page of costs starts from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from agreements.access import Access, open_agreement
from agreements.models import Party
from agreements.permissions import require
from costs import permissions
from costs.models import CostItem, Settlement

SECTION = "costs"
RELATED = (
    "payer", "split__mandate__person", "split__sharing__record", "settlement__matter", "day", "matter",
    "receipt", "credit_of", "entered_by__person",
)  # fmt: skip
FOLLOWED = ("split__shares__party", "matter__decisions", "credits", "day__attendance__party")


def open_costs(request: HttpRequest, pk: int) -> Access:
    """The agreement, for those who may see its costs."""
    access = open_agreement(request, pk)
    require(permissions.can_see_costs(access.mandates))
    return access


def open_item(request: HttpRequest, pk: int, item_pk: int) -> tuple[Access, CostItem]:
    """An item of the agreement; another's does not exist (404)."""
    access = open_costs(request, pk)
    items = access.agreement.cost_items.select_related(*RELATED).prefetch_related(*FOLLOWED)
    found = items.filter(pk=item_pk).first()
    if found is None:
        raise Http404
    found.agreement = access.agreement
    return access, found


def open_settlement_page(request: HttpRequest, pk: int, settlement_pk: int) -> tuple[Access, Settlement]:
    """A settlement of the agreement; another's does not exist (404)."""
    access = open_costs(request, pk)
    settlement = access.agreement.settlements.select_related("matter").filter(pk=settlement_pk).first()
    if settlement is None:
        raise Http404
    settlement.agreement = access.agreement
    return access, settlement


def party_of(access: Access, order: int) -> Party:
    """A party by its order, or 404."""
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    return party


def context_of(access: Access, **more: Any) -> dict[str, Any]:
    return {"agreement": access.agreement, "section": SECTION, "today": access.day.today, **more}


def year_address(pk: int, year: int) -> str:
    return f"{reverse('costs:cost_year', args=[pk])}?vuosi={year}"


def item_address(item: CostItem) -> str:
    return reverse("costs:item_detail", args=[item.agreement_id, item.pk])


def settlement_address(settlement: Settlement) -> str:
    return reverse("costs:settlement_detail", args=[settlement.agreement_id, settlement.pk])
