"""Goals of a year: prepared, put before the group, followed."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions import open_matter, submit_matter
from agreements.actions.locking import lock_agreement
from agreements.history import System
from agreements.models import Agreement, Decision, Mandate, Matter
from agreements.permissions import mandates_of, require, require_system
from steering import permissions
from steering.fingerprints import fingerprint
from steering.models import Goal, GoalOutcome, GoalSet, NationalGoal
from tym.core.errors import Refused, Stale


@dataclass(frozen=True)
class GoalInput:
    """A goal as it should be."""

    name: str
    measure: str
    target: Decimal
    unit: str = ""
    start: Decimal | None = None
    lower_is_better: bool = False
    national_goals: Collection[NationalGoal] = ()
    reason_for_none: str = ""


@transaction.atomic
def load_national_goals(
    *, by: System, first_year: int, last_year: int, texts: Sequence[str], own_wording: bool = True
) -> list[NationalGoal]:
    """The national goals of a government term (380/2023 21 §). Loaded again, a changed text is put right."""
    by = require_system(by)
    known = {goal.number: goal for goal in NationalGoal.objects.filter(first_year=first_year)}
    goals = []
    for number, text in enumerate(texts, start=1):
        goal = known.get(number) or NationalGoal(first_year=first_year, number=number)
        told = {"text": text, "last_year": last_year, "own_wording": own_wording}
        if goal.pk is None or any(getattr(goal, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(goal, name, value)
            history.save(goal, by=by, reason="loaded")
        goals.append(goal)
    return goals


@transaction.atomic
def draft_goals(*, agreement: Agreement, by: Mandate, on: datetime.date, year: int, guidance: str) -> GoalSet:
    """Start preparing the goals of a year. Raises Refused when the year has some that are open or approved."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare(mandates_of(by.person, agreement.pk, on)))
    _check_year(agreement, year)
    title = str(_("Goals of the year %(year)s") % {"year": year})
    matter = open_matter(agreement=agreement, kind=Matter.Kind.GOALS, title=title, by=by, year=on.year)
    goal_set = GoalSet(matter=matter, year=year, guidance=guidance.strip())
    goal_set.full_clean(validate_constraints=False)
    goal_set.save()
    return goal_set


def _check_year(agreement: Agreement, year: int, *, but: GoalSet | None = None) -> None:
    """One set a year: another may come only when the earlier one was rejected or returned."""
    done = [Decision.Outcome.REJECT, Decision.Outcome.RETURN]
    others = GoalSet.objects.of_year(agreement, year).exclude(pk=but.pk if but else None)
    told = {"year": year}
    if others.approved().exists():
        raise Refused(
            _("The goals of %(year)s have been approved already: one set a year.") % told, clause=_("agreement 7 §")
        )
    if others.exclude(matter__decisions__in=Decision.objects.filter(party=None, outcome__in=done)).exists():
        raise Refused(_("Goals of %(year)s are being prepared or are before the steering group already.") % told)


def open_set(goal_set: GoalSet, *, by: Mandate, on: datetime.date) -> tuple[GoalSet, Mandate]:
    """The set, locked, while it is being prepared. Raises Refused when it has been put before the group."""
    agreement = lock_agreement(goal_set.matter.agreement_id)
    goal_set = GoalSet.objects.select_related("matter__agreement").get(pk=goal_set.pk)
    by = require(permissions.can_prepare(mandates_of(by.person, agreement.pk, on)))
    if goal_set.matter.sha256:
        raise Refused(_("The goals have been put before the steering group and stay as they are."))
    return goal_set, by


@transaction.atomic
def save_guidance(*, goal_set: GoalSet, by: Mandate, on: datetime.date, guidance: str) -> GoalSet:
    """Say how the guidance of the section for shared matters was taken into account (7 §)."""
    goal_set, by = open_set(goal_set, by=by, on=on)
    goal_set.guidance = guidance.strip()
    goal_set.full_clean(validate_constraints=False)
    goal_set.save()
    return goal_set


