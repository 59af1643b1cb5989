from steering.models.goals import Frame, Goal, GoalOutcome, GoalSet, NationalGoal, WorkingGroup
from steering.models.handling import Absence, Disqualification, Dissent, Seating, Task, Vote
from steering.models.meetings import AgendaItem, Attendance, Meeting
from steering.models.minutes import Checker, Minutes, MinutesCheck, MinutesNote, MinutesSignature
from steering.models.offices import Appointment, Event, MunicipalContact, Naming
from steering.models.terms import SeatLine, Term

__all__ = [
    "Absence",
    "AgendaItem",
    "Appointment",
    "Attendance",
    "Checker",
    "Disqualification",
    "Dissent",
    "Event",
    "Frame",
    "Goal",
    "GoalOutcome",
    "GoalSet",
    "Meeting",
    "Minutes",
    "MinutesCheck",
    "MinutesNote",
    "MinutesSignature",
    "MunicipalContact",
    "Naming",
    "NationalGoal",
    "SeatLine",
    "Seating",
    "Task",
    "Term",
    "Vote",
    "WorkingGroup",
]
