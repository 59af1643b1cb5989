"""Rules of agreed sharings: they lie under their matter, and Kela has no part in them (act 381/2023 10 § 2 mom)."""

from agreements.guards.matters import under_matter
from costs.guards.sql import AGREED, SHARING
from costs.models import Sharing
from tym.core.guards import DELETE, INSERT, UPDATE, Guard


def _submitted(row: str) -> str:
    return (
        f"(SELECT m.sha256 FROM agreements_matter m JOIN {SHARING} g ON g.matter_id = m.id "
        f"WHERE g.id = {row}.sharing_id) <> ''"
    )


SHARING_GUARDS = [
    *under_matter(Sharing),
    Guard(
        f"{SHARING}_of_matter",
        SHARING,
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM agreements_matter m WHERE m.id = NEW.matter_id AND m.kind = 'sharing' "
        "AND m.agreement_id = NEW.agreement_id)",
        "an agreed sharing has its own matter",
    ),
    Guard(
        f"{AGREED}_before_submitting",
        AGREED,
        (INSERT, UPDATE),
        _submitted("NEW"),
        "the agreed weights stay as they were put before the parties",
    ),
    Guard(
        f"{AGREED}_submitted",
        AGREED,
        (UPDATE, DELETE),
        _submitted("OLD"),
        "the agreed weights stay as they were put before the parties",
    ),
    Guard(
        f"{AGREED}_pays",
        AGREED,
        (INSERT, UPDATE),
        f"NOT EXISTS (SELECT 1 FROM agreements_party p JOIN {SHARING} g ON g.agreement_id = p.agreement_id "
        "WHERE p.id = NEW.party_id AND g.id = NEW.sharing_id AND p.role <> 'kela')",
        "authorities and counties share other joint costs; Kela takes no part (decree 388/2024 3 § 5 k)",
    ),
]
