"""Rules of items and of the development day."""

from costs.guards.sql import DAY, ITEM, PRESENT, SETTLEMENT, SPLIT
from costs.guards.sql import party_of_others as _party
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

SETTLED = f"(SELECT t.state FROM {SETTLEMENT} t WHERE t.id = OLD.settlement_id) IN ('checking', 'closed')"
# Before the steering group as it is: what the group has returned for preparation may be put right.
BEFORE_GROUP = (
    "(OLD.matter_id IS NOT NULL AND (EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = OLD.matter_id "
    "AND d.party_id IS NULL AND d.outcome IN ('approve', 'reject')) OR NOT EXISTS (SELECT 1 "
    "FROM agreements_decision d JOIN agreements_matter m ON m.id = d.matter_id WHERE m.id = OLD.matter_id "
    "AND d.party_id IS NULL AND d.outcome = 'return' AND d.sha256 = m.sha256)))"
)


def _day_split(day: str) -> str:
    return f"EXISTS (SELECT 1 FROM {ITEM} i JOIN {SPLIT} s ON s.item_id = i.id AND s.final WHERE i.day_id = {day})"


ITEM_GUARDS = [
    Guard(
        f"{ITEM}_split_stays",
        ITEM,
        (UPDATE,),
        "(OLD.matter_id IS NOT NULL AND NEW.matter_id IS DISTINCT FROM OLD.matter_id) OR "
        f"(({BEFORE_GROUP} OR EXISTS (SELECT 1 FROM {SPLIT} s WHERE s.item_id = OLD.id AND s.final)) "
        "AND (NEW.agreement_id <> OLD.agreement_id OR NEW.net <> OLD.net "
        "OR NEW.vat <> OLD.vat OR NEW.kind <> OLD.kind OR NEW.payer_id <> OLD.payer_id "
        "OR NEW.invoiced_on <> OLD.invoiced_on OR NEW.supplier <> OLD.supplier "
        "OR NEW.description <> OLD.description OR NEW.day_id IS DISTINCT FROM OLD.day_id "
        "OR NEW.matter_id IS DISTINCT FROM OLD.matter_id OR NEW.credit_of_id IS DISTINCT FROM OLD.credit_of_id))",
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

NOT_HELD_GUARDS = [
    Guard("costs_daynotheld_kept", "costs_daynotheld", (DELETE,), "TRUE", "why no day was held is never removed"),
    Guard(
        "costs_daynotheld_same",
        "costs_daynotheld",
        (UPDATE,),
        "NEW.agreement_id <> OLD.agreement_id OR NEW.year <> OLD.year",
        "the reason may be written again, the year stays",
    ),
]
