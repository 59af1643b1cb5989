"""Rules of changes and versions."""

from agreements import models as m
from agreements.guards.sql import ADOPTING, CHANGE, MATTER_OF_NEW
from tym.core.guards import DELETE, INSERT, UPDATE, Guard


def _decided(outcome: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = NEW.matter_id AND d.party_id IS NULL "
        f"AND d.outcome = '{outcome}' AND d.sha256 = NEW.sha256)"
    )


def _change(name: str, events: tuple[str, ...], refuse: str, says: str) -> Guard:
    return Guard(f"{CHANGE}_{name}", CHANGE, events, refuse, says)


def _transitions() -> str:
    allowed = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in m.Change.TRANSITIONS)
    return f"OLD.state <> NEW.state AND NOT ({allowed})"


CHANGE_GUARDS = [
    _change("starts_as_draft", (INSERT,), "NEW.state <> 'draft'", "a change starts as a draft"),
    _change("path", (UPDATE,), _transitions(), "a change never goes back or skips a step"),
    _change(
        "ended",
        (UPDATE,),
        "OLD.state NOT IN ('draft', 'proposed') AND NOT (OLD.state = 'adopted' AND NEW.state = 'revoked')",
        "a change that has ended stays as it is",
    ),
    _change("kept", (DELETE,), "TRUE", "a change is never removed"),
    _change(
        "frozen",
        (UPDATE,),
        "OLD.state <> 'draft' AND (NEW.what <> OLD.what OR NEW.why <> OLD.why OR NEW.sha256 <> OLD.sha256 "
        "OR NEW.wanted_from IS DISTINCT FROM OLD.wanted_from OR NEW.received_on IS DISTINCT FROM OLD.received_on "
        "OR NEW.revision <> OLD.revision OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id "
        "OR NEW.proposed_at IS DISTINCT FROM OLD.proposed_at)",
        "a proposal is frozen",
    ),
    _change(
        "same_matter",
        (UPDATE,),
        "NEW.matter_id <> OLD.matter_id OR NEW.party_id IS DISTINCT FROM OLD.party_id "
        "OR NEW.drafted_by_id IS DISTINCT FROM OLD.drafted_by_id "
        "OR NEW.redraft_of_id IS DISTINCT FROM OLD.redraft_of_id OR NEW.amends_id IS DISTINCT FROM OLD.amends_id "
        "OR NEW.notice_id IS DISTINCT FROM OLD.notice_id OR NEW.arrived_on IS DISTINCT FROM OLD.arrived_on",
        "a change stays in its matter and with its party",
    ),
    _change("revision", (UPDATE,), "NEW.revision < OLD.revision", "an older draft cannot overwrite a newer one"),
    _change(
        "original_only_signed",
        (UPDATE,),
        f"OLD.state = 'draft' AND (NEW.state = 'adopted') <> ({MATTER_OF_NEW} = 'original') "
        f"AND NEW.state IN ('adopted', 'proposed')",
        "only the agreement as signed is adopted without a proposal",
    ),
    _change(
        "group_approved",
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'annex_update' AND NOT {_decided('approve')}",
        "an annex update needs the steering group's approval (agreement 12 §)",
    ),
    _change(
        "parties_decided",
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'amendment' AND EXISTS (SELECT 1 FROM agreements_party p "
        f"JOIN agreements_matter m ON m.agreement_id = p.agreement_id AND m.id = NEW.matter_id "
        f"WHERE NOT EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = m.id AND d.party_id = p.id "
        f"AND d.outcome = 'approve' AND d.sha256 = NEW.sha256))",
        "the agreement text changes only by every party's own decision (agreement 12 §)",
    ),
    _change(
        "notice_given",
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'notice' AND NOT EXISTS (SELECT 1 FROM agreements_consent k "
        f"WHERE k.matter_id = NEW.matter_id AND k.party_id = NEW.party_id AND k.sha256 = NEW.sha256 "
        f"AND k.outcome = 'given')",
        "the composition changes only by a party's notice (agreement 7 §)",
    ),
    _change(
        "group_appointed",
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'group_appointment' AND NOT EXISTS (SELECT 1 FROM agreements_decision d "
        f"JOIN agreements_party p ON p.id = d.party_id AND p.role = 'employment_authority' "
        f"WHERE d.matter_id = NEW.matter_id AND d.party_id = NEW.party_id AND d.sha256 = NEW.sha256 "
        f"AND d.outcome = 'approve')",
        "the steering group is appointed by an employment authority's decision (agreement 7 §)",
    ),
    _change(
        "notice_late",
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'notice' AND NEW.deviation = '' "
        "AND NEW.valid_from < COALESCE(NEW.arrived_on, NEW.received_on)",
        "a start before the notice needs a reason",
    ),
    _change(
        "rejected_by_decision",
        (UPDATE,),
        "NEW.state = 'rejected' AND NOT EXISTS (SELECT 1 FROM agreements_decision d "
        f"WHERE d.matter_id = NEW.matter_id AND d.outcome = 'reject' AND d.sha256 = NEW.sha256 "
        f"AND (d.party_id IS NULL OR {MATTER_OF_NEW} = 'amendment'))",
        "a rejection is a decision of the steering group, or of a party on the agreement text",
    ),
    _change(
        "returned_by_decision",
        (UPDATE,),
        f"NEW.state = 'returned' AND NOT {_decided('return')}",
        "a return is a decision of the steering group",
    ),
    _change(
        "revoked_by_decision",
        (UPDATE,),
        f"NEW.state = 'revoked' AND OLD.state <> 'revoked' AND ({MATTER_OF_NEW} <> 'annex_update' "
        "OR NEW.valid_from IS DISTINCT FROM OLD.valid_from OR NEW.deviation <> OLD.deviation "
        "OR NOT EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = NEW.matter_id "
        "AND d.party_id IS NULL AND d.outcome = 'revoke' AND d.sha256 = NEW.sha256 "
        "AND d.decided_on < NEW.valid_from))",
        "only the steering group revokes an annex update, and only before it comes into force",
    ),
    _change(
        "amends_a_proposal",
        (INSERT,),
        "NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_change c JOIN agreements_matter m "
        "ON m.id = c.matter_id WHERE c.id = NEW.amends_id AND c.state = 'proposed' AND c.amends_id IS NULL "
        "AND c.matter_id = NEW.matter_id AND c.party_id IS NOT DISTINCT FROM NEW.party_id "
        "AND m.kind = 'annex_update')",
        "what the group approves as amended is a proposal of the same matter (agreement 12 §)",
    ),
    _change(
        "amends_what_is_open",
        (UPDATE,),
        f"NEW.amends_id IS NOT NULL AND ({ADOPTING} OR NEW.state = 'proposed') AND NOT EXISTS "
        "(SELECT 1 FROM agreements_change c WHERE c.id = NEW.amends_id AND c.state = 'proposed')",
        "the proposal has been decided already, so it is not amended any more",
    ),
    _change(
        "amended_by_decision",
        (UPDATE,),
        "NEW.state = 'amended' AND NOT EXISTS (SELECT 1 FROM agreements_change c WHERE c.amends_id = NEW.id "
        "AND c.state = 'adopted')",
        "a proposal is approved as amended when its redrafted change is adopted",
    ),
    _change(
        "not_before_agreement",
        (UPDATE,),
        "NEW.state = 'adopted' AND NEW.valid_from < (SELECT a.valid_from FROM agreements_matter m "
        "JOIN agreements_agreement a ON a.id = m.agreement_id WHERE m.id = NEW.matter_id)",
        "nothing is in force before the agreement",
    ),
    _change(
        "deviation_told",
        (UPDATE,),
        f"{ADOPTING} AND NEW.deviation = '' AND EXISTS (SELECT 1 FROM agreements_decision d "
        f"WHERE d.matter_id = NEW.matter_id AND d.outcome = 'approve' AND d.decided_on > NEW.valid_from)",
        "a start before the decision needs a reason",
    ),
    _change(
        "party_of_agreement",
        (INSERT,),
        "NEW.party_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_party p JOIN agreements_matter m "
        "ON m.agreement_id = p.agreement_id WHERE p.id = NEW.party_id AND m.id = NEW.matter_id)",
        "the party is not a party of this agreement",
    ),
]

VERSION_STATE = "(SELECT c.state FROM agreements_change c WHERE c.id = {row}.change_id)"
VERSION_GUARDS = [
    Guard(
        "agreements_version_draft_only",
        "agreements_version",
        (INSERT,),
        f"NOT {VERSION_STATE.format(row='NEW')} = 'draft' OR NEW.number IS NOT NULL",
        "a version starts in a draft, without a number",
    ),
    Guard(
        "agreements_version_numbered",
        "agreements_version",
        (UPDATE,),
        f"NOT {VERSION_STATE.format(row='NEW')} = 'adopted' OR OLD.number IS NOT NULL "
        "OR NEW.change_id <> OLD.change_id OR NEW.document_id <> OLD.document_id "
        "OR NEW.number IS DISTINCT FROM (SELECT COALESCE(MAX(o.number), 0) + 1 FROM agreements_version o "
        "WHERE o.document_id = NEW.document_id AND o.id <> NEW.id)",
        "a version gets the next number when it is adopted, once",
    ),
    Guard(
        "agreements_version_kept",
        "agreements_version",
        (DELETE,),
        f"NOT {VERSION_STATE.format(row='OLD')} = 'draft'",
        "versions are never removed",
    ),
    Guard(
        "agreements_version_same_agreement",
        "agreements_version",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_change c JOIN agreements_matter m ON m.id = c.matter_id "
        "JOIN agreements_document d ON d.agreement_id = m.agreement_id "
        "WHERE c.id = NEW.change_id AND d.id = NEW.document_id "
        "AND (m.kind IN ('original', 'amendment') OR (m.kind IN ('notice', 'group_appointment')) = "
        "(d.kind = 'composition')) "
        "AND (m.kind IN ('original', 'amendment') OR d.kind <> 'main_text'))",
        "this kind of change cannot touch this document (agreement 7 and 12 §)",
    ),
]
