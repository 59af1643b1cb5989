"""Everything that changes the registry. Nothing else writes here."""

from registry.actions.rights import (
    check_rights,
    choose_way,
    confirm_counts,
    enter_right,
    revise_right,
    take_rights,
)

__all__ = [
    "check_rights",
    "choose_way",
    "confirm_counts",
    "enter_right",
    "revise_right",
    "take_rights",
]
