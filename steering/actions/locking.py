"""The agreement is locked first, always; then the meeting or item is read afresh."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import models
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Mandate
from agreements.permissions import mandates_of, require
from steering import permissions
from steering.models import AgendaItem, Meeting
from tym.core.errors import Refused

Right = Callable[[permissions.Mandates], Mandate | None]


def lock_meeting(meeting: Meeting) -> Meeting:
    lock_agreement(meeting.agreement_id)
    return Meeting.objects.select_related("agreement").get(pk=meeting.pk)


def lock_item(item: AgendaItem) -> AgendaItem:
    lock_agreement(item.meeting.agreement_id)
    wanted = AgendaItem.objects.select_related("meeting__agreement", "matter", "chaired_by")
    found = wanted.filter(pk=item.pk).first()
    if found is None:
        raise Refused(_("The item has been taken off the agenda."))
    return found


def acting(by: Mandate, agreement_id: int, on: datetime.date, right: Right) -> Mandate:
    """The mandate on which the person may do this today; raises NotAllowed."""
    return require(right(mandates_of(by.person, agreement_id, on)))


def require_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise Refused(_("The meeting is not going on."))


def remove(row: models.Model, *, by: Mandate, reason: str) -> None:
    """Take a row away, with a line in its history."""
    history.stamp(row, by=by, reason=reason)
    row.delete()
