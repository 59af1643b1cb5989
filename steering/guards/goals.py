"""Rules of goals, their outcomes, the coordinator's frame and working groups (agreement 7 §, decree 388/2024 2 §)."""

from agreements.guards import under_matter
from steering.guards.offices import of_kind
from steering.models import Frame, Goal, GoalOutcome, GoalSet, WorkingGroup
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only

SET, GOAL, MATTER, DECISION = "steering_goalset", "steering_goal", "agreements_matter", "agreements_decision"
LINK = Goal.national_goals.through._meta.db_table
SET_SUBMITTED = (
    f"EXISTS (SELECT 1 FROM {SET} s JOIN {MATTER} m ON m.id = s.matter_id "
    "WHERE s.id = {row}.goal_set_id AND m.sha256 <> '')"
)
GOAL_SUBMITTED = (
    f"EXISTS (SELECT 1 FROM {GOAL} g JOIN {SET} s ON s.id = g.goal_set_id JOIN {MATTER} m ON m.id = s.matter_id "
    "WHERE g.id = {row}.goal_id AND m.sha256 <> '')"
)
SUBMITTING = "OLD.sha256 = '' AND NEW.sha256 <> ''"
APPROVING = "NEW.party_id IS NULL AND NEW.outcome = 'approve'"
STAYS = "goals put before the group stay as they are"


def _frozen(table: str, submitted: str) -> list[Guard]:
    """Rows that are written only while the goals are being prepared."""
    new, old = submitted.format(row="NEW"), submitted.format(row="OLD")
    return [
        Guard(f"{table}_before_submitting", table, (INSERT, UPDATE), new, STAYS),
        Guard(f"{table}_submitted", table, (UPDATE, DELETE), old, STAYS),
    ]


GOAL_GUARDS = [
    *under_matter(GoalSet),
    of_kind(GoalSet, "goals"),
    *_frozen(GOAL, SET_SUBMITTED),
    *_frozen(LINK, GOAL_SUBMITTED),
    Guard(
        f"{SET}_has_goals",
        MATTER,
        (UPDATE,),
        f"{SUBMITTING} AND EXISTS (SELECT 1 FROM {SET} s WHERE s.matter_id = NEW.id "
        f"AND NOT EXISTS (SELECT 1 FROM {GOAL} g WHERE g.goal_set_id = s.id))",
        "goals of a year without a goal",
    ),
    Guard(
        f"{GOAL}_linked",
        MATTER,
        (UPDATE,),
        f"{SUBMITTING} AND EXISTS (SELECT 1 FROM {SET} s JOIN {GOAL} g ON g.goal_set_id = s.id "
        f"WHERE s.matter_id = NEW.id AND g.reason_for_none = '' "
        f"AND NOT EXISTS (SELECT 1 FROM {LINK} l WHERE l.goal_id = g.id))",
        "each goal rests on a national goal or says why not (agreement 7 §)",
    ),
    Guard(
        f"{SET}_one_a_year",
        DECISION,
        (INSERT,),
        f"{APPROVING} AND EXISTS (SELECT 1 FROM {SET} s JOIN {MATTER} m ON m.id = s.matter_id "
        f"JOIN {SET} o ON o.year = s.year AND o.id <> s.id "
        f"JOIN {MATTER} om ON om.id = o.matter_id AND om.agreement_id = m.agreement_id "
        f"JOIN {DECISION} d ON d.matter_id = om.id AND d.party_id IS NULL AND d.outcome = 'approve' "
        "WHERE s.matter_id = NEW.matter_id)",
        "the goals of the year have been approved already (agreement 7 §)",
    ),
    *append_only(GoalOutcome),
    Guard(
        "steering_goaloutcome_of_approved",
        "steering_goaloutcome",
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {GOAL} g JOIN {SET} s ON s.id = g.goal_set_id "
        f"JOIN {DECISION} d ON d.matter_id = s.matter_id AND d.party_id IS NULL AND d.outcome = 'approve' "
        "WHERE g.id = NEW.goal_id)",
        "only goals the group has approved have an outcome",
    ),
    Guard(
        "steering_nationalgoal_same",
        "steering_nationalgoal",
        (UPDATE,),
        "NEW.number <> OLD.number OR NEW.first_year <> OLD.first_year",
        "a national goal keeps its number and term",
    ),
    Guard("steering_nationalgoal_kept", "steering_nationalgoal", (DELETE,), "TRUE", "national goals are never removed"),
]
GROUP_GUARDS = [
    *under_matter(Frame),
    of_kind(Frame, "frame"),
    *under_matter(WorkingGroup),
    of_kind(WorkingGroup, "working_group"),
]
