"""Rules of meetings, their agendas and who attends (agreement 7 §; kuntalaki 410/2015 98-107 § as the model)."""

from steering import models as m
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

MEETING, ITEM, ATTENDANCE, ABSENCE = (
    "steering_meeting",
    "steering_agendaitem",
    "steering_attendance",
    "steering_absence",
)
MEETING_TRACKED = (
    m.Absence,
    m.AgendaItem,
    m.Attendance,
    m.Disqualification,
    m.Dissent,
    m.Meeting,
    m.Task,
    m.Vote,
)
OVER = ", ".join(f"'{state.value}'" for state in m.Meeting.ENDED_STATES)
DECISIVE = ", ".join(f"'{outcome.value}'" for outcome in m.AgendaItem.DECISIVE)
UNHANDLED = ", ".join(f"'{outcome.value}'" for outcome in m.AgendaItem.UNHANDLED)
# Over {row}, NEW or OLD, of something that has a meeting.
STATE = "(SELECT m.state FROM steering_meeting m WHERE m.id = {row}.meeting_id)"
# How many votes by name the item got. A tie is settled by the group's own rule, which the action knows.
VOTES = "(SELECT COUNT(*) FROM steering_vote v WHERE v.item_id = NEW.id AND v.choice = '{choice}')"
# A row of a seat `s` counts on the day of the meeting `m`: adopted, started, not removed, not replaced by then.
SEAT_ON_DAY = (
    "steering_seatline s JOIN agreements_version v ON v.id = s.version_id "
    "JOIN agreements_document d ON d.id = v.document_id AND d.agreement_id = m.agreement_id "
    "JOIN agreements_change c ON c.id = v.change_id AND c.state = 'adopted' AND c.valid_from <= m.held_on "
    "AND NOT s.removed AND NOT EXISTS (SELECT 1 FROM steering_seatline r JOIN agreements_version rv "
    "ON rv.id = r.version_id JOIN agreements_change rc ON rc.id = rv.change_id AND rc.state = 'adopted' "
    "AND rc.valid_from <= m.held_on WHERE r.base_id = s.id)"
)


def _transitions(model: type[m.Meeting]) -> str:
    allowed = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in model.TRANSITIONS)
    return f"OLD.state <> NEW.state AND NOT ({allowed})"


def _meeting(name: str, events: tuple[str, ...], refuse: str, says: str) -> Guard:
    return Guard(f"{MEETING}_{name}", MEETING, events, refuse, says)


def _item(name: str, events: tuple[str, ...], refuse: str, says: str) -> Guard:
    return Guard(f"{ITEM}_{name}", ITEM, events, refuse, says)


