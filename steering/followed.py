"""Goals as pages show them: each with its latest outcome, each set with what the group said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.models import Decision
from steering.models import Goal, GoalOutcome, GoalSet


@dataclass(frozen=True)
class Row:
    """A goal with its latest outcome. Its outcomes are loaded before."""

    goal: Goal
    outcome: GoalOutcome | None

    @property
    def is_met(self) -> bool:
        return self.outcome is not None and self.goal.is_met_by(self.outcome.value)


@dataclass(frozen=True)
class Shown:
    """A set of goals as its page shows it."""

    goal_set: GoalSet
    rows: Sequence[Row]
    decision: Decision | None

    @property
    def is_draft(self) -> bool:
        return not self.goal_set.matter.sha256

    @property
    def is_approved(self) -> bool:
        return self.decision is not None and self.decision.outcome == Decision.Outcome.APPROVE


def shown(goal_set: GoalSet) -> Shown:
    """The set as its page shows it; goals, outcomes and decisions are loaded before."""
    said = [one for one in goal_set.matter.decisions.all() if one.party_id is None]
    final = [one for one in said if one.outcome in (*Decision.FINAL, Decision.Outcome.RETURN)]
    return Shown(goal_set, [_row(goal) for goal in goal_set.goals.all()], final[-1] if final else None)


def _row(goal: Goal) -> Row:
    outcomes = list(goal.outcomes.all())
    return Row(goal, outcomes[-1] if outcomes else None)
