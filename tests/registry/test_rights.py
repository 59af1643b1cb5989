"""Access rights through the actions."""

from datetime import date, timedelta

import pytest

from registry import actions
from registry.models import AccessRight, RightsCheck, RightsSetting
from registry.rights import rights_of
from tests.registry import kit
from tym.core.errors import NotAllowed, Refused, Stale


def of(cast, party):
    return next(row for row in rights_of(cast.agreement, cast.today) if row.party == party)


def test_counts_are_the_default_and_names_a_partys_choice(cast):
    with pytest.raises(Refused):
        actions.enter_right(party=cast.kela.party, by=cast.kela, on=cast.today, person="A", applied_on=cast.today)
    assert kit.right(cast).party == cast.kela.party
    assert (of(cast, cast.kela.party).named, of(cast, cast.hva.party).named) == (True, False)


@pytest.mark.parametrize("who", ["hva", "coordinator", "member", "stranger"])
def test_only_a_partys_own_people_keep_its_rights(cast, who):
    right, by = kit.right(cast), getattr(cast, who)
    told = {"party": cast.kela.party, "by": by, "on": cast.today}
    for act in (
        lambda: actions.enter_right(**told, person="B", employer="Kela", applied_on=cast.today),
        lambda: kit.revise(cast, right, by, task="muu"),
        lambda: actions.check_rights(**told, seen=[right.pk], needed=[]),
        lambda: actions.choose_way(**told, named=False),
        lambda: actions.take_rights(**told, rows=[(right, {"task": "muu"})]),
        lambda: actions.confirm_counts(**told, granted=1, outside=0, applied=0, untrained=0, left=0),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert AccessRight.objects.get().task == ""


def test_own_list_takes_no_right_of_another(cast):
    theirs = kit.right(cast, cast.hva)
    kit.by_name(cast)
    told = {"party": cast.kela.party, "by": cast.kela, "on": cast.today}
    with pytest.raises(Refused):
        actions.take_rights(**told, rows=[(theirs, {"person": "Vallattu"})])
    with pytest.raises(NotAllowed):
        kit.revise(cast, theirs, cast.kela, person="Vallattu")


def test_people_of_another_party_are_on_its_own_list(cast):
    for employer in (cast.hva.party.short_name, cast.hva.party.organisation.name.upper()):
        with pytest.raises(Refused) as refused:
            kit.right(cast, employer=employer)
        assert refused.value.clause == "sopimus 10 §"
    assert not AccessRight.objects.exists()


def test_right_comes_after_training_or_tells_why(cast):
    late = {"trained_on": kit.GRANTED + timedelta(days=1)}
    for told in ({"trained_on": None}, late):
        with pytest.raises(Refused) as refused:
            kit.right(cast, **told)
        assert refused.value.clause
    assert kit.right(cast, deviation="Koulutus oli täynnä.", **late).deviation


@pytest.mark.parametrize(
    "told",
    [
        {"granted_on": date(2025, 3, 2), "trained_on": date(2025, 3, 1)},
        {"ended_on": date(2025, 3, 11)},
        {"applied_on": date(2025, 6, 3), "granted_on": None},
    ],
)
def test_days_are_in_order_and_have_come(cast, told):
    with pytest.raises(Refused):
        kit.right(cast, **told)


def test_person_has_one_open_right(cast):
    right = kit.right(cast)
    with pytest.raises(Refused):
        kit.right(cast, person="ulla kaarina")
    kit.revise(cast, right, ended_on=cast.today)
    assert kit.right(cast).pk != right.pk


def test_second_to_save_a_right_sees_the_first(cast):
    right = kit.right(cast)
    kit.revise(cast, right, task="neuvoja")
    with pytest.raises(Stale):
        kit.revise(cast, right, task="muu")
    assert right.history.count() == 2


def test_sweep_confirms_who_is_needed_and_ends_the_tasks_of_the_rest(cast):
    kept, gone = kit.right(cast), kit.right(cast, person="Lähtijä")
    check = kit.sweep(cast, needed=[kept.pk])
    kept, gone = (AccessRight.objects.get(pk=right.pk) for right in (kept, gone))
    assert (kept.checked_on, kept.left_on, gone.checked_on, gone.left_on) == (cast.today, None, cast.today, cast.today)
    assert (check.granted, check.untrained, check.on) == (2, 0, cast.today)


def test_sweep_of_a_list_that_has_changed_is_refused(cast):
    right = kit.right(cast)
    kit.right(cast, person="Uusi")
    with pytest.raises(Stale):
        kit.sweep(cast, seen=[right.pk], needed=[right.pk])
    assert not RightsCheck.objects.exists()


def test_counts_are_confirmed_and_found_against_annex_2(cast):
    kit.check(cast, granted=5)
    told = [(one.kind, one.count) for one in of(cast, cast.ta.party).findings]
    assert told == [("staff_without_right", 1)]
    kit.check(cast, granted=7, outside=1)
    assert [(one.kind, one.level) for one in of(cast, cast.ta.party).findings] == [("outside", "information")]
    kit.by_name(cast, cast.ta)
    with pytest.raises(Refused):
        kit.check(cast)


@pytest.mark.parametrize("part", [{"outside": 7}, {"left": 7}, {"untrained": 7}])
def test_part_is_not_larger_than_the_whole(cast, part):
    with pytest.raises(Refused):
        kit.check(cast, **part)


def test_confirmation_is_asked_for_a_year_after_the_agreement_began(cast, clock):
    assert of(cast, cast.ta.party).findings == ()
    day = date(2026, 1, 2)
    kinds = {one.kind for row in rights_of(cast.agreement, day) for one in row.findings}
    assert kinds == {"check_overdue"}


def test_names_that_are_no_longer_kept_stay_out_of_sight(cast):
    kit.right(cast)
    actions.choose_way(party=cast.kela.party, by=cast.kela, on=cast.today, named=False)
    assert of(cast, cast.kela.party).counts is None
    assert RightsSetting.objects.get().history.count() == 2
