"""What an agenda and minutes say, in words, made from the data. Plain values only: it is kept and fingerprinted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import CaseNumber, Change
from steering import state, telling
from steering.changed import changes_of, changes_told, handled
from steering.departures import too_few_checkers
from steering.models import (
    AgendaItem,
    Attendance,
    Disqualification,
    Dissent,
    Meeting,
    Minutes,
    Seating,
    SeatLine,
    Task,
    Vote,
)
from steering.state import Sitting
from tym.core.formats import format_day

Told = dict[str, Any]


def clock(time: datetime.time | None) -> str:
    return f"{time.hour}.{time.minute:02}" if time else ""


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Every item with all that hangs on it; constant queries."""
    wanted = meeting.items.select_related("matter", "decision", "chaired_by", "moved_to").prefetch_related(
        Prefetch("seatings", Seating.objects.select_related("person", "seat")),
        Prefetch("votes", Vote.objects.select_related("person", "seat")),
        "tasks",
        Prefetch("dissents", Dissent.objects.select_related("person")),
        Prefetch("matter__case_numbers", CaseNumber.objects.select_related("party")),
    )
    items = list(wanted)
    for item in items:
        item.meeting = meeting
    return items


def agenda_of(meeting: Meeting) -> Told:
    """What a summons says (kokouskutsu ja esityslista)."""
    items = items_of(meeting)
    changes = changes_of(items)
    return {
        **_heading(meeting),
        "deadline": format_day(meeting.deadline) if meeting.deadline else "",
        "note": meeting.note,
        "items": [{**_item(item, changes), "number": number} for number, item in enumerate(items, start=1)],
    }


def summons_told(told: Told, *, for_information: bool = False) -> str:
    """The agenda as the text of a mail."""
    spared = _("For information to the personal deputies. The member calls you if she cannot attend.")
    time = _line(_("Time"), f"{told['day']} {told['time']}".rstrip())
    place, deadline = _line(_("Place"), told["place"]), _line(_("Last day for views"), told["deadline"])
    meeting = f"{told['kind']} {told['meeting']}"
    head = [_("The steering group is summoned."), told["agreement"], meeting, time, place, deadline, told["note"]]
    items = [_told(one) for one in told["items"]]
    tell = _("If you cannot attend, or may be disqualified in a matter, tell it on the page of the meeting.")
    parts = [spared if for_information else "", *[line for line in head if line], "", _("Agenda"), *items, "", tell]
    return "\n".join(parts).strip() + "\n"


def _line(name: str, value: str) -> str:
    return f"{name}: {value}" if value else ""


def _told(one: Told) -> str:
    lines = [f"{one['number']}. {one['title']}"]
    if one["proposal"]:
        lines.append("   " + _line(_("Proposal for a decision"), one["proposal"]))
    return "\n".join(lines)


def _heading(meeting: Meeting) -> Told:
    return {
        "agreement": meeting.agreement.title,
        "meeting": meeting.reference,
        "kind": capfirst(str(meeting.get_kind_display())),
        "day": format_day(meeting.held_on),
        "time": clock(meeting.starts_at),
        "place": meeting.place,
    }


def _item(item: AgendaItem, changes: Mapping[int, Sequence[Change]]) -> Told:
    """What an item says before it is handled; with an annex change, what becomes of each row."""
    matter = item.matter
    change = handled(item, changes.get(matter.pk, ())) if matter else None
    return {
        "title": item.title,
        "kind": str(item.get_kind_display()),
        "matter": f"{matter.reference}, {matter.get_kind_display()}" if matter else "",
        "case_numbers": [f"{one.party.short_name}: {one.number}" for one in matter.case_numbers.all()]
        if matter
        else [],
        "preparer": item.preparer,
        "presenter": item.presenter,
        "explanation": item.explanation,
        "proposal": item.proposal,
        "followup": item.followed,
        "changes": changes_told(change),
    }


