"""What the database refuses in the steering group's room."""

from steering import models as m
from steering.guards.goals import GOAL_GUARDS, GROUP_GUARDS
from steering.guards.handling import HANDLING_GUARDS
from steering.guards.meetings import MEETING_GUARDS, MEETING_TRACKED
from steering.guards.minutes import MINUTES_GUARDS
from steering.guards.offices import OFFICE_GUARDS
from steering.guards.terms import SEAT_GUARDS, TERM_GUARDS
from tym.core.guards import history

TRACKED = (m.Term, m.Naming, m.MunicipalContact, m.NationalGoal, *MEETING_TRACKED, m.Minutes, m.Checker)

GUARDS = [
    *TERM_GUARDS,
    *SEAT_GUARDS,
    *OFFICE_GUARDS,
    *GOAL_GUARDS,
    *GROUP_GUARDS,
    *MEETING_GUARDS,
    *HANDLING_GUARDS,
    *MINUTES_GUARDS,
    *[guard for model in TRACKED for guard in history(model)],
]
