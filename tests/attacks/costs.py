"""Attacks on costs: items, days, splits, settlements, payments, and their history."""

from datetime import date
from decimal import Decimal

from agreements.models import Matter
from costs import actions
from costs.models import CostItem, DayAttendance, Split, SplitShare
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.costs import kit
from tests.factories import MatterFactory

OWN, DAY = CostItem.Kind.OWN, CostItem.Kind.DEVELOPMENT_DAY
YEAR = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}


def day_item(cast, **told):
    return kit.item(cast, "23.00", DAY, day=kit.day(cast, 12, 9, 2), **told)


def split_day(cast):
    return kit.split(cast, day_item(cast))


def opened(cast, agreement=None):
    by = {"by": cast.coordinator if agreement is None else cast.second_coordinator, "on": cast.today}
    return actions.open_settlement(agreement=agreement or cast.agreement, **YEAR, **by)


def checking(cast):
    split_day(cast)
    return kit.settled(cast)


def closed(cast):
    settlement = checking(cast)
    for who in (cast.ta, cast.hva, cast.kela):
        kit.accept(cast, settlement, who)
    return settlement


def their_item(cast):
    told = {"kind": OWN, "invoiced_on": kit.INVOICED, "supplier": "Toinen Oy", "description": "Tavara", "net": 1}
    payer = cast.second.parties.first()
    return actions.enter_item(
        agreement=cast.second, by=cast.second_coordinator, on=cast.today, payer=payer, **{"vat": 0, **told}
    )


def keeps(name, value):
    @attack("costs_costitem_split_stays", UPDATE, label=name)
    def rewrite_what_was_split(cast):
        return update(split_day(cast).item, **{name: value(cast)})


keeps("net", lambda cast: 5)
keeps("vat", lambda cast: 5)
keeps("payer", lambda cast: cast.kela.party)
keeps("invoiced_on", lambda cast: cast.today)
keeps("supplier", lambda cast: "Muu Oy")
keeps("description", lambda cast: "Muuta")
keeps("day", lambda cast: kit.day(cast, 1, 1, 1, held_on=date(2025, 5, 6)))
keeps("credit_of", lambda cast: kit.item(cast, "5", DAY, day=kit.day(cast, 1, 1, 1, held_on=date(2025, 5, 6))))


@attack("costs_costitem_split_stays", UPDATE, label="submitted")
def rewrite_what_the_group_looks_at(cast):
    cost = kit.item(cast, "5")
    kit.submitted(cast, cost)
    return update(cost, net=500)


@attack("costs_costitem_split_stays", UPDATE, label="kind")
def make_a_split_cost_its_payers_own(cast):
    return update(kit.split(cast, kit.approved(cast, "5")).item, kind=OWN, matter=None)


@attack("costs_costitem_split_stays", UPDATE, label="matter")
def put_another_matter_under_a_split(cast):
    cost = kit.approved(cast, "5")
    kit.split(cast, cost)
    return update(cost, matter=MatterFactory(agreement=cast.agreement, kind=Matter.Kind.COST))


@attack("costs_costitem_settled", UPDATE)
def take_an_item_out_of_what_is_checked(cast):
    return update(checking(cast).items.get(), settlement=None)


@attack("costs_costitem_settlement_open", UPDATE)
def slip_an_item_into_what_is_checked(cast):
    settlement = checking(cast)
    return update(kit.split(cast, kit.approved(cast, "5")).item, settlement=settlement)


def new_item(cast, **told):
    told = {"agreement": cast.agreement, "kind": OWN, "net": 1, "payer": cast.ta.party, **told}
    words = {"invoiced_on": kit.INVOICED, "supplier": "Oy", "description": "x", "entered_by": cast.coordinator}
    return CostItem(**words, **told)


@attack("costs_costitem_same_agreement", INSERT)
def let_a_stranger_pay(cast):
    return insert(new_item(cast, payer=cast.stranger.party))


@attack("costs_costitem_same_agreement", UPDATE)
def let_a_stranger_have_paid(cast):
    return update(kit.item(cast, "5", OWN), payer=cast.stranger.party)


