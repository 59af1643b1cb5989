"""What the pages of a meeting and of an item show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404

from agreements import actions as agreement_actions
from agreements import contents, under
from agreements import permissions as agreement_permissions
from agreements.access import Access
from agreements.models import CaseNumber, Change, Mandate
from steering import actions, permissions, quorum, state, telling
from steering.models import AgendaItem, Attendance, Dissent, Meeting, Seating, SeatLine, Vote
from steering.views.pages import SECTION

Found = TypeVar("Found", bound=Model)
# Who besides the members has the right to be there, and in what capacity.
INVITED = {
    Mandate.Capacity.COORDINATOR: Attendance.Capacity.COORDINATOR,
    Mandate.Capacity.STAND_IN: Attendance.Capacity.COORDINATOR,
    Mandate.Capacity.SECRETARY: Attendance.Capacity.SECRETARY,
    Mandate.Capacity.YOUTH_LEAD: Attendance.Capacity.YOUTH_LEAD,
}


def one_of(rows: QuerySet[Found], pk: int) -> Found:
    """The row, or 404."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def others_invited(access: Access, seated: Iterable[str]) -> list[Mandate]:
    """Coordinator, secretary and youth lead, each once, without those who have a seat."""
    held = Mandate.objects.in_force(access.day.today).filter(agreement=access.agreement, capacity__in=INVITED)
    once = {str(mandate.person_id): mandate for mandate in held.select_related("person").order_by("capacity", "pk")}
    return [mandate for key, mandate in once.items() if key not in set(seated)]


def roll(seats: Sequence[SeatLine], others: Iterable[Mandate]) -> list[tuple[str, str]]:
    """The names called at the opening: members with their deputies, then the others."""
    called = []
    for seat in seats:
        called.append((str(seat.member_id), f"{seat.position}. {seat.member}, {seat.get_role_display()}"))
        if seat.deputy:
            office = Attendance.Capacity.DEPUTY.label
            called.append((str(seat.deputy_id), f"{seat.position}. {seat.deputy}, {office}"))
    return called + [(str(m.person_id), f"{m.person}, {m.get_capacity_display()}") for m in others]


def meeting_context(access: Access, meeting: Meeting) -> dict[str, Any]:
    """The page of a meeting. Grows by queries only with annex changes on the agenda, not with items or people."""
    sitting = state.sitting(meeting)
    items = _items(meeting)
    changes = changes_of(items)
    mandates, prepares = access.mandates, permissions.can_prepare_meeting(access.mandates)
    return {
        "agreement": access.agreement,
        "section": SECTION,
        "meeting": meeting,
        "rows": [item_row(item, sitting, changes) for item in items],
        "attendances": sitting.attendances,
        "seats": _seats(access, meeting, sitting),
        "own_deputy": _own_deputy(access, sitting),
        "stands_in": _stands_in(access, sitting),
        "may_declare": _may_declare(access, items),
        "steps": telling.next_steps(meeting, items, sitting, access.day.today),
        "formula": telling.formula_told(sitting.rules, len(sitting.seats)),
        "offered": list(state.offered_matters(access.agreement)) if prepares and not meeting.is_over else [],
        "may_prepare": prepares and not meeting.is_over,
        "may_follow_up": _may_follow_up(meeting, items) if prepares else "",
        "may_summon": permissions.can_summon(mandates) and meeting.is_before,
        "may_ask": permissions.can_ask_for_meeting(mandates, meeting) and not meeting.asked_by_id,
    }


def _own_deputy(access: Access, sitting: state.Sitting) -> SeatLine | None:
    """The seat of the person who reads, when she can call her deputy to it."""
    called = {absence.seat_id for absence in sitting.absences}
    own = [seat for seat in sitting.seats if seat.member_id == access.mandates[0].person_id and seat.deputy_id]
    return next(
        (
            seat
            for seat in own
            if seat.pk not in called and permissions.can_call_deputy(access.mandates, sitting.meeting, seat)
        ),
        None,
    )


def _stands_in(access: Access, sitting: state.Sitting) -> SeatLine | None:
    """The seat to which the person who reads has been called as its personal deputy."""
    if sitting.meeting.is_over:
        return None
    called = (absence.seat for absence in sitting.absences)
    return next((seat for seat in called if seat.deputy_id == access.mandates[0].person_id), None)


