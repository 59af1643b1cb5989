"""The follow-up that each meeting has on its agenda (seuranta, 7 and 12 §)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Mandate
from steering import permissions
from steering.actions.agenda import ItemInput, put_last
from steering.actions.locking import acting, lock_meeting
from steering.followup import followup_of
from steering.models import AgendaItem, Meeting
from steering.papers import canonical
from tym.core.errors import Refused


@transaction.atomic
def prepare_followup(*, meeting: Meeting, by: Mandate, on: datetime.date, text: str = "") -> AgendaItem:
    """Keep what the figures and goals say today with the item, and the coordinator's words of them.

    Before the summons it can be prepared anew; afterwards what was told stays.
    """
    meeting = lock_meeting(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    told = canonical(followup_of(meeting.agreement, on))
    known = meeting.items.exclude(followup="").first()
    if known is None:
        return put_last(meeting, _item(text), by, followup=told)
    if meeting.state != Meeting.State.PLANNED:
        raise Refused(
            _("The group has been summoned with this follow-up. Take the item off and add another, if it must change."),
            clause=_("agreement 7 §"),
        )
    known.explanation, known.followup = text.strip(), told
    history.save(known, by=by, reason="edited")
    return known


def _item(text: str) -> ItemInput:
    return ItemInput(
        title=_("Follow-up of staff, clients and goals"),
        kind=AgendaItem.Kind.NOTE,
        explanation=text,
        proposal=_("The steering group notes the follow-up."),
    )
