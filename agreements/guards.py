"""What the database refuses in this room. `row_guards` serves every kind of content."""

from django.db import models

from agreements import models as m
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only, frozen, history

CHANGE = "agreements_change"
MATTER_OF_NEW = "(SELECT m.kind FROM agreements_matter m WHERE m.id = NEW.matter_id)"
ADOPTING = "NEW.state = 'adopted' AND OLD.state <> 'adopted'"


def row_guards(model: type[models.Model], kinds: tuple[str, ...], *, owned: bool = False) -> list[Guard]:
    """Rules of a row model. owned: its rows belong to a party, which must have said yes (A17)."""
    table = model._meta.db_table
    guards = [
        Guard(
            f"{table}_draft_only",
            table,
            (INSERT, UPDATE),
            f"NOT {_state('NEW')} = 'draft'",
            "rows are written into a draft only",
        ),
        frozen(model, "kept", f"NOT {_state('OLD')} = 'draft'", "rows of a proposed or adopted change stay"),
        Guard(
            f"{table}_document",
            table,
            (INSERT, UPDATE),
            f"(SELECT d.kind FROM agreements_version v JOIN agreements_document d ON d.id = v.document_id "
            f"WHERE v.id = NEW.version_id) NOT IN ({', '.join(repr(kind) for kind in kinds)})",
            "this kind of row does not belong to this document",
        ),
        Guard(
            f"{table}_base",
            table,
            (INSERT, UPDATE),
            _base(table, owned),
            "a row replaces an adopted row of the same document, with the same key",
        ),
        Guard(
            f"{table}_replaced_once",
            CHANGE,
            (UPDATE,),
            f"{ADOPTING} AND {_replaced_twice(table)}",
            "the same row has been decided meanwhile",
        ),
        Guard(
            f"{table}_start_order",
            CHANGE,
            (UPDATE,),
            f"{ADOPTING} AND {_starts_before_base(table)}",
            "a row cannot start before the row it replaces",
        ),
    ]
    return guards + (_owned(table) if owned else [])


def _state(row: str) -> str:
    return (
        f"(SELECT c.state FROM agreements_version v JOIN agreements_change c ON c.id = v.change_id "
        f"WHERE v.id = {row}.version_id)"
    )


def _base(table: str, owned: bool) -> str:
    same_party = "AND b.party_id = NEW.party_id" if owned else ""
    return (
        f"NEW.base_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} b "
        f"JOIN agreements_version bv ON bv.id = b.version_id JOIN agreements_change bc ON bc.id = bv.change_id "
        f"JOIN agreements_version nv ON nv.id = NEW.version_id "
        f"WHERE b.id = NEW.base_id AND b.key = NEW.key AND NOT b.removed AND bc.state = 'adopted' "
        f"AND bv.document_id = nv.document_id {same_party})"
    )


def _replaced_twice(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {table} r JOIN agreements_version v ON v.id = r.version_id "
        f"JOIN {table} o ON o.id <> r.id AND o.key = r.key "
        f"JOIN agreements_version ov ON ov.id = o.version_id AND ov.document_id = v.document_id "
        f"JOIN agreements_change oc ON oc.id = ov.change_id AND oc.state = 'adopted' AND oc.id <> NEW.id "
        f"WHERE v.change_id = NEW.id AND o.base_id IS NOT DISTINCT FROM r.base_id)"
    )


def _starts_before_base(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {table} r JOIN agreements_version v ON v.id = r.version_id "
        f"JOIN {table} b ON b.id = r.base_id JOIN agreements_version bv ON bv.id = b.version_id "
        f"JOIN agreements_change bc ON bc.id = bv.change_id "
        f"WHERE v.change_id = NEW.id AND bc.valid_from > NEW.valid_from)"
    )


def _owned(table: str) -> list[Guard]:
    return [
        Guard(
            f"{table}_own_party",
            table,
            (INSERT, UPDATE),
            "NOT EXISTS (SELECT 1 FROM agreements_version v JOIN agreements_change c ON c.id = v.change_id "
            "JOIN agreements_matter m ON m.id = c.matter_id JOIN agreements_party p ON p.agreement_id = m.agreement_id "
            "WHERE v.id = NEW.version_id AND p.id = NEW.party_id AND (m.kind = 'original' OR c.party_id = p.id))",
            "a change holds only its own party's rows",
        ),
        Guard(
            f"{table}_consented",
            CHANGE,
            (UPDATE,),
            f"{ADOPTING} AND {MATTER_OF_NEW} <> 'original' AND EXISTS (SELECT 1 FROM {table} r "
            f"JOIN agreements_version v ON v.id = r.version_id WHERE v.change_id = NEW.id "
            f"AND NOT EXISTS (SELECT 1 FROM agreements_consent k WHERE k.matter_id = NEW.matter_id "
            f"AND k.party_id = r.party_id AND k.sha256 = NEW.sha256 AND k.outcome = 'given'))",
            "a party's own rows change only with that party's consent",
        ),
    ]


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
    _change("ended", (UPDATE,), "OLD.state NOT IN ('draft', 'proposed')", "a change that has ended stays as it is"),
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
        "OR NEW.redraft_of_id IS DISTINCT FROM OLD.redraft_of_id",
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
        "rejected_by_decision",
        (UPDATE,),
        f"NEW.state = 'rejected' AND NOT {_decided('reject')}",
        "a rejection is a decision of the steering group",
    ),
    _change(
        "returned_by_decision",
        (UPDATE,),
        f"NEW.state = 'returned' AND NOT {_decided('return')}",
        "a return is a decision of the steering group",
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
        "AND (m.kind IN ('original', 'amendment') OR (m.kind = 'notice') = (d.kind = 'composition')) "
        "AND (m.kind IN ('original', 'amendment') OR d.kind <> 'main_text'))",
        "this kind of change cannot touch this document (agreement 7 and 12 §)",
    ),
]

