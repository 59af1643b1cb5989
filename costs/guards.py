"""What the database refuses in costs (agreement 9 §, act 381/2023 10 §, decree 388/2024 3 § 5 k)."""

from agreements.guards.sql import APPROVED
from costs import models as m
from costs.keys import DEFAULT_KEY, KEY_READING
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, history

ITEM, SPLIT, SHARE = "costs_costitem", "costs_split", "costs_splitshare"
SETTLEMENT, PAYMENT, DAY, PRESENT = "costs_settlement", "costs_payment", "costs_developmentday", "costs_dayattendance"
TRACKED = (m.DevelopmentDay, m.DayAttendance, m.Settlement, m.CostItem, m.Split, m.Payment)


def _final(row: str) -> str:
    return f"(SELECT s.final FROM {SPLIT} s WHERE s.id = {row}.split_id)"


def _party(row: str, column: str, agreement: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM agreements_party p WHERE p.id = {row}.{column} AND p.agreement_id = {agreement})"


def _day_split(day: str) -> str:
    return f"EXISTS (SELECT 1 FROM {ITEM} i JOIN {SPLIT} s ON s.item_id = i.id AND s.final WHERE i.day_id = {day})"


def _unagreed(kind: m.CostItem.Kind) -> str:
    """The split's key is not the default of the kind, and no setting that all payers consented to says it."""
    roles = ", ".join(f"'{role.value}'" for role in m.CostItem.PAYERS[kind])
    return (
        f"(i.kind = '{kind.value}' AND NEW.key <> '{DEFAULT_KEY[kind].value}' AND NOT EXISTS (SELECT 1 "
        "FROM agreements_reading r JOIN agreements_matter t ON t.id = r.matter_id AND t.agreement_id = i.agreement_id "
        f"WHERE r.key = '{KEY_READING[kind]}' AND r.value = NEW.key AND r.valid_from <= i.invoiced_on "
        "AND EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = t.id AND d.party_id IS NULL "
        "AND d.outcome = 'approve') AND NOT EXISTS (SELECT 1 FROM agreements_party p "
        f"WHERE p.agreement_id = i.agreement_id AND p.role IN ({roles}) AND NOT EXISTS (SELECT 1 "
        "FROM agreements_consent k WHERE k.matter_id = t.id AND k.party_id = p.id AND k.sha256 = t.sha256 "
        "AND k.outcome = 'given'))))"
    )


ITEM_OF_NEW = f"(SELECT i.agreement_id FROM {ITEM} i JOIN {SPLIT} s ON s.item_id = i.id WHERE s.id = NEW.split_id)"
KIND_OF_NEW = f"(SELECT i.kind FROM {ITEM} i JOIN {SPLIT} s ON s.item_id = i.id WHERE s.id = NEW.split_id)"
ITEM_APPROVED = APPROVED.format(row="i")
SETTLED = f"(SELECT t.state FROM {SETTLEMENT} t WHERE t.id = OLD.settlement_id) IN ('checking', 'closed')"

ITEM_GUARDS = [
    Guard(
        f"{ITEM}_split_stays",
        ITEM,
        (UPDATE,),
        f"(OLD.matter_id IS NOT NULL OR EXISTS (SELECT 1 FROM {SPLIT} s WHERE s.item_id = OLD.id AND s.final)) "
        "AND (NEW.agreement_id <> OLD.agreement_id OR NEW.net <> OLD.net "
        "OR NEW.vat <> OLD.vat OR NEW.kind <> OLD.kind OR NEW.payer_id <> OLD.payer_id "
        "OR NEW.invoiced_on <> OLD.invoiced_on OR NEW.supplier <> OLD.supplier "
        "OR NEW.description <> OLD.description OR NEW.day_id IS DISTINCT FROM OLD.day_id "
        "OR NEW.matter_id IS DISTINCT FROM OLD.matter_id OR NEW.credit_of_id IS DISTINCT FROM OLD.credit_of_id)",
        "an item stays as it was split or put before the group; a correction is a new item",
    ),
    Guard(f"{ITEM}_settled", ITEM, (UPDATE,), SETTLED, "an item under settlement stays as it is"),
    Guard(
        f"{ITEM}_settlement_open",
        ITEM,
        (UPDATE,),
        "NEW.settlement_id IS NOT NULL AND NEW.settlement_id IS DISTINCT FROM OLD.settlement_id "
        f"AND (SELECT t.state FROM {SETTLEMENT} t WHERE t.id = NEW.settlement_id) <> 'open'",
        "items are gathered only while the settlement is open",
    ),
    Guard(
        f"{ITEM}_same_agreement",
        ITEM,
        (INSERT, UPDATE),
        f"{_party('NEW', 'payer_id', 'NEW.agreement_id')} OR (NEW.matter_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM agreements_matter m WHERE m.id = NEW.matter_id AND m.agreement_id = NEW.agreement_id "
        "AND m.kind = 'cost')) OR (NEW.day_id IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {DAY} d WHERE d.id = NEW.day_id AND d.agreement_id = NEW.agreement_id)) "
        "OR (NEW.credit_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        f"FROM {ITEM} c WHERE c.id = NEW.credit_of_id AND c.agreement_id = NEW.agreement_id AND c.kind = NEW.kind)) "
        "OR (NEW.settlement_id IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {SETTLEMENT} t WHERE t.id = NEW.settlement_id AND t.agreement_id = NEW.agreement_id))",
        "payer, matter, day, corrected item and settlement are of the same agreement",
    ),
    Guard(
        f"{ITEM}_settles_split",
        ITEM,
        (INSERT, UPDATE),
        "NEW.settlement_id IS NOT NULL AND (NEW.kind = 'own' OR NOT EXISTS "
        f"(SELECT 1 FROM {SPLIT} s WHERE s.item_id = NEW.id AND s.final))",
        "only a split item is settled; own costs are borne by each (agreement 9 §)",
    ),
    Guard(f"{ITEM}_kept", ITEM, (DELETE,), "TRUE", "a cost item is never removed"),
]

