"""Everything that changes the steering group's room. Nothing else writes here."""

from steering.actions.contacts import ask_municipalities, record_contact, record_event
from steering.actions.goals import (
    GoalInput,
    draft_goals,
    load_national_goals,
    propose_goals,
    record_outcome,
    remove_goal,
    save_goal,
    save_guidance,
    submit_goals,
)
from steering.actions.groups import propose_frame, propose_readings, propose_working_group
from steering.actions.offices import Candidate, end_appointment, name_appointed, propose_appointment
from steering.actions.seats import SeatHolder, SeatInput, replace_seats, seat_people
from steering.actions.terms import appoint_group, close_term, revise_group

__all__ = [
    "Candidate",
    "GoalInput",
    "SeatHolder",
    "SeatInput",
    "appoint_group",
    "ask_municipalities",
    "close_term",
    "draft_goals",
    "end_appointment",
    "load_national_goals",
    "name_appointed",
    "propose_appointment",
    "propose_frame",
    "propose_goals",
    "propose_readings",
    "propose_working_group",
    "record_contact",
    "record_event",
    "record_outcome",
    "remove_goal",
    "replace_seats",
    "revise_group",
    "save_goal",
    "save_guidance",
    "seat_people",
    "submit_goals",
]
