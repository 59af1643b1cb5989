"""Rows of signing that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from agreements.models import CopyReceipt
from tests.agreements import signing_world as world
from tests.attacks.signing import a_place, a_round, an_act, in_place_of, the_end

BREAKS = {}


def breaks(name):
    def register(prepare):
        BREAKS[f"agreements_{name}"] = prepare
        return prepare

    return register


def first(cast, way="in_app"):
    return world.places(world.opened(cast, way))[0]


@breaks("signing_way_known")
def signed_by_telepathy(cast):
    return a_round(cast, world.agreed(cast), way="mind")


@breaks("place_order_once")
def two_in_one_place(cast):
    return a_place(cast, world.opened(cast), order=1)


@breaks("place_replaced_with_reason")
def replaced_without_a_reason(cast):
    return in_place_of(cast, first(cast, "paper"), reason="")


@breaks("signingplace_replaces_id_key")
def replaced_by_two(cast):
    place = first(cast, "paper")
    in_place_of(cast, place).save()
    return in_place_of(cast, place)


@breaks("signing_kind_known")
def nodded(cast):
    place = first(cast)
    return an_act(place, world.mandate_of(place), kind="nodded")


@breaks("signing_answer_once")
def signed_twice(cast):
    place = first(cast)
    world.sign(place)
    return an_act(place, world.mandate_of(place))


@breaks("signing_reminder_once_a_day")
def reminded_twice(cast):
    place = first(cast)
    an_act(place, cast.coordinator, kind="reminded").save()
    return an_act(place, cast.coordinator, kind="reminded")


@breaks("signing_declined_with_reason")
def declined_in_silence(cast):
    place = first(cast)
    return an_act(place, world.mandate_of(place), kind="declined")


@breaks("signing_end_whole")
def interrupted_in_silence(cast):
    return the_end(cast, world.opened(cast), outcome="interrupted")


@breaks("signingend_round_id_key")
def ended_twice(cast):
    return the_end(cast, world.completed(cast), outcome="interrupted", reason="syy")


@breaks("copy_receipt_once")
def fetched_twice(cast):
    signing = world.completed(cast)
    CopyReceipt.objects.create(round=signing, party=cast.kela.party, mandate=cast.kela)
    return CopyReceipt(round=signing, party=cast.kela.party, mandate=cast.kela)
