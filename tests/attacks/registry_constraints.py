"""Rows of the registry that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from datetime import timedelta

from registry.models import RightsCheck, RightsSetting
from tests.attacks import registry as made
from tests.registry import kit

ATTACKS = {}


def breaks(name):
    def register(prepare):
        ATTACKS[f"registry_{name}"] = prepare
        return prepare

    return register


def right(name, **values):
    @breaks(f"right_{name}")
    def prepare(cast):
        row = made.new_right(made.named(cast))
        for field, value in values.items():
            setattr(row, field, value)
        return row


EARLY = kit.APPLIED - timedelta(days=1)
right("granted_after", granted_on=EARLY, trained_on=EARLY)
right("ended_after", ended_on=EARLY)
right("trained_first", granted_on=kit.GRANTED)
right("employer_told", employer="")


@breaks("right_one_open")
def have_two_open_rights(cast):
    kit.right(cast, person="UUSI")
    return made.new_right(cast)


@breaks("rightssetting_party_id_key")
def choose_twice(cast):
    return RightsSetting(party=kit.by_name(cast).party)


def check(name, **values):
    @breaks(f"check_{name}")
    def prepare(cast):
        return RightsCheck(party=cast.kela.party, on=cast.today, mandate=cast.kela, **{"granted": 1, **values})


check("parts_within", left=2)
check("untrained_within", untrained=2)


@breaks("duty_note_says_something")
def say_nothing(cast):
    return made.new_note(cast, note="")


def retention(name, **values):
    @breaks(f"retention_{name}")
    def prepare(cast):
        return made.new_rule(cast, **values)


retention("some_years", years=0)
retention("basis_told", basis="")
retention("from_known", counted_from="never")


def publicity(name, **values):
    @breaks(f"publicity_{name}")
    def prepare(cast):
        told = {"state": "secret", "ground": "24 §", "part": "kaikki", **values}
        return made.new_class(cast, **{key: value(cast) if callable(value) else value for key, value in told.items()})


publicity("secret_on_a_ground", ground="salainen")
publicity("until_after", until=lambda cast: cast.today - timedelta(days=1))
publicity("reason_told", reason="")