@attack("costs_costitem_same_agreement", UPDATE, label="credit")
def correct_an_item_of_others(cast):
    return update(kit.item(cast, "5", OWN), credit_of=their_item(cast))


@attack("costs_costitem_same_agreement", UPDATE, label="matter")
def rest_on_an_approval_of_something_else(cast):
    return update(kit.item(cast, "5"), matter=MatterFactory(agreement=cast.agreement, kind=Matter.Kind.OTHER))


@attack("costs_costitem_same_agreement", UPDATE, label="settlement")
def settle_with_others(cast):
    return update(split_day(cast).item, settlement=opened(cast, cast.second))


@attack("costs_costitem_settles_split", INSERT)
def enter_an_item_settled(cast):
    return insert(new_item(cast, settlement=opened(cast)))


@attack("costs_costitem_settles_split", UPDATE)
def settle_what_has_not_been_split(cast):
    return update(kit.item(cast, "5"), settlement=opened(cast))


@attack("costs_costitem_kept", DELETE)
def remove_an_item(cast):
    return delete(kit.item(cast, "5", OWN))


def present(day, party, persons=1):
    return DayAttendance(day=day, party=party, persons=persons)


def two_came(cast, held_on=date(2025, 5, 4)):
    parties = (cast.ta.party, cast.hva.party)
    told = {"held_on": held_on, "attendance": dict.fromkeys(parties, 1)}
    return actions.record_day(agreement=cast.agreement, by=cast.coordinator, on=cast.today, **told)


@attack("costs_dayattendance_open", INSERT)
def come_after_the_split(cast):
    day = two_came(cast)
    kit.split(cast, kit.item(cast, "5", DAY, day=day))
    return insert(present(day, cast.kela.party))


@attack("costs_dayattendance_open", UPDATE)
def move_attendance_under_a_split(cast):
    day, other = two_came(cast), kit.day(cast, 1, 1, 1)
    kit.split(cast, kit.item(cast, "5", DAY, day=day))
    return update(other.attendance.get(party=cast.kela.party), day=day)


@attack("costs_dayattendance_split_stays", UPDATE, also=("costs_dayattendance_open",))
def change_attendance_after_the_split(cast):
    return update(split_day(cast).item.day.attendance.first(), persons=99)


@attack("costs_dayattendance_split_stays", DELETE)
def forget_attendance_after_the_split(cast):
    return delete(split_day(cast).item.day.attendance.first())


@attack("costs_dayattendance_of_agreement", INSERT)
def let_a_stranger_attend(cast):
    return insert(present(two_came(cast), cast.stranger.party))


@attack("costs_dayattendance_of_agreement", UPDATE)
def let_a_stranger_have_attended(cast):
    return update(two_came(cast).attendance.first(), party=cast.stranger.party)


@attack("costs_developmentday_split_stays", UPDATE)
def move_the_day_after_the_split(cast):
    return update(split_day(cast).item.day, held_on=date(2025, 5, 1))


@attack("costs_developmentday_kept", DELETE)
def remove_the_day(cast):
    return delete(actions.record_day(
        agreement=cast.agreement, by=cast.coordinator, on=cast.today, held_on=cast.today, attendance={}
    ))  # fmt: skip


def new_split(cast, item, **told):
    key = "attendance" if item.kind == DAY else "heads"
    return Split(item=item, key=key, on=kit.INVOICED, source="x", mandate=cast.coordinator, **told)


def open_split(cast, item, *shares, weights=None):
    """A split that is not final, with the shares in party order."""
    (made,) = Split.objects.bulk_create([new_split(cast, item)])
    parties = list(cast.agreement.parties.all())
    for party, amount, weight in zip(parties, shares, weights or [1] * len(shares), strict=False):
        SplitShare.objects.create(split=made, party=party, weight=weight, amount=Decimal(amount))
    return made


@attack("costs_split_not_final_at_once", INSERT)
def insert_a_final_split(cast):
    return insert(new_split(cast, day_item(cast), final=True))