def content_of(minutes: Minutes) -> Told:
    """All that the minutes say (pöytäkirja). Constant queries, whatever the items and people."""
    meeting = minutes.meeting
    sitting, items = state.sitting(meeting), items_of(meeting)
    changes = changes_of(items)
    checkers = sorted(str(row.person) for row in meeting.checkers.select_related("person"))
    return {
        **_heading(meeting),
        "summons": _summons(meeting),
        "opened": clock(meeting.opened_at),
        "ended": clock(meeting.ended_at),
        "quorate": meeting.state != Meeting.State.NOT_QUORATE,
        "quorum": telling.formula_told(sitting.rules, len(sitting.seats)),
        "participants": [_participant(row) for row in sitting.attendances],
        "absent": _absent(sitting),
        "items": [_minuted(item, sitting, changes) for item in items],
        "checking": str(minutes.get_way_display()),
        "checkers": checkers,
        "deviation": _deviation(minutes, sitting, len(checkers)),
        "entries": minutes.entries,
        "secrecy": minutes.secrecy_ground,
    }


def _summons(meeting: Meeting) -> Told:
    day = format_day(meeting.summoned_on) if meeting.summoned_on else ""
    return {"day": day, "deviation": meeting.summons_deviation}


def _deviation(minutes: Minutes, sitting: Sitting, chosen: int) -> Told:
    """Too few checkers: what was not so, the clause and the reason. Before a reason is written nothing is known yet."""
    departed = too_few_checkers(sitting.rules, chosen)
    if departed is None or not minutes.deviation:
        return {}
    return {"sentence": departed.sentence, "clause": departed.clause, "reason": minutes.deviation}


def _participant(row: Attendance) -> Told:
    in_seat = row.seat is not None and row.capacity == Attendance.Capacity.MEMBER
    return {
        "name": str(row.person),
        "capacity": str(row.seat.get_role_display() if row.seat and in_seat else row.get_capacity_display()),
        "seat": str(row.seat.position) if row.seat else "",
        "came": clock(row.came_at),
        "from": f"§ {row.from_item.section}" if row.from_item else "",
        "left": clock(row.left_at),
        "until": f"§ {row.until_item.section}" if row.until_item else "",
    }


def _absent(sitting: Sitting) -> list[str]:
    """Members who were never there; in a written procedure nobody attends."""
    if sitting.meeting.is_written:
        return []
    there = {row.person_id for row in sitting.attendances}
    return [str(seat.member) for seat in sitting.seats if seat.member_id not in there]


def _minuted(item: AgendaItem, sitting: Sitting, changes: Mapping[int, Sequence[Change]]) -> Told:
    """An item with how it was handled."""
    seatings, votes = list(item.seatings.all()), list(item.votes.all())
    result = state.result_of(item, votes, seatings, sitting.rules)
    return {
        **_item(item, changes),
        "number": item.section,
        "chair": str(item.chaired_by) if item.chaired_by else "",
        "handling": [*_comings(item, sitting), *_disqualified(item, sitting), *_present(item, seatings, sitting)],
        "counter": {"text": item.counter_proposal, "by": item.counter_by, "seconded": item.seconded_by},
        "votes": [_vote(vote) for vote in sorted(votes, key=lambda vote: vote.seat.position)],
        "result": telling.result_told(result) if result else "",
        "decision": _decision(item),
        "dissents": [{"name": str(row.person), "text": row.text} for row in item.dissents.all()],
        "appeal": f"{item.get_appeal_display()}{f' ({item.appeal_grounds})' if item.appeal_grounds else ''}",
        "at_once": item.checked_at_once,
        "tasks": [_task(task) for task in item.tasks.all()],
    }


def _task(task: Task) -> Told:
    """Who does what by when (täytäntöönpano), as it stood when the minutes were put to be checked."""
    return {"what": task.what, "who": task.who, "by_when": format_day(task.by_when) if task.by_when else ""}


