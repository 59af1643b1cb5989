from steering.models.goals import Frame, Goal, GoalOutcome, GoalSet, NationalGoal, WorkingGroup
from steering.models.offices import Appointment, Event, MunicipalContact, Naming
from steering.models.terms import SeatLine, Term

__all__ = [
    "Appointment",
    "Event",
    "Frame",
    "Goal",
    "GoalOutcome",
    "GoalSet",
    "MunicipalContact",
    "Naming",
    "NationalGoal",
    "SeatLine",
    "Term",
    "WorkingGroup",
]
