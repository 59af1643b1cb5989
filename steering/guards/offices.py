"""Rules of appointments, namings, municipal contacts and events (agreement 7 and 8 §, act 381/2023 9 §)."""

from django.db import models

from agreements.guards import under_matter
from agreements.guards.sql import MATTER_OF_NEW
from steering.models import Appointment, Event
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only

APPOINTMENT, NAMING, CONTACT = "steering_appointment", "steering_naming", "steering_municipalcontact"
EVENT_PLACES = Event.municipalities.through
# The appointment of the new naming with its matter.
NAMED = f"{APPOINTMENT} a JOIN agreements_matter m ON m.id = a.matter_id WHERE a.id = NEW.appointment_id"
# Only the coordinator and the stand-in need the group's approval and end with its term.
NEEDS_GROUP = f"NEW.deviation = '' AND EXISTS (SELECT 1 FROM {NAMED} AND a.capacity <> 'youth_lead'"


def of_kind(model: type[models.Model], *kinds: str) -> Guard:
    """Rows that lie only under matters of their own kind."""
    table = model._meta.db_table
    known = ", ".join(f"'{kind}'" for kind in kinds)
    says = "this lies under a matter of another kind"
    return Guard(f"{table}_of_its_kind", table, (INSERT, UPDATE), f"{MATTER_OF_NEW} NOT IN ({known})", says)


def _naming(name: str, events: tuple[str, ...], refuse: str, says: str) -> Guard:
    return Guard(f"{NAMING}_{name}", NAMING, events, refuse, says)


APPOINTMENT_GUARDS = [
    *under_matter(Appointment),
    of_kind(Appointment, "appointment", "youth_lead"),
    Guard(
        f"{APPOINTMENT}_youth_apart",
        APPOINTMENT,
        (INSERT, UPDATE),
        f"{MATTER_OF_NEW} IN ('appointment', 'youth_lead') "
        f"AND (NEW.capacity = 'youth_lead') <> ({MATTER_OF_NEW} = 'youth_lead')",
        "the youth lead is told for information, the coordinator and the stand-in are approved (agreement 7 §)",
    ),
]
NAMING_GUARDS = [
    _naming(
        "of_what_was_put_forward",
        (INSERT,),
        f"EXISTS (SELECT 1 FROM {NAMED} AND m.sha256 = '')",
        "nobody is named before being put before the group (act 9 §)",
    ),
    _naming(
        "by_authority",
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {APPOINTMENT} a JOIN agreements_matter m ON m.id = a.matter_id "
        "JOIN agreements_party p ON p.agreement_id = m.agreement_id WHERE a.id = NEW.appointment_id "
        "AND p.id = NEW.party_id AND p.role = 'employment_authority')",
        "the employment authority names (agreement 7 §)",
    ),
    _naming(
        "approved_first",
        (INSERT,),
        f"{NEEDS_GROUP} AND NOT EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = m.id "
        "AND d.party_id IS NULL AND d.outcome = 'approve' AND d.decided_on <= NEW.named_on))",
        "a naming before or without the group's approval needs a reason (act 9 §)",
    ),
    _naming(
        "within_term",
        (INSERT,),
        f"{NEEDS_GROUP} AND NOT EXISTS (SELECT 1 FROM steering_term t WHERE t.agreement_id = m.agreement_id "
        "AND t.valid_from <= a.valid_from AND COALESCE(t.closed_on, t.valid_to) >= a.valid_to))",
        "a naming beyond the group's term needs a reason (agreement 7 §)",
    ),
    _naming(
        "gives_the_office",
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {APPOINTMENT} a JOIN agreements_matter m ON m.id = a.matter_id "
        "JOIN agreements_mandate d ON d.agreement_id = m.agreement_id AND d.person_id = a.person_id "
        "AND d.capacity = a.capacity AND d.valid_from = a.valid_from "
        "AND d.valid_to IS NOT DISTINCT FROM a.valid_to "
        "WHERE a.id = NEW.appointment_id AND d.id = NEW.mandate_id)",
        "the mandate is of the person, the office and the days that were put forward",
    ),
    _naming(
        "ended_once",
        (UPDATE,),
        "OLD.ended_on IS NOT NULL OR NEW.appointment_id <> OLD.appointment_id OR NEW.party_id <> OLD.party_id "
        "OR NEW.named_on <> OLD.named_on OR NEW.organ <> OLD.organ OR NEW.section <> OLD.section "
        "OR NEW.case_number <> OLD.case_number OR NEW.deviation <> OLD.deviation "
        "OR NEW.mandate_id <> OLD.mandate_id OR NEW.extract_id IS DISTINCT FROM OLD.extract_id",
        "a naming may be ended once, and changes in nothing else",
    ),
    _naming("kept", (DELETE,), "TRUE", "a naming is never removed"),
]
CONTACT_GUARDS = [
    Guard(
        f"{CONTACT}_of_area",
        CONTACT,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_areamunicipality r WHERE r.agreement_id = NEW.agreement_id "
        "AND r.municipality_id = NEW.municipality_id)",
        "only municipalities of the area are asked (agreement 3 and 8 §)",
    ),
    Guard(
        f"{CONTACT}_same",
        CONTACT,
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR NEW.municipality_id <> OLD.municipality_id",
        "a contact stays with its municipality",
    ),
    Guard(f"{CONTACT}_kept", CONTACT, (DELETE,), "TRUE", "what was asked is never removed"),
]
EVENT_GUARDS = [
    *append_only(Event),
    *append_only(EVENT_PLACES),
    Guard(
        "steering_event_municipalities_of_area",
        EVENT_PLACES._meta.db_table,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM steering_event e JOIN agreements_areamunicipality r "
        "ON r.agreement_id = e.agreement_id WHERE e.id = NEW.event_id AND r.municipality_id = NEW.municipality_id)",
        "only municipalities of the area take part (agreement 3 and 8 §)",
    ),
]
OFFICE_GUARDS = [*APPOINTMENT_GUARDS, *NAMING_GUARDS, *CONTACT_GUARDS, *EVENT_GUARDS]
