"""A document's class of publicity: set by who answers for the document, in order of days, never taken back."""

from registry import models as m
from tym.core.guards import INSERT, Guard, append_only

CLASS = "registry_publicityclass"

GUARDS = [
    Guard(
        f"{CLASS}_answers",
        CLASS,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_record r JOIN agreements_mandate a ON a.agreement_id = r.agreement_id "
        "WHERE r.id = NEW.record_id AND a.id = NEW.mandate_id AND (r.party_id IS NULL "
        "AND a.capacity IN ('coordinator', 'stand_in', 'secretary') "
        "OR r.party_id = a.party_id AND a.capacity IN ('liaison', 'main_user')))",
        "who answers for a document says how public it is",
    ),
    Guard(
        f"{CLASS}_in_order",
        CLASS,
        (INSERT,),
        f'EXISTS (SELECT 1 FROM {CLASS} e WHERE e.record_id = NEW.record_id AND e."on" > NEW."on")',
        "a class is not set for a day before the one it follows",
    ),
    *append_only(m.PublicityClass),
]
