"""Settlements: gathered, checked by every party, closed, paid."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions import open_matter, submit_matter
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import Agreement, Consent, Mandate, Matter, Party
from agreements.permissions import mandates_of, require
from costs import permissions
from costs.balances import Balance, balances_of, payments_of
from costs.models import CostItem, Payment, Settlement
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day

DAYS_TO_PAY = 30


@transaction.atomic
def open_settlement(
    *, agreement: Agreement, by: Mandate, on: datetime.date, first_day: datetime.date, last_day: datetime.date
) -> Settlement:
    """Start a settlement of the items split and not yet settled whose invoice is within the days."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare_costs(mandates_of(by.person, agreement.pk, on)))
    if last_day < first_day:
        raise Refused(_("The last day is before the first day."))
    days = {"first": format_day(first_day), "last": format_day(last_day)}
    matter = open_matter(
        agreement=agreement,
        kind=Matter.Kind.SETTLEMENT,
        title=str(_("Settlement of costs %(first)s–%(last)s") % days),
        by=by,
        year=on.year,
    )
    settlement = Settlement(agreement=agreement, matter=matter, first_day=first_day, last_day=last_day)
    history.save(settlement, by=by, reason="opened")
    _gather(settlement, by)
    return settlement


def _gather(settlement: Settlement, by: Mandate) -> None:
    waiting = CostItem.objects.filter(
        agreement=settlement.agreement,
        settlement=None,
        split__final=True,
        invoiced_on__range=(settlement.first_day, settlement.last_day),
    )
    for item in waiting:
        item.settlement = settlement
        history.save(item, by=by, reason="gathered", fields=["settlement"])


def _locked(settlement: Settlement, *, by: Mandate, on: datetime.date) -> tuple[Settlement, tuple[Mandate, ...]]:
    agreement = lock_agreement(settlement.agreement_id)
    settlement = Settlement.objects.select_related("agreement", "matter").get(pk=settlement.pk)
    return settlement, mandates_of(by.person, agreement.pk, on)


def fingerprint(settlement: Settlement, balances: Sequence[Balance]) -> str:
    """SHA-256 of exactly what the parties accept: every item's shares and the sums."""
    items = settlement.items.select_related("payer", "split").prefetch_related("split__shares__party")
    return sha256_of(
        {
            "days": [settlement.first_day.isoformat(), settlement.last_day.isoformat()],
            "items": [
                {
                    "item": item.pk,
                    "gross": f"{item.gross:.2f}",
                    "shared": f"{item.settled_amount:.2f}",
                    "payer": item.payer.order,
                    "shares": {str(share.party.order): f"{share.amount:.2f}" for share in item.split.shares.all()},
                }
                for item in items
            ],
            "balances": {str(balance.party.order): f"{balance.amount:.2f}" for balance in balances},
        }
    )


@transaction.atomic
def submit_settlement(*, settlement: Settlement, by: Mandate, on: datetime.date) -> Settlement:
    """Freeze the settlement for the parties to check; items split meanwhile are gathered first."""
    settlement, mandates = _locked(settlement, by=by, on=on)
    by = require(permissions.can_prepare_costs(mandates))
    if settlement.state != Settlement.State.OPEN:
        raise Refused(_("The settlement is being checked or closed already."))
    _gather(settlement, by)
    if not settlement.items.exists():
        raise Refused(_("There is nothing to settle: no split items on these days."))
    submit_matter(settlement.matter, sha256=fingerprint(settlement, balances_of(settlement)), by=by)
    settlement.state = Settlement.State.CHECKING
    history.save(settlement, by=by, reason="submitted", fields=["state"])
    return settlement


@transaction.atomic
def reopen_settlement(*, settlement: Settlement, by: Mandate, on: datetime.date) -> Settlement:
    """Take the settlement back from checking; consents given so far no longer count when it changes."""
    settlement, mandates = _locked(settlement, by=by, on=on)
    by = require(permissions.can_prepare_costs(mandates))
    if settlement.state != Settlement.State.CHECKING:
        raise Refused(_("Only a settlement that is being checked can be taken back."))
    settlement.state = Settlement.State.OPEN
    history.save(settlement, by=by, reason="reopened", fields=["state"])
    return settlement


@transaction.atomic
def accept_settlement(
    *, settlement: Settlement, party: Party, by: Mandate, on: datetime.date, sha256: str
) -> Settlement:
    """The party accepts exactly what it saw; the last acceptance closes the settlement and fixes the payments."""
    settlement, mandates = _locked(settlement, by=by, on=on)
    if settlement.state == Settlement.State.CLOSED:
        raise Refused(_closed_already(settlement, party))
    if settlement.state != Settlement.State.CHECKING:
        raise Refused(_("The settlement has been taken back, so it cannot be accepted now."))
    by = require(permissions.can_accept_settlement(mandates, settlement, party))
    if sha256 != settlement.matter.sha256:
        raise Stale(_("The settlement has changed after you opened it. Look at it again."))
    told = {"matter": settlement.matter, "party": party, "sha256": sha256}
    if not Consent.objects.filter(**told).exists():
        Consent.objects.create(mandate=by, outcome=Consent.Outcome.GIVEN, **told)
    if not waiting_for(settlement):
        _close(settlement, by, on)
    return settlement


def _closed_already(settlement: Settlement, party: Party) -> str:
    """Somebody was first: who accepted for the party, so that nobody need wonder."""
    given = Consent.objects.filter(matter=settlement.matter, party=party, outcome=Consent.Outcome.GIVEN)
    consent = given.select_related("mandate__person").last()
    if consent is None:
        return _("The settlement has been closed already.")
    told = {"person": consent.mandate.person.name, "of_party": party.genitive}
    return (
        _("The settlement is closed: %(person)s has accepted it on behalf of %(of_party)s. Nothing is left to do.")
        % told
    )


def waiting_for(settlement: Settlement) -> list[Party]:
    """Parties that have not accepted what is being checked."""
    given = Consent.objects.filter(
        matter=settlement.matter, sha256=settlement.matter.sha256, outcome=Consent.Outcome.GIVEN
    )
    return list(settlement.agreement.parties.exclude(pk__in=given.values("party")))


def _close(settlement: Settlement, by: Mandate, on: datetime.date) -> None:
    settlement.state, settlement.closed_at = Settlement.State.CLOSED, timezone.now()
    history.save(settlement, by=by, reason="closed", fields=["state", "closed_at"])
    due_on = on + datetime.timedelta(days=DAYS_TO_PAY)
    for payer, payee, amount in payments_of(balances_of(settlement)):
        payment = Payment(settlement=settlement, payer=payer, payee=payee, amount=amount, due_on=due_on)
        history.save(payment, by=by, reason="settled")


@transaction.atomic
def mark_paid(
    *, payment: Payment, by: Mandate, on: datetime.date, paid_on: datetime.date, reference: str = ""
) -> Payment:
    """The payer says when it paid, with the reference (merkitse maksetuksi)."""
    agreement = lock_agreement(payment.settlement.agreement_id)
    payment = Payment.objects.select_related("settlement", "payer").get(pk=payment.pk)
    by = require(permissions.can_mark_paid(mandates_of(by.person, agreement.pk, on), payment))
    if payment.paid_on:
        raise Refused(_("The payment has been marked paid already."))
    if paid_on > on:
        raise Refused(_("The day of payment is in the future."))
    payment.paid_on, payment.reference = paid_on, reference.strip()
    history.save(payment, by=by, reason="paid", fields=["paid_on", "reference"])
    return payment
