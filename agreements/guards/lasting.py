"""Rules of the yearly review, of ending the agreement, and of disputes (agreement 12 and 13 §)."""

from agreements import models as m
from tym.core.guards import INSERT, UPDATE, Guard, append_only

# Over NEW: who acts holds a mandate on the agreement of the row.
HERE = "EXISTS (SELECT 1 FROM agreements_mandate d WHERE d.id = NEW.mandate_id AND d.agreement_id = {agreement})"
OF_DISPUTE = HERE.format(agreement="(SELECT x.agreement_id FROM agreements_dispute x WHERE x.id = NEW.dispute_id)")
BINDS = (
    "EXISTS (SELECT 1 FROM agreements_mandate d WHERE d.id = NEW.mandate_id AND d.party_id = NEW.party_id AND {more})"
)

LASTING_GUARDS = [
    Guard(
        "agreements_statement_binds",
        "agreements_reviewstatement",
        (INSERT,),
        f"NOT {BINDS.format(more='d.may_bind_party')} OR EXISTS (SELECT 1 FROM agreements_reviewoutcome o "
        "JOIN agreements_party p ON p.agreement_id = o.agreement_id WHERE p.id = NEW.party_id AND o.year = NEW.year)",
        "a party states through a person who may bind it, before the outcome of the year is recorded (12 §)",
    ),
    Guard(
        "agreements_review_after_all",
        "agreements_reviewoutcome",
        (INSERT,),
        f"NOT {HERE.format(agreement='NEW.agreement_id')} OR NOT EXISTS (SELECT 1 FROM agreements_matter t "
        "WHERE t.id = NEW.matter_id AND t.kind = 'review' AND t.agreement_id = NEW.agreement_id) "
        "OR EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = NEW.agreement_id AND NOT EXISTS "
        "(SELECT 1 FROM agreements_reviewstatement s WHERE s.party_id = p.id AND s.year = NEW.year))",
        "the outcome of a review is recorded when every party has stated (12 §)",
    ),
    Guard(
        "agreements_termination_by_party",
        "agreements_termination",
        (INSERT,),
        f"NOT {HERE.format(agreement='NEW.agreement_id')} OR NOT EXISTS (SELECT 1 FROM agreements_party p "
        "JOIN agreements_record r ON r.party_id = p.id AND r.agreement_id = p.agreement_id "
        "WHERE p.id = NEW.party_id AND p.agreement_id = NEW.agreement_id AND r.id = NEW.extract_id)",
        "the agreement is ended by a party of it, on its own recorded decision",
    ),
    Guard(
        "agreements_agreement_ended_by_decision",
        "agreements_agreement",
        (UPDATE,),
        "NEW.valid_to IS DISTINCT FROM OLD.valid_to AND NOT EXISTS (SELECT 1 FROM agreements_termination t "
        "WHERE t.agreement_id = NEW.id AND t.last_day = NEW.valid_to)",
        "the agreement ends only on a recorded decision of a party",
    ),
    Guard(
        "agreements_dispute_by_party",
        "agreements_dispute",
        (INSERT,),
        f"NOT {BINDS.format(more='d.may_bind_party AND d.agreement_id = NEW.agreement_id')}",
        "a dispute is opened by a party of the agreement (13 §)",
    ),
    Guard(
        "agreements_disputenote_open",
        "agreements_disputenote",
        (INSERT,),
        f"NOT {OF_DISPUTE} OR EXISTS (SELECT 1 FROM agreements_disputeend e WHERE e.dispute_id = NEW.dispute_id)",
        "what is noted of a dispute is noted while it is open, on the same agreement",
    ),
    Guard(
        "agreements_disputeend_here",
        "agreements_disputeend",
        (INSERT,),
        f"NOT {OF_DISPUTE}",
        "a dispute is ended on a mandate on the same agreement",
    ),
    *[
        guard
        for model in (
            m.ReviewStatement, m.ReviewOutcome, m.Termination, m.Dispute, m.DisputeNote, m.DisputeEnd,
        )
        for guard in append_only(model)
    ],
]  # fmt: skip
