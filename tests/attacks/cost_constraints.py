"""Rows of costs that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from datetime import date

from agreements.models import Matter
from costs.models import DayAttendance, DayNotHeld, DevelopmentDay, Payment, Settlement, SharingWeight, SplitShare
from tests.attacks import cost_sharing as sharing
from tests.attacks import costs as made
from tests.attacks import drop_guard, settlements
from tests.costs import kit
from tests.factories import MatterFactory

ATTACKS = {}


def breaks(name):
    def register(prepare):
        ATTACKS[f"costs_{name}"] = prepare
        return prepare

    return register


@breaks("development_day_once")
def hold_it_twice_a_day(cast):
    return DevelopmentDay(agreement=cast.agreement, held_on=kit.day(cast, 1, 1, 1).held_on)


@breaks("attendance_party_once")
def count_a_party_twice(cast):
    return DayAttendance(day=kit.day(cast, 1, 1, 1), party=cast.kela.party, persons=1)


def settlement(name, **values):
    @breaks(f"settlement_{name}")
    def prepare(cast):
        drop_guard("costs_settlement_starts_open")
        matter = MatterFactory(agreement=cast.agreement, kind=Matter.Kind.SETTLEMENT)
        return Settlement(agreement=cast.agreement, **{"matter": matter, **made.YEAR, **values})


settlement("days_in_order", last_day=date(2024, 12, 31))
settlement("closed_whole", state="closed")
settlement("state_known", state="perhaps")


@breaks("settlement_matter_id_key")
def settle_a_matter_twice(cast):
    return Settlement(agreement=cast.agreement, matter=made.opened(cast).matter, **made.YEAR)


def item(name, **values):
    @breaks(f"item_{name}")
    def prepare(cast):
        return made.new_item(cast, **{key: value(cast) for key, value in values.items()})


item("kind_known", kind=lambda cast: "gift")
item("day_named", day=lambda cast: kit.day(cast, 1, 1, 1))
item("matter_of_joint", matter=lambda cast: MatterFactory(agreement=cast.agreement, kind=Matter.Kind.COST))


@breaks("split_key_known")
def split_by_the_moon(cast):
    split = made.new_split(cast, made.day_item(cast))
    split.key = "moon"
    return split


@breaks("split_amount_known")
def share_another_amount(cast):
    split = made.new_split(cast, made.day_item(cast))
    split.shared = "half"
    drop_guard("costs_split_amount_agreed")
    return split


@breaks("split_sharing_named")
def name_no_agreement(cast):
    split = made.new_split(cast, kit.approved(cast, "5"))
    split.key = "agreed"
    return split


@breaks("day_not_held_once")
def excuse_a_year_twice(cast):
    known = sharing.not_held(cast)
    return DayNotHeld(agreement=cast.agreement, year=known.year, reason="x", recorded_by=cast.coordinator)


@breaks("sharing_basis_known")
def agree_by_a_nod(cast):
    return sharing.new_sharing(cast, matter=sharing.their_matter(cast), basis="nod")


@breaks("sharing_matter_id_key")
def agree_twice_in_a_matter(cast):
    return sharing.new_sharing(cast, matter=sharing.open_sharing(cast).matter)


@breaks("sharing_weight_party_once")
def weigh_a_party_twice(cast):
    known = SharingWeight.objects.create(sharing=sharing.open_sharing(cast), party=cast.ta.party, weight=1)
    return SharingWeight(sharing=known.sharing, party=known.party, weight=1)


@breaks("sharing_weight_not_negative")
def agree_on_less_than_nothing(cast):
    return SharingWeight(sharing=sharing.open_sharing(cast), party=cast.ta.party, weight=-1)


@breaks("split_item_id_key")
def split_twice(cast):
    return made.new_split(cast, made.open_split(cast, made.day_item(cast)).item)


@breaks("share_party_once")
def share_twice(cast):
    split = made.open_split(cast, made.day_item(cast), "1")
    return SplitShare(split=split, party=cast.ta.party, weight=1, amount=1)


@breaks("share_weight_not_negative")
def weigh_less_than_nothing(cast):
    return SplitShare(split=made.open_split(cast, made.day_item(cast)), party=cast.ta.party, weight=-1, amount=1)


def payment(name, **values):
    @breaks(f"payment_{name}")
    def prepare(cast):
        paid = settlements.payment(cast, made.closed(cast))
        for key, value in values.items():
            setattr(paid, key, value(cast))
        return paid


payment("positive", amount=lambda cast: 0)
payment("to_another", payee=lambda cast: cast.hva.party)


@breaks("payment_once")
def pay_twice(cast):
    known = made.closed(cast).payments.first()
    told = {"payer": known.payer, "payee": known.payee, "due_on": known.due_on}
    return Payment(settlement=known.settlement, amount=1, **told)