def _may_declare(access: Access, items: Iterable[AgendaItem]) -> set[int]:
    """Items of which the person who reads may tell that she is disqualified; not those every meeting has."""
    told = (access.mandates, access.mandates[0].person_id)
    may = permissions.can_declare_disqualification
    return {item.pk for item in items if not item.standing and may(told[0], item, told[1])}


def _may_follow_up(meeting: Meeting, items: Iterable[AgendaItem]) -> str:
    """Each meeting has its follow-up: "new" while it has none, "anew" until the group has been summoned."""
    if any(item.followup for item in items):
        return "anew" if meeting.state == Meeting.State.PLANNED else ""
    return "" if meeting.is_over or meeting.is_written else "new"


def handled() -> list[Prefetch]:
    """All that hangs on an item, one query each."""
    return [
        Prefetch("seatings", Seating.objects.select_related("person", "seat")),
        Prefetch("votes", Vote.objects.select_related("person", "seat")),
        Prefetch("dissents", Dissent.objects.select_related("person")),
        Prefetch("matter__case_numbers", CaseNumber.objects.select_related("party")),
    ]


def _items(meeting: Meeting) -> list[AgendaItem]:
    wanted = meeting.items.select_related("matter", "decision", "chaired_by", "moved_to")
    items = list(wanted.prefetch_related(*handled()))
    for item in items:
        item.meeting = meeting
    return items


def _seats(access: Access, meeting: Meeting, sitting: state.Sitting) -> list[dict[str, Any]]:
    """Every seat, whether its deputy has been called, and whether the person may call her."""
    called = {absence.seat_id for absence in sitting.absences}
    return [
        {
            "seat": seat,
            "called": seat.pk in called,
            "may_call": seat.pk not in called
            and seat.deputy_id
            and permissions.can_call_deputy(access.mandates, meeting, seat) is not None,
        }
        for seat in sitting.seats
    ]


def changes_of(items: Iterable[AgendaItem]) -> dict[int, tuple[Change, Change | None]]:
    """What was proposed last under each matter of the items, and what is redrafted in its place. One query."""
    matters = [item.matter_id for item in items if item.matter_id]
    found = Change.objects.filter(matter__in=matters).select_related("matter__agreement", "party").order_by("pk")
    changes = [change for change in found if change.amends_id or not change.is_unseen]
    proposed = {change.matter_id: change for change in changes if change.amends_id is None}
    withdrawn = Change.State.WITHDRAWN
    redrafted = {change.amends_id: change for change in changes if change.amends_id and change.state != withdrawn}
    return {matter: (change, redrafted.get(change.pk)) for matter, change in proposed.items()}


def compared(change: Change | None) -> list[tuple[contents.DocumentChange, Any]]:
    """What the change does, before and after."""
    return [(touched, touched.compared()) for touched in contents.document_changes(change)] if change else []


def item_row(
    item: AgendaItem, sitting: state.Sitting, changes: dict[int, tuple[Change, Change | None]]
) -> dict[str, Any]:
    """An item with its quorum, vote, disqualifications, and what it changes before and after."""
    seatings, votes = list(item.seatings.all()), list(item.votes.all())
    change, redrafted = changes.get(item.matter_id or 0, (None, None))
    found = sitting.quorum_kept(item, seatings) if seatings else sitting.quorum_of(item)
    result = state.result_of(item, votes, seatings, sitting.rules)
    return {
        "item": item,
        "quorum": found,
        "quorum_told": telling.quorum_told(found),
        "seatings": _acting(seatings, votes),
        "votes": votes,
        "result_told": telling.result_told(result) if result else "",
        "disqualifications": [row for row in sitting.disqualifications if row.item_id == item.pk],
        "change": change,
        "documents": compared(change),
        "redrafted": redrafted,
        "case_numbers": list(item.matter.case_numbers.all()) if item.matter else [],
    }


def _acting(seatings: Sequence[Seating], votes: Sequence[Vote]) -> list[dict[str, Any]]:
    given = {vote.seat_id: vote for vote in votes}
    return [{"seating": seating, "vote": given.get(seating.seat_id)} for seating in seatings]


