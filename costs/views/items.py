"""An item: entered, put right, looked at with every step of its split."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.models import Document, Party
from agreements.openings import Versions, saved
from agreements.permissions import PARTY_EDITORS, PREPARERS, require
from costs import actions, permissions, yearly
from costs.explained import Explained, explain
from costs.forms import ItemForm
from costs.models import CostItem
from costs.views.pages import context_of, item_address, open_costs, open_item, year_address
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day, format_euro
from tym.core.once import acts_once

TOLD = ("kind", "invoiced_on", "supplier", "description", "net", "vat", "payer", "day", "credit_of")


@require_GET
def item_detail(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """The item, how far it has come, and every step of its split."""
    access, item = open_item(request, pk, item_pk)
    state = yearly.state_of(item)
    explained, refusal = _explained(item)
    context = context_of(
        access,
        item=item,
        state=state,
        explained=explained,
        refusal_of_split=refusal,
        annex=access.agreement.documents.filter(kind=Document.Kind.STAFFING).first(),
        decisions=[d for d in item.matter.decisions.all() if d.party_id is None] if item.matter else [],
        may_edit=_is_open(item, state) and permissions.can_edit_item(access.mandates, item),
        may_prepare=permissions.can_prepare_costs(access.mandates),
        may_correct=permissions.can_enter_cost(access.mandates),
        back=year_address(pk, item.invoiced_on.year),
    )
    return TemplateResponse(request, "costs/item_detail.html", context)


def _is_open(item: CostItem, state: str) -> bool:
    """Not split, and not before the group as it is: so it may be put right."""
    return state in ("unsubmitted", "returned") or (state in ("own", "ready") and not item.matter)


def _explained(item: CostItem) -> tuple[Explained | None, Refused | None]:
    if item.kind == CostItem.Kind.OWN:
        return None, None
    try:
        return explain(item), None
    except Refused as refusal:
        return None, refusal


def _payers(access: Access) -> QuerySet[Party]:
    """Preparers enter for every party, a party's people for their own."""
    parties = access.agreement.parties.all()
    if any(mandate.capacity in PREPARERS for mandate in access.mandates):
        return parties
    return parties.filter(pk__in=[m.party_id for m in access.mandates if m.capacity in PARTY_EDITORS])


def _page(request: HttpRequest, access: Access, form: ItemForm, title: str, back: str, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = context_of(access, form=form, title=title, back=back, **more)
    return TemplateResponse(request, "costs/item_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@acts_once
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an invoice or a credit note; ?oikaisee= names the item that it corrects."""
    access = open_costs(request, pk)
    by = require(permissions.can_enter_cost(access.mandates))
    corrected = _corrected(request, access)
    start = {"revision": 0, "invoiced_on": access.day.today}
    if corrected:
        start |= {name: getattr(corrected, name) for name in ("kind", "supplier", "payer", "day")}
        start["credit_of"] = corrected
    told: dict[str, Any] = {"agreement": access.agreement, "payers": _payers(access)}
    form = ItemForm(request.POST or None, request.FILES or None, initial=start, **told)
    title, back = _("Enter an invoice"), year_address(pk, access.day.today.year)
    if request.method != "POST" or not form.is_valid():
        return _page(request, access, form, title, back)
    values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
    try:
        item = actions.enter_item(agreement=access.agreement, by=by, on=access.day.today, **values)
    except Refused as refusal:
        return _page(request, access, form, title, back, refusal=refusal, status=409)
    messages.success(request, _("The item has been saved."))
    return redirect(item_address(item))


def _corrected(request: HttpRequest, access: Access) -> CostItem | None:
    typed = request.GET.get("oikaisee", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 16):
        return None
    return access.agreement.cost_items.select_related("payer", "day").filter(pk=typed).first()


@require_http_methods(["GET", "POST"])
@acts_once
def item_edit(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Put an item right until it is split or before the group."""
    access, item = open_item(request, pk, item_pk)
    by = require(permissions.can_edit_item(access.mandates, item))
    start = {name: getattr(item, name) for name in (*TOLD, "revision")}
    told: dict[str, Any] = {"agreement": access.agreement, "payers": _payers(access), "item": item}
    form = ItemForm(request.POST or None, request.FILES or None, initial=start, **told)
    title, back = _("Edit the item"), item_address(item)
    if request.method != "POST" or not form.is_valid():
        return _page(request, access, form, title, back)
    do: Callable[[], CostItem] = lambda: actions.revise_item(  # noqa: E731
        item=item, by=by, on=access.day.today, **form.cleaned_data
    )
    try:
        do()
    except Stale as stale:
        versions = _versions(item, form)
        form.data = {**form.data.dict(), "revision": item.revision}  # type: ignore[attr-defined]
        return _page(request, access, form, title, back, stale=stale, versions=[versions], status=409)
    except Refused as refusal:
        return _page(request, access, form, title, back, refusal=refusal, status=409)
    messages.success(request, _("The item has been saved."))
    return redirect(back)


def _versions(item: CostItem, form: ItemForm) -> Versions:
    """As it was when the form was opened, as it is stored, and as it was typed."""
    opened = item.history.filter(revision=form.cleaned_data["revision"]).order_by("history_id").last()
    mine = {name: form.cleaned_data[name] for name in TOLD}
    return Versions(
        title=str(item),
        opened=_lines({name: getattr(opened, name) for name in TOLD}) if opened else None,
        stored=_lines({name: getattr(item, name) for name in TOLD}),
        mine=_lines(mine),
        saved=saved(item),
        is_known=opened is not None,
    )


def _lines(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and words of each."""
    words = {
        "kind": str(CostItem.Kind(values["kind"]).label),
        "invoiced_on": format_day(values["invoiced_on"]),
        "net": format_euro(values["net"]),
        "vat": format_euro(values["vat"]),
    }
    return [(str(ItemForm.base_fields[name].label), words.get(name, str(values[name] or "–"))) for name in TOLD]
