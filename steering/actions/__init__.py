"""Everything that changes the steering group's room. Nothing else writes here."""

from steering.actions.agenda import ItemInput, add_item, edit_item, move_item, remove_item
from steering.actions.attendance import Present, attend, leave
from steering.actions.contacts import ask_municipalities, record_contact, record_event
from steering.actions.elsewhere import record_elsewhere
from steering.actions.followup import prepare_followup
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
from steering.actions.minutes import (
    check_minutes,
    note_minutes,
    offices_to_sign,
    put_to_check,
    reopen_minutes,
    save_minutes,
    seated,
    sign_minutes,
)
from steering.actions.offices import Candidate, end_appointment, name_appointed, propose_appointment
from steering.actions.outcomes import outcomes_of, proposed_outcome
from steering.actions.papers import can_extract, issue_extract, issue_minutes, issue_summons
from steering.actions.seats import SeatHolder, SeatInput, replace_seats, seat_people
from steering.actions.statements import (
    add_task,
    decide_disqualification,
    declare_disqualification,
    except_disqualified,
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
    "can_extract",
    "cancel_meeting",
    "cast_vote",
    "check_minutes",
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
    "except_disqualified",
    "finish_task",
    "issue_extract",
    "issue_minutes",
    "issue_summons",
    "leave",
    "load_national_goals",
    "move_item",
    "name_appointed",
    "note_minutes",
    "offices_to_sign",
    "open_meeting",
    "outcomes_of",
    "plan_meeting",
    "prepare_followup",
    "propose_appointment",
    "propose_frame",
    "propose_goals",
    "propose_readings",
    "propose_working_group",
    "proposed_outcome",
    "put_back",
    "put_to_check",
    "record_contact",
    "record_dissent",
    "record_elsewhere",
    "record_event",
    "record_outcome",
    "record_votes",
    "remove_goal",
    "remove_item",
    "reopen_minutes",
    "replace_seats",
    "revise_group",
    "save_goal",
    "save_guidance",
    "save_minutes",
    "seat_people",
    "seated",
    "sign_minutes",
    "submit_goals",
    "summon",
    "take_up",
]
