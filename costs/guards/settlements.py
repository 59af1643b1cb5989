"""Rules of settlements and payments."""

from costs.guards.sql import PAYMENT, SETTLEMENT
from costs.models import Settlement
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

SETTLEMENT_GUARDS = [
    Guard(f"{SETTLEMENT}_starts_open", SETTLEMENT, (INSERT,), "NEW.state <> 'open'", "a settlement starts open"),
    Guard(
        f"{SETTLEMENT}_path",
        SETTLEMENT,
        (UPDATE,),
        "OLD.state <> NEW.state AND NOT ("
        + " OR ".join(
            f"(OLD.state = '{old.value}' AND NEW.state = '{new.value}')" for old, new in Settlement.TRANSITIONS
        )
        + ")",
        "a settlement is gathered, checked and closed",
    ),
    Guard(
        f"{SETTLEMENT}_frozen",
        SETTLEMENT,
        (UPDATE,),
        "OLD.state = 'closed' OR NEW.agreement_id <> OLD.agreement_id OR NEW.matter_id <> OLD.matter_id "
        "OR NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day",
        "a settlement keeps its days, and a closed one everything",
    ),
    Guard(
        f"{SETTLEMENT}_accepted",
        SETTLEMENT,
        (UPDATE,),
        "NEW.state = 'closed' AND EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = NEW.agreement_id "
        "AND NOT EXISTS (SELECT 1 FROM agreements_consent k JOIN agreements_matter m ON m.id = k.matter_id "
        "WHERE k.matter_id = NEW.matter_id AND k.party_id = p.id AND k.sha256 = m.sha256 AND k.outcome = 'given'))",
        "a settlement closes when every party has accepted exactly it",
    ),
    Guard(
        f"{SETTLEMENT}_of_matter",
        SETTLEMENT,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_matter m WHERE m.id = NEW.matter_id AND m.kind = 'settlement' "
        "AND m.agreement_id = NEW.agreement_id)",
        "a settlement has its own matter",
    ),
    Guard(f"{SETTLEMENT}_kept", SETTLEMENT, (DELETE,), "TRUE", "a settlement is never removed"),
    Guard(
        f"{PAYMENT}_of_settlement",
        PAYMENT,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {SETTLEMENT} t JOIN agreements_party a ON a.id = NEW.payer_id "
        "AND a.agreement_id = t.agreement_id JOIN agreements_party b ON b.id = NEW.payee_id "
        "AND b.agreement_id = t.agreement_id WHERE t.id = NEW.settlement_id AND t.state = 'closed')",
        "payments follow from a closed settlement, between its parties",
    ),
    Guard(
        f"{PAYMENT}_same",
        PAYMENT,
        (UPDATE,),
        "NEW.settlement_id <> OLD.settlement_id OR NEW.payer_id <> OLD.payer_id OR NEW.payee_id <> OLD.payee_id "
        "OR NEW.amount <> OLD.amount OR NEW.due_on <> OLD.due_on OR OLD.paid_on IS NOT NULL",
        "a payment is marked paid once and changes in nothing else",
    ),
    Guard(f"{PAYMENT}_kept", PAYMENT, (DELETE,), "TRUE", "a payment is never removed"),
]
