"""The agenda: items added, edited, put in order, taken off (esityslista)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Mandate, Matter
from steering import permissions, quorum, state
from steering.actions.locking import acting, lock_item, lock_meeting, remove
from steering.models import AgendaItem, Meeting
from tym.core.errors import Refused

Kind, Outcome = AgendaItem.Kind, AgendaItem.Outcome
MOST_ITEMS = 200


@dataclass(frozen=True)
class ItemInput:
    """What is written of an item."""

    title: str
    kind: str = Kind.DECIDE
    explanation: str = ""
    proposal: str = ""
    preparer: str = ""
    presenter: str = ""
    appeal: str = AgendaItem.Appeal.NOT_STATED
    appeal_grounds: str = ""


def suggested(matter: Matter) -> ItemInput:
    """What the agenda says of a matter until somebody writes it better."""
    change = matter.changes.order_by("-pk").first()
    explanation = "\n\n".join(filter(None, (change.what, change.why))) if change else ""
    if matter.kind in state.NOTED:
        return ItemInput(matter.title, Kind.NOTE, explanation, _("The steering group notes the matter."))
    if matter.kind == Matter.Kind.AMENDMENT:
        proposal = _("The steering group starts negotiations on the proposal.")
    elif matter.kind == Matter.Kind.ANNEX_UPDATE:
        proposal = _("The steering group approves the annex update.")
    else:
        proposal = _("The steering group approves the proposal.")
    return ItemInput(matter.title, Kind.DECIDE, explanation, proposal)


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    by: Mandate,
    on: datetime.date,
    item: ItemInput | None = None,
    matter: Matter | None = None,
) -> AgendaItem:
    """Put an item last on the agenda; when the meeting is open (an urgent one), with the next § at once."""
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if matter is not None and not state.offered_matters(meeting.agreement).filter(pk=matter.pk).exists():
        raise Refused(_("The matter is on an agenda already, or the group has finished it."))
    if item is None and matter is None:
        raise Refused(_("Write the title of the item."))
    return put_last(meeting, item or suggested(matter), by, matter=matter)  # type: ignore[arg-type]


def put_last(
    meeting: Meeting, told: ItemInput, by: Mandate, *, matter: Matter | None = None, followup: str = ""
) -> AgendaItem:
    """The item last on the agenda, for whoever has locked the meeting and may prepare it."""
    if meeting.is_over or (meeting.is_open and meeting.is_written):
        raise Refused(_("Nothing can be added to this agenda any more."))
    added = AgendaItem(meeting=meeting, matter=matter, position=_last(meeting) + 1, followup=followup)
    _fill(added, told)
    if not added.preparer:
        added.preparer = by.person.name
        added.presenter = _presenter(added, by)
    _check_presenter(added)
    if meeting.is_open:
        added.section = _next_section(meeting)
    history.save(added, by=by, reason="added")
    return added


def _presenter(item: AgendaItem, by: Mandate) -> str:
    """Who adds the item presents it; in her own appointment the chair does, or the vice chair."""
    appointees = item.appointees
    if by.person_id not in appointees:
        return by.person.name
    seats = state.seats_on(item.meeting.agreement_id, item.meeting.held_on)
    leads = {seat.role: seat.member.name for seat in seats if seat.member_id not in appointees}
    return leads.get(quorum.CHAIR) or leads.get(quorum.VICE_CHAIR) or ""


def _check_presenter(item: AgendaItem) -> None:
    if item.presenter and item.presenter.casefold() in {name.casefold() for name in item.appointees.values()}:
        raise Refused(
            _("The item is about the appointment of %(name)s: somebody else presents it.") % {"name": item.presenter},
            clause=_("act 434/2003 27 §"),
        )


def _fill(item: AgendaItem, told: ItemInput) -> None:
    for field in fields(told):
        setattr(item, field.name, str(getattr(told, field.name)).strip())


def _last(meeting: Meeting) -> int:
    if meeting.items.count() >= MOST_ITEMS:
        raise Refused(_("An agenda can have at most %(items)s items.") % {"items": MOST_ITEMS})
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


def _next_section(meeting: Meeting) -> int:
    numbered = AgendaItem.objects.filter(meeting__agreement=meeting.agreement_id, meeting__year=meeting.year)
    return (numbered.aggregate(last=Max("section"))["last"] or 0) + 1


@transaction.atomic
def edit_item(*, item: AgendaItem, by: Mandate, on: datetime.date, told: ItemInput) -> AgendaItem:
    """Write the item better, as long as it has not been taken up."""
    item, by = _editable(item, by, on)
    _fill(item, told)
    _check_presenter(item)
    history.save(item, by=by, reason="edited")
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, by: Mandate, on: datetime.date, up: bool) -> AgendaItem:
    """One step up or down, before the meeting is opened and the items numbered."""
    item, by = _editable(item, by, on)
    if not item.meeting.is_before:
        raise Refused(_("The items have been numbered; their order is not changed any more."))
    order = list(item.meeting.items.all())
    place = order.index(item)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for position, one in enumerate(order, start=1):
            if one.position != position:
                one.position = position
                history.save(one, by=by, reason="reordered", fields=["position"])
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Mandate, on: datetime.date) -> None:
    """Take the item off the agenda. Once the meeting is open it stays in the minutes as taken off."""
    item, by = _editable(item, by, on)
    if item.meeting.is_before:
        remove(item, by=by, reason="removed")
        return
    item.state, item.outcome, item.closed_at = AgendaItem.State.CLOSED, Outcome.DROPPED, timezone.now()
    history.save(item, by=by, reason="dropped", fields=["state", "outcome", "closed_at"])


def _editable(item: AgendaItem, by: Mandate, on: datetime.date) -> tuple[AgendaItem, Mandate]:
    item = lock_item(item)
    by = acting(by, item.meeting.agreement_id, on, permissions.can_prepare_meeting)
    if item.meeting.is_over or item.state != AgendaItem.State.OPEN:
        raise Refused(_("The item is being handled or has been handled; it is not changed any more."))
    return item, by


def copy_item(item: AgendaItem, moved_to: Meeting, by: Mandate) -> AgendaItem:
    """The same item, last on the agenda of another meeting."""
    told = {field.name: getattr(item, field.name) for field in fields(ItemInput)}
    has_own = moved_to.items.exclude(followup="").exists()
    copy = AgendaItem(meeting=moved_to, matter=item.matter, position=_last(moved_to) + 1, **told)
    copy.followup = "" if has_own else item.followup
    history.save(copy, by=by, reason="moved")
    return copy