def item_context(access: Access, item: AgendaItem) -> dict[str, Any]:
    """The page on which an item is handled."""
    sitting = state.sitting(item.meeting)
    prefetch_related_objects([item], *handled())
    row = item_row(item, sitting, changes_of([item]))
    mandates, prepares = access.mandates, permissions.can_prepare_meeting(access.mandates)
    going_on = item.meeting.is_open and not item.is_closed
    handles = permissions.can_handle_item(mandates, item) if going_on else None
    return {
        "agreement": access.agreement,
        "section": SECTION,
        "meeting": item.meeting,
        "row": row,
        "item": item,
        "blocks": under.blocks(item.matter) if item.matter else [],
        "amending": _amending(access, row["change"], row["redrafted"]),
        "formula": telling.formula_told(sitting.rules, len(sitting.seats)),
        "undecided": sitting.undecided(item),
        "needed": {told.pk for told in row["disqualifications"] if sitting.is_needed(item, told.person_id)},
        "would_act": _would_act(row["quorum"], sitting),
        "elect": _to_elect(row["quorum"], sitting) if going_on else [],
        "proposed": actions.proposed_outcome(item).label,
        "dissents": list(item.dissents.all()),
        "tasks": list(item.tasks.all()),
        "own_votes": _own_votes(access, item, row["seatings"]),
        "may_handle": handles,
        "handled_by": _others_who_handle(access, item) if prepares and going_on and not handles else None,
        "may_edit": prepares and not item.meeting.is_over and item.state == AgendaItem.State.OPEN,
        "may_declare": any(
            permissions.can_declare_disqualification(mandates, item, mandate.person_id) for mandate in mandates[:1]
        ),
        "may_dissent": permissions.can_dissent(mandates, item, mandates[0].person_id),
        "may_task": prepares,
    }


def _others_who_handle(access: Access, item: AgendaItem) -> list[str]:
    """Names of who handles the item in the place of a preparer whose own appointment it is."""
    held = Mandate.objects.in_force(access.day.today).filter(agreement=access.agreement).select_related("person")
    able = [mandate for mandate in held if permissions.can_handle_item((mandate,), item)]
    return sorted({mandate.person.name for mandate in able})


def _amending(access: Access, change: Change | None, redrafted: Change | None) -> dict[str, Any]:
    """How far the redrafted change is, which party has not consented to it, and what the person may do."""
    may_amend = bool(change and agreement_permissions.can_amend(access.mandates, change))
    # A draft is seen by those who write it; everybody else sees the wording once it is put forward.
    if redrafted is None or (redrafted.state == Change.State.DRAFT and not may_amend):
        return {"may_start": may_amend and redrafted is None}
    documents = compared(redrafted)
    told = [touched for touched, _content in documents]
    open_to_consent = redrafted.state == Change.State.PROPOSED
    missing = agreement_actions.missing_consents(redrafted, told) if open_to_consent else []
    return {
        "change": redrafted,
        "documents": documents,
        "missing": ", ".join(party.short_name for party in missing),
        "may_consent": any(agreement_permissions.can_consent(access.mandates, redrafted, party) for party in missing),
    }


def _would_act(found: quorum.Quorum, sitting: state.Sitting) -> list[dict[str, Any]]:
    """Who would act in each seat if the item were taken up now."""
    acting = {one.seat.number: one for one in found.acting}
    rows = []
    for seat in sitting.seats:
        one = acting.get(seat.position)
        person = None if one is None else (seat.deputy if one.as_deputy else seat.member)
        rows.append({"seat": seat, "person": person, "as_deputy": bool(one and one.as_deputy)})
    return rows


def _to_elect(found: quorum.Quorum, sitting: state.Sitting) -> list[Any]:
    """People from among whom a temporary chair is elected, when chair and vice chair are away."""
    if quorum.born_chair(found.acting):
        return []
    return [row["person"] for row in _would_act(found, sitting) if row["person"]]


def _own_votes(access: Access, item: AgendaItem, acting: Sequence[dict[str, Any]]) -> list[Seating]:
    """Seats in which the person herself has not voted yet."""
    if not item.is_handled:
        return []
    return [
        row["seating"]
        for row in acting
        if row["vote"] is None and permissions.can_vote(access.mandates, row["seating"]) is not None
    ]
