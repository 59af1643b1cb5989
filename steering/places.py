"""Where a matter stands on an agenda, for the rooms below."""

from __future__ import annotations

from agreements.agenda import Place
from agreements.models import Matter
from steering.models import AgendaItem, Meeting


def place_of(matter: Matter) -> Place | None:
    """The next meeting with the matter on its agenda, not handled yet."""
    items = AgendaItem.objects.filter(matter=matter).exclude(state=AgendaItem.State.CLOSED)
    waiting = items.exclude(meeting__state__in=Meeting.ENDED_STATES).select_related("meeting")
    item = waiting.order_by("meeting__held_on", "pk").first()
    return Place(item.meeting.held_on) if item else None
