"""Retention rules: each party its own, the earlier ones stay to be seen."""

from registry import models as m
from registry.guards.rights import OWN
from tym.core.guards import INSERT, Guard, append_only

RULE = "registry_retentionrule"

GUARDS = [
    Guard(f"{RULE}_own", RULE, (INSERT,), OWN.format(column="mandate_id"), "a party sets its own times (11 §)"),
    *append_only(m.RetentionRule),
]
