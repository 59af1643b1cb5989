"""A settlement: gathered, checked and accepted by every party, closed, paid."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.forms.acts import ConfirmForm
from agreements.models import Consent, Mandate, Party
from agreements.permissions import require
from agreements.views.acts import Act, perform
from costs import actions, permissions
from costs.balances import Balance, balances_of, payments_of
from costs.forms import PaidForm, SeenForm, SpanForm
from costs.models import Payment, Settlement
from costs.views.pages import (
    SECTION,
    context_of,
    open_costs,
    open_settlement_page,
    party_of,
    settlement_address,
    year_address,
)
from tym.core.formats import format_euro
from tym.core.once import acts_once

State = Settlement.State


@require_GET
def settlement_detail(request: HttpRequest, pk: int, settlement_pk: int) -> HttpResponse:
    """Who paid, whose share it was, who pays whom, and who has accepted."""
    access, settlement = open_settlement_page(request, pk, settlement_pk)
    balances = balances_of(settlement)
    context = context_of(
        access,
        settlement=settlement,
        rows=_rows(access, settlement, balances),
        items=list(settlement.items.select_related("payer", "split")),
        moves=payments_of(balances),
        payments=_payments(access, settlement),
        may_prepare=permissions.can_prepare_costs(access.mandates),
        back=year_address(pk, settlement.first_day.year),
    )
    return TemplateResponse(request, "costs/settlement_detail.html", context)


def _rows(access: Access, settlement: Settlement, balances: list[Balance]) -> list[dict[str, Any]]:
    given = Consent.objects.filter(matter=settlement.matter, sha256=settlement.matter.sha256, outcome="given")
    accepted = {consent.party_id: consent for consent in given.select_related("mandate__person")}
    if settlement.state == State.OPEN:
        accepted = {}
    return [
        {
            "balance": balance,
            "accepted": accepted.get(balance.party.pk),
            "may_accept": balance.party.pk not in accepted
            and permissions.can_accept_settlement(access.mandates, settlement, balance.party),
        }
        for balance in balances
    ]


def _payments(access: Access, settlement: Settlement) -> list[dict[str, Any]]:
    payments = settlement.payments.select_related("payer", "payee")
    return [
        {
            "payment": payment,
            "is_overdue": payment.paid_on is None and payment.due_on < access.day.today,
            "may_mark": payment.paid_on is None and permissions.can_mark_paid(access.mandates, payment),
        }
        for payment in payments
    ]


@require_http_methods(["GET", "POST"])
@acts_once
def settlement_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a settlement of a span of days."""
    access = open_costs(request, pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    today = access.day.today
    start = {"first_day": today.replace(month=1, day=1), "last_day": today.replace(month=12, day=31)}
    act = Act(
        title=_("Start a settlement"),
        lead=access.agreement.short_title,
        back=year_address(pk, today.year),
        done=_("The settlement has been started. Look at it, then put it before the parties."),
        note=_("Items that have been split and not yet settled are gathered by the day of their invoice."),
    )
    return perform(
        request,
        access,
        act,
        SpanForm(request.POST or None, initial=start),
        lambda **span: actions.open_settlement(agreement=access.agreement, by=by, on=today, **span),
        section=SECTION,
    )


def _act(settlement: Settlement, title: str, done: str, note: str = "") -> Act:
    return Act(title=title, lead=settlement.matter.title, back=settlement_address(settlement), done=done, note=note)


@require_http_methods(["GET", "POST"])
@acts_once
def settlement_submit(request: HttpRequest, pk: int, settlement_pk: int) -> HttpResponse:
    """Freeze the settlement and put it before the parties."""
    access, settlement = open_settlement_page(request, pk, settlement_pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    return perform(
        request,
        access,
        _act(
            settlement,
            _("Put the settlement before the parties"),
            _("The settlement waits for the parties' acceptance."),
            _("Every party checks it and accepts it; after the last one it is closed."),
        ),
        ConfirmForm(request.POST or None),
        lambda: actions.submit_settlement(settlement=settlement, by=by, on=access.day.today),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def settlement_reopen(request: HttpRequest, pk: int, settlement_pk: int) -> HttpResponse:
    """Take the settlement back from checking."""
    access, settlement = open_settlement_page(request, pk, settlement_pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    return perform(
        request,
        access,
        _act(
            settlement,
            _("Take the settlement back"),
            _("The settlement is open again."),
            _("If it changes, what parties have accepted so far does not count."),
        ),
        ConfirmForm(request.POST or None),
        lambda: actions.reopen_settlement(settlement=settlement, by=by, on=access.day.today),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def settlement_accept(request: HttpRequest, pk: int, settlement_pk: int, order: int) -> HttpResponse:
    """A party accepts exactly what it sees."""
    access, settlement = open_settlement_page(request, pk, settlement_pk)
    party = party_of(access, order)
    # Whether it can still be accepted is told by the action: somebody may have closed it meanwhile.
    by = require(permissions.can_answer_for(access.mandates, party))
    if request.method == "GET" and settlement.state != State.CHECKING:
        return redirect(settlement_address(settlement))
    own = next(balance for balance in balances_of(settlement) if balance.party == party)
    told = {
        "party": party.short_name,
        "of_party": party.genitive,
        "paid": format_euro(own.paid),
        "share": format_euro(own.share),
        "balance": format_euro(own.amount),
        "sha256": settlement.matter.sha256[:16],
    }
    note = _("%(party)s: paid %(paid)s, share %(share)s, difference %(balance)s. Fingerprint %(sha256)s.") % told
    return perform(
        request,
        access,
        _act(
            settlement,
            _("Accept the settlement on behalf of %(of_party)s") % told,
            _("The settlement has been accepted on behalf of the party."),
            note,
        ),
        SeenForm(request.POST or None, initial={"sha256": settlement.matter.sha256}),
        lambda sha256: _accept(access, settlement, party, by, sha256),
        section=SECTION,
    )


def _accept(access: Access, settlement: Settlement, party: Party, by: Mandate, sha256: str) -> Settlement:
    """The last acceptance closes it, and then every party's statement is made and kept."""
    told: dict[str, Any] = {"by": by, "on": access.day.today}
    accepted = actions.accept_settlement(settlement=settlement, party=party, sha256=sha256, **told)
    if accepted.state == State.CLOSED:
        actions.issue_statements(settlement=accepted, **told)
    return accepted


@require_http_methods(["GET", "POST"])
@acts_once
def payment_mark(request: HttpRequest, pk: int, settlement_pk: int, payment_pk: int) -> HttpResponse:
    """The payer tells when it paid."""
    access, settlement = open_settlement_page(request, pk, settlement_pk)
    payment: Payment | None = settlement.payments.select_related("payer", "payee").filter(pk=payment_pk).first()
    if payment is None:
        raise Http404
    payment.settlement = settlement
    by = require(permissions.can_mark_paid(access.mandates, payment))
    act = Act(
        title=_("Mark paid"),
        lead=f"{payment.payer.short_name} → {payment.payee.short_name}, {format_euro(payment.amount)}",
        back=settlement_address(settlement),
        done=_("The payment has been marked paid."),
    )
    return perform(
        request,
        access,
        act,
        PaidForm(request.POST or None, initial={"paid_on": access.day.today}),
        lambda **told: actions.mark_paid(payment=payment, by=by, on=access.day.today, **told),
        section=SECTION,
    )
