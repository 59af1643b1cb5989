"""What single people tell or are told to do: disqualifications, dissents, tasks."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Mandate
from agreements.permissions import mandates_of
from steering import permissions, state
from steering.actions.locking import acting, lock_item
from steering.actions.outcomes import CARRIED
from steering.models import AgendaItem, Disqualification, Dissent, SeatLine, Task, Vote
from tym.accounts.models import User
from tym.core.errors import Refused


@transaction.atomic
def declare_disqualification(
    *, item: AgendaItem, person: User, by: Mandate, on: datetime.date, ground: str, reason: str
) -> Disqualification:
    """A person tells that she may be disqualified, or a preparer records it. The group decides (29 §)."""
    item = lock_item(item)
    right = by.agreement_id == item.meeting.agreement_id
    by = acting(
        by,
        item.meeting.agreement_id,
        on,
        lambda held: permissions.can_declare_disqualification(held, item, person.pk) if right else None,
    )
    if item.disqualifications.filter(person=person).exists():
        raise Refused(_("The disqualification of %(name)s has been told already.") % {"name": person.name})
    _check_concerned(item, person, on)
    row = Disqualification(item=item, person=person, ground=ground, reason=reason.strip(), declared_by=by.person)
    history.save(row, by=by, reason="declared")
    return row


def _check_concerned(item: AgendaItem, person: User, on: datetime.date) -> None:
    """Members, deputies, and who else takes part: coordinator, secretary, guests."""
    meeting = item.meeting
    seated = any(person.pk in (seat.member_id, seat.deputy_id) for seat in _seats(item))
    there = meeting.attendances.filter(person=person).exists()
    if not seated and not there and not mandates_of(person, meeting.agreement_id, on):
        raise Refused(_("%(name)s takes no part in the meeting.") % {"name": person.name})


def _seats(item: AgendaItem) -> list[SeatLine]:
    return state.seats_on(item.meeting.agreement_id, item.meeting.held_on)


@transaction.atomic
def decide_disqualification(
    *, disqualification: Disqualification, by: Mandate, on: datetime.date, disqualified: bool
) -> Disqualification:
    """Record what the group decided: disqualified (out, the deputy comes in) or not (hallintolaki 29 §)."""
    row, by = _open_for_deciding(disqualification, by, on)
    row.decided, row.urgency = disqualified, ""
    history.save(row, by=by, reason="decided", fields=["decided", "urgency"])
    return row


@transaction.atomic
def except_disqualified(
    *, disqualification: Disqualification, by: Mandate, on: datetime.date, urgency: str
) -> Disqualification:
    """Record that she is disqualified and takes part all the same (hallintolaki 30 §), with the reason.

    Raises Refused when the group is quorate without her, or her deputy is there: nobody else may be to be had.
    """
    row, by = _open_for_deciding(disqualification, by, on)
    if not urgency.strip():
        raise Refused(_("Write why the matter cannot wait."), clause=_("act 434/2003 30 §"))
    if not state.sitting(row.item.meeting).is_needed(row.item, row.person_id):
        raise Refused(
            _("%(name)s takes part only when the group is not quorate without her.") % {"name": row.person.name},
            clause=_("act 434/2003 30 §"),
        )
    row.decided, row.urgency = True, urgency.strip()
    history.save(row, by=by, reason="decided", fields=["decided", "urgency"])
    return row


def _open_for_deciding(
    disqualification: Disqualification, by: Mandate, on: datetime.date
) -> tuple[Disqualification, Mandate]:
    item = lock_item(disqualification.item)
    by = acting(by, item.meeting.agreement_id, on, lambda held: permissions.require_handling(held, item))
    if item.state != AgendaItem.State.OPEN or not item.meeting.is_open:
        raise Refused(_("Disqualification is decided in the meeting, before the item is taken up."))
    row = Disqualification.objects.select_related("person").get(pk=disqualification.pk)
    row.item = item
    return row, by


@transaction.atomic
def record_dissent(*, item: AgendaItem, person: User, by: Mandate, on: datetime.date, text: str) -> Dissent:
    """A dissenting opinion, told at once after the decision. Pressing twice is one dissent."""
    item = lock_item(item)
    by = acting(by, item.meeting.agreement_id, on, lambda held: permissions.can_dissent(held, item, person.pk))
    known = item.dissents.filter(person=person).first()
    if known:
        return known
    _check_may_differ(item, person)
    dissent = Dissent(item=item, person=person, text=text.strip())
    history.save(dissent, by=by, reason="dissented")
    return dissent


def _check_may_differ(item: AgendaItem, person: User) -> None:
    seated = item.seatings.filter(person=person).exists()
    presents = item.meeting.attendances.filter(person=person, seat=None).exists()
    if not seated and not presents:
        raise Refused(_("%(name)s took no part in this item.") % {"name": person.name})
    vote = item.votes.filter(person=person).first()
    won = Vote.Choice.FOR if item.outcome in CARRIED else Vote.Choice.AGAINST
    if vote and vote.choice == won:
        raise Refused(_("%(name)s voted for what was decided.") % {"name": person.name})


@transaction.atomic
def add_task(
    *, item: AgendaItem, by: Mandate, on: datetime.date, what: str, who: str, by_when: datetime.date | None
) -> Task:
    """Write down what follows from the item."""
    item = lock_item(item)
    by = acting(by, item.meeting.agreement_id, on, permissions.can_prepare_meeting)
    task = Task(item=item, what=what.strip(), who=who.strip(), by_when=by_when)
    history.save(task, by=by, reason="added")
    return task


@transaction.atomic
def finish_task(*, task: Task, by: Mandate, on: datetime.date) -> Task:
    """Tick off what has been done. Pressing twice is once."""
    item = lock_item(task.item)
    by = acting(by, item.meeting.agreement_id, on, permissions.can_prepare_meeting)
    task = Task.objects.get(pk=task.pk)
    if task.done_on is None:
        task.done_on = on
        history.save(task, by=by, reason="done", fields=["done_on"])
    return task
