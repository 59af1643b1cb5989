"""Rules of how an item is handled: seats, disqualifications, votes (hallintolaki 434/2003 27-30 §, agreement 7 §)."""

from steering.guards.meetings import SEAT_ON_DAY
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

SEATING, VOTE, DISQUALIFICATION, DISSENT, TASK = (
    "steering_seating",
    "steering_vote",
    "steering_disqualification",
    "steering_dissent",
    "steering_task",
)
# Over {row}, NEW or OLD, of something that has an item.
STATE = "(SELECT i.state FROM steering_agendaitem i WHERE i.id = {row}.item_id)"

HANDLING_GUARDS = [
    Guard(
        f"{SEATING}_frozen",
        SEATING,
        (INSERT, UPDATE),
        f"{STATE.format(row='NEW')} <> 'open'",
        "who acts in the seats is frozen when the item is taken up",
    ),
    Guard(
        f"{SEATING}_kept",
        SEATING,
        (UPDATE, DELETE),
        f"{STATE.format(row='OLD')} <> 'open'",
        "who acted in the seats stays",
    ),
    Guard(
        f"{SEATING}_of_seat",
        SEATING,
        (INSERT, UPDATE),
        f"NOT EXISTS (SELECT 1 FROM steering_agendaitem i JOIN steering_meeting m ON m.id = i.meeting_id "
        f"CROSS JOIN {SEAT_ON_DAY} WHERE i.id = NEW.item_id AND s.id = NEW.seat_id AND NEW.person_id = "
        "CASE WHEN NEW.as_deputy THEN s.deputy_id ELSE s.member_id END)",
        "a seat is acted in by its member or her personal deputy on the day of the meeting (decree 388/2024 1 §)",
    ),
    Guard(
        f"{SEATING}_not_disqualified",
        SEATING,
        (INSERT, UPDATE),
        "EXISTS (SELECT 1 FROM steering_disqualification q WHERE q.item_id = NEW.item_id "
        "AND q.person_id = NEW.person_id AND q.decided AND q.urgency = '')",
        "a disqualified person takes no part (act 434/2003 27 §)",
    ),
    Guard(
        f"{SEATING}_not_the_appointee",
        SEATING,
        (INSERT, UPDATE),
        "EXISTS (SELECT 1 FROM steering_agendaitem i JOIN steering_appointment a ON a.matter_id = i.matter_id "
        "WHERE i.id = NEW.item_id AND a.person_id = NEW.person_id)",
        "nobody takes part in her own appointment (act 434/2003 28 § 1 mom 1)",
    ),
    Guard(
        "agreements_decision_not_by_appointee",
        "agreements_decision",
        (INSERT,),
        "NEW.party_id IS NULL AND EXISTS (SELECT 1 FROM steering_appointment a "
        "JOIN agreements_mandate d ON d.person_id = a.person_id "
        "WHERE a.matter_id = NEW.matter_id AND d.id = NEW.mandate_id)",
        "nobody records what the group decided on her own appointment (act 434/2003 27 §)",
    ),
    Guard(
        f"{VOTE}_seated",
        VOTE,
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM steering_seating g WHERE g.item_id = NEW.item_id AND g.seat_id = NEW.seat_id "
        "AND g.person_id = NEW.person_id)",
        "a vote is cast by who acts in the seat for this item",
    ),
    Guard(
        f"{VOTE}_while_handled",
        VOTE,
        (INSERT, UPDATE),
        f"{STATE.format(row='NEW')} <> 'handled'",
        "votes are cast while the item is handled",
    ),
    Guard(
        f"{VOTE}_kept",
        VOTE,
        (UPDATE, DELETE),
        f"{STATE.format(row='OLD')} <> 'handled'",
        "votes of a closed item stay",
    ),
    Guard(
        f"{DISQUALIFICATION}_open",
        DISQUALIFICATION,
        (INSERT, UPDATE),
        f"{STATE.format(row='NEW')} = 'closed'",
        "nothing changes in a closed item",
    ),
    Guard(
        f"{DISQUALIFICATION}_kept",
        DISQUALIFICATION,
        (UPDATE, DELETE),
        f"{STATE.format(row='OLD')} = 'closed'",
        "disqualifications of a closed item stay",
    ),
    Guard(
        f"{DISQUALIFICATION}_not_seated",
        DISQUALIFICATION,
        (INSERT, UPDATE),
        "NEW.decided AND NEW.urgency = '' AND EXISTS (SELECT 1 FROM steering_seating g WHERE g.item_id = NEW.item_id "
        "AND g.person_id = NEW.person_id)",
        "she already acts in a seat for this item",
    ),
    Guard(
        f"{DISSENT}_of_decider",
        DISSENT,
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM steering_seating g WHERE g.item_id = NEW.item_id AND g.person_id = NEW.person_id) "
        "AND NOT EXISTS (SELECT 1 FROM steering_agendaitem i JOIN steering_attendance a "
        "ON a.meeting_id = i.meeting_id AND a.seat_id IS NULL WHERE i.id = NEW.item_id "
        "AND a.person_id = NEW.person_id)",
        "who took no part in the item does not dissent",
    ),
    Guard(
        f"{DISSENT}_after_decision",
        DISSENT,
        (INSERT,),
        f"{STATE.format(row='NEW')} <> 'closed'",
        "one dissents at once after the decision",
    ),
    Guard(f"{DISSENT}_kept", DISSENT, (DELETE,), "TRUE", "a dissent is never removed"),
    Guard(
        f"{DISSENT}_same",
        DISSENT,
        (UPDATE,),
        "NEW.item_id <> OLD.item_id OR NEW.person_id <> OLD.person_id",
        "a dissent keeps its item and person",
    ),
    Guard(
        f"{TASK}_same",
        TASK,
        (UPDATE,),
        "NEW.item_id <> OLD.item_id OR OLD.done_on IS NOT NULL",
        "a task that is done stays done",
    ),
    Guard(f"{TASK}_kept", TASK, (DELETE,), "TRUE", "a task is never removed"),
]
