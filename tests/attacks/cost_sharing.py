"""Attacks on how costs are shared: settings, agreed sharings, a year without a development day."""

from datetime import date

from django.utils import timezone

from agreements.models import Matter
from costs import actions
from costs.models import CostItem, Sharing, SharingWeight
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.costs import day_item, new_split, open_split
from tests.attacks.histories import MADE
from tests.costs import kit
from tests.factories import MatterFactory


def not_held(cast):
    told = {"year": 2025, "reason": "Tilaa ei ollut."}
    return actions.record_no_day(agreement=cast.agreement, by=cast.coordinator, on=cast.today, **told)


MADE["DayNotHeld"] = not_held


@attack("costs_daynotheld_kept", DELETE)
def forget_why_no_day_was_held(cast):
    return delete(not_held(cast))


@attack("costs_daynotheld_same", UPDATE)
def excuse_another_year(cast):
    return update(not_held(cast), year=2024)


def without_vat(cast):
    """A joint cost, and a setting that the group approved and one of two payers."""
    kit.setting(cast, "joint.amount", "net", cast.ta)
    return kit.approved(cast, "5")


@attack("costs_split_amount_agreed", INSERT)
def share_without_vat_though_a_payer_has_not_agreed(cast):
    made = new_split(cast, without_vat(cast))
    made.shared = "net"
    return insert(made)


@attack("costs_split_amount_agreed", UPDATE)
def turn_a_split_to_the_other_amount(cast):
    return update(open_split(cast, day_item(cast)), shared="net")


@attack("costs_split_day_agreed", INSERT)
def weigh_by_another_day(cast):
    made = new_split(cast, kit.approved(cast, "5"))
    made.on = date(2025, 1, 1)
    return insert(made)


@attack("costs_split_day_agreed", UPDATE)
def move_the_day_of_the_weights(cast):
    return update(open_split(cast, kit.approved(cast, "5")), on=date(2025, 1, 1))


def agreed_split(cast, recorded, item=None):
    made = new_split(cast, item or kit.approved(cast, "5"))
    made.key, made.sharing = "agreed", recorded
    return made


@attack("costs_split_sharing_agreed", INSERT)
def split_as_only_one_has_agreed(cast):
    return insert(agreed_split(cast, kit.sharing(cast, "1", "1", agree=(cast.ta,))))


@attack("costs_split_sharing_agreed", INSERT, label="early")
def split_as_will_be_agreed(cast):
    recorded = kit.sharing(cast, "1", "1", agree=(cast.ta, cast.hva), valid_from=cast.today)
    return insert(agreed_split(cast, recorded))


@attack("costs_split_sharing_agreed", INSERT, label="ended")
def split_by_an_end(cast):
    return insert(agreed_split(cast, kit.sharing(cast, agree=(cast.ta, cast.hva))))


@attack("costs_split_sharing_agreed", UPDATE)
def put_another_sharing_under_a_split(cast):
    kit.sharing(cast, "1", "1", agree=(cast.ta, cast.hva))
    made = kit.approved(cast, "5")
    return update(open_split(cast, made), key="agreed", sharing=kit.sharing(cast, "9", "1"))


@attack("costs_split_sharing_weights", UPDATE)
def weigh_otherwise_than_agreed(cast):
    recorded = kit.sharing(cast, "9", "1", agree=(cast.ta, cast.hva))
    made = open_split(cast, kit.approved(cast, "10"), "5", "5")
    update(made, key="agreed", sharing=recorded)()
    return update(made, final=True)


def their_matter(cast, kind=Matter.Kind.SHARING, agreement=None):
    return MatterFactory(agreement=agreement or cast.agreement, kind=kind)


def new_sharing(cast, **told):
    days = {"agreed_on": cast.today, "valid_from": cast.today}
    told = {"agreement": cast.agreement, "basis": "separate", "reference": "x", **days, **told}
    return Sharing(**told)


def open_sharing(cast):
    """One that has not been put before the parties."""
    (made,) = Sharing.objects.bulk_create([new_sharing(cast, matter=their_matter(cast))])
    return made


@attack("costs_sharing_before_submitting", INSERT)
def agree_under_what_was_submitted(cast):
    submitted = {"sha256": "f" * 64, "submitted_at": timezone.now()}
    other = MatterFactory(agreement=cast.agreement, kind=Matter.Kind.SHARING, **submitted)
    return insert(new_sharing(cast, matter=other))


@attack("costs_sharing_before_submitting", UPDATE, also=("costs_sharing_submitted",))
def rewrite_what_was_agreed(cast):
    return update(kit.sharing(cast, "1", "1"), reference="Muu")


@attack("costs_sharing_submitted", UPDATE, also=("costs_sharing_before_submitting",))
def move_the_day_of_what_was_agreed(cast):
    return update(kit.sharing(cast, "1", "1"), valid_from=date(2025, 6, 1))


@attack("costs_sharing_submitted", DELETE)
def forget_what_was_agreed(cast):
    recorded = kit.sharing(cast)
    return delete(recorded)


@attack("costs_sharing_of_matter", INSERT)
def agree_under_another_matter(cast):
    return insert(new_sharing(cast, matter=their_matter(cast, Matter.Kind.OTHER)))


@attack("costs_sharing_of_matter", UPDATE)
def move_it_to_others(cast):
    return update(open_sharing(cast), agreement=cast.second)


@attack("costs_sharingweight_before_submitting", INSERT)
def add_a_weight_afterwards(cast):
    return insert(SharingWeight(sharing=kit.sharing(cast, "1"), party=cast.hva.party, weight=1))


@attack("costs_sharingweight_before_submitting", UPDATE)
def move_a_weight_under_what_was_submitted(cast):
    recorded = kit.sharing(cast, "1")
    weight = SharingWeight.objects.create(sharing=open_sharing(cast), party=cast.hva.party, weight=1)
    return update(weight, sharing=recorded)


@attack("costs_sharingweight_submitted", UPDATE, also=("costs_sharingweight_before_submitting",))
def weigh_more_afterwards(cast):
    return update(kit.sharing(cast, "1", "1").weights.first(), weight=5)


@attack("costs_sharingweight_submitted", DELETE)
def drop_a_weight_afterwards(cast):
    return delete(kit.sharing(cast, "1", "1").weights.first())


@attack("costs_sharingweight_pays", INSERT)
def give_kela_a_part(cast):
    return insert(SharingWeight(sharing=open_sharing(cast), party=cast.kela.party, weight=1))


@attack("costs_sharingweight_pays", UPDATE)
def hand_a_part_to_kela(cast):
    weight = SharingWeight.objects.create(sharing=open_sharing(cast), party=cast.hva.party, weight=1)
    return update(weight, party=cast.kela.party)


@attack("costs_costitem_split_stays", UPDATE, label="resubmitted")
def rewrite_what_was_returned_and_put_again(cast):
    cost = kit.item(cast, "5")
    kit.approve(cast, kit.submitted(cast, cost), "return")
    kit.submitted(cast, cost)
    return update(CostItem.objects.get(pk=cost.pk), net=500)


@attack("costs_costitem_split_stays", UPDATE, label="returned to nobody")
def take_what_was_returned_from_the_group(cast):
    cost = kit.item(cast, "5")
    kit.approve(cast, kit.submitted(cast, cost), "return")
    return update(CostItem.objects.get(pk=cost.pk), matter=None)
