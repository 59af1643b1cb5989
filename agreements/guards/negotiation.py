"""Rules of proposals to change the text: their three months, their wordings, comments (agreement 12 §)."""

from agreements import models as m
from agreements.guards.sql import ADOPTING, CHANGE, MATTER_OF_NEW
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only

NEGOTIATED = (
    "EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = NEW.matter_id AND d.party_id IS NULL "
    "AND d.outcome = 'negotiate')"
)
SAME_AGREEMENT = (
    "EXISTS (SELECT 1 FROM agreements_change c JOIN agreements_matter t ON t.id = c.matter_id "
    "JOIN agreements_mandate d ON d.agreement_id = t.agreement_id WHERE c.id = NEW.change_id AND d.id = NEW.{mandate}"
)

NEGOTIATION_GUARDS = [
    Guard(
        f"{CHANGE}_one_open",
        CHANGE,
        (INSERT,),
        f"NEW.amends_id IS NULL AND {MATTER_OF_NEW} <> 'amendment' AND EXISTS (SELECT 1 FROM {CHANGE} o "
        "WHERE o.matter_id = NEW.matter_id AND o.id <> NEW.id AND o.amends_id IS NULL "
        "AND o.state IN ('draft', 'proposed'))",
        "only the agreement text is negotiated in several wordings at a time (agreement 12 §)",
    ),
    Guard(
        f"{CHANGE}_counted",
        CHANGE,
        (UPDATE,),
        f"NEW.state = 'proposed' AND ({MATTER_OF_NEW} = 'amendment') <> (NEW.earliest_from IS NOT NULL)",
        "the three months of a proposal to change the text are counted when it is received (agreement 12 §)",
    ),
    Guard(
        f"{CHANGE}_counted_once",
        CHANGE,
        (UPDATE,),
        "OLD.state <> 'draft' AND (NEW.earliest_from IS DISTINCT FROM OLD.earliest_from "
        "OR NEW.counted_from IS DISTINCT FROM OLD.counted_from) AND NOT (OLD.state = 'proposed' AND EXISTS "
        "(SELECT 1 FROM agreements_correction k WHERE k.change_id = NEW.id AND k.confirmed_at IS NOT NULL))",
        "the three months are counted once; only a confirmed correction of the day of arrival moves them",
    ),
    Guard(
        f"{CHANGE}_in_time",
        CHANGE,
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'amendment' AND NEW.valid_from < NEW.earliest_from "
        "AND (NEW.wanted_from IS NULL OR NEW.valid_from < NEW.wanted_from OR EXISTS (SELECT 1 FROM agreements_party p "
        "JOIN agreements_matter m ON m.agreement_id = p.agreement_id AND m.id = NEW.matter_id "
        "WHERE NOT EXISTS (SELECT 1 FROM agreements_shorternotice s WHERE s.change_id = NEW.id "
        "AND s.party_id = p.id AND s.sha256 = NEW.sha256)))",
        "the text changes three months after the proposal unless every party consents to less (agreement 12 §)",
    ),
    Guard(
        f"{CHANGE}_negotiated",
        CHANGE,
        (UPDATE,),
        f"NEW.state IN ('ended', 'replaced') AND OLD.state = 'proposed' "
        f"AND ({MATTER_OF_NEW} <> 'amendment' OR NOT {NEGOTIATED})",
        "only negotiations that the steering group has started end or go on with a new wording (agreement 12 §)",
    ),
    Guard(
        "agreements_shorternotice_binds",
        "agreements_shorternotice",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_change c JOIN agreements_matter t ON t.id = c.matter_id "
        "JOIN agreements_mandate d ON d.agreement_id = t.agreement_id WHERE c.id = NEW.change_id "
        "AND d.id = NEW.mandate_id AND d.party_id = NEW.party_id AND d.may_bind_party AND t.kind = 'amendment' "
        "AND c.state = 'proposed' AND c.sha256 = NEW.sha256 AND c.wanted_from < c.earliest_from)",
        "a party consents to a shorter time through a person who may bind it, for a late proposal as it was seen",
    ),
    *append_only(m.ShorterNotice),
    Guard(
        "agreements_comment_on_proposal",
        "agreements_comment",
        (INSERT,),
        f"NEW.resolved_at IS NOT NULL OR NOT {SAME_AGREEMENT.format(mandate='made_by_id')} "
        "AND t.kind = 'amendment' AND c.state = 'proposed')",
        "what is commented on is a proposal to change the text of the same agreement",
    ),
    Guard(
        "agreements_comment_resolved_once",
        "agreements_comment",
        (UPDATE,),
        "OLD.resolved_at IS NOT NULL OR NEW.change_id <> OLD.change_id OR NEW.key <> OLD.key "
        "OR NEW.document_id IS DISTINCT FROM OLD.document_id OR NEW.body <> OLD.body "
        f"OR NEW.made_by_id <> OLD.made_by_id OR NOT {SAME_AGREEMENT.format(mandate='resolved_by_id')})",
        "a comment stays as it was written; it is resolved once",
    ),
    Guard("agreements_comment_kept", "agreements_comment", (DELETE,), "TRUE", "a comment is never removed"),
]
