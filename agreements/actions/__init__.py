"""Everything that changes an agreement. Nothing else writes.

Every action is one transaction, locks the agreement first, checks who (NotAllowed) and whether
(Refused), and leaves history with actor, mandate and reason. `by` is the mandate on which the person
acts; the right is looked up afresh. `on` is today.
"""

from agreements.actions.changes import draft_change, propose_change, redraft_change, save_proposal, withdraw_change
from agreements.actions.decisions import decide_change, give_consent
from agreements.actions.founding import adopt_original, found_agreement
from agreements.actions.mandates import end_mandate, grant_mandate, set_area, set_case_number
from agreements.actions.records import issue_consolidated
from agreements.actions.rows import RowDraft, draft_version, save_clause, write_rows

__all__ = [
    "RowDraft",
    "adopt_original",
    "decide_change",
    "draft_change",
    "draft_version",
    "end_mandate",
    "found_agreement",
    "give_consent",
    "grant_mandate",
    "issue_consolidated",
    "propose_change",
    "redraft_change",
    "save_clause",
    "save_proposal",
    "set_area",
    "set_case_number",
    "withdraw_change",
    "write_rows",
]
