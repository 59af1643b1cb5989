"""Attacks on settlements and payments, and on the history of costs."""

from datetime import date

from django.utils import timezone

from agreements.models import Consent, Matter
from costs.guards import TRACKED
from costs.models import Payment, Settlement
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.costs import YEAR, checking, closed, opened
from tests.attacks.histories import MADE, attacks_on_history
from tests.costs import kit
from tests.factories import MatterFactory


def matter(cast, kind=Matter.Kind.SETTLEMENT):
    return MatterFactory(agreement=cast.agreement, kind=kind)


@attack("costs_settlement_starts_open", INSERT)
def start_in_the_middle(cast):
    return insert(Settlement(agreement=cast.agreement, matter=matter(cast), state="checking", **YEAR))


@attack("costs_settlement_path", UPDATE, also=("costs_settlement_accepted",))
def close_at_once(cast):
    return update(opened(cast), state="closed", closed_at=timezone.now())


@attack("costs_settlement_accepted", UPDATE)
def close_without_everybody(cast):
    settlement = checking(cast)
    kit.accept(cast, settlement, cast.ta)
    return update(settlement, state="closed", closed_at=timezone.now())


@attack("costs_settlement_accepted", UPDATE, label="other hash")
def close_on_consents_to_something_else(cast):
    settlement = checking(cast)
    for who in (cast.ta, cast.hva):
        kit.accept(cast, settlement, who)
    told = {"matter": settlement.matter, "party": cast.kela.party, "mandate": cast.kela, "outcome": "refused"}
    Consent.objects.create(sha256=settlement.matter.sha256, **told)
    return update(settlement, state="closed", closed_at=timezone.now())


@attack("costs_settlement_frozen", UPDATE)
def stretch_the_days(cast):
    return update(opened(cast), last_day=date(2026, 12, 31))


@attack("costs_settlement_frozen", UPDATE, label="closed")
def touch_a_closed_settlement(cast):
    return update(closed(cast), closed_at=timezone.now())


@attack("costs_settlement_of_matter", INSERT)
def settle_under_another_matter(cast):
    return insert(Settlement(agreement=cast.agreement, matter=matter(cast, Matter.Kind.OTHER), **YEAR))


@attack("costs_settlement_kept", DELETE)
def remove_a_settlement(cast):
    return delete(opened(cast))


def payment(cast, settlement):
    told = {"payer": cast.hva.party, "payee": cast.kela.party, "amount": 1, "due_on": cast.today}
    return Payment(settlement=settlement, **told)


@attack("costs_payment_of_settlement", INSERT)
def pay_before_it_is_closed(cast):
    return insert(payment(cast, checking(cast)))


@attack("costs_payment_same", UPDATE)
def pay_less(cast):
    return update(closed(cast).payments.first(), amount=1)


@attack("costs_payment_kept", DELETE)
def forget_a_payment(cast):
    return delete(closed(cast).payments.first())


# Every model of the room has a line after this.
MADE |= {model.__name__: closed for model in TRACKED if model.__name__ not in MADE}
for tracked in TRACKED:
    attacks_on_history(tracked)
