"""From an invoice to what each party pays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from costs import actions
from costs.models import CostItem, Settlement, Split
from tests.costs.kit import accept, amounts, approve, approved, day, item, settled, split, submitted
from tym.core.errors import NotAllowed, Refused, Stale

OWN, DAY = CostItem.Kind.OWN, CostItem.Kind.DEVELOPMENT_DAY


def test_development_day_is_split_by_those_who_attended(cast):
    cost = item(cast, "1384.75", DAY, day=day(cast, 12, 9, 2), description="Tilat ja tarjoilu")
    kept = split(cast, cost)
    assert (kept.key, kept.final) == ("attendance", True)
    assert amounts(kept) == [Decimal("722.48"), Decimal("541.86"), Decimal("120.41")]


def test_joint_cost_is_split_between_authority_and_county_by_counted_heads(cast):
    kept = split(cast, approved(cast, "615.00"))
    assert [share.party.role for share in kept.shares.all()] == ["employment_authority", "wellbeing_county"]
    assert [share.weight for share in kept.shares.all()] == [6, 4]
    assert amounts(kept) == [Decimal("369.00"), Decimal("246.00")]


def test_joint_cost_waits_for_the_groups_approval(cast):
    cost = item(cast, "615.00")
    with pytest.raises(Refused) as refused:
        split(cast, cost)
    assert refused.value.clause
    approve(cast, submitted(cast, cost), "reject")
    with pytest.raises(Refused):
        split(cast, cost)


def test_own_cost_is_not_split(cast):
    with pytest.raises(Refused):
        split(cast, item(cast, "10.00", OWN))


def test_day_that_nobody_attended_splits_nothing(cast):
    with pytest.raises(Refused):
        split(cast, item(cast, "10.00", DAY, day=day(cast, 0, 0, 0)))
    assert not Split.objects.exists()


def test_splitting_twice_is_one_split(cast):
    cost = approved(cast, "615.00")
    assert split(cast, cost) == split(cast, cost)


def test_credit_note_takes_back_with_the_same_weights_though_annex_2_has_changed(cast):
    cost = approved(cast, "615.00")
    kept = split(cast, cost)
    first, *rest = cast.lines(cast.hva.party, cast.today)
    more = [cast.input(first, persons=first.persons + 2), *map(cast.input, rest)]
    cast.adopted_change(cast.hva, valid_from=cast.today, lines=more)
    assert amounts(split(cast, approved(cast, "615.00", invoiced_on=cast.today))) != amounts(kept)
    credit = approved(cast, "-615.00", credit_of=cost, invoiced_on=cast.today)
    assert amounts(split(cast, credit)) == [-amount for amount in amounts(kept)]


def test_credit_note_refers_to_what_it_corrects(cast):
    with pytest.raises(Refused):
        item(cast, "-5.00")


@pytest.mark.parametrize("who", ["member", "chair", "stranger"])
def test_only_a_partys_people_and_preparers_enter_costs(cast, who):
    with pytest.raises(NotAllowed):
        item(cast, "5.00", by=getattr(cast, who))


def test_party_enters_what_it_has_paid_itself(cast):
    assert item(cast, "5.00", by=cast.kela, payer=cast.kela.party).payer == cast.kela.party
    with pytest.raises(Refused):
        item(cast, "5.00", by=cast.kela, payer=cast.ta.party)


def revise(cast, cost, **differing):
    told = {name: getattr(cost, name) for name in ("kind", "invoiced_on", "supplier", "description", "net", "vat")}
    told |= {"payer": cost.payer, "day": cost.day, "credit_of": None, "revision": cost.revision} | differing
    return actions.revise_item(item=cost, by=cast.coordinator, on=cast.today, **told)


def test_second_to_save_an_item_sees_the_first(cast):
    cost = item(cast, "5.00")
    assert revise(cast, cost, net=Decimal("6.00")).net == 6
    with pytest.raises(Stale):
        revise(cast, cost, net=Decimal("7.00"))


def test_item_that_has_been_split_stays(cast):
    cost = item(cast, "5.00", DAY, day=day(cast, 1, 1, 1))
    split(cast, cost)
    with pytest.raises(Refused):
        revise(cast, cost, net=Decimal("6.00"))


def both(cast):
    split(cast, item(cast, "1384.75", DAY, day=day(cast, 12, 9, 2), payer=cast.hva.party))
    split(cast, approved(cast, "615.00"))
    return settled(cast)


def test_settlement_closes_when_every_party_has_accepted_and_says_who_pays_whom(cast):
    settlement = both(cast)
    for who in (cast.ta, cast.hva):
        assert accept(cast, settlement, who).state == Settlement.State.CHECKING
    assert accept(cast, settlement, cast.kela).state == Settlement.State.CLOSED
    paid = [(p.payer, p.payee, p.amount) for p in settlement.payments.order_by("payer__order")]
    # TA has paid 615,00 and its shares are 722,48 + 369,00; HVA has paid 1 384,75, its shares are 541,86 + 246,00.
    assert paid == [
        (cast.ta.party, cast.hva.party, Decimal("476.48")),
        (cast.kela.party, cast.hva.party, Decimal("120.41")),
    ]


def test_acceptance_is_of_exactly_what_was_seen(cast):
    settlement = both(cast)
    seen = settlement.matter.sha256
    accept(cast, settlement, cast.ta)
    actions.reopen_settlement(settlement=settlement, by=cast.coordinator, on=cast.today)
    split(cast, approved(cast, "10.00"))
    actions.submit_settlement(settlement=settlement, by=cast.coordinator, on=cast.today)
    told = {"settlement": settlement, "party": cast.hva.party, "by": cast.hva, "on": cast.today}
    with pytest.raises(Stale):
        actions.accept_settlement(sha256=seen, **told)


def test_only_one_who_binds_the_party_accepts(cast):
    settlement = both(cast)
    told = {"settlement": settlement, "party": cast.kela.party, "sha256": settlement.matter.sha256, "on": cast.today}
    for who in (cast.kela_main_user, cast.hva, cast.coordinator):
        with pytest.raises(NotAllowed):
            actions.accept_settlement(by=who, **told)


def test_payer_marks_its_payment_paid_once(cast):
    settlement = both(cast)
    for who in (cast.ta, cast.hva, cast.kela):
        accept(cast, settlement, who)
    payment = settlement.payments.get(payer=cast.kela.party)
    told = {"payment": payment, "on": cast.today, "paid_on": cast.today, "reference": "RF18 5390 0754 7034"}
    with pytest.raises(NotAllowed):
        actions.mark_paid(by=cast.hva, **told)
    with pytest.raises(Refused):
        actions.mark_paid(by=cast.kela, **{**told, "paid_on": cast.today + timedelta(days=1)})
    assert actions.mark_paid(by=cast.kela, **told).paid_on == cast.today
    with pytest.raises(Refused):
        actions.mark_paid(by=cast.kela, **told)


def test_key_changes_when_the_group_and_every_payer_agree(cast):
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": cast.today, "valid_from": date(2025, 5, 1)}
    reading = actions.propose_setting(name="costs.joint.key", value="person_years", **told)
    seen = {"reading": reading, "on": cast.today, "sha256": reading.matter.sha256}
    approve(cast, reading.matter)
    actions.consent_to_key(party=cast.ta.party, by=cast.ta, **seen)
    assert split(cast, approved(cast, "5.00")).key == "heads"
    actions.consent_to_key(party=cast.hva.party, by=cast.hva, **seen)
    kept = split(cast, approved(cast, "5.00"))
    assert (kept.key, sum(amounts(kept))) == ("person_years", 5)
    assert split(cast, approved(cast, "5.00", invoiced_on=date(2025, 4, 30))).key == "heads"


def test_key_is_agreed_by_those_who_pay_and_exists_for_the_kind(cast):
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": cast.today, "valid_from": cast.today}
    with pytest.raises(Refused):
        actions.propose_setting(name="costs.joint.key", value="attendance", **told)
    reading = actions.propose_setting(name="costs.joint.key", value="person_years", **told)
    seen = {"reading": reading, "party": cast.kela.party, "by": cast.kela, "on": cast.today}
    with pytest.raises(Refused):
        actions.consent_to_key(sha256=reading.matter.sha256, **seen)
    with pytest.raises(NotAllowed):
        actions.consent_to_key(sha256=reading.matter.sha256, **seen | {"party": cast.ta.party})
    with pytest.raises(Stale):
        actions.consent_to_key(sha256="f" * 64, **seen | {"party": cast.ta.party, "by": cast.ta})
