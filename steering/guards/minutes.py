"""Rules of minutes: put to be checked once the meeting is over, checked, signed, then as they are for ever."""

from steering import models as m
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only

MINUTES, CHECKER, CHECK, SIGNATURE, NOTE = (
    model._meta.db_table for model in (m.Minutes, m.Checker, m.MinutesCheck, m.MinutesSignature, m.MinutesNote)
)
DISSENT = "steering_dissent"
# Over {row}, NEW or OLD, of something that has a meeting or minutes.
HELD = "(SELECT m.state FROM steering_meeting m WHERE m.id = {row}.meeting_id) IN ('ended', 'not_quorate')"
PUT = f"EXISTS (SELECT 1 FROM {MINUTES} n WHERE n.meeting_id = {{meeting}} AND n.sha256 <> '')"
# The minutes `n` with their meeting `x`, of a check or signature NEW.
OF_NEW = f"{MINUTES} n JOIN steering_meeting x ON x.id = n.meeting_id"
EXACT = f"NOT EXISTS (SELECT 1 FROM {MINUTES} n WHERE n.id = NEW.minutes_id AND n.sha256 = NEW.sha256)"
# Present in a seat, or acting in one in a written procedure. Over {row} with meeting and person.
SEATED = (
    "(EXISTS (SELECT 1 FROM steering_attendance a WHERE a.meeting_id = {meeting} AND a.person_id = {person} "
    "AND a.seat_id IS NOT NULL) OR EXISTS (SELECT 1 FROM steering_seating g JOIN steering_agendaitem i "
    "ON i.id = g.item_id WHERE i.meeting_id = {meeting} AND g.person_id = {person}))"
)
# What of the minutes `n` counts as checked: by the group, or by every chosen checker.
CHECKED = (
    f"EXISTS (SELECT 1 FROM {CHECK} c WHERE c.minutes_id = n.id AND c.sha256 = n.sha256) "
    f"AND (n.way <> 'two_checkers' OR NOT EXISTS (SELECT 1 FROM {CHECKER} k WHERE k.meeting_id = n.meeting_id "
    f"AND NOT EXISTS (SELECT 1 FROM {CHECK} c WHERE c.minutes_id = n.id AND c.sha256 = n.sha256 "
    "AND c.person_id = k.person_id)))"
)
# The mandate of NEW was hers on the day of the meeting `x`.
MANDATE = (
    "agreements_mandate d WHERE d.id = NEW.mandate_id AND d.person_id = NEW.person_id "
    "AND d.agreement_id = x.agreement_id AND d.valid_from <= x.held_on "
    "AND (d.valid_to IS NULL OR d.valid_to >= x.held_on)"
)
CHAIRED = (
    "EXISTS (SELECT 1 FROM steering_agendaitem i WHERE i.meeting_id = x.id AND i.chaired_by_id = NEW.person_id) "
    "OR (NOT EXISTS (SELECT 1 FROM steering_agendaitem i WHERE i.meeting_id = x.id AND i.chaired_by_id IS NOT NULL) "
    f"AND {SEATED.format(meeting='x.id', person='NEW.person_id')})"
)
# The secretary of that day; where there was none, the coordinator or her stand-in.
SECRETARY = (
    "(d.capacity = 'secretary' OR (d.capacity IN ('coordinator', 'stand_in') AND NOT EXISTS "
    "(SELECT 1 FROM agreements_mandate e WHERE e.agreement_id = x.agreement_id AND e.capacity = 'secretary' "
    "AND e.valid_from <= x.held_on AND (e.valid_to IS NULL OR e.valid_to >= x.held_on))))"
)


def _minutes(name: str, events: tuple[str, ...], refuse: str, says: str) -> Guard:
    return Guard(f"{MINUTES}_{name}", MINUTES, events, refuse, says)


