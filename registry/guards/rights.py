"""Access rights: each party keeps its own."""

from registry import models as m
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only, history

RIGHT, CHECK, SETTING = "registry_accessright", "registry_rightscheck", "registry_rightssetting"
TRACKED = (m.AccessRight, m.RightsSetting)
OWN = (
    "NOT EXISTS (SELECT 1 FROM agreements_mandate a WHERE a.id = NEW.{column} AND a.party_id = NEW.party_id "
    "AND a.capacity IN ('liaison', 'main_user'))"
)

GUARDS = [
    Guard(
        f"{RIGHT}_own",
        RIGHT,
        (INSERT, UPDATE),
        OWN.format(column="entered_by_id"),
        "a party's own people enter its rights (agreement 10 §)",
    ),
    Guard(
        f"{RIGHT}_by_name",
        RIGHT,
        (INSERT, UPDATE),
        f"NOT EXISTS (SELECT 1 FROM {SETTING} s WHERE s.party_id = NEW.party_id AND s.named)",
        "names are kept only by a party that has chosen to",
    ),
    Guard(
        f"{RIGHT}_stays_own",
        RIGHT,
        (UPDATE,),
        "NEW.party_id <> OLD.party_id OR NEW.entered_by_id <> OLD.entered_by_id",
        "a right stays with its party",
    ),
    Guard(f"{RIGHT}_kept", RIGHT, (DELETE,), "TRUE", "a right that was is never removed"),
    Guard(
        f"{CHECK}_own",
        CHECK,
        (INSERT,),
        OWN.format(column="mandate_id"),
        "a party confirms its own rights (agreement 10 §)",
    ),
    *append_only(m.RightsCheck),
    Guard(f"{SETTING}_stays_own", SETTING, (UPDATE,), "NEW.party_id <> OLD.party_id", "a setting stays its party's"),
    Guard(f"{SETTING}_kept", SETTING, (DELETE,), "TRUE", "a setting is changed, not removed"),
    *[guard for model in TRACKED for guard in history(model)],
]
