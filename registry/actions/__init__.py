"""Everything that changes the registry. Nothing else writes here."""

from registry.actions.archive import export_archive
from registry.actions.destruction import confirm_destruction, decline_destruction, propose_destruction
from registry.actions.duties import add_evidence, confirm_duties
from registry.actions.publicity import set_publicity
from registry.actions.retention import set_rule
from registry.actions.rights import (
    check_rights,
    choose_way,
    confirm_counts,
    enter_right,
    revise_right,
    take_rights,
)

__all__ = [
    "add_evidence",
    "check_rights",
    "choose_way",
    "confirm_counts",
    "confirm_destruction",
    "confirm_duties",
    "decline_destruction",
    "enter_right",
    "export_archive",
    "propose_destruction",
    "revise_right",
    "set_publicity",
    "set_rule",
    "take_rights",
]
