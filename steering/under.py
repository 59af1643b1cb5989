"""What lies under a matter of the group, for the page on which it is handled."""

from __future__ import annotations

from typing import Any

from agreements.models import Matter
from steering.followed import shown
from steering.models import Frame, GoalSet, WorkingGroup
from steering.rules import BY_KEY

Kind = Matter.Kind


def lies_under(matter: Matter) -> dict[str, Any]:
    """By name, what `steering/_under_matter.html` draws. At most five queries, whatever the number of rows."""
    found: dict[str, Any] = dict.fromkeys(("appointments", "goals", "frame", "working_group", "rules"))
    if matter.kind in (Kind.APPOINTMENT, Kind.YOUTH_LEAD):
        found["appointments"] = list(matter.appointments.select_related("person", "naming"))
    if matter.kind == Kind.GOALS:
        sets = GoalSet.objects.filter(matter=matter).select_related("matter")
        goal_set = sets.prefetch_related("goals__outcomes", "goals__national_goals", "matter__decisions").first()
        found["goals"] = shown(goal_set) if goal_set else None
    if matter.kind == Kind.FRAME:
        found["frame"] = Frame.objects.filter(matter=matter).first()
    if matter.kind == Kind.WORKING_GROUP:
        found["working_group"] = WorkingGroup.objects.filter(matter=matter).first()
    if matter.kind == Kind.READING:
        found["rules"] = [
            (BY_KEY[reading.key].label, BY_KEY[reading.key].in_words(reading.value), reading)
            for reading in matter.readings.all()
            if reading.key in BY_KEY
        ]
    return found
