"""Where a matter stands on an agenda, for the rooms below."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.agenda import Place
from agreements.models import Matter
from steering.models import AgendaItem, Meeting


def places_of(matters: Iterable[Matter]) -> dict[int, Place]:
    """The next meeting with each matter on its agenda, not handled yet."""
    items = AgendaItem.objects.filter(matter__in=matters).exclude(state=AgendaItem.State.CLOSED)
    waiting = items.exclude(meeting__state__in=Meeting.ENDED_STATES).select_related("meeting")
    last_first = waiting.order_by("-meeting__held_on", "-pk")
    return {item.matter_id: Place(item.meeting.held_on) for item in last_first if item.matter_id}
