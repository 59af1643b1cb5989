"""Destruction: two people at least, every party to whom the document belongs, and nothing is taken back.

The last of these stands on core's table: no file is emptied before all of it has been confirmed.
"""

from registry import models as m
from registry.guards.rights import OWN
from tym.core.guards import INSERT, Guard, append_only

DESTRUCTION, LINE = "registry_destruction", "registry_destructionline"
CONSENT, FILE = "registry_destructionconsent", "core_filedestruction"
# A party whose word is needed: of its own documents the party itself, of common ones every party but the proposer's.
NEEDED = (
    "p.agreement_id = d.agreement_id AND (p.id = d.party_id OR (d.party_id IS NULL AND p.id <> "
    "(SELECT a.party_id FROM agreements_mandate a WHERE a.id = d.mandate_id)))"
)
_GIVEN = f"SELECT 1 FROM {CONSENT} c WHERE c.destruction_id = d.id"
CONFIRMED = (
    f"EXISTS ({_GIVEN}) AND NOT EXISTS ({_GIVEN} AND c.outcome <> 'confirm') AND NOT EXISTS (SELECT 1 FROM "
    f"agreements_party p WHERE {NEEDED} AND NOT EXISTS ({_GIVEN} AND c.party_id = p.id))"
)
_OF_NEW = f"FROM {DESTRUCTION} d WHERE d.id = NEW.destruction_id"
_PERSON = "(SELECT a.person_id FROM agreements_mandate a WHERE a.id = {0}.mandate_id)"
_BEFORE = f"SELECT 1 FROM {CONSENT} c WHERE c.destruction_id = NEW.destruction_id"

GUARDS = [
    Guard(
        f"{DESTRUCTION}_own",
        DESTRUCTION,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_mandate a JOIN agreements_party p ON p.id = a.party_id "
        "WHERE a.id = NEW.mandate_id AND a.capacity IN ('liaison', 'main_user') "
        "AND p.agreement_id = NEW.agreement_id AND (NEW.party_id IS NULL OR NEW.party_id = p.id))",
        "a party proposes its own or common documents (agreement 11 §)",
    ),
    Guard(
        f"{LINE}_of_theirs",
        LINE,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM {DESTRUCTION} d JOIN agreements_record r ON r.agreement_id = d.agreement_id "
        "WHERE d.id = NEW.destruction_id AND r.id = NEW.record_id AND r.kind <> 'destruction' "
        "AND COALESCE(r.party_id, 0) = COALESCE(d.party_id, 0))",
        "what is destroyed belongs to those who decide, and minutes of destruction stay",
    ),
    Guard(
        f"{LINE}_run_out",
        LINE,
        (INSERT,),
        f'EXISTS (SELECT 1 {_OF_NEW} AND NEW.last_day >= d."on")',
        "nothing is proposed to be destroyed before its last day of keeping (agreement 11 §)",
    ),
    Guard(f"{LINE}_first", LINE, (INSERT,), f"EXISTS ({_BEFORE})", "nothing is added to what has been confirmed"),
    Guard(f"{CONSENT}_own", CONSENT, (INSERT,), OWN.format(column="mandate_id"), "a party speaks for itself"),
    Guard(
        f"{CONSENT}_of_theirs",
        CONSENT,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 {_OF_NEW} AND EXISTS (SELECT 1 FROM agreements_party p WHERE p.id = NEW.party_id "
        "AND p.agreement_id = d.agreement_id AND (d.party_id IS NULL OR d.party_id = p.id)))",
        "those decide to whom the documents belong",
    ),
    Guard(
        f"{CONSENT}_of_what_was_seen",
        CONSENT,
        (INSERT,),
        f"NOT EXISTS (SELECT 1 {_OF_NEW} AND d.sha256 = NEW.sha256)",
        "a word is bound to the list that was seen",
    ),
    Guard(
        f"{CONSENT}_by_another",
        CONSENT,
        (INSERT,),
        f"NEW.outcome = 'confirm' AND EXISTS (SELECT 1 {_OF_NEW} AND {_PERSON.format('d')} = {_PERSON.format('NEW')})",
        "nobody confirms her own proposal",
    ),
    Guard(
        f"{CONSENT}_open",
        CONSENT,
        (INSERT,),
        f"EXISTS ({_BEFORE} AND c.outcome = 'decline' AND c.id <> NEW.id) OR EXISTS (SELECT 1 FROM {LINE} l JOIN "
        f"agreements_record r ON r.id = l.record_id JOIN {FILE} f ON f.file_id = r.file_id "
        "WHERE l.destruction_id = NEW.destruction_id)",
        "what has been declined or destroyed is not spoken of again",
    ),
    Guard(
        f"registry_{FILE}_confirmed",
        FILE,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_record r WHERE r.file_id = NEW.file_id) "
        "OR EXISTS (SELECT 1 FROM agreements_record r WHERE r.file_id = NEW.file_id AND NOT EXISTS "
        f"(SELECT 1 FROM {LINE} l JOIN {DESTRUCTION} d ON d.id = l.destruction_id JOIN agreements_record k "
        "ON k.agreement_id = d.agreement_id AND k.kind = 'destruction' AND k.file_id = NEW.minutes_id "
        f"WHERE l.record_id = r.id AND {CONFIRMED}))",
        "a file is destroyed when every document of it has been confirmed, with minutes (agreement 11 §)",
    ),
    *append_only(m.Destruction),
    *append_only(m.DestructionLine),
    *append_only(m.DestructionConsent),
]
