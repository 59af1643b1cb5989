"""Part IV of the agreement in rows (registers and documents)."""

from registry.models.archive import ArchiveExport
from registry.models.destruction import Destruction, DestructionConsent, DestructionLine
from registry.models.duties import DutyNote
from registry.models.publicity import PublicityClass
from registry.models.retention import RetentionRule
from registry.models.rights import AccessRight, RightsCheck, RightsSetting

__all__ = [
    "AccessRight",
    "ArchiveExport",
    "Destruction",
    "DestructionConsent",
    "DestructionLine",
    "DutyNote",
    "PublicityClass",
    "RetentionRule",
    "RightsCheck",
    "RightsSetting",
]
