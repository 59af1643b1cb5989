"""Rules of signing: what is frozen stays, a closed round takes nothing, nothing is in force unsigned (12 and 14 §)."""

from agreements import models as m
from agreements.guards.sql import ADOPTING, CHANGE, MATTER_OF_NEW
from tym.core.guards import INSERT, UPDATE, Guard, append_only

ROUND, PLACE, ACT = "agreements_signinground", "agreements_signingplace", "agreements_signingact"
FILE, END, RECEIPT = "agreements_signingfile", "agreements_signingend", "agreements_copyreceipt"
ROUND_OF_PLACE = "(SELECT p.round_id FROM agreements_signingplace p WHERE p.id = {place})"
LATEST = (
    "COALESCE((SELECT f.sha256 FROM agreements_signingfile x JOIN agreements_record r ON r.id = x.record_id "
    "JOIN core_storedfile f ON f.id = r.file_id WHERE x.round_id = NEW.round_id {and_so} "
    "ORDER BY x.id DESC LIMIT 1), (SELECT o.sha256 FROM agreements_signinground o WHERE o.id = NEW.round_id))"
)
SIGNED = "EXISTS (SELECT 1 FROM agreements_signingact a WHERE a.place_id = {place} AND a.kind = 'signed')"
CURRENT = "NOT EXISTS (SELECT 1 FROM agreements_signingplace s WHERE s.replaces_id = {place})"


def _ended(round_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM agreements_signingend e WHERE e.round_id = {round_id})"


def _way(round_id: str) -> str:
    return f"(SELECT o.way FROM agreements_signinground o WHERE o.id = {round_id})"


def _on_insert(table: str, name: str, refuse: str, says: str) -> Guard:
    return Guard(f"{table}_{name}", table, (INSERT,), refuse, says)


