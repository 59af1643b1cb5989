"""Everything that is written in this room: each a transaction with the agreement locked first."""

from staffing.actions.counts import COUNTS, save_counts
from staffing.actions.limits import propose_settings
from staffing.actions.lines import LineInput, own_lines, replace_lines
from staffing.actions.realised import Promise, agreed_of, annex_version, confirm_quarter, save_realised
from staffing.actions.vacancies import VacancyInput, save_vacancy, withdraw_vacancy

__all__ = [
    "COUNTS",
    "LineInput",
    "Promise",
    "VacancyInput",
    "agreed_of",
    "annex_version",
    "confirm_quarter",
    "own_lines",
    "propose_settings",
    "replace_lines",
    "save_counts",
    "save_realised",
    "save_vacancy",
    "withdraw_vacancy",
]