DAY_GUARDS = [
    Guard(f"{PRESENT}_open", PRESENT, (INSERT, UPDATE), _day_split("NEW.day_id"), "attendance stays once split"),
    Guard(f"{PRESENT}_split_stays", PRESENT, (UPDATE, DELETE), _day_split("OLD.day_id"), "attendance stays once split"),
    Guard(
        f"{PRESENT}_of_agreement",
        PRESENT,
        (INSERT, UPDATE),
        _party("NEW", "party_id", f"(SELECT d.agreement_id FROM {DAY} d WHERE d.id = NEW.day_id)"),
        "those who attended came from parties of the agreement",
    ),
    Guard(
        f"{DAY}_split_stays",
        DAY,
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR (NEW.held_on <> OLD.held_on AND " + _day_split("OLD.id") + ")",
        "the day stays once its costs have been split",
    ),
    Guard(f"{DAY}_kept", DAY, (DELETE,), "TRUE", "a development day is never removed"),
]

SPLIT_GUARDS = [
    Guard(f"{SPLIT}_not_final_at_once", SPLIT, (INSERT,), "NEW.final", "a split is final only when it adds up"),
    Guard(
        f"{SPLIT}_splittable",
        SPLIT,
        (INSERT, UPDATE),
        f"NOT EXISTS (SELECT 1 FROM {ITEM} i WHERE i.id = NEW.item_id AND (i.kind = 'development_day' "
        f"OR (i.kind = 'joint' AND i.matter_id IS NOT NULL AND {ITEM_APPROVED})))",
        "own costs are not split, and a joint cost only when the steering group has approved it (agreement 9 §)",
    ),
    Guard(
        f"{SPLIT}_key_agreed",
        SPLIT,
        (INSERT, UPDATE),
        f"EXISTS (SELECT 1 FROM {ITEM} i WHERE i.id = NEW.item_id AND ("
        + " OR ".join(map(_unagreed, KEY_READING))
        + "))",
        "another key than the default needs the group's approval and every paying party's consent (agreement 9 §)",
    ),
    Guard(
        f"{SPLIT}_adds_up",
        SPLIT,
        (UPDATE,),
        f"NEW.final AND (SELECT ROUND(SUM(h.amount), 2) FROM {SHARE} h WHERE h.split_id = NEW.id) "
        f"IS DISTINCT FROM (SELECT ROUND(i.net + i.vat, 2) FROM {ITEM} i WHERE i.id = NEW.item_id)",
        "the shares add up to the amount, to the cent",
    ),
    Guard(
        f"{SPLIT}_in_proportion",
        SPLIT,
        (UPDATE,),
        f"NEW.final AND EXISTS (SELECT 1 FROM {SHARE} h JOIN {ITEM} i ON i.id = NEW.item_id "
        f"CROSS JOIN (SELECT SUM(w.weight) AS whole FROM {SHARE} w WHERE w.split_id = NEW.id) a "
        "WHERE h.split_id = NEW.id AND ABS(h.amount * a.whole - (i.net + i.vat) * h.weight) > 0.0101 * a.whole)",
        "each share is within a cent of its part by weight",
    ),
    Guard(f"{SPLIT}_closed", SPLIT, (UPDATE, DELETE), "OLD.final", "a final split stays as it is"),
    Guard(
        f"{SHARE}_open",
        SHARE,
        (INSERT, UPDATE),
        _final("NEW"),
        "the shares of a final split stay",
    ),
    Guard(f"{SHARE}_closed", SHARE, (UPDATE, DELETE), _final("OLD"), "the shares of a final split stay"),
    Guard(
        f"{SHARE}_pays",
        SHARE,
        (INSERT, UPDATE),
        f"{_party('NEW', 'party_id', ITEM_OF_NEW)} OR ({KIND_OF_NEW} = 'joint' AND (NEW.amount <> 0 "
        "OR NEW.weight <> 0) AND (SELECT p.role FROM agreements_party p WHERE p.id = NEW.party_id) = 'kela')",
        "Kela takes no part in other joint costs (agreement 9 §, decree 388/2024 3 § 5 k)",
    ),
]

SETTLEMENT_GUARDS = [
    Guard(f"{SETTLEMENT}_starts_open", SETTLEMENT, (INSERT,), "NEW.state <> 'open'", "a settlement starts open"),
    Guard(
        f"{SETTLEMENT}_path",
        SETTLEMENT,
        (UPDATE,),
        "OLD.state <> NEW.state AND NOT ("
        + " OR ".join(
            f"(OLD.state = '{old.value}' AND NEW.state = '{new.value}')" for old, new in m.Settlement.TRANSITIONS
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

GUARDS = [
    *ITEM_GUARDS,
    *DAY_GUARDS,
    *SPLIT_GUARDS,
    *SETTLEMENT_GUARDS,
    *[guard for model in TRACKED for guard in history(model)],
]
