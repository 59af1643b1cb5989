"""Goals of a year: prepared, put before the group, approved once, followed (agreement 7 §, 7.9–7.11, C8)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from agreements.models import Matter
from steering import actions, national
from steering.models import Goal, GoalSet, NationalGoal
from tests.cast import TODAY
from tests.steering import office_kit as kit
from tym.core.errors import NotAllowed, Refused, Stale


@pytest.fixture(autouse=True)
def _english():
    """Refusals are told apart by their English words."""
    with translation.override("en"):
        yield


def test_goals_are_prepared_submitted_and_approved(cast):
    linked = kit.linked(cast, 3)
    goal_set = kit.approved_goals(
        cast, kit.goal_input(national_goals=linked, reason_for_none="", start=Decimal("87.6")), kit.goal_input(name="B")
    )
    assert goal_set.matter.kind == Matter.Kind.GOALS
    assert [goal.name for goal in goal_set.goals.all()] == ["Suunnitelmat ajallaan", "B"]
    assert list(goal_set.goals.first().national_goals.all()) == linked
    assert list(GoalSet.objects.of_year(cast.agreement, 2026).approved()) == [goal_set]


def test_all_in_one_act(cast):
    goal_set = actions.propose_goals(
        agreement=cast.agreement, by=cast.coordinator, on=TODAY, year=2026, guidance="luettu", goals=[kit.goal_input()]
    )
    assert goal_set.matter.sha256


def test_goal_rests_on_a_national_goal_or_says_why_not(cast):
    with pytest.raises(Refused, match="Suunnitelmat ajallaan") as refused:
        kit.submitted_goals(cast, kit.goal_input(), kit.goal_input(reason_for_none=""))
    assert "380/2023 21 §" in refused.value.clause
    assert not GoalSet.objects.get().matter.sha256


@pytest.mark.parametrize("linked", [True, False])
def test_either_is_enough(cast, linked):
    national_goals, reason = (kit.linked(cast, 1, 2), "") if linked else ((), "9 §")
    assert kit.submitted_goals(cast, kit.goal_input(national_goals=national_goals, reason_for_none=reason))


def test_year_without_a_goal_is_not_submitted(cast):
    told = {"by": cast.coordinator, "on": TODAY}
    goal_set = actions.draft_goals(agreement=cast.agreement, year=2026, guidance="luettu", **told)
    with pytest.raises(Refused, match="at least one goal"):
        actions.submit_goals(goal_set=goal_set, **told)


def test_one_set_a_year_is_prepared_at_a_time(cast):
    kit.draft_goals(cast, year=2026)
    with pytest.raises(Refused, match="being prepared"):
        kit.draft_goals(cast, year=2026)
    assert kit.draft_goals(cast, year=2027)


def test_one_set_a_year_is_approved(cast):
    kit.approved_goals(cast, year=2026)
    with pytest.raises(Refused, match="one set a year"):
        kit.draft_goals(cast, year=2026)


@pytest.mark.parametrize(("outcome", "again"), [("reject", True), ("return", True), ("table", False), ("note", False)])
def test_goals_may_be_prepared_anew_when_the_group_did_not_take_them(cast, outcome, again):
    kit.approve(cast, kit.submitted_goals(cast).matter, outcome)
    if again:
        assert kit.draft_goals(cast)
        return
    with pytest.raises(Refused, match="before the steering group"):
        kit.draft_goals(cast)


def test_returned_goals_come_back_as_new_ones(cast):
    first = kit.submitted_goals(cast)
    kit.approve(cast, first.matter, "return")
    second = kit.draft_goals(cast)
    with pytest.raises(Refused, match="comes back as a new matter"):
        kit.approve(cast, first.matter)
    actions.submit_goals(goal_set=second, by=cast.coordinator, on=TODAY)


@pytest.mark.parametrize("who", ["ta", "kela_main_user", "member", "stranger"])
def test_others_do_not_prepare_goals(cast, who):
    goal_set = kit.draft_goals(cast)
    told = {"by": getattr(cast, who), "on": TODAY}
    for act in (
        lambda: kit.draft_goals(cast, year=2028, by=told["by"]),
        lambda: actions.save_goal(goal_set=goal_set, values=kit.goal_input(), **told),
        lambda: actions.save_guidance(goal_set=goal_set, guidance="x", **told),
        lambda: actions.remove_goal(goal=goal_set.goals.get(), **told),
        lambda: actions.submit_goals(goal_set=goal_set, **told),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert GoalSet.objects.count() == 1
    assert goal_set.goals.count() == 1


def test_goal_is_saved_and_removed_while_in_preparation(cast):
    goal_set, told = kit.draft_goals(cast), {"by": cast.coordinator, "on": TODAY}
    goal = goal_set.goals.get()
    values = kit.goal_input(name=" Uusi nimi ", national_goals=kit.linked(cast, 5), lower_is_better=True)
    actions.save_goal(goal_set=goal_set, values=values, goal=goal, **told)
    goal.refresh_from_db()
    assert (goal.name, goal.lower_is_better, goal.national_goals.get().number) == ("Uusi nimi", True, 5)
    actions.remove_goal(goal=goal, **told)
    actions.remove_goal(goal=goal, **told)
    assert not goal_set.goals.exists()


def test_colleague_is_not_overwritten(cast):
    goal_set, told = kit.draft_goals(cast), {"by": cast.coordinator, "on": TODAY}
    goal = goal_set.goals.get()
    seen = actions.goals.goal_sha256(goal)
    actions.save_goal(goal_set=goal_set, values=kit.goal_input(name="A"), goal=goal, seen=seen, **told)
    with pytest.raises(Stale):
        actions.save_goal(goal_set=goal_set, values=kit.goal_input(name="B"), goal=goal, seen=seen, **told)
    assert goal_set.goals.get().name == "A"


def test_what_was_seen_is_what_is_submitted(cast):
    goal_set, told = kit.draft_goals(cast), {"by": cast.coordinator, "on": TODAY}
    seen = actions.goals.set_sha256(goal_set, list(goal_set.goals.all()))
    actions.save_guidance(goal_set=goal_set, guidance="muu", **told)
    with pytest.raises(Stale):
        actions.submit_goals(goal_set=goal_set, sha256=seen, **told)


def test_submitted_goals_stay(cast):
    goal_set, told = kit.submitted_goals(cast), {"by": cast.coordinator, "on": TODAY}
    for act in (
        lambda: actions.save_goal(goal_set=goal_set, values=kit.goal_input(name="x"), **told),
        lambda: actions.remove_goal(goal=goal_set.goals.get(), **told),
        lambda: actions.submit_goals(goal_set=goal_set, **told),
    ):
        with pytest.raises(Refused, match="stay as they are"):
            act()
    assert goal_set.goals.get().name == "Suunnitelmat ajallaan"


def outcome(cast, goal, value="87.6", day=TODAY, **told):
    told = {"by": cast.coordinator, "on": TODAY, "note": "361/412", **told}
    return actions.record_outcome(goal=goal, day=day, value=Decimal(value), **told)


@pytest.mark.parametrize(
    ("value", "target", "lower", "met"),
    [
        ("90.00", "90.00", False, True),
        ("89.99", "90.00", False, False),
        ("58.00", "58.00", True, True),
        ("58.01", "58.00", True, False),
        ("57.99", "58.00", True, True),
    ],
)
def test_outcome_meets_the_target_in_the_direction_that_is_better(value, target, lower, met):
    assert Goal(target=Decimal(target), lower_is_better=lower).is_met_by(Decimal(value)) is met


def test_outcomes_are_kept_one_after_another(cast):
    goal = kit.approved_goals(cast).goals.get()
    outcome(cast, goal, "80", day=date(2025, 3, 31))
    outcome(cast, goal, "87.6")
    assert [(found.on, found.value) for found in goal.outcomes.all()] == [
        (date(2025, 3, 31), Decimal("80.00")), (TODAY, Decimal("87.60")),
    ]  # fmt: skip


def test_outcome_is_of_approved_goals_and_not_of_tomorrow(cast):
    with pytest.raises(Refused, match="not approved"):
        outcome(cast, kit.submitted_goals(cast).goals.get())
    goal = kit.approved_goals(cast, year=2027).goals.get()
    with pytest.raises(Refused, match="future"):
        outcome(cast, goal, day=date(2025, 6, 3))
    with pytest.raises(NotAllowed):
        outcome(cast, goal, by=cast.hva)


def test_national_goals_are_loaded_once_and_put_right(cast):
    kit.national_goals(cast)
    kit.national_goals(cast)
    assert [goal.number for goal in NationalGoal.objects.all()] == [1, 2, 3, 4, 5]
    assert {(goal.years, goal.own_wording) for goal in NationalGoal.objects.all()} == {("2025–2027", True)}
    texts = ("Toinen sanamuoto", *national.TEXTS[1:])
    actions.load_national_goals(by=cast.system, first_year=2025, last_year=2027, texts=texts, own_wording=False)
    assert NationalGoal.objects.count() == 5
    assert NationalGoal.objects.get(number=1).text == "Toinen sanamuoto"
    with pytest.raises(NotAllowed):
        actions.load_national_goals(by=cast.coordinator, first_year=2025, last_year=2027, texts=texts)
