"""Rules of terms and seats (agreement 7 §, act 381/2023 9 §, decree 388/2024 1 §)."""

from agreements.guards import row_guards
from agreements.guards.sql import ADOPTING, CHANGE, MATTER_OF_NEW
from steering.models import SeatLine
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

TERM, SEAT = "steering_term", "steering_seatline"


def _number(column: str, start: int, length: int) -> str:
    # Dates as text are the same on both engines; their arithmetic is not.
    return f"CAST(SUBSTR(CAST(NEW.{column} AS VARCHAR(10)), {start}, {length}) AS INTEGER)"


def _last_of_month(month: str, year: str) -> str:
    return (
        f"(CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} <> 2 THEN 31 "
        f"WHEN {year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0) THEN 29 ELSE 28 END)"
    )


def _five_years() -> str:
    """The last day is the one before the same day five years later."""
    first = [_number("valid_from", *place) for place in ((1, 4), (6, 2), (9, 2))]
    last = [_number("valid_to", *place) for place in ((1, 4), (6, 2), (9, 2))]
    in_month = f"{last[0]} = {first[0]} + 5 AND {last[1]} = {first[1]} AND {last[2]} = {first[2]} - 1"
    at_turn = f"{last[2]} = {_last_of_month(last[1], last[0])}"
    of_year = f"{first[1]} = 1 AND {last[1]} = 12 AND {last[0]} = {first[0]} + 4"
    of_month = f"{first[1]} > 1 AND {last[1]} = {first[1]} - 1 AND {last[0]} = {first[0]} + 5"
    turn = f"{at_turn} AND (({of_year}) OR ({of_month}))"
    return f"(CASE WHEN {first[2]} > 1 THEN ({in_month}) ELSE ({turn}) END)"


TERM_GUARDS = [
    Guard(f"{TERM}_five_years", TERM, (INSERT,), f"NOT {_five_years()}", "a term is exactly five years (decree 1 §)"),
    Guard(
        f"{TERM}_no_overlap",
        TERM,
        (INSERT, UPDATE),
        f"EXISTS (SELECT 1 FROM {TERM} o WHERE o.agreement_id = NEW.agreement_id AND o.id <> NEW.id "
        "AND o.valid_from <= COALESCE(NEW.closed_on, NEW.valid_to) "
        "AND COALESCE(o.closed_on, o.valid_to) >= NEW.valid_from)",
        "terms do not overlap",
    ),
    Guard(
        f"{TERM}_appointed",
        TERM,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_matter m JOIN agreements_decision d ON d.matter_id = m.id "
        "AND d.party_id = NEW.party_id AND d.outcome = 'approve' JOIN agreements_party p ON p.id = NEW.party_id "
        "WHERE m.id = NEW.matter_id AND m.kind = 'group_appointment' AND m.agreement_id = NEW.agreement_id "
        "AND p.role = 'employment_authority')",
        "the group is appointed by an employment authority's decision (agreement 7 §)",
    ),
    Guard(
        f"{TERM}_same",
        TERM,
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR NEW.matter_id <> OLD.matter_id OR NEW.party_id <> OLD.party_id "
        "OR NEW.valid_from <> OLD.valid_from OR NEW.valid_to <> OLD.valid_to OR OLD.closed_on IS NOT NULL",
        "a term may be closed once, not turned into another",
    ),
    Guard(f"{TERM}_kept", TERM, (DELETE,), "TRUE", "a term is never removed"),
]

ROLE_OF_PARTY = "(SELECT p.role FROM agreements_party p WHERE p.id = NEW.party_id)"
# Another seat that is taken when the change starts: adopted, not removed, and not replaced by then.
OTHER_SEAT = (
    f"{SEAT} r JOIN agreements_version v ON v.id = r.version_id AND v.change_id = NEW.id "
    f"JOIN {SEAT} o ON o.key <> r.key AND NOT o.removed "
    "JOIN agreements_version ov ON ov.id = o.version_id AND ov.document_id = v.document_id "
    "JOIN agreements_change oc ON oc.id = ov.change_id AND oc.state = 'adopted' "
    f"WHERE NOT r.removed AND NOT EXISTS (SELECT 1 FROM {SEAT} s JOIN agreements_version sv ON sv.id = s.version_id "
    "JOIN agreements_change sc ON sc.id = sv.change_id AND sc.state = 'adopted' AND sc.valid_from <= NEW.valid_from "
    "WHERE s.base_id = o.id)"
)


def _seat(name: str, events: tuple[str, ...], refuse: str, says: str) -> Guard:
    return Guard(f"{SEAT}_{name}", SEAT, events, refuse, says)


SEAT_GUARDS = [
    *row_guards(SeatLine, ("composition",), owned=True),
    _seat(
        "chair_of_authority",
        (INSERT, UPDATE),
        f"NEW.role = 'chair' AND {ROLE_OF_PARTY} <> 'employment_authority'",
        "the chair is named by the employment authority (agreement 7 §)",
    ),
    _seat(
        "vice_chair_of_county",
        (INSERT, UPDATE),
        f"NEW.role = 'vice_chair' AND {ROLE_OF_PARTY} <> 'wellbeing_county'",
        "the vice chair is named by the wellbeing services county (agreement 7 §)",
    ),
    _seat(
        "number_kept",
        (INSERT, UPDATE),
        "(NEW.base_id IS NULL OR NEW.removed) AND (SELECT m.kind FROM agreements_version v "
        "JOIN agreements_change c ON c.id = v.change_id JOIN agreements_matter m ON m.id = c.matter_id "
        "WHERE v.id = NEW.version_id) = 'notice'",
        "a notice changes who sits, not the number of seats (agreement 7 §)",
    ),
    Guard(
        f"{SEAT}_one_of_an_office",
        CHANGE,
        (UPDATE,),
        f"{ADOPTING} AND EXISTS (SELECT 1 FROM {OTHER_SEAT} AND r.role <> 'member' AND o.role = r.role)",
        "there is one chair and one vice chair",
    ),
    Guard(
        f"{SEAT}_one_seat_a_person",
        CHANGE,
        (UPDATE,),
        f"{ADOPTING} AND EXISTS (SELECT 1 FROM {OTHER_SEAT} "
        "AND (o.member_id = r.member_id OR o.deputy_id = r.member_id OR o.member_id = r.deputy_id))",
        "a member holds one seat and is nobody's deputy",
    ),
    Guard(
        f"{SEAT}_shared_deputy_told",
        CHANGE,
        (UPDATE,),
        f"{ADOPTING} AND NEW.deviation = '' AND {MATTER_OF_NEW} <> 'original' "
        f"AND EXISTS (SELECT 1 FROM {OTHER_SEAT} AND o.deputy_id = r.deputy_id)",
        "a deputy is personal; one for two seats needs a reason",
    ),
]
