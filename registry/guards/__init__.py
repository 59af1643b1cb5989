"""What the database refuses in the registry (agreement 10 and 11 §)."""

from registry.guards.archive import GUARDS as ARCHIVE
from registry.guards.destruction import GUARDS as DESTRUCTION
from registry.guards.duties import GUARDS as DUTIES
from registry.guards.publicity import GUARDS as PUBLICITY
from registry.guards.retention import GUARDS as RETENTION
from registry.guards.rights import GUARDS as RIGHTS
from registry.guards.rights import TRACKED

__all__ = ["GUARDS", "TRACKED"]

GUARDS = [*RIGHTS, *DUTIES, *ARCHIVE, *DESTRUCTION, *PUBLICITY, *RETENTION]
