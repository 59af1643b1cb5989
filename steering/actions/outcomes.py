"""Which outcomes an item can have, and whether one fits the quorum, the vote and the matter."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from agreements import actions as agreement_actions
from agreements.models import Decision, Matter
from steering import state
from steering.models import AgendaItem, Meeting, Seating, Vote
from tym.core.errors import Refused

Kind, Outcome = AgendaItem.Kind, AgendaItem.Outcome
# What the vote gave when the proposal won, and when it did not.
CARRIED = (Outcome.APPROVE, Outcome.NOTE, Outcome.NEGOTIATE, Outcome.DISCUSSED)
FELL = (Outcome.REJECT, Outcome.RETURN, Outcome.TABLE, Outcome.AMENDED)
WITHOUT_MATTER = {
    Kind.DECIDE: (Outcome.APPROVE, Outcome.AMENDED, Outcome.REJECT, Outcome.RETURN, Outcome.TABLE, Outcome.NOTE),
    Kind.NOTE: (Outcome.NOTE, Outcome.RETURN, Outcome.TABLE),
    Kind.DISCUSS: (Outcome.DISCUSSED, Outcome.NOTE, Outcome.TABLE),
}


def outcomes_of(item: AgendaItem) -> tuple[AgendaItem.Outcome, ...]:
    """What the group may decide in the item."""
    if item.matter is None:
        return WITHOUT_MATTER[Kind(item.kind)]
    decided = tuple(Outcome(outcome.value) for outcome in agreement_actions.outcomes_of(item.matter))
    if item.matter.kind == Matter.Kind.ANNEX_UPDATE:
        # What is approved as amended is a redrafted change; anything else is frozen and comes back as a new matter.
        decided = (*decided[:1], Outcome.AMENDED, *decided[1:])
    return (*decided, Outcome.DISCUSSED) if item.kind == Kind.DISCUSS else decided


def proposed_outcome(item: AgendaItem) -> AgendaItem.Outcome:
    """The outcome when everybody agrees with the proposal."""
    if item.kind == Kind.DISCUSS:
        return Outcome.DISCUSSED
    if item.kind == Kind.NOTE or (item.matter and Decision.Outcome.APPROVE not in _of_matter(item.matter)):
        negotiable = item.matter is not None and item.matter.kind == Matter.Kind.AMENDMENT
        return Outcome.NEGOTIATE if negotiable and item.kind == Kind.DECIDE else Outcome.NOTE
    return Outcome.APPROVE


def _of_matter(matter: Matter) -> tuple[Decision.Outcome, ...]:
    return agreement_actions.outcomes_of(matter)


def check_outcome(item: AgendaItem, outcome: AgendaItem.Outcome, *, on: datetime.date) -> None:
    """Raises Refused when the outcome cannot be."""
    if outcome not in outcomes_of(item):
        raise Refused(_("The steering group cannot decide this item so."), clause=_("agreement 7 and 12 §"))
    seatings = list(item.seatings.select_related("seat", "person"))
    votes = list(item.votes.select_related("seat"))
    if outcome in AgendaItem.DECISIVE:
        _check_quorum(item, seatings)
    if item.meeting.is_written:
        _check_written(item.meeting, seatings, votes, on)
    _check_vote(item, outcome, seatings, votes)


def _check_quorum(item: AgendaItem, seatings: list[Seating]) -> None:
    found = state.sitting(item.meeting).quorum_kept(item, seatings)
    if not found.enough:
        raise Refused(
            _("Present %(present)s, needed at least %(needed)s. The steering group is not quorate for this item.")
            % {"present": found.present, "needed": found.needed}
        )
    if found.no_chair:
        raise Refused(_("The group's rules ask for the chair or the vice chair; neither acts in this item."))
    if found.parties_missing:
        raise Refused(_("The group's rules ask that every party is represented; one is not in this item."))


def _check_written(meeting: Meeting, seatings: list[Seating], votes: list[Vote], on: datetime.date) -> None:
    if meeting.asked_by_id:
        raise Refused(_("A member has asked for a meeting. End the procedure and move its items to one."))
    silent = silent_seats(seatings, votes)
    if silent:
        raise Refused(
            _("A written procedure decides when everybody has stated a view. Missing: %(names)s.")
            % {"names": ", ".join(silent)}
        )
    if meeting.deadline and on <= meeting.deadline:
        raise Refused(_("The deadline for stating views has not passed yet."))


def silent_seats(seatings: list[Seating], votes: list[Vote]) -> list[str]:
    """Names of those who act in a seat and have not voted."""
    given = {vote.seat_id for vote in votes}
    return [str(seating.person) for seating in seatings if seating.seat_id not in given]


def _check_vote(item: AgendaItem, outcome: AgendaItem.Outcome, seatings: list[Seating], votes: list[Vote]) -> None:
    if not votes:
        return
    silent = silent_seats(seatings, votes)
    if silent:
        raise Refused(_("The vote is missing: %(names)s.") % {"names": ", ".join(silent)})
    rules = state.rules_on(item.meeting.agreement, item.meeting.held_on)
    result = state.result_of(item, votes, seatings, rules)
    if result is None or result.carried is None:
        raise Refused(_("The vote is a tie and the chair has not voted. The chair's vote decides."))
    if outcome not in (CARRIED if result.carried else FELL):
        raise Refused(
            _("The outcome does not fit the vote: %(in_favour)s for the proposal, %(against)s against.")
            % {"in_favour": result.in_favour, "against": result.against}
        )
