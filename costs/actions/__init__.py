"""Everything that changes costs. Nothing else writes here."""

from costs.actions.items import enter_item, record_day, revise_item, split_item, submit_cost
from costs.actions.keys import consent_to_key, propose_key
from costs.actions.settlements import (
    accept_settlement,
    mark_paid,
    open_settlement,
    reopen_settlement,
    submit_settlement,
)

__all__ = [
    "accept_settlement",
    "consent_to_key",
    "enter_item",
    "mark_paid",
    "open_settlement",
    "propose_key",
    "record_day",
    "reopen_settlement",
    "revise_item",
    "split_item",
    "submit_cost",
    "submit_settlement",
]
