"""The log of archive packages: each party its own, never taken back."""

from registry import models as m
from registry.guards.rights import OWN
from tym.core.guards import INSERT, Guard, append_only

EXPORT = "registry_archiveexport"

GUARDS = [
    Guard(
        f"{EXPORT}_own",
        EXPORT,
        (INSERT,),
        f"NEW.mandate_id IS NOT NULL AND {OWN.format(column='mandate_id')}",
        "each organisation archives in its own archive (agreement 11 §)",
    ),
    *append_only(m.ArchiveExport),
]
