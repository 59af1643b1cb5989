"""Words on duties: each party its own, never taken back."""

from registry import models as m
from registry.guards.rights import OWN
from tym.core.guards import INSERT, Guard, append_only

NOTE = "registry_dutynote"

GUARDS = [
    Guard(
        f"{NOTE}_own",
        NOTE,
        (INSERT,),
        OWN.format(column="mandate_id"),
        "a party speaks of duties for itself (agreement 10 §)",
    ),
    Guard(
        f"{NOTE}_same_agreement",
        NOTE,
        (INSERT,),
        "NEW.record_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agreements_record r JOIN agreements_party p "
        "ON p.agreement_id = r.agreement_id WHERE r.id = NEW.record_id AND p.id = NEW.party_id)",
        "evidence is a document of the same agreement",
    ),
    *append_only(m.DutyNote),
]
