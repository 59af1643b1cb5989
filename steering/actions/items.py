"""How an item is handled: disqualifications, taking up, votes, and the close that decides."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import actions as agreement_actions
from agreements import history
from agreements.models import Change, Decision, Mandate, Matter
from steering import permissions, state
from steering.actions.locking import acting, lock_item, require_open
from steering.actions.outcomes import check_outcome, proposed_outcome
from steering.actions.seating import release, seat_item
from steering.models import AgendaItem, Seating, Vote
from tym.accounts.models import User
from tym.core.errors import Refused

ORGAN = "Johtoryhmä"
Outcome, State = AgendaItem.Outcome, AgendaItem.State
DECISION_OF = {
    **{outcome: Decision.Outcome(outcome.value) for outcome in Outcome if outcome.value in Decision.Outcome.values},
    Outcome.AMENDED: Decision.Outcome.APPROVE,
}


@transaction.atomic
def take_up(*, item: AgendaItem, by: Mandate, on: datetime.date, elected: User | None = None) -> AgendaItem:
    """Take the item up: who acts in each seat is frozen, the quorum kept. elected: a temporary chair."""
    item, by = _open_for_handling(item, by, on)
    if item.state != State.OPEN:
        raise Refused(_("The item has been taken up already."))
    other = item.meeting.items.filter(state=State.HANDLED).first()
    if other and not item.meeting.is_written:
        raise Refused(_("First close § %(section)s, or put it back.") % {"section": other.section})
    return seat_item(item, state.sitting(item.meeting), by=by, elected=elected)


@transaction.atomic
def put_back(*, item: AgendaItem, by: Mandate, on: datetime.date) -> AgendaItem:
    """Undo the taking up, when somebody came, left or was disqualified after all."""
    item, by = _open_for_handling(item, by, on)
    return release(item, by=by)


def _open_for_handling(item: AgendaItem, by: Mandate, on: datetime.date) -> tuple[AgendaItem, Mandate]:
    item = lock_item(item)
    by = acting(by, item.meeting.agreement_id, on, lambda held: permissions.require_handling(held, item))
    if item.is_closed:
        raise Refused(_("The item has been closed already: %(outcome)s.") % {"outcome": item.get_outcome_display()})
    require_open(item.meeting)
    return item, by


@transaction.atomic
def cast_vote(*, seating: Seating, by: Mandate, on: datetime.date, choice: str) -> Vote:
    """One's own vote or view, by name; once. Raises Refused when the seat has voted."""
    item = lock_item(seating.item)
    by = acting(by, item.meeting.agreement_id, on, lambda held: permissions.can_vote(held, seating))
    _check_voting(item, on)
    known = item.votes.filter(seat=seating.seat_id).first()
    if known:
        raise Refused(_("A vote has been cast in this seat: %(choice)s.") % {"choice": known.get_choice_display()})
    return _keep_vote(item, seating, choice, by)


@transaction.atomic
def record_votes(*, item: AgendaItem, by: Mandate, on: datetime.date, choices: Mapping[int, str]) -> list[Vote]:
    """The secretary records how everybody voted, by name: seating -> choice. Replaces what was recorded before."""
    item, by = _open_for_handling(item, by, on)
    _check_voting(item, on)
    seatings = list(item.seatings.select_related("seat", "person"))
    silent = [str(seating.person) for seating in seatings if not choices.get(seating.pk)]
    if silent and not item.meeting.is_written:
        raise Refused(_("The vote is missing: %(names)s.") % {"names": ", ".join(silent)})
    known = {vote.seat_id: vote for vote in item.votes.all()}
    stated = [seating for seating in seatings if choices.get(seating.pk)]
    return [_keep_vote(item, seating, choices[seating.pk], by, known.get(seating.seat_id)) for seating in stated]


def _check_voting(item: AgendaItem, on: datetime.date) -> None:
    require_open(item.meeting)
    if not item.is_handled:
        raise Refused(_("The item is not being handled; votes are cast while it is."))
    if item.meeting.is_written and item.meeting.deadline and on > item.meeting.deadline:
        raise Refused(_("The deadline for stating views has passed."))


