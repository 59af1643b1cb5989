"""Everything that changes the steering group's room. Nothing else writes here."""

from steering.actions.agenda import ItemInput, add_item, edit_item, move_item, remove_item
from steering.actions.attendance import Present, attend, leave
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
from steering.actions.items import cast_vote, close_item, decide_unanimously, put_back, record_votes, take_up
from steering.actions.meetings import (
    Plan,
    ask_for_meeting,
    call_deputy,
    cancel_meeting,
    edit_meeting,
    end_meeting,
    open_meeting,
    plan_meeting,
    summon,
)
from steering.actions.offices import Candidate, end_appointment, name_appointed, propose_appointment
from steering.actions.outcomes import outcomes_of, proposed_outcome
from steering.actions.seats import SeatHolder, SeatInput, replace_seats, seat_people
from steering.actions.statements import (
    add_task,
    decide_disqualification,
    declare_disqualification,
    finish_task,
    record_dissent,
)
from steering.actions.terms import appoint_group, close_term, revise_group

__all__ = [
    "Candidate",
    "GoalInput",
    "ItemInput",
    "Plan",
    "Present",
    "SeatHolder",
    "SeatInput",
    "add_item",
    "add_task",
    "appoint_group",
    "ask_for_meeting",
    "ask_municipalities",
    "attend",
    "call_deputy",
    "cancel_meeting",
    "cast_vote",
    "close_item",
    "close_term",
    "decide_disqualification",
    "decide_unanimously",
    "declare_disqualification",
    "draft_goals",
    "edit_item",
    "edit_meeting",
    "end_appointment",
    "end_meeting",
    "finish_task",
    "leave",
    "load_national_goals",
    "move_item",
    "name_appointed",
    "open_meeting",
    "outcomes_of",
    "plan_meeting",
    "propose_appointment",
    "propose_frame",
    "propose_goals",
    "propose_readings",
    "propose_working_group",
    "proposed_outcome",
    "put_back",
    "record_contact",
    "record_dissent",
    "record_event",
    "record_outcome",
    "record_votes",
    "remove_goal",
    "remove_item",
    "replace_seats",
    "revise_group",
    "save_goal",
    "save_guidance",
    "seat_people",
    "submit_goals",
    "summon",
    "take_up",
]