def _comings(item: AgendaItem, sitting: Sitting) -> list[str]:
    """Who came for this item and who had left after the one before."""
    sentences = []
    for row in sitting.attendances:
        told = {"name": str(row.person), "time": clock(row.came_at)}
        if row.from_item_id == item.pk:
            sentences.append(_("%(name)s came to the meeting at %(time)s, before this item.") % told)
        if row.until_item_id == item.pk:
            told["time"] = clock(row.left_at)
            sentences.append(_("%(name)s left the meeting at %(time)s, after this item.") % told)
    return sentences


def _disqualified(item: AgendaItem, sitting: Sitting) -> list[str]:
    return [_disqualification(row, item, sitting) for row in sitting.disqualifications if row.item_id == item.pk]


def _disqualification(row: Disqualification, item: AgendaItem, sitting: Sitting) -> str:
    told = {"name": str(row.person), "clause": row.clause, "reason": row.reason, "deputy": ""}
    if not row.decided:
        return _("%(name)s told of a ground of disqualification (%(clause)s). She was not found disqualified.") % told
    if row.urgency:
        told["urgency"] = row.urgency
        return (
            _(
                "%(name)s was found disqualified (%(clause)s: %(reason)s). The group was not quorate without her and "
                "the matter could not wait (%(urgency)s), so she took part (act 434/2003 30 §)."
            )
            % told
        )
    seat = sitting.seat_of(row.person_id)
    acting = next((one for one in item.seatings.all() if seat and one.seat_id == seat.pk), None)
    away = _(
        "%(name)s told that she is disqualified in the matter (%(clause)s: %(reason)s) and left the meeting while it "
        "was handled."
    )
    if acting is None:
        return away % told
    told["deputy"] = str(acting.person)
    came = _("Her personal deputy %(deputy)s came in her place.")
    return f"{away % told} {came % told}"


def _present(item: AgendaItem, seatings: Sequence[Seating], sitting: Sitting) -> list[str]:
    if not seatings:
        return []
    acted = _("%(name)s acted in seat %(seat)s as personal deputy.")
    out = {seat.pk for key in sitting.disqualified_from(item) if (seat := sitting.seat_of(key))}
    in_place = [one for one in seatings if one.as_deputy and one.seat_id not in out]
    deputies = [acted % {"name": one.person, "seat": one.seat.position} for one in in_place]
    return [*deputies, telling.quorum_told(sitting.quorum_kept(item, seatings))]


def _vote(vote: Vote) -> Told:
    return {"seat": vote.seat.position, "name": str(vote.person), "choice": str(vote.get_choice_display())}


def _decision(item: AgendaItem) -> str:
    """The outcome and the words of the decision."""
    if item.outcome == AgendaItem.Outcome.MOVED and item.moved_to:
        return _("Moved to the meeting %(meeting)s.") % {"meeting": item.moved_to}
    outcome = f"{capfirst(str(item.get_outcome_display()))}."
    if item.matter and item.outcome == AgendaItem.Outcome.AMENDED:
        outcome += " " + _("A redrafted change of the same matter was adopted in the place of the proposal.")
    return f"{outcome} {item.decision_text}" if item.decision_text else outcome


def chair_of(items: Iterable[AgendaItem], attendances: Iterable[Attendance]) -> int | None:
    """Who chaired most of the items; where none was taken up, the first by seat of those who were there."""
    chaired = [item.chaired_by_id for item in items if item.chaired_by_id]
    if chaired:
        return max(dict.fromkeys(chaired), key=chaired.count)
    order = (SeatLine.Role.CHAIR, SeatLine.Role.VICE_CHAIR, SeatLine.Role.MEMBER)
    seated = [
        (order.index(SeatLine.Role(row.seat.role)), row.seat.position, row.person_id) for row in attendances if row.seat
    ]
    return min(seated)[2] if seated else None