def _keep_vote(item: AgendaItem, seating: Seating, choice: str, by: Mandate, vote: Vote | None = None) -> Vote:
    vote = vote or Vote(item=item, seat=seating.seat, person=seating.person)
    if vote.choice != choice:
        vote.choice = choice
        history.save(vote, by=by, reason="voted")
    return vote


@transaction.atomic
def close_item(
    *,
    item: AgendaItem,
    by: Mandate,
    on: datetime.date,
    outcome: str,
    decision_text: str = "",
    counter: tuple[str, str, str] = ("", "", ""),
    valid_from: datetime.date | None = None,
    deviation: str = "",
    sha256: str = "",
    checked_at_once: bool = False,
) -> AgendaItem:
    """Close the item with its outcome; the matter is decided in the same act, and an annex adopted with it.

    counter: the counter-proposal, who made it, who seconded it. sha256: fingerprint of the matter as it was seen,
    or of the redrafted change when it is approved as amended.
    Raises Refused when the outcome does not fit the quorum, the vote or the matter.
    """
    item, by = _open_for_handling(item, by, on)
    if not item.is_handled:
        raise Refused(_("Take the item up first: then it is known who decides."))
    chosen = Outcome(outcome)
    check_outcome(item, chosen, on=on)
    item.counter_proposal, item.counter_by, item.seconded_by = (text.strip() for text in counter)
    item.checked_at_once = checked_at_once
    item.outcome, item.decision_text = chosen, decision_text.strip()
    item.decision = _decide(item, by, on, valid_from=valid_from, deviation=deviation, sha256=sha256)
    item.state, item.closed_at = State.CLOSED, timezone.now()
    history.save(item, by=by, reason="closed")
    return item


def _decide(item: AgendaItem, by: Mandate, on: datetime.date, *, sha256: str, **start: Any) -> Decision | None:
    """The group's decision in the item's matter; None when the item has none, or leaves it undecided."""
    matter, outcome = item.matter, Outcome(item.outcome)
    if matter is None or outcome in AgendaItem.WITHOUT_DECISION:
        return None
    told: dict[str, Any] = {
        "by": by,
        "on": on,
        "organ": ORGAN,
        "decided_on": on if item.meeting.is_written else item.meeting.held_on,
        "section": str(item.section),
        "outcome": DECISION_OF[outcome],
        "grounds": item.decision_text,
        "sha256": sha256,
    }
    change = _change_of(matter, outcome)
    if change and outcome in (Outcome.APPROVE, Outcome.AMENDED, Outcome.REJECT, Outcome.RETURN):
        return agreement_actions.decide_change(change=change, **told, **start)
    return agreement_actions.decide_matter(matter=matter, **told)


def _change_of(matter: Matter, outcome: AgendaItem.Outcome) -> Change | None:
    """The annex update under the matter that the outcome is about: as proposed, or as redrafted."""
    if matter.kind != Matter.Kind.ANNEX_UPDATE:
        return None
    proposed, redrafted = agreement_actions.proposals_of(matter)
    if outcome != Outcome.AMENDED:
        return proposed if proposed and proposed.state == Change.State.PROPOSED else None
    if redrafted is None or redrafted.state != Change.State.PROPOSED:
        raise Refused(
            _("First redraft the change as it is approved and put the redrafted wording forward."),
            clause=_("agreement 12 §"),
        )
    return redrafted


@transaction.atomic
def decide_unanimously(
    *,
    item: AgendaItem,
    by: Mandate,
    on: datetime.date,
    valid_from: datetime.date | None = None,
    deviation: str = "",
    sha256: str = "",
) -> AgendaItem:
    """The usual case in one act: taken up, and decided unanimously as proposed.

    Raises Refused when a recorded vote says that it was not unanimous.
    """
    item, by = _open_for_handling(item, by, on)
    if item.votes.exclude(choice=Vote.Choice.FOR).exists():
        raise Refused(_("Not everybody voted for the proposal, so the item was not decided unanimously."))
    if item.state == State.OPEN:
        item = take_up(item=item, by=by, on=on)
    told = {"valid_from": valid_from, "deviation": deviation, "sha256": sha256}
    return close_item(item=item, by=by, on=on, outcome=proposed_outcome(item), **told)  # type: ignore[arg-type]
