"""Invoices, putting them before the group, and splitting."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions import open_matter, submit_matter
from agreements.actions.files import Upload, keep_for_agreement
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import Agreement, Decision, Mandate, Matter, Record
from agreements.permissions import mandates_of, require
from costs import permissions, weights, yearly
from costs.models import CostItem, Split, SplitShare
from tym.core.errors import Refused, Stale

TOLD = ("kind", "invoiced_on", "supplier", "description", "net", "vat", "payer", "day", "credit_of")


@transaction.atomic
def enter_item(
    *, agreement: Agreement, by: Mandate, on: datetime.date, receipt: Upload | None = None, **told: Any
) -> CostItem:
    """Enter an invoice or a credit note (see CostItem for what is told). Raises Refused.

    A joint cost may be entered before the steering group approves it; it is split only after (9 §).
    """
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_enter_cost(mandates_of(by.person, agreement.pk, on)))
    item = CostItem(agreement=agreement, entered_by=by, **told)
    _check(item, by, on)
    item.receipt = _receipt(agreement, receipt, item, by)
    history.save(item, by=by, reason="entered")
    return item


@transaction.atomic
def revise_item(
    *, item: CostItem, by: Mandate, on: datetime.date, revision: int, receipt: Upload | None = None, **told: Any
) -> CostItem:
    """Put right an item that has not been split. Raises Stale when somebody saved it meanwhile."""
    agreement = lock_agreement(item.agreement_id)
    item = CostItem.objects.select_related("agreement", "payer", "matter").get(pk=item.pk)
    by = require(permissions.can_edit_item(mandates_of(by.person, agreement.pk, on), item))
    if Split.objects.filter(item=item).exists():
        raise Refused(_("The item has been split. Correct it with a new item that refers to this one."))
    if item.matter and not yearly.is_returned(item.matter):
        raise Refused(_("The item is before the steering group as it is. Correct it with a new item."))
    if item.matter and told["kind"] != item.kind:
        raise Refused(_("The group has returned this as a joint cost. Correct the kind with a new item."))
    if item.revision != revision:
        raise Stale(_("Somebody has saved this item after you opened it. Nothing you wrote is lost."))
    for name in TOLD:
        setattr(item, name, told[name])
    _check(item, by, on)
    item.receipt = _receipt(agreement, receipt, item, by) or item.receipt
    item.revision += 1
    history.save(item, by=by, reason="revised")
    return item


def _receipt(agreement: Agreement, upload: Upload | None, item: CostItem, by: Mandate) -> Record | None:
    if upload is None:
        return None
    kind = Record.Kind.RECEIPT
    return keep_for_agreement(agreement, kind, upload, by=by, on=item.invoiced_on, party=item.payer)


def _check(item: CostItem, by: Mandate, on: datetime.date) -> None:
    if item.invoiced_on > on:
        raise Refused(_("The day of the invoice is in the future."))
    if item.payer.agreement_id != item.agreement_id:
        raise Refused(_("The payer is not a party of this agreement."))
    if (item.kind == CostItem.Kind.DEVELOPMENT_DAY) != (item.day is not None):
        raise Refused(
            _("A cost of the development day names the day, and no other cost does."), clause=_("agreement 9 §")
        )
    if item.gross < 0 and item.credit_of is None:
        raise Refused(_("A credit note refers to the item it corrects."))
    if item.credit_of and (item.credit_of.kind, item.credit_of.agreement_id) != (item.kind, item.agreement_id):
        raise Refused(_("The correction is of the same kind as what it corrects."))
    if by.party_id and by.party_id != item.payer_id and by.capacity in permissions.PARTY_EDITORS:
        raise Refused(_("A party enters what it has paid itself."))


@transaction.atomic
def submit_cost(*, item: CostItem, by: Mandate, on: datetime.date, reason: str) -> Matter:
    """Put a joint cost before the steering group: it is split only when the group has approved it (9 §)."""
    agreement = lock_agreement(item.agreement_id)
    item = CostItem.objects.select_related("matter", "payer", "agreement").get(pk=item.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    if item.kind != CostItem.Kind.JOINT:
        raise Refused(_("Only another joint cost needs the steering group's approval."), clause=_("agreement 9 §"))
    if item.matter and not yearly.is_returned(item.matter):
        return item.matter
    matter = item.matter or _matter(item, by, on)
    if matter.title != str(item):
        matter.title = str(item)
        history.save(matter, by=by, reason="renamed", fields=["title"])
    # What has been returned comes again as another submission, though nothing in it were changed.
    again = matter.decisions.filter(party=None, outcome=Decision.Outcome.RETURN).count()
    told = canonical(item) | {"reason": reason.strip(), "again": again}
    return submit_matter(matter, sha256=sha256_of(told), by=by)


def _matter(item: CostItem, by: Mandate, on: datetime.date) -> Matter:
    matter = open_matter(agreement=item.agreement, kind=Matter.Kind.COST, title=str(item), by=by, year=on.year)
    item.matter = matter
    history.save(item, by=by, reason="submitted", fields=["matter"])
    return matter


def canonical(item: CostItem) -> dict[str, Any]:
    """The item as plain values, for fingerprints and exports."""
    return {
        "kind": item.kind,
        "invoiced_on": item.invoiced_on.isoformat(),
        "supplier": item.supplier,
        "description": item.description,
        "net": f"{item.net:.2f}",
        "vat": f"{item.vat:.2f}",
        "payer": item.payer.order,
    }


@transaction.atomic
def split_item(*, item: CostItem, by: Mandate, on: datetime.date) -> Split:
    """Split the item by the key in force on the invoice's day, and freeze weights and shares.

    Raises Refused with the clause: own costs are not split; a joint cost needs the group's approval; no weights.
    """
    agreement = lock_agreement(item.agreement_id)
    item = CostItem.objects.select_related("agreement", "day", "matter").get(pk=item.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    known = Split.objects.filter(item=item).first()
    if known:
        return known
    if item.kind == CostItem.Kind.OWN:
        raise Refused(_("Each party bears its own costs; they are not split."), clause=_("agreement 9 §"))
    if item.kind == CostItem.Kind.JOINT and not (item.matter and item.matter.is_approved):
        raise Refused(
            _("A joint cost is split when the steering group has approved it. The invoice can be kept already now."),
            clause=_("agreement 9 §"),
        )
    way = weights.way_of(item)
    return _keep(weights.compute(item, way), way.shared, item, by)


def _keep(computed: weights.Computed, shared: str, item: CostItem, by: Mandate) -> Split:
    told = computed.weights
    split = Split(item=item, key=told.key, shared=shared, on=told.on, source=told.source, mandate=by)
    split.sharing = told.sharing
    history.save(split, by=by, reason="computed")
    for (party, weight), part in zip(told.of, computed.parts, strict=True):
        SplitShare.objects.create(split=split, party=party, weight=weight, amount=part.amount)
    split.final = True
    history.save(split, by=by, reason="split", fields=["final"])
    return split