MEETING_GUARDS = [
    _meeting("starts_planned", (INSERT,), "NEW.state <> 'planned'", "a meeting starts as planned"),
    _meeting("path", (UPDATE,), _transitions(m.Meeting), "a meeting never goes back or skips a step"),
    _meeting("over", (UPDATE,), f"OLD.state IN ({OVER})", "a meeting that is over stays as it was"),
    _meeting("kept", (DELETE,), "TRUE", "a meeting is never removed"),
    _meeting(
        "same",
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR (OLD.state <> 'planned' AND (NEW.year <> OLD.year "
        "OR NEW.number <> OLD.number OR NEW.held_on <> OLD.held_on OR NEW.term_id <> OLD.term_id "
        "OR NEW.kind <> OLD.kind OR NEW.deadline IS DISTINCT FROM OLD.deadline))",
        "a meeting keeps its number and, once summoned, its day",
    ),
    _meeting(
        "in_term",
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM steering_term t WHERE t.id = NEW.term_id AND t.agreement_id = NEW.agreement_id "
        "AND t.valid_from <= NEW.held_on AND NEW.held_on <= COALESCE(t.closed_on, t.valid_to))",
        "a meeting is held within a term of the group (decree 388/2024 1 §)",
    ),
    _meeting(
        "year_of_day",
        (INSERT, UPDATE),
        "CAST(SUBSTR(CAST(NEW.held_on AS VARCHAR(10)), 1, 4) AS INTEGER) <> NEW.year",
        "a meeting is numbered in the year of its day",
    ),
    _meeting(
        "ended_whole",
        (UPDATE,),
        "NEW.state IN ('ended', 'not_quorate') AND EXISTS (SELECT 1 FROM steering_agendaitem i "
        "WHERE i.meeting_id = NEW.id AND i.state <> 'closed')",
        "a meeting ends when every item has been closed",
    ),
    _item("starts_open", (INSERT,), "NEW.state <> 'open'", "an item starts open"),
    _item(
        "on_agenda",
        (INSERT,),
        f"{STATE.format(row='NEW')} IN ({OVER})",
        "nothing is added to the agenda of a meeting that is over",
    ),
    _item(
        "closed",
        (UPDATE, DELETE),
        "OLD.state = 'closed'",
        "a closed item stays as it was; a correction is a new item",
    ),
    _item(
        "kept",
        (DELETE,),
        f"{STATE.format(row='OLD')} NOT IN ('planned', 'summoned')",
        "an item stays on the agenda once the meeting has been opened",
    ),
    _item(
        "path",
        (UPDATE,),
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'handled') "
        "OR (OLD.state = 'handled' AND NEW.state IN ('open', 'closed')) "
        f"OR (OLD.state = 'open' AND NEW.state = 'closed' AND NEW.outcome IN ({UNHANDLED})))",
        "an item is taken up before it is closed",
    ),
    _item(
        "followup_kept",
        (UPDATE,),
        "NEW.followup <> OLD.followup AND (OLD.state <> 'open' OR (OLD.followup <> '' "
        f"AND {STATE.format(row='OLD')} <> 'planned'))",
        "what a follow-up told stays once the group has been summoned (agreement 7 §)",
    ),
    _item(
        "in_open_meeting",
        (UPDATE,),
        f"NEW.state <> 'open' AND NEW.outcome NOT IN ({UNHANDLED}) AND {STATE.format(row='NEW')} <> 'open'",
        "an item is handled in an open meeting",
    ),
    _item(
        "same",
        (UPDATE,),
        "NEW.meeting_id <> OLD.meeting_id OR NEW.matter_id IS DISTINCT FROM OLD.matter_id "
        "OR (OLD.section IS NOT NULL AND NEW.section IS DISTINCT FROM OLD.section)",
        "an item keeps its meeting, matter and section",
    ),
    _item(
        "quorum_kept",
        (UPDATE,),
        "OLD.state = 'handled' AND NEW.state <> 'open' AND (NEW.needed IS DISTINCT FROM OLD.needed "
        "OR NEW.present IS DISTINCT FROM OLD.present)",
        "the quorum of an item is kept as it was when it was taken up",
    ),
    _item(
        "present_counted",
        (UPDATE,),
        "NEW.present IS NOT NULL AND NEW.present <> (SELECT COUNT(*) FROM steering_seating g WHERE g.item_id = NEW.id)",
        "present are those who act in a seat",
    ),
    _item(
        "own_agreement",
        (INSERT, UPDATE),
        "NEW.matter_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_matter a JOIN steering_meeting m "
        "ON m.agreement_id = a.agreement_id WHERE a.id = NEW.matter_id AND m.id = NEW.meeting_id)",
        "the matter is of another agreement",
    ),
    _item(
        "section_once",
        (INSERT, UPDATE),
        "NEW.section IS NOT NULL AND EXISTS (SELECT 1 FROM steering_agendaitem o JOIN steering_meeting om "
        "ON om.id = o.meeting_id JOIN steering_meeting m ON m.agreement_id = om.agreement_id AND m.year = om.year "
        "WHERE m.id = NEW.meeting_id AND o.id <> NEW.id AND o.section = NEW.section)",
        "sections run through the calendar year, each once",
    ),
    _item(
        "decided_so",
        (UPDATE,),
        "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_decision d "
        "JOIN steering_meeting m ON m.id = NEW.meeting_id WHERE d.id = NEW.decision_id "
        "AND d.matter_id = NEW.matter_id AND d.party_id IS NULL AND d.section = CAST(NEW.section AS VARCHAR(12)) "
        "AND d.outcome = CASE NEW.outcome WHEN 'amended' THEN 'approve' ELSE NEW.outcome END "
        "AND d.decided_on >= m.held_on)",
        "the item's decision is the group's, in the same matter, with the same outcome and section",
    ),
    _item(
        "as_voted",
        (UPDATE,),
        f"NEW.state = 'closed' AND ((NEW.outcome IN ('approve', 'note', 'negotiate', 'discussed') "
        f"AND {VOTES.format(choice='for')} < {VOTES.format(choice='against')}) "
        f"OR (NEW.outcome IN ('reject', 'return', 'table', 'amended') "
        f"AND {VOTES.format(choice='for')} > {VOTES.format(choice='against')}))",
        "the outcome is what most votes were for (act 410/2015 104 § as the model)",
    ),
    _item(
        "all_stated",
        (UPDATE,),
        f"NEW.outcome IN ({DECISIVE}) AND EXISTS (SELECT 1 FROM steering_meeting m WHERE m.id = NEW.meeting_id "
        "AND m.kind = 'written') AND EXISTS (SELECT 1 FROM steering_seating g WHERE g.item_id = NEW.id AND NOT EXISTS "
        "(SELECT 1 FROM steering_vote v WHERE v.item_id = g.item_id AND v.seat_id = g.seat_id))",
        "a written procedure decides when every seat has stated its view",
    ),
    # The time of closing is kept in UTC, so a day's difference is left to it; the decision's own day is exact.
    _item(
        "deadline_passed",
        (UPDATE,),
        f"NEW.outcome IN ({DECISIVE}) AND EXISTS (SELECT 1 FROM steering_meeting m WHERE m.id = NEW.meeting_id "
        "AND m.kind = 'written' AND (CAST(NEW.closed_at AS VARCHAR(10)) < CAST(m.deadline AS VARCHAR(10)) "
        "OR EXISTS (SELECT 1 FROM agreements_decision d WHERE d.id = NEW.decision_id AND d.decided_on <= m.deadline)))",
        "a written procedure decides when its deadline has passed (act 410/2015 100 § as the model)",
    ),
    Guard(
        f"{ATTENDANCE}_open",
        ATTENDANCE,
        (INSERT, UPDATE),
        f"{STATE.format(row='NEW')} <> 'open'",
        "attendance is recorded while the meeting is open",
    ),
    Guard(
        f"{ATTENDANCE}_kept",
        ATTENDANCE,
        (UPDATE, DELETE),
        f"{STATE.format(row='OLD')} <> 'open'",
        "attendance of a meeting that is over stays",
    ),
    Guard(
        f"{ATTENDANCE}_own_items",
        ATTENDANCE,
        (INSERT, UPDATE),
        "EXISTS (SELECT 1 FROM steering_agendaitem i WHERE i.id IN (NEW.from_item_id, NEW.until_item_id) "
        "AND i.meeting_id <> NEW.meeting_id)",
        "a person attends items of the same meeting",
    ),
    Guard(
        f"{ATTENDANCE}_own_seat",
        ATTENDANCE,
        (INSERT, UPDATE),
        f"NEW.seat_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM steering_meeting m CROSS JOIN {SEAT_ON_DAY} "
        "WHERE m.id = NEW.meeting_id AND s.id = NEW.seat_id AND NEW.person_id = "
        "CASE NEW.capacity WHEN 'member' THEN s.member_id ELSE s.deputy_id END)",
        "a seat is attended by its member or her personal deputy on the day of the meeting",
    ),
    Guard(
        f"{ABSENCE}_before",
        ABSENCE,
        (INSERT,),
        f"{STATE.format(row='NEW')} IN ({OVER})",
        "a deputy is not called to a meeting that is over",
    ),
    Guard(f"{ABSENCE}_kept", ABSENCE, (UPDATE, DELETE), "TRUE", "a call of the deputy stays"),
    Guard(
        f"{ABSENCE}_own_seat",
        ABSENCE,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM steering_meeting m CROSS JOIN {SEAT_ON_DAY} "
        "WHERE m.id = NEW.meeting_id AND s.id = NEW.seat_id)",
        "the seat is not one of the group on the day of the meeting",
    ),
]
