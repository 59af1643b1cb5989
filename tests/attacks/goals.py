"""Attacks on goals, their links and outcomes, and on national goals."""

from django.utils import timezone

from agreements.models import Decision, Matter
from steering.models import Goal, GoalOutcome, GoalSet, NationalGoal
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.offices import written
from tests.cast import TODAY
from tests.steering import office_kit as kit

LINKS = Goal.national_goals.through


def goal(goal_set, **told):
    return Goal(**{"goal_set": goal_set, "name": "Uusi", "measure": "mittari", "target": 1, **told})


@attack("steering_goal_before_submitting", INSERT)
def add_a_goal_afterwards(cast):
    return insert(goal(kit.submitted_goals(cast)))


@attack("steering_goal_before_submitting", UPDATE)
def move_a_goal_under_submitted_ones(cast):
    return update(kit.draft_goals(cast, year=2027).goals.get(), goal_set=kit.submitted_goals(cast))


@attack("steering_goal_submitted", UPDATE)
def move_a_goal_away(cast):
    return update(kit.submitted_goals(cast).goals.get(), goal_set=kit.draft_goals(cast, year=2027))


@attack("steering_goal_submitted", DELETE)
def remove_a_goal_afterwards(cast):
    return delete(kit.submitted_goals(cast).goals.get())


def link(cast, goal_set):
    return LINKS(goal=goal_set.goals.get(), nationalgoal=kit.linked(cast, 1)[0])


def linked_goals(cast, make):
    return make(cast, kit.goal_input(national_goals=kit.linked(cast, 2)))


@attack("steering_goal_national_goals_before_submitting", INSERT)
def link_a_goal_afterwards(cast):
    return insert(link(cast, kit.submitted_goals(cast)))


@attack("steering_goal_national_goals_before_submitting", UPDATE)
def move_a_link_under_submitted_goals(cast):
    draft = kit.draft_goals(cast, kit.goal_input(national_goals=kit.linked(cast, 2)), year=2027)
    return update(LINKS.objects.get(goal__goal_set=draft), goal=kit.submitted_goals(cast).goals.get())


@attack("steering_goal_national_goals_submitted", UPDATE)
def move_a_link_away(cast):
    goal_set = linked_goals(cast, kit.submitted_goals)
    draft = kit.draft_goals(cast, year=2027)
    return update(LINKS.objects.get(goal__goal_set=goal_set), goal=draft.goals.get())


@attack("steering_goal_national_goals_submitted", DELETE)
def unlink_a_goal_afterwards(cast):
    return delete(LINKS.objects.get(goal__goal_set=linked_goals(cast, kit.submitted_goals)))


def submitting(goal_set):
    return update(goal_set.matter, sha256="d" * 64, submitted_at=timezone.now())


@attack("steering_goalset_has_goals", UPDATE)
def submit_a_year_without_a_goal(cast):
    return submitting(written(GoalSet, cast))


@attack("steering_goal_linked", UPDATE)
def submit_a_goal_that_rests_on_nothing(cast):
    return submitting(kit.draft_goals(cast, kit.goal_input(reason_for_none="")))


@attack("steering_goalset_one_a_year", INSERT)
def approve_the_goals_of_a_year_twice(cast):
    first = kit.submitted_goals(cast)
    kit.approve(cast, first.matter, "return")
    kit.approve(cast, kit.submitted_goals(cast).matter)
    matter = Matter.objects.get(pk=first.matter_id)
    told = {"organ": "Johtoryhmä", "decided_on": TODAY, "section": "9", "outcome": "approve"}
    return insert(Decision(matter=matter, sha256=matter.sha256, mandate=cast.coordinator, **told))


def outcome(cast, goal_set):
    return GoalOutcome(goal=goal_set.goals.get(), on=TODAY, value=1, mandate=cast.coordinator)


@attack("steering_goaloutcome_of_approved", INSERT)
def follow_goals_the_group_has_not_approved(cast):
    return insert(outcome(cast, kit.submitted_goals(cast)))


def followed(cast):
    found = outcome(cast, kit.approved_goals(cast))
    found.save()
    return found


@attack("steering_goaloutcome_append_only", UPDATE)
def embellish_an_outcome(cast):
    return update(followed(cast), value=99)


@attack("steering_goaloutcome_append_only", DELETE)
def forget_an_outcome(cast):
    return delete(followed(cast))


@attack("steering_nationalgoal_same", UPDATE)
def renumber_a_national_goal(cast):
    return update(kit.linked(cast, 1)[0], number=9)


@attack("steering_nationalgoal_kept", DELETE)
def remove_a_national_goal(cast):
    kit.national_goals(cast)
    return delete(NationalGoal.objects.get(number=1))
