"""Rules of parties, people, documents and records."""

from agreements import models as m
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only

INVITATION_GUARDS = [
    Guard(
        "agreements_invitation_once",
        "agreements_invitation",
        (UPDATE,),
        "OLD.mandate_id IS NOT NULL OR OLD.cancelled_at IS NOT NULL OR NEW.party_id <> OLD.party_id "
        "OR NEW.email <> OLD.email OR NEW.capacity <> OLD.capacity OR NEW.may_bind_party <> OLD.may_bind_party "
        "OR NEW.secret_sha256 <> OLD.secret_sha256 OR NEW.expires_on <> OLD.expires_on",
        "an invitation is used or cancelled once and stays what it was",
    ),
    Guard("agreements_invitation_kept", "agreements_invitation", (DELETE,), "TRUE", "an invitation is never removed"),
]

OVERLAP = (
    "NEW.slot <> '' AND EXISTS (SELECT 1 FROM agreements_mandate o WHERE o.agreement_id = NEW.agreement_id "
    "AND o.slot = NEW.slot AND o.id <> NEW.id AND (NEW.valid_to IS NULL OR o.valid_from <= NEW.valid_to) "
    "AND (o.valid_to IS NULL OR (o.valid_to >= NEW.valid_from AND o.valid_to >= o.valid_from)))"
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
        "agreements_signatory_day_stays",
        "agreements_signatory",
        (UPDATE,),
        "OLD.signed_on IS NOT NULL AND NEW.signed_on IS DISTINCT FROM OLD.signed_on",
        "a recorded day of signing stays; a wrong one is corrected in the open",
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
    Guard(
        "agreements_mandate_main_user_stays",
        "agreements_mandate",
        (UPDATE,),
        "OLD.capacity = 'main_user' AND OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM agreements_mandate o WHERE o.party_id = OLD.party_id AND o.capacity = 'main_user' "
        "AND o.id <> OLD.id AND o.valid_to IS NULL)",
        "at least one main user per party stays",
    ),
    Guard(
        "agreements_municipality_name_stays",
        "agreements_municipality",
        (UPDATE,),
        "NEW.name <> OLD.name AND (EXISTS (SELECT 1 FROM agreements_areamunicipality a "
        "WHERE a.municipality_id = OLD.id) OR EXISTS (SELECT 1 FROM agreements_mandate x "
        "WHERE x.municipality_id = OLD.id))",
        "the name of a municipality that agreements use stays",
    ),
    Guard(
        "agreements_record_of_a_kept_file",
        "agreements_record",
        (INSERT,),
        "EXISTS (SELECT 1 FROM core_filedestruction d WHERE d.file_id = NEW.file_id)",
        "a document has a file that has not been destroyed",
    ),
    *append_only(m.Record),
]
