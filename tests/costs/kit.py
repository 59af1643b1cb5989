"""Costs for a test."""

from datetime import date
from decimal import Decimal

from agreements.actions import decide_matter
from costs import actions
from costs.models import CostItem

INVOICED = date(2025, 5, 5)


def day(cast, *counts, held_on=date(2025, 5, 5)):
    """The development day, with how many came from each party in party order."""
    attendance = dict(zip(cast.agreement.parties.all(), counts, strict=True))
    return actions.record_day(
        agreement=cast.agreement, by=cast.coordinator, on=cast.today, held_on=held_on, attendance=attendance
    )


def item(cast, gross, kind=CostItem.Kind.JOINT, *, by=None, payer=None, **told):
    by = by or cast.coordinator
    told = {"invoiced_on": INVOICED, "supplier": "Paino Oy", "description": "Esite asiakkaille", "vat": 0, **told}
    return actions.enter_item(
        agreement=cast.agreement,
        by=by,
        on=cast.today,
        kind=kind,
        net=Decimal(gross),
        payer=payer or cast.ta.party,
        **told,
    )


def submitted(cast, cost):
    return actions.submit_cost(item=cost, by=cast.coordinator, on=cast.today, reason="Esite tarvitaan.")


def approve(cast, matter, outcome="approve"):
    told = {"organ": "Johtoryhmä", "decided_on": cast.today, "section": "13", "sha256": matter.sha256}
    return decide_matter(matter=matter, by=cast.coordinator, on=cast.today, outcome=outcome, **told)


def approved(cast, gross, **told):
    cost = item(cast, gross, **told)
    approve(cast, submitted(cast, cost))
    return CostItem.objects.get(pk=cost.pk)


def split(cast, cost):
    return actions.split_item(item=cost, by=cast.coordinator, on=cast.today)


def amounts(kept):
    return [share.amount for share in kept.shares.order_by("party__order")]


def settled(cast):
    """A settlement of the year, put before the parties."""
    year = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}
    opened = actions.open_settlement(agreement=cast.agreement, by=cast.coordinator, on=cast.today, **year)
    return actions.submit_settlement(settlement=opened, by=cast.coordinator, on=cast.today)


def accept(cast, settlement, who):
    return actions.accept_settlement(
        settlement=settlement, party=who.party, by=who, on=cast.today, sha256=settlement.matter.sha256
    )


def setting(cast, name, value, *agree, valid_from=date(2025, 1, 1), approved_too=True):
    """A setting of costs, approved by the group and consented to by these."""
    told = {"name": f"costs.{name}", "value": value, "valid_from": valid_from}
    reading = actions.propose_setting(agreement=cast.agreement, by=cast.coordinator, on=cast.today, **told)
    if approved_too:
        approve(cast, reading.matter)
    for who in agree:
        seen = {"sha256": reading.matter.sha256, "on": cast.today}
        actions.consent_to_key(reading=reading, party=who.party, by=who, **seen)
    return reading


def sharing(cast, *weights, agree=(), by=None, **told):
    """An agreed sharing between authority and county, consented to by these; no weights: it ends."""
    parties = (cast.ta.party, cast.hva.party)
    told = {"valid_from": date(2025, 1, 1), "agreed_on": date(2025, 1, 15), "reference": "D/12/2025", **told}
    weights = {party: Decimal(weight) for party, weight in zip(parties, weights, strict=False)}
    recorded = actions.record_sharing(
        agreement=cast.agreement, by=by or cast.ta, on=cast.today, weights=weights, **told
    )
    for who in agree:
        consent(cast, recorded, who)
    return recorded


def consent(cast, recorded, who, **told):
    told = {"sha256": recorded.matter.sha256, "party": who.party, **told}
    return actions.consent_to_sharing(sharing=recorded, by=who, on=cast.today, **told)
