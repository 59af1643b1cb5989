"""Rules of splits: who shares, by what, which amount, and that it adds up (9 §, act 10 §, decree 388/2024 3 § 5 k)."""

from agreements.guards.sql import APPROVED
from costs.guards.sql import AGREED, ITEM, SHARE, SHARING, SPLIT, consented, unset
from costs.guards.sql import party_of_others as _party
from costs.keys import AMOUNT, DAY, KEY, SETTINGS
from costs.models import CostItem
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

Kind = CostItem.Kind


def _final(row: str) -> str:
    return f"(SELECT s.final FROM {SPLIT} s WHERE s.id = {row}.split_id)"


def _of_item(what: str, condition: str, value: str) -> str:
    """The condition holds for the split's item, with the setting of its kind of cost."""
    every = (
        f"(i.kind = '{one.kind.value}' AND "
        + condition.format(default=one.default, unset=unset(one.kind, what, value.format(default=one.default)))
        + ")"
        for one in SETTINGS
        if one.what == what
    )
    return f"EXISTS (SELECT 1 FROM {ITEM} i WHERE i.id = NEW.item_id AND ({' OR '.join(every)}))"


ITEM_OF_NEW = f"(SELECT i.agreement_id FROM {ITEM} i JOIN {SPLIT} s ON s.item_id = i.id WHERE s.id = NEW.split_id)"
KIND_OF_NEW = f"(SELECT i.kind FROM {ITEM} i JOIN {SPLIT} s ON s.item_id = i.id WHERE s.id = NEW.split_id)"
ITEM_APPROVED = APPROVED.format(row="i")
AMOUNT_SHARED = "CASE WHEN NEW.shared = 'net' THEN i.net ELSE i.net + i.vat END"

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
        _of_item(KEY, "NEW.key <> '{default}' AND NEW.key <> 'agreed' AND {unset}", "= NEW.key"),
        "another key than the default needs the group's approval and every paying party's consent (agreement 9 §)",
    ),
    Guard(
        f"{SPLIT}_amount_agreed",
        SPLIT,
        (INSERT, UPDATE),
        _of_item(AMOUNT, "NEW.shared <> '{default}' AND {unset}", "= NEW.shared"),
        "the amount without VAT is shared when the group and every paying party have agreed so (agreement 9 §)",
    ),
    Guard(
        f"{SPLIT}_day_agreed",
        SPLIT,
        (INSERT, UPDATE),
        _of_item(
            DAY,
            "NEW.key NOT IN ('attendance', 'agreed') AND i.credit_of_id IS NULL AND NEW.\"on\" <> i.invoiced_on "
            "AND {unset}",
            "<> '{default}'",
        ),
        "weights of another day than the invoice's need the group's approval and the payers' consent (agreement 9 §)",
    ),
    Guard(
        f"{SPLIT}_sharing_agreed",
        SPLIT,
        (INSERT, UPDATE),
        f"NEW.sharing_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {SHARING} g JOIN {ITEM} i ON i.id = NEW.item_id "
        "WHERE g.id = NEW.sharing_id AND g.agreement_id = i.agreement_id AND i.kind = 'joint' AND NOT g.ends "
        f"AND g.valid_from <= i.invoiced_on AND {consented('g.matter_id', 'g.agreement_id', Kind.JOINT)})",
        "an agreed sharing binds when every authority and county has consented to it (act 381/2023 10 § 2 mom)",
    ),
    Guard(
        f"{SPLIT}_sharing_weights",
        SPLIT,
        (UPDATE,),
        f"NEW.final AND NEW.sharing_id IS NOT NULL AND EXISTS (SELECT 1 FROM {SHARE} h WHERE h.split_id = NEW.id "
        f"AND h.weight <> COALESCE((SELECT w.weight FROM {AGREED} w WHERE w.sharing_id = NEW.sharing_id "
        "AND w.party_id = h.party_id), 0))",
        "the weights are those that were agreed",
    ),
    Guard(
        f"{SPLIT}_adds_up",
        SPLIT,
        (UPDATE,),
        f"NEW.final AND (SELECT ROUND(SUM(h.amount), 2) FROM {SHARE} h WHERE h.split_id = NEW.id) "
        f"IS DISTINCT FROM (SELECT ROUND({AMOUNT_SHARED}, 2) FROM {ITEM} i WHERE i.id = NEW.item_id)",
        "the shares add up to the amount, to the cent",
    ),
    Guard(
        f"{SPLIT}_in_proportion",
        SPLIT,
        (UPDATE,),
        f"NEW.final AND EXISTS (SELECT 1 FROM {SHARE} h JOIN {ITEM} i ON i.id = NEW.item_id "
        f"CROSS JOIN (SELECT SUM(w.weight) AS whole FROM {SHARE} w WHERE w.split_id = NEW.id) a "
        f"WHERE h.split_id = NEW.id AND ABS(h.amount * a.whole - ({AMOUNT_SHARED}) * h.weight) > 0.0101 * a.whole)",
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