MATTER_GUARDS = [
    frozen(
        m.Matter,
        "decided",
        "EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = OLD.id "
        "AND d.outcome IN ('approve', 'reject'))",
        "a decided matter stays as it was decided",
    ),
    Guard(
        "agreements_matter_same",
        "agreements_matter",
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year "
        "OR NEW.number <> OLD.number",
        "a matter keeps its agreement, kind and number",
    ),
    Guard("agreements_matter_kept", "agreements_matter", (DELETE,), "TRUE", "a matter is never removed"),
    Guard(
        "agreements_decision_of_what_was_submitted",
        "agreements_decision",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_matter m WHERE m.id = NEW.matter_id AND m.sha256 = NEW.sha256 "
        "AND m.sha256 <> '' AND m.kind <> 'original')",
        "a decision is about exactly what was submitted",
    ),
    Guard(
        "agreements_decision_competence",
        "agreements_decision",
        (INSERT,),
        f"NEW.party_id IS NULL AND NEW.outcome IN ('approve', 'reject') AND {MATTER_OF_NEW} IN ('amendment', 'notice')",
        "the steering group does not decide the agreement text or a party's notice (agreement 7 and 12 §)",
    ),
    Guard(
        "agreements_decision_party",
        "agreements_decision",
        (INSERT,),
        "NEW.party_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_party p JOIN agreements_matter m "
        "ON m.agreement_id = p.agreement_id WHERE p.id = NEW.party_id AND m.id = NEW.matter_id)",
        "the party is not a party of this agreement",
    ),
    Guard(
        "agreements_decision_mandate",
        "agreements_decision",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_mandate d JOIN agreements_matter m ON m.agreement_id = d.agreement_id "
        "WHERE d.id = NEW.mandate_id AND m.id = NEW.matter_id)",
        "a decision is recorded on a mandate on the same agreement",
    ),
    Guard(
        "agreements_consent_of_what_was_seen",
        "agreements_consent",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_matter m WHERE m.id = NEW.matter_id AND m.sha256 = NEW.sha256 "
        "AND m.sha256 <> '')",
        "a consent is bound to exactly what was submitted",
    ),
    Guard(
        "agreements_consent_binds",
        "agreements_consent",
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_mandate d JOIN agreements_matter m ON m.agreement_id = d.agreement_id "
        "WHERE d.id = NEW.mandate_id AND m.id = NEW.matter_id AND d.party_id = NEW.party_id AND d.may_bind_party)",
        "only a person who may bind the party consents for it",
    ),
    *append_only(m.Decision),
    *append_only(m.Consent),
]

OVERLAP = (
    "NEW.slot <> '' AND EXISTS (SELECT 1 FROM agreements_mandate o WHERE o.agreement_id = NEW.agreement_id "
    "AND o.slot = NEW.slot AND o.id <> NEW.id AND (NEW.valid_to IS NULL OR o.valid_from <= NEW.valid_to) "
    "AND (o.valid_to IS NULL OR o.valid_to >= NEW.valid_from))"
)
PARTY_GUARDS = [
    Guard(
        "agreements_mandate_one_at_a_time",
        "agreements_mandate",
        (INSERT, UPDATE),
        OVERLAP,
        "the office is held by somebody else at that time",
    ),
    Guard(
        "agreements_mandate_own_agreement",
        "agreements_mandate",
        (INSERT, UPDATE),
        "NEW.party_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_party p WHERE p.id = NEW.party_id "
        "AND p.agreement_id = NEW.agreement_id)",
        "the party is not a party of this agreement",
    ),
    Guard(
        "agreements_mandate_same",
        "agreements_mandate",
        (UPDATE,),
        "NEW.person_id <> OLD.person_id OR NEW.agreement_id <> OLD.agreement_id OR NEW.capacity <> OLD.capacity "
        "OR NEW.slot <> OLD.slot OR NEW.party_id IS DISTINCT FROM OLD.party_id OR NEW.valid_from <> OLD.valid_from "
        "OR (OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to))",
        "a mandate may be ended, not turned into another",
    ),
    Guard(
        "agreements_agreement_same",
        "agreements_agreement",
        (UPDATE,),
        "NEW.valid_from <> OLD.valid_from",
        "the first day of the agreement stays",
    ),
    Guard(
        "agreements_party_same",
        "agreements_party",
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR NEW.organisation_id <> OLD.organisation_id OR NEW.role <> OLD.role",
        "a party stays the same organisation in the same role",
    ),
    Guard(
        "agreements_document_same",
        "agreements_document",
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number",
        "a document keeps its agreement, kind and number",
    ),
    *[
        Guard(
            f"{model._meta.db_table}_never_removed", model._meta.db_table, (DELETE,), "TRUE", "rows are never removed"
        )
        for model in (m.Agreement, m.Party, m.Mandate, m.Document, m.Organisation, m.CaseNumber, m.Signatory)
    ],
    *append_only(m.Record),
]

TRACKED = (
    m.Agreement,
    m.AreaMunicipality,
    m.CaseNumber,
    m.Change,
    m.Document,
    m.Mandate,
    m.Matter,
    m.Municipality,
    m.Organisation,
    m.Party,
    m.Signatory,
    m.Version,
)
TEXT_KINDS = ("main_text", "service_description", "composition", "other")

GUARDS = [
    *CHANGE_GUARDS,
    *VERSION_GUARDS,
    *MATTER_GUARDS,
    *PARTY_GUARDS,
    *row_guards(m.Clause, TEXT_KINDS),
    *[guard for model in TRACKED for guard in history(model)],
]
