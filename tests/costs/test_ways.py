"""How costs are shared when it is not the default: settings, realised staff, what the payers have agreed."""

from datetime import date
from decimal import Decimal

import pytest

from costs import actions, realised
from costs.models import CostItem, DayNotHeld, Sharing
from costs.weights import way_of, weights_of
from staffing.periods import Period
from tests.costs.kit import (
    amounts,
    approve,
    approved,
    consent,
    day,
    item,
    setting,
    settled,
    sharing,
    split,
    submitted,
)
from tests.factories import OrganisationFactory, PartyFactory
from tests.staffing import figures_kit
from tym.core.errors import NotAllowed, Refused, Stale

DAY = CostItem.Kind.DEVELOPMENT_DAY


def test_amount_without_vat_is_shared_when_that_is_agreed(cast):
    setting(cast, "joint.amount", "net", cast.ta, cast.hva, valid_from=date(2025, 5, 1))
    kept = split(cast, approved(cast, "100.00", vat=Decimal("25.50")))
    assert (kept.shared, amounts(kept)) == ("net", [Decimal("60.00"), Decimal("40.00")])
    earlier = split(cast, approved(cast, "100.00", vat=Decimal("25.50"), invoiced_on=date(2025, 4, 30)))
    assert (earlier.shared, amounts(earlier)) == ("gross", [Decimal("75.30"), Decimal("50.20")])
    settlement = settled(cast)
    from_ta = settlement.items.get(pk=kept.item_id).settled_amount
    assert from_ta == 100


def test_credit_note_takes_back_the_amount_that_was_shared(cast):
    cost = approved(cast, "100.00", vat=Decimal("25.50"))
    split(cast, cost)
    setting(cast, "joint.amount", "net", cast.ta, cast.hva)
    credit = split(cast, approved(cast, "-100.00", vat=Decimal("-25.50"), credit_of=cost))
    assert (credit.shared, sum(amounts(credit))) == ("gross", Decimal("-125.50"))


@pytest.mark.parametrize(("value", "on"), [("january", date(2025, 1, 1)), ("handled", date(2025, 6, 2))])
def test_day_of_the_weights_is_a_setting(cast, value, on):
    cost = approved(cast, "10.00")
    assert way_of(cost).on == cost.invoiced_on
    setting(cast, "joint.day", value, cast.ta, cast.hva)
    kept = split(cast, cost)
    assert kept.on == on
    credit = approved(cast, "-10.00", credit_of=cost, invoiced_on=cast.today)
    assert split(cast, credit).on == on


def test_those_who_are_not_counted_can_be_counted_in(cast):
    cost = approved(cast, "10.00", invoiced_on=cast.today)
    every = {cast.ta.party: 0, cast.hva.party: 0}
    for line in cast.lines():
        if line.party in every:
            every[line.party] += line.persons
    assert dict(weights_of(cost, "all_heads", cast.today).of) == every
    assert dict(weights_of(cost, "heads", cast.today).of)[cast.ta.party] < every[cast.ta.party]


def test_realised_staff_of_the_month_or_else_of_the_quarter(cast):
    figures_kit.realised(cast, cast.ta, person_years=Decimal("1.80"))
    for month, years in ((1, "0.50"), (2, "1.20")):
        figures_kit.realised(cast, cast.hva, period=Period.month(2025, month), person_years=Decimal(years))
    cost = approved(cast, "30.00", invoiced_on=date(2025, 2, 10))
    setting(cast, "joint.key", "realised_month", cast.ta, cast.hva)
    kept = split(cast, cost)
    assert amounts(kept) == [18, 12]
    assert "2/2025" in kept.source
    assert "1/2025" in kept.source


def test_realised_staff_that_somebody_has_not_told_splits_nothing(cast):
    figures_kit.realised(cast, cast.ta)
    setting(cast, "joint.key", "realised_month", cast.ta, cast.hva)
    cost = approved(cast, "30.00", invoiced_on=date(2025, 2, 10))
    with pytest.raises(Refused, match=cast.hva.party.short_name) as refused:
        split(cast, cost)
    assert refused.value.clause


def test_realised_staff_of_a_year_needs_every_quarter(cast, clock):
    told = {"ta": "1.00", "hva": "0.60"}
    for number in (1, 2, 3, 4):
        assert realised.of_year(cast.agreement, 2025).of == {}
        clock.day = date(2026, 1, 15)
        for who, years in told.items():
            period = Period.quarter(2025, number)
            more = Decimal(number) / 10 if who == "hva" else 0
            by, years = getattr(cast, who), Decimal(years) + more
            figures_kit.realised(cast, by, period=period, on=clock.day, persons=2, person_years=years)
    found = realised.of_year(cast.agreement, 2025)
    assert found.of == {cast.ta.party.pk: Decimal("1.00"), cast.hva.party.pk: Decimal("0.85")}