ROUND_OF_NEW = ROUND_OF_PLACE.format(place="NEW.place_id")
_OF_AGREEMENT = (
    "NOT EXISTS (SELECT 1 FROM agreements_signinground o JOIN agreements_change c ON c.id = o.change_id "
    "JOIN agreements_matter m ON m.id = c.matter_id JOIN {table} t ON t.agreement_id = m.agreement_id "
    "WHERE o.id = NEW.round_id AND t.id = NEW.{column})"
)
ROUND_GUARDS = [
    _on_insert(
        ROUND,
        "agreed",
        "NOT EXISTS (SELECT 1 FROM agreements_change c JOIN agreements_matter m ON m.id = c.matter_id "
        "WHERE c.id = NEW.change_id AND c.state = 'proposed' AND m.kind = 'amendment' AND NOT EXISTS "
        "(SELECT 1 FROM agreements_party p WHERE p.agreement_id = m.agreement_id AND NOT EXISTS "
        "(SELECT 1 FROM agreements_decision d WHERE d.matter_id = m.id AND d.party_id = p.id "
        "AND d.outcome = 'approve' AND d.sha256 = c.sha256)))",
        "only what every party has decided is signed (agreement 12 §)",
    ),
    _on_insert(
        ROUND,
        "one",
        "EXISTS (SELECT 1 FROM agreements_signinground o WHERE o.change_id = NEW.change_id AND o.id <> NEW.id "
        "AND NOT EXISTS (SELECT 1 FROM agreements_signingend e WHERE e.round_id = o.id AND e.outcome = 'interrupted'))",
        "a change is signed once, in one round at a time",
    ),
    _on_insert(
        ROUND,
        "frozen",
        "NOT EXISTS (SELECT 1 FROM agreements_record r JOIN core_storedfile f ON f.id = r.file_id "
        "JOIN agreements_change c ON c.matter_id = r.matter_id "
        "WHERE r.id = NEW.frozen_id AND c.id = NEW.change_id AND f.sha256 = NEW.sha256)",
        "a round is of the file that was frozen for this change",
    ),
]
PLACE_GUARDS = [
    _on_insert(
        PLACE,
        "open",
        f"{_ended('NEW.round_id')} OR (NEW.replaces_id IS NULL AND EXISTS (SELECT 1 FROM agreements_signingact a "
        "JOIN agreements_signingplace p ON p.id = a.place_id WHERE p.round_id = NEW.round_id))",
        "signatories are named when a round is opened, and replaced while it is open",
    ),
    _on_insert(
        PLACE,
        "of_agreement",
        _OF_AGREEMENT.format(table="agreements_party", column="party_id"),
        "a signatory signs for a party of this agreement",
    ),
    _on_insert(
        PLACE,
        "replaces",
        "NEW.replaces_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM agreements_signingplace p "
        "WHERE p.id = NEW.replaces_id AND p.round_id = NEW.round_id AND p.party_id = NEW.party_id "
        f'AND p."order" = NEW."order") OR {SIGNED.format(place="NEW.replaces_id")})',
        "one who has signed is not replaced, nor by somebody of another party",
    ),
    _on_insert(
        PLACE,
        "known",
        f"NEW.person_id IS NULL AND {_way('NEW.round_id')} = 'in_app'",
        "who signs in this service signs in to it",
    ),
    _on_insert(
        PLACE,
        "own_name",
        f"{_way('NEW.round_id')} = 'in_app' AND EXISTS "
        "(SELECT 1 FROM accounts_user u WHERE u.id = NEW.person_id AND u.name <> NEW.name)",
        "in this service everybody signs in her own name",
    ),
]
ACT_GUARDS = [
    _on_insert(
        ACT,
        "open",
        f"{_ended(ROUND_OF_NEW)} OR NOT {CURRENT.format(place='NEW.place_id')}",
        "a closed round takes no signatures, nor does a replaced signatory sign",
    ),
    _on_insert(
        ACT,
        "in_turn",
        "NEW.kind = 'signed' AND EXISTS (SELECT 1 FROM agreements_signingplace p "
        "JOIN agreements_signinground o ON o.id = p.round_id AND o.in_set_order "
        'JOIN agreements_signingplace q ON q.round_id = o.id AND q."order" < p."order" '
        f"WHERE p.id = NEW.place_id AND {CURRENT.format(place='q.id')} AND NOT {SIGNED.format(place='q.id')})",
        "in a set order each signs when those before have",
    ),
    _on_insert(
        ACT,
        "own_hand",
        f"NEW.kind = 'signed' AND {_way(ROUND_OF_NEW)} = 'in_app' AND NOT EXISTS "
        "(SELECT 1 FROM agreements_signingplace p "
        "JOIN agreements_mandate x ON x.person_id = p.person_id AND x.party_id = p.party_id "
        'AND x.valid_from <= NEW."on" AND (x.valid_to IS NULL OR x.valid_to >= NEW."on") '
        "WHERE p.id = NEW.place_id AND x.id = NEW.mandate_id)",
        "in this service everybody signs for herself",
    ),
    _on_insert(
        ACT,
        "on_file",
        f"NEW.kind = 'signed' AND {_way(ROUND_OF_NEW)} <> 'in_app' AND NOT EXISTS "
        f"(SELECT 1 FROM agreements_signingfile x WHERE x.id = NEW.file_id AND x.round_id = {ROUND_OF_NEW})",
        "a signature outside this service comes with its file",
    ),
]
FILE_GUARDS = [
    _on_insert(FILE, "open", _ended("NEW.round_id"), "a closed round takes no files"),
    _on_insert(
        FILE,
        "chain",
        f"{_way('NEW.round_id')} <> 'paper' AND NEW.before_sha256 <> {LATEST.format(and_so='AND x.id <> NEW.id')}",
        "a signed file continues the file before it",
    ),
    _on_insert(
        FILE,
        "of_agreement",
        _OF_AGREEMENT.format(table="agreements_record", column="record_id"),
        "a signed file is a record of this agreement",
    ),
]
END_GUARDS = [
    _on_insert(
        END,
        "all_signed",
        "NEW.outcome = 'completed' AND (EXISTS (SELECT 1 FROM agreements_signingplace p "
        f"WHERE p.round_id = NEW.round_id AND {CURRENT.format(place='p.id')} AND NOT {SIGNED.format(place='p.id')}) "
        "OR EXISTS (SELECT 1 FROM agreements_signinground o JOIN agreements_change c ON c.id = o.change_id "
        "JOIN agreements_matter m ON m.id = c.matter_id JOIN agreements_party y ON y.agreement_id = m.agreement_id "
        "WHERE o.id = NEW.round_id AND y.min_signers > (SELECT COUNT(*) FROM agreements_signingplace p "
        f"WHERE p.round_id = o.id AND p.party_id = y.id AND {SIGNED.format(place='p.id')})))",
        "the agreement is signed when every party's signatories have signed (agreement 14 §)",
    ),
    _on_insert(
        END,
        "last_file",
        "NEW.record_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_signingfile x "
        "WHERE x.round_id = NEW.round_id AND x.record_id = NEW.record_id AND NOT EXISTS "
        "(SELECT 1 FROM agreements_signingfile y WHERE y.round_id = x.round_id AND y.id > x.id))",
        "what holds is the last file of the round",
    ),
]
RECEIPT_GUARDS = [
    _on_insert(
        RECEIPT,
        "own",
        "NOT EXISTS (SELECT 1 FROM agreements_signingend e "
        "WHERE e.round_id = NEW.round_id AND e.outcome = 'completed') "
        "OR NOT EXISTS (SELECT 1 FROM agreements_mandate x WHERE x.id = NEW.mandate_id AND x.party_id = NEW.party_id)",
        "a party acknowledges its own copy of what has been signed",
    ),
    _on_insert(
        RECEIPT,
        "of_agreement",
        _OF_AGREEMENT.format(table="agreements_party", column="party_id"),
        "a copy belongs to a party of this agreement",
    ),
]
CHANGE_GUARDS = [
    Guard(
        f"{CHANGE}_signed",
        CHANGE,
        (UPDATE,),
        f"{ADOPTING} AND {MATTER_OF_NEW} = 'amendment' AND NOT EXISTS (SELECT 1 FROM agreements_signinground o "
        "JOIN agreements_signingend e ON e.round_id = o.id AND e.outcome = 'completed' "
        "WHERE o.change_id = NEW.id AND o.valid_from = NEW.valid_from)",
        "the agreement text is in force only when signed, from the day that was signed (agreement 12, 14 §)",
    ),
    Guard(
        f"{CHANGE}_in_signing",
        CHANGE,
        (UPDATE,),
        "OLD.state = 'proposed' AND NEW.state NOT IN ('proposed', 'adopted') AND EXISTS "
        "(SELECT 1 FROM agreements_signinground o WHERE o.change_id = NEW.id AND NOT EXISTS (SELECT 1 "
        "FROM agreements_signingend e WHERE e.round_id = o.id AND e.outcome = 'interrupted'))",
        "what is being signed, or has been, is not taken back",
    ),
]
MODELS = (m.SigningRound, m.SigningPlace, m.SigningAct, m.SigningFile, m.SigningEnd, m.CopyReceipt)
SIGNING_GUARDS = [
    *ROUND_GUARDS,
    *PLACE_GUARDS,
    *ACT_GUARDS,
    *FILE_GUARDS,
    *END_GUARDS,
    *RECEIPT_GUARDS,
    *CHANGE_GUARDS,
    *[guard for model in MODELS for guard in append_only(model)],
]