@transaction.atomic
def save_goal(
    *,
    goal_set: GoalSet,
    by: Mandate,
    on: datetime.date,
    values: GoalInput,
    goal: Goal | None = None,
    seen: str | None = None,
) -> Goal:
    """Add a goal to a set in preparation, or save one. `seen`: the fingerprint of the goal that was edited (Stale)."""
    goal_set, by = open_set(goal_set, by=by, on=on)
    if goal is None:
        last = goal_set.goals.aggregate(last=Max("position"))["last"] or 0
        goal = Goal(goal_set=goal_set, position=last + 1)
    else:
        goal = goal_set.goals.get(pk=goal.pk)
        if seen is not None and seen != goal_sha256(goal):
            raise Stale(_("A colleague has saved the goal after you opened it. Nothing you wrote is lost."))
    for name in ("name", "measure", "unit", "start", "target", "lower_is_better", "reason_for_none"):
        value = getattr(values, name)
        setattr(goal, name, value.strip() if isinstance(value, str) else value)
    goal.full_clean(validate_constraints=False)
    goal.save()
    goal.national_goals.set(values.national_goals)
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal, by: Mandate, on: datetime.date) -> None:
    """Take a goal out of a set in preparation."""
    goal_set, by = open_set(goal.goal_set, by=by, on=on)
    found = goal_set.goals.filter(pk=goal.pk).first()
    if found:
        found.national_goals.clear()
        found.delete()


def told_goal(goal: Goal) -> dict[str, Any]:
    """A goal as its fingerprint sees it."""
    names = ("name", "measure", "unit", "start", "target", "lower_is_better", "reason_for_none")
    linked = sorted((national.first_year, national.number) for national in goal.national_goals.all())
    return {name: getattr(goal, name) for name in names} | {"national": linked}


def goal_sha256(goal: Goal) -> str:
    return fingerprint("goal", told_goal(goal))


@transaction.atomic
def submit_goals(*, goal_set: GoalSet, by: Mandate, on: datetime.date, sha256: str | None = None) -> GoalSet:
    """Put the goals before the group. Raises Refused without a goal, or when one rests on nothing national unexplained.

    sha256: the fingerprint of what was seen (Stale when a colleague changed it meanwhile).
    """
    goal_set, by = open_set(goal_set, by=by, on=on)
    _check_year(goal_set.matter.agreement, goal_set.year, but=goal_set)
    goals = list(goal_set.goals.prefetch_related("national_goals"))
    if not goals:
        raise Refused(_("Write at least one goal."), clause=_("agreement 7 §"))
    for goal in goals:
        if not goal.reason_for_none and not goal.national_goals.all():
            told = {"goal": goal.name}
            raise Refused(
                _("Link the goal “%(goal)s” to a national goal, or write why to none.") % told,
                clause=_("agreement 7 §, act 380/2023 21 §"),
            )
    seen = set_sha256(goal_set, goals)
    if sha256 is not None and sha256 != seen:
        raise Stale(_("The goals have changed after you opened the page. Look at them again."))
    submit_matter(goal_set.matter, sha256=seen, by=by)
    return goal_set


def set_sha256(goal_set: GoalSet, goals: Sequence[Goal]) -> str:
    """Fingerprint of all that lies under the matter. Uses each goal's national goals: load them before many."""
    told = {"year": goal_set.year, "guidance": goal_set.guidance, "goals": [told_goal(goal) for goal in goals]}
    return fingerprint(Matter.Kind.GOALS, told)


@transaction.atomic
def propose_goals(
    *, agreement: Agreement, by: Mandate, on: datetime.date, year: int, guidance: str, goals: Sequence[GoalInput]
) -> GoalSet:
    """Write the goals of a year and put them before the group in one act."""
    goal_set = draft_goals(agreement=agreement, by=by, on=on, year=year, guidance=guidance)
    for values in goals:
        save_goal(goal_set=goal_set, by=by, on=on, values=values)
    return submit_goals(goal_set=goal_set, by=by, on=on)


@transaction.atomic
def record_outcome(
    *, goal: Goal, by: Mandate, on: datetime.date, day: datetime.date, value: Decimal, note: str = ""
) -> GoalOutcome:
    """Record how far an approved goal has come. Earlier outcomes stay; the latest counts."""
    agreement = lock_agreement(goal.goal_set.matter.agreement_id)
    by = require(permissions.can_prepare(mandates_of(by.person, agreement.pk, on)))
    if not goal.goal_set.matter.is_approved:
        raise Refused(_("The steering group has not approved the goals."), clause=_("agreement 7 §"))
    if day > on:
        raise Refused(_("The day is in the future."))
    outcome = GoalOutcome(goal=goal, on=day, value=value, note=note.strip(), mandate=by)
    outcome.full_clean(validate_constraints=False)
    outcome.save()
    return outcome
