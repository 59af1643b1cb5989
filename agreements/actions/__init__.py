"""Everything that changes an agreement. Nothing else writes.

Every action is one transaction, locks the agreement first, checks who (NotAllowed) and whether
(Refused), and leaves history with actor, mandate and reason. `by` is the mandate on which the person
acts; the right is looked up afresh. `on` is today.
"""

from agreements.actions.changes import (
    amend_change,
    draft_change,
    propose_change,
    record_on_behalf,
    redraft_change,
    save_proposal,
    withdraw_change,
)
from agreements.actions.corrections import (
    confirm_correction,
    correct_day,
    correct_decision,
)
from agreements.actions.decisions import (
    adopt_amendment,
    check_competence,
    decide_change,
    decide_for_party,
    give_consent,
    missing_consents,
    revoke_change,
)
from agreements.actions.founding import (
    adopt_original,
    found_agreement,
)
from agreements.actions.lasting import (
    conclude_review,
    end_dispute,
    note_dispute,
    open_dispute,
    propose_review_due,
    state_review,
    terminate_agreement,
)
from agreements.actions.mandates import (
    end_mandate,
    grant_mandate,
    set_area,
    set_case_number,
)
from agreements.actions.matters import (
    decide_matter,
    open_matter,
    outcomes_of,
    proposals_of,
    submit_matter,
)
from agreements.actions.negotiating import (
    agree_to_shorter_notice,
    comment_on,
    end_negotiations,
    offer_wording,
    resolve_comment,
)
from agreements.actions.parties import (
    enter_signed_original,
    rename_organisation,
    save_party_details,
)
from agreements.actions.people import (
    accept_invitation,
    cancel_invitation,
    end_own_mandate,
    invite_person,
    set_binding,
)
from agreements.actions.records import (
    issue_consolidated,
    issue_proposal,
)
from agreements.actions.reference import (
    save_municipality,
)
from agreements.actions.related import (
    end_related,
    relate_agreement,
)
from agreements.actions.rows import (
    RowDraft,
    draft_version,
    settle_collision,
    write_rows,
)
from agreements.actions.signatures import (
    acknowledge_copy,
    bring_signed,
    seal_round,
    sign_here,
)
from agreements.actions.signing import (
    Frozen,
    Named,
    check_named,
    decline_signing,
    freeze,
    interrupt_signing,
    open_signing,
    remind_signatory,
    replace_signatory,
)
from agreements.actions.texts import (
    add_clause,
    draft_clauses,
    move_clause,
    number_clauses,
    opened_clause,
    remove_clause,
    restore_clause,
    save_clause,
)
from agreements.actions.wordings import (
    counted_day,
    negotiated_wording,
)

__all__ = [
    "Frozen",
    "Named",
    "RowDraft",
    "accept_invitation",
    "acknowledge_copy",
    "add_clause",
    "adopt_amendment",
    "adopt_original",
    "agree_to_shorter_notice",
    "amend_change",
    "bring_signed",
    "cancel_invitation",
    "check_competence",
    "check_named",
    "comment_on",
    "conclude_review",
    "confirm_correction",
    "correct_day",
    "correct_decision",
    "counted_day",
    "decide_change",
    "decide_for_party",
    "decide_matter",
    "decline_signing",
    "draft_change",
    "draft_clauses",
    "draft_version",
    "end_dispute",
    "end_mandate",
    "end_negotiations",
    "end_own_mandate",
    "end_related",
    "enter_signed_original",
    "found_agreement",
    "freeze",
    "give_consent",
    "grant_mandate",
    "interrupt_signing",
    "invite_person",
    "issue_consolidated",
    "issue_proposal",
    "missing_consents",
    "move_clause",
    "negotiated_wording",
    "note_dispute",
    "number_clauses",
    "offer_wording",
    "open_dispute",
    "open_matter",
    "open_signing",
    "opened_clause",
    "outcomes_of",
    "proposals_of",
    "propose_change",
    "propose_review_due",
    "record_on_behalf",
    "redraft_change",
    "relate_agreement",
    "remind_signatory",
    "remove_clause",
    "rename_organisation",
    "replace_signatory",
    "resolve_comment",
    "restore_clause",
    "revoke_change",
    "save_clause",
    "save_municipality",
    "save_party_details",
    "save_proposal",
    "seal_round",
    "set_area",
    "set_binding",
    "set_case_number",
    "settle_collision",
    "sign_here",
    "state_review",
    "submit_matter",
    "terminate_agreement",
    "withdraw_change",
    "write_rows",
]