MINUTES_GUARDS = [
    _minutes("of_held", (INSERT,), f"NOT {HELD.format(row='NEW')}", "minutes are of a meeting that has been held"),
    _minutes("start_open", (INSERT,), "NEW.sha256 <> ''", "minutes are written before they are put to be checked"),
    _minutes("kept", (DELETE,), "TRUE", "minutes are never removed"),
    _minutes("same", (UPDATE,), "NEW.meeting_id <> OLD.meeting_id", "minutes keep their meeting"),
    _minutes(
        "put",
        (UPDATE,),
        "OLD.sha256 <> '' AND NEW.sha256 <> ''",
        "minutes that have been put to be checked are re-opened before they are changed",
    ),
    _minutes(
        "signed",
        (UPDATE,),
        f"EXISTS (SELECT 1 FROM {SIGNATURE} s WHERE s.minutes_id = OLD.id)",
        "nothing changes in minutes that have been signed; a correction is a note",
    ),
    Guard(
        f"{CHECKER}_was_there",
        CHECKER,
        (INSERT, UPDATE),
        f"NOT {SEATED.format(meeting='NEW.meeting_id', person='NEW.person_id')}",
        "a checker acted in a seat of the meeting",
    ),
    Guard(
        f"{CHECKER}_before_checking",
        CHECKER,
        (INSERT, UPDATE),
        PUT.format(meeting="NEW.meeting_id"),
        "checkers are chosen before the minutes are put to be checked",
    ),
    Guard(
        f"{CHECKER}_kept",
        CHECKER,
        (UPDATE, DELETE),
        PUT.format(meeting="OLD.meeting_id"),
        "the checkers of minutes that have been put to be checked stay",
    ),
    *append_only(m.MinutesCheck),
    Guard(f"{CHECK}_exact", CHECK, (INSERT,), EXACT, "one checks exactly what was put to be checked"),
    Guard(
        f"{CHECK}_by_whom",
        CHECK,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {OF_NEW} WHERE n.id = NEW.minutes_id AND CASE n.way "
        f"WHEN 'two_checkers' THEN NEW.group_in_id IS NULL AND EXISTS (SELECT 1 FROM {CHECKER} k "
        "WHERE k.meeting_id = x.id AND k.person_id = NEW.person_id) "
        "WHEN 'at_once' THEN NEW.group_in_id = x.id "
        "ELSE EXISTS (SELECT 1 FROM steering_meeting l WHERE l.id = NEW.group_in_id "
        "AND l.agreement_id = x.agreement_id AND l.id <> x.id AND l.held_on >= x.held_on "
        "AND l.state IN ('open', 'ended')) END)",
        "minutes are checked as the group's rule says: by who was chosen, at once, or in a later meeting",
    ),
    Guard(
        f"{CHECK}_mandate",
        CHECK,
        (INSERT,),
        f"NEW.group_in_id IS NULL AND NOT EXISTS (SELECT 1 FROM {OF_NEW} CROSS JOIN {MANDATE} "
        "AND n.id = NEW.minutes_id)",
        "a checker checks on the mandate that she held on the meeting day",
    ),
    *append_only(m.MinutesSignature),
    Guard(f"{SIGNATURE}_exact", SIGNATURE, (INSERT,), EXACT, "one signs exactly what has been checked"),
    Guard(
        f"{SIGNATURE}_checked",
        SIGNATURE,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {MINUTES} n WHERE n.id = NEW.minutes_id AND {CHECKED})",
        "minutes are signed when they have been checked",
    ),
    Guard(
        f"{SIGNATURE}_in_office",
        SIGNATURE,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {OF_NEW} CROSS JOIN {MANDATE} AND n.id = NEW.minutes_id AND "
        f"CASE NEW.office WHEN 'chair' THEN {CHAIRED} ELSE {SECRETARY} END)",
        "minutes are signed by who chaired and who was secretary on the meeting day",
    ),
    *append_only(m.MinutesNote),
    Guard(
        f"{NOTE}_after_signing",
        NOTE,
        (INSERT,),
        f"(SELECT COUNT(*) FROM {SIGNATURE} s WHERE s.minutes_id = NEW.minutes_id) < 2",
        "a correction note is of minutes that have been signed",
    ),
    Guard(
        f"{DISSENT}_before_checking",
        DISSENT,
        (INSERT, UPDATE),
        f"EXISTS (SELECT 1 FROM steering_agendaitem i JOIN {MINUTES} n ON n.meeting_id = i.meeting_id "
        "WHERE i.id = NEW.item_id AND n.sha256 <> '')",
        "dissents are recorded before the minutes are put to be checked",
    ),
]