@attack("costs_split_splittable", INSERT)
def split_before_the_approval(cast):
    cost = kit.item(cast, "5")
    kit.submitted(cast, cost)
    return insert(new_split(cast, cost))


@attack("costs_split_splittable", INSERT, label="own")
def split_an_own_cost(cast):
    return insert(new_split(cast, kit.item(cast, "5", OWN)))


@attack("costs_split_splittable", UPDATE)
def move_a_split_to_an_own_cost(cast):
    return update(open_split(cast, day_item(cast)), item=kit.item(cast, "5", OWN))


def by_person_years(cast):
    """A joint cost ready to be split, and a change of its key that the group approved and one of two parties."""
    told = {"name": "costs.joint.key", "value": "person_years", "valid_from": date(2025, 1, 1)}
    reading = actions.propose_setting(agreement=cast.agreement, by=cast.coordinator, on=cast.today, **told)
    kit.approve(cast, reading.matter)
    sha256 = reading.matter.sha256
    actions.consent_to_key(reading=reading, party=cast.ta.party, by=cast.ta, on=cast.today, sha256=sha256)
    return kit.approved(cast, "5")


@attack("costs_split_key_agreed", INSERT)
def split_by_a_key_one_payer_has_not_agreed_to(cast):
    made = new_split(cast, by_person_years(cast))
    made.key = "person_years"
    return insert(made)


@attack("costs_split_key_agreed", UPDATE)
def turn_a_split_to_another_key(cast):
    return update(open_split(cast, by_person_years(cast)), key="person_years")


@attack("costs_split_adds_up", UPDATE)
def lose_a_cent(cast):
    made = open_split(cast, day_item(cast), "12", "9", "1.99", weights=(12, 9, 2))
    return update(made, final=True)


@attack("costs_split_adds_up", UPDATE, label="none")
def split_to_nobody(cast):
    return update(open_split(cast, day_item(cast)), final=True)


@attack("costs_split_in_proportion", UPDATE)
def favour_a_party_by_two_cents(cast):
    made = open_split(cast, day_item(cast), "11.98", "9.01", "2.01", weights=(12, 9, 2))
    return update(made, final=True)


@attack("costs_split_closed", UPDATE)
def rename_the_source_of_a_final_split(cast):
    return update(split_day(cast), source="muu")


@attack("costs_split_closed", DELETE)
def undo_a_final_split(cast):
    return delete(split_day(cast))


@attack("costs_splitshare_open", INSERT)
def add_a_share_afterwards(cast):
    made = kit.split(cast, kit.approved(cast, "5"))
    return insert(SplitShare(split=made, party=cast.kela.party, weight=0, amount=0))


@attack("costs_splitshare_open", UPDATE)
def move_a_share_under_a_final_split(cast):
    made = kit.split(cast, kit.approved(cast, "5"))
    other = open_split(cast, day_item(cast))
    share = SplitShare.objects.create(split=other, party=cast.kela.party, weight=0, amount=0)
    return update(share, split=made)


@attack("costs_splitshare_closed", UPDATE, also=("costs_splitshare_open",))
def move_a_cent_afterwards(cast):
    return update(split_day(cast).shares.first(), amount=1)


@attack("costs_splitshare_closed", DELETE)
def drop_a_share_afterwards(cast):
    return delete(split_day(cast).shares.first())


@attack("costs_splitshare_pays", INSERT)
def let_kela_pay_a_joint_cost(cast):
    made = open_split(cast, kit.approved(cast, "5"))
    return insert(SplitShare(split=made, party=cast.kela.party, weight=0, amount=1))


@attack("costs_splitshare_pays", INSERT, label="stranger")
def let_a_stranger_share(cast):
    return insert(SplitShare(split=open_split(cast, day_item(cast)), party=cast.stranger.party, weight=1, amount=1))


@attack("costs_splitshare_pays", UPDATE)
def give_kela_a_weight(cast):
    share = open_split(cast, kit.approved(cast, "5"), "2", "3", "0", weights=(1, 1, 0)).shares.last()
    return update(share, weight=1)
