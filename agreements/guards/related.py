"""Rules of the recorded original and of agreements that belong beside this one (14 § and 3 §)."""

from agreements import models as m
from agreements.guards.lasting import HERE
from tym.core.guards import INSERT, Guard, append_only

RELATED_GUARDS = [
    Guard(
        "agreements_signedoriginal_of_original",
        "agreements_signedoriginal",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_record r WHERE r.id = NEW.record_id AND r.kind = 'signed_original')",
        "only of a signed original is told how it was signed (14 §)",
    ),
    Guard(
        "agreements_related_here",
        "agreements_relatedagreement",
        (INSERT,),
        f"NOT {HERE.format(agreement='NEW.agreement_id')} OR (NEW.record_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM agreements_record r WHERE r.id = NEW.record_id AND r.agreement_id = NEW.agreement_id "
        "AND r.kind = 'related'))",
        "a related agreement is recorded on a mandate and with a file of the same agreement",
    ),
    Guard(
        "agreements_related_replaces_current",
        "agreements_relatedagreement",
        (INSERT,),
        "NEW.replaces_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM agreements_relatedagreement o "
        "WHERE o.id = NEW.replaces_id AND o.agreement_id = NEW.agreement_id AND o.kind = NEW.kind "
        "AND o.id <> NEW.id) OR EXISTS (SELECT 1 FROM agreements_relatedend e WHERE e.related_id = NEW.replaces_id))",
        "a related agreement replaces one of the same type that has not ended",
    ),
    Guard(
        "agreements_relatedend_here",
        "agreements_relatedend",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_relatedagreement o JOIN agreements_mandate d "
        "ON d.agreement_id = o.agreement_id WHERE o.id = NEW.related_id AND d.id = NEW.mandate_id) "
        "OR EXISTS (SELECT 1 FROM agreements_relatedagreement o WHERE o.replaces_id = NEW.related_id)",
        "a related agreement that has not been replaced ends on a mandate on the same agreement",
    ),
    *[guard for model in (m.SignedOriginal, m.RelatedAgreement, m.RelatedEnd) for guard in append_only(model)],
]
