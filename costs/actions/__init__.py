"""Everything that changes costs. Nothing else writes here."""

from costs.actions.days import record_day, record_no_day
from costs.actions.items import enter_item, revise_item, split_item, submit_cost
from costs.actions.keys import consent_to_key, propose_setting
from costs.actions.settlements import (
    accept_settlement,
    mark_paid,
    open_settlement,
    reopen_settlement,
    submit_settlement,
)
from costs.actions.sharing import consent_to_sharing, record_sharing
from costs.actions.statements import issue_statement, issue_statements

__all__ = [
    "accept_settlement",
    "consent_to_key",
    "consent_to_sharing",
    "enter_item",
    "issue_statement",
    "issue_statements",
    "mark_paid",
    "open_settlement",
    "propose_setting",
    "record_day",
    "record_no_day",
    "record_sharing",
    "reopen_settlement",
    "revise_item",
    "split_item",
    "submit_cost",
    "submit_settlement",
]