def test_agreed_sharing_holds_from_its_day_when_both_have_consented(cast):
    recorded = sharing(cast, "70", "30", agree=(cast.ta,), valid_from=date(2025, 5, 1))
    assert split(cast, approved(cast, "10.00")).key == "heads"
    consent(cast, recorded, cast.hva)
    kept = split(cast, approved(cast, "10.00"))
    assert (kept.key, kept.sharing, amounts(kept)) == ("agreed", recorded, [7, 3])
    assert "D/12/2025" in kept.source
    assert split(cast, approved(cast, "10.00", invoiced_on=date(2025, 4, 30))).key == "heads"


def test_agreed_sharing_ends_by_another_one(cast):
    both = (cast.ta, cast.hva)
    sharing(cast, "70", "30", agree=both)
    ended = sharing(cast, agree=both, valid_from=date(2025, 5, 5), reference="D/40/2025", by=cast.coordinator)
    assert ended.ends
    assert split(cast, approved(cast, "10.00")).key == "heads"
    assert split(cast, approved(cast, "10.00", invoiced_on=date(2025, 5, 4))).key == "agreed"


def test_development_day_is_not_shared_as_agreed_on_joint_costs(cast):
    sharing(cast, "70", "30", agree=(cast.ta, cast.hva))
    assert split(cast, item(cast, "10.00", DAY, day=day(cast, 1, 1, 1))).key == "attendance"


def test_kela_is_never_in_an_agreed_sharing(cast):
    told = {"agreement": cast.agreement, "on": cast.today, "valid_from": cast.today, "agreed_on": cast.today}
    with pytest.raises(Refused) as refused:
        actions.record_sharing(by=cast.ta, weights={cast.kela.party: Decimal(1)}, reference="x", **told)
    assert "10 §" in refused.value.clause
    with pytest.raises(NotAllowed):
        actions.record_sharing(by=cast.kela, weights={cast.ta.party: Decimal(1)}, reference="x", **told)
    recorded = sharing(cast, "1", "1")
    with pytest.raises(Refused):
        consent(cast, recorded, cast.kela)
    with pytest.raises(NotAllowed):
        consent(cast, recorded, cast.ta, party=cast.hva.party)
    with pytest.raises(Stale):
        consent(cast, recorded, cast.ta, sha256="f" * 64)


def test_agreed_sharing_waits_for_every_authority_and_county(cast):
    recorded = sharing(cast, "70", "30", agree=(cast.ta, cast.hva))
    told = {"agreement": cast.agreement, "role": "employment_authority", "order": 9, "short_name": "Rauma"}
    another = PartyFactory(organisation=OrganisationFactory(), **told)
    assert split(cast, approved(cast, "10.00")).key == "heads"
    consent(cast, recorded, cast.holder("liaison", another, may_bind_party=True))
    kept = split(cast, approved(cast, "10.00"))
    assert {share.party: share.amount for share in kept.shares.all()}[another] == 0
    assert kept.key == "agreed"


@pytest.mark.parametrize("weights", [("0", "0"), ("-1", "2")])
def test_agreed_weights_must_say_how_to_split(cast, weights):
    with pytest.raises(Refused):
        sharing(cast, *weights)
    assert not Sharing.objects.exists()


def test_cost_that_the_group_returned_is_put_right_and_approved_a_second_time(cast):
    cost = item(cast, "615.00")
    matter = submitted(cast, cost)
    told = {"revision": 0, "on": cast.today, "by": cast.coordinator, "day": None, "credit_of": None}
    told |= {name: getattr(cost, name) for name in ("kind", "invoiced_on", "supplier", "vat", "payer")}
    with pytest.raises(Refused):
        actions.revise_item(item=cost, **told, net=Decimal("600.00"), description="Esite")
    approve(cast, matter, "return")
    revised = actions.revise_item(item=cost, **told, net=Decimal("600.00"), description="Lyhyempi esite")
    again = submitted(cast, revised)
    assert (again.pk, again.title) == (matter.pk, "Paino Oy: Lyhyempi esite")
    assert again.sha256 != matter.sha256
    with pytest.raises(Stale):
        approve(cast, matter)
    approve(cast, again)
    assert amounts(split(cast, revised)) == [360, 240]


def test_cost_returned_and_put_again_unchanged_is_another_submission(cast):
    cost = item(cast, "615.00")
    first = submitted(cast, cost).sha256
    approve(cast, submitted(cast, cost), "return")
    assert submitted(cast, cost).sha256 != first


def test_why_no_development_day_was_held_is_recorded_and_written_again(cast):
    told = {"agreement": cast.agreement, "on": cast.today, "by": cast.coordinator}
    for reason in ("Tilaa ei ollut.", "Tilaa ei saatu."):
        actions.record_no_day(year=2025, reason=reason, **told)
    kept = DayNotHeld.objects.get()
    assert (kept.reason, kept.history.count()) == ("Tilaa ei saatu.", 2)
    with pytest.raises(Refused):
        actions.record_no_day(year=2026, reason="x", **told)
    day(cast, 1, 1, 1)
    with pytest.raises(Refused):
        actions.record_no_day(year=2025, reason="x", **told)
    with pytest.raises(NotAllowed):
        actions.record_no_day(year=2025, reason="x", **{**told, "by": cast.ta})


def test_setting_of_another_room_is_not_set_here(cast):
    with pytest.raises(Refused):
        setting(cast, "joint.colour", "red")
