"""Pieces of SQL that several rules of costs share."""

from costs.models import CostItem

ITEM, SPLIT, SHARE = "costs_costitem", "costs_split", "costs_splitshare"
SETTLEMENT, PAYMENT, DAY, PRESENT = "costs_settlement", "costs_payment", "costs_developmentday", "costs_dayattendance"
SHARING, AGREED = "costs_sharing", "costs_sharingweight"


def party_of_others(row: str, column: str, agreement: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM agreements_party p WHERE p.id = {row}.{column} AND p.agreement_id = {agreement})"


def consented(matter: str, agreement: str, kind: CostItem.Kind) -> str:
    """Every party that pays costs of the kind has consented to exactly what lies under the matter."""
    roles = ", ".join(f"'{role.value}'" for role in CostItem.PAYERS[kind])
    return (
        f"NOT EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = {agreement} AND p.role IN ({roles}) "
        "AND NOT EXISTS (SELECT 1 FROM agreements_consent k JOIN agreements_matter q ON q.id = k.matter_id "
        f"WHERE k.matter_id = {matter} AND k.party_id = p.id AND k.sha256 = q.sha256 AND k.outcome = 'given'))"
    )


def unset(kind: CostItem.Kind, what: str, value: str) -> str:
    """No setting of the kind says the value for the day of the invoice `i`, approved and consented to by all payers."""
    return (
        "NOT EXISTS (SELECT 1 FROM agreements_reading r JOIN agreements_matter t ON t.id = r.matter_id "
        f"AND t.agreement_id = i.agreement_id WHERE r.key = 'costs.{kind.value}.{what}' AND r.value {value} "
        "AND r.valid_from <= i.invoiced_on AND EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = t.id "
        f"AND d.party_id IS NULL AND d.outcome = 'approve') AND {consented('t.id', 't.agreement_id', kind)})"
    )
