"""Everything that is written in this room: each a transaction with the agreement locked first."""

from staffing.actions.counts import COUNTS, save_counts
from staffing.actions.limits import propose_settings
from staffing.actions.lines import LineInput, own_lines, replace_lines
from staffing.actions.points import replace_points
from staffing.actions.realised import Promise, agreed_of, annex_version, confirm_quarter, save_realised
from staffing.actions.reviews import (
    Judged,
    add_remedy,
    prepare_review,
    remove_remedy,
    report_title,
    retake_figures,
    review_sha256,
    save_duties,
    save_judgements,
    submit_review,
)
from staffing.actions.vacancies import VacancyInput, save_vacancy, withdraw_vacancy

__all__ = [
    "COUNTS",
    "Judged",
    "LineInput",
    "Promise",
    "VacancyInput",
    "add_remedy",
    "agreed_of",
    "annex_version",
    "confirm_quarter",
    "own_lines",
    "prepare_review",
    "propose_settings",
    "remove_remedy",
    "replace_lines",
    "replace_points",
    "report_title",
    "retake_figures",
    "review_sha256",
    "save_counts",
    "save_duties",
    "save_judgements",
    "save_realised",
    "save_vacancy",
    "submit_review",
    "withdraw_vacancy",
]
