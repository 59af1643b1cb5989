"""Rules of matters, decisions and consents."""

from agreements import models as m
from agreements.guards.sql import MATTER_OF_NEW
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only, frozen

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
