"""Rules of matters, decisions, corrections and consents."""

from django.db import models

from agreements import models as m
from agreements.guards.sql import MATTER_OF_NEW, SUBMITTED
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only, frozen

OF_PARTIES = ", ".join(f"'{kind.value}'" for kind in m.Matter.OF_PARTIES)


def under_matter(model: type[models.Model]) -> list[Guard]:
    """Rows that lie under a matter: written before it is submitted, and then never changed or removed."""
    table = model._meta.db_table
    new, old = SUBMITTED.format(row="NEW"), SUBMITTED.format(row="OLD")
    says = "what lies under a submitted matter stays"
    return [
        Guard(f"{table}_before_submitting", table, (INSERT, UPDATE), new, says),
        Guard(f"{table}_submitted", table, (UPDATE, DELETE), old, says),
    ]


MATTER_GUARDS = [
    frozen(
        m.Matter,
        "decided",
        # A party decides on a wording of the text; the negotiations may go on with another one (12 §).
        "EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = OLD.id "
        "AND d.outcome IN ('approve', 'reject') AND (d.party_id IS NULL OR OLD.kind <> 'amendment')) "
        "OR (OLD.kind = 'amendment' AND EXISTS "
        "(SELECT 1 FROM agreements_change c WHERE c.matter_id = OLD.id AND c.state = 'adopted'))",
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
        f"NEW.party_id IS NULL AND NEW.outcome IN ('approve', 'reject', 'revoke') "
        f"AND {MATTER_OF_NEW} IN ({OF_PARTIES})",
        "the steering group does not decide the agreement text or a party's notice (agreement 7 and 12 §)",
    ),
    Guard(
        "agreements_decision_negotiates",
        "agreements_decision",
        (INSERT,),
        f"NEW.outcome = 'negotiate' AND (NEW.party_id IS NOT NULL OR {MATTER_OF_NEW} <> 'amendment')",
        "the steering group starts negotiations only on a proposal to change the text (agreement 12 §)",
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
        "NOT EXISTS (SELECT 1 FROM agreements_matter m WHERE m.id = NEW.matter_id AND m.sha256 <> '' "
        "AND (m.sha256 = NEW.sha256 OR EXISTS (SELECT 1 FROM agreements_change c WHERE c.matter_id = m.id "
        "AND c.amends_id IS NOT NULL AND c.state = 'proposed' AND c.sha256 = NEW.sha256)))",
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
    *under_matter(m.Reading),
    Guard(
        "agreements_reading_of_reading",
        "agreements_reading",
        (INSERT, UPDATE),
        f"{MATTER_OF_NEW} <> 'reading'",
        "a setting is adopted in a matter of its own",
    ),
]

CORRECTION_GUARDS = [
    Guard(
        "agreements_correction_starts_open",
        "agreements_correction",
        (INSERT,),
        "NEW.confirmed_at IS NOT NULL",
        "a correction waits for a second person",
    ),
    Guard(
        "agreements_correction_second_person",
        "agreements_correction",
        (UPDATE,),
        "OLD.confirmed_at IS NOT NULL OR NEW.decision_id IS DISTINCT FROM OLD.decision_id "
        "OR NEW.change_id IS DISTINCT FROM OLD.change_id OR NEW.signatory_id IS DISTINCT FROM OLD.signatory_id "
        "OR NEW.field <> OLD.field "
        "OR NEW.was <> OLD.was OR NEW.becomes <> OLD.becomes OR NEW.reason <> OLD.reason "
        "OR NEW.made_by_id <> OLD.made_by_id OR (SELECT c.person_id FROM agreements_mandate c "
        "WHERE c.id = NEW.confirmed_by_id) = "
        "(SELECT p.person_id FROM agreements_mandate p WHERE p.id = NEW.made_by_id)",
        "a correction is confirmed once, by a second person, and changes in nothing else",
    ),
    Guard("agreements_correction_kept", "agreements_correction", (DELETE,), "TRUE", "a correction is never removed"),
]
