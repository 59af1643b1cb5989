"""Rules of adequacy reviews (agreement 5 §)."""

from agreements.guards import under_matter
from agreements.guards.sql import MATTER_OF_NEW
from staffing.models import AdequacyReview, DutyCheck, Judgement, Remedy
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

REVIEW, JUDGEMENT, MATTER, DECISION = (
    "staffing_adequacyreview", "staffing_judgement", "agreements_matter", "agreements_decision",
)  # fmt: skip
SUBMITTED = (
    f"EXISTS (SELECT 1 FROM {REVIEW} r JOIN {MATTER} m ON m.id = r.matter_id "
    "WHERE r.id = {row}.review_id AND m.sha256 <> '')"
)
SUBMITTING = (
    f"OLD.sha256 = '' AND NEW.sha256 <> '' AND EXISTS (SELECT 1 FROM {REVIEW} r WHERE r.matter_id = NEW.id AND "
)
STAYS = "a review put before the group stays as it is"


def _frozen(table: str) -> list[Guard]:
    return [
        Guard(f"{table}_before_submitting", table, (INSERT, UPDATE), SUBMITTED.format(row="NEW"), STAYS),
        Guard(f"{table}_submitted", table, (UPDATE, DELETE), SUBMITTED.format(row="OLD"), STAYS),
    ]


REVIEW_GUARDS = [
    *under_matter(AdequacyReview),
    Guard(
        f"{REVIEW}_of_its_kind",
        REVIEW,
        (INSERT, UPDATE),
        f"{MATTER_OF_NEW} <> 'adequacy'",
        "a review lies under a matter of its own",
    ),
    Guard(
        f"{REVIEW}_of_annex",
        REVIEW,
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM agreements_version v JOIN agreements_change c ON c.id = v.change_id "
        f"JOIN agreements_document d ON d.id = v.document_id JOIN {MATTER} m ON m.agreement_id = d.agreement_id "
        "WHERE v.id = NEW.version_id AND m.id = NEW.matter_id AND d.kind = 'staffing' AND c.state = 'adopted')",
        "what is looked at is a version of the agreement's own Annex 2 (agreement 12 §)",
    ),
    Guard(
        f"{REVIEW}_of_report",
        REVIEW,
        (INSERT, UPDATE),
        f"NEW.report_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {MATTER} p JOIN {MATTER} m "
        "ON m.agreement_id = p.agreement_id WHERE p.id = NEW.report_id AND m.id = NEW.matter_id AND p.kind = 'report')",
        "a review is handled with an annual report of the same agreement (agreement 5 §)",
    ),
    Guard(
        f"{REVIEW}_prepared_by",
        REVIEW,
        (INSERT, UPDATE),
        f"NOT EXISTS (SELECT 1 FROM agreements_mandate d JOIN {MATTER} m ON m.agreement_id = d.agreement_id "
        "WHERE d.id = NEW.prepared_by_id AND m.id = NEW.matter_id)",
        "a review is prepared on a mandate on the same agreement",
    ),
    Guard(
        f"{REVIEW}_judges_all",
        MATTER,
        (UPDATE,),
        f"{SUBMITTING}EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = NEW.agreement_id "
        f"AND NOT EXISTS (SELECT 1 FROM {JUDGEMENT} j WHERE j.review_id = r.id AND j.party_id = p.id)))",
        "a review judges the staff of every party",
    ),
    Guard(
        f"{REVIEW}_with_report",
        MATTER,
        (UPDATE,),
        f"{SUBMITTING}r.report_id IS NULL AND r.deviation = '')",
        "a review is handled with the annual report, or says why not (agreement 5 §)",
    ),
    Guard(
        f"{REVIEW}_one_a_year",
        DECISION,
        (INSERT,),
        f"NEW.party_id IS NULL AND NEW.outcome = 'approve' AND EXISTS (SELECT 1 FROM {REVIEW} r "
        f"JOIN {MATTER} m ON m.id = r.matter_id JOIN {REVIEW} o ON o.year = r.year AND o.id <> r.id "
        f"JOIN {MATTER} om ON om.id = o.matter_id AND om.agreement_id = m.agreement_id "
        f"JOIN {DECISION} d ON d.matter_id = om.id AND d.party_id IS NULL AND d.outcome = 'approve' "
        "WHERE r.matter_id = NEW.matter_id)",
        "the review of the year has been approved already (agreement 5 §)",
    ),
    *[guard for model in (Judgement, Remedy, DutyCheck) for guard in _frozen(model._meta.db_table)],
    Guard(
        f"{JUDGEMENT}_of_party",
        JUDGEMENT,
        (INSERT, UPDATE),
        f"NOT EXISTS (SELECT 1 FROM {REVIEW} r JOIN {MATTER} m ON m.id = r.matter_id JOIN agreements_party p "
        "ON p.agreement_id = m.agreement_id WHERE r.id = NEW.review_id AND p.id = NEW.party_id)",
        "only the agreement's own parties are judged",
    ),
]
