"""Whether outsiders may be told of a document (act 621/1999). Rooms above know what keeps it from them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence

from agreements.models import Record

_CLOSED: list[Callable[[Sequence[Record], datetime.date], Collection[int]]] = []


def register(closed: Callable[[Sequence[Record], datetime.date], Collection[int]]) -> None:
    """Have the room asked: it gives the keys of those that are secret or not public yet."""
    if closed not in _CLOSED:
        _CLOSED.append(closed)


def public(records: Sequence[Record], day: datetime.date) -> list[Record]:
    """Those that are public on the day."""
    closed = {key for tell in _CLOSED for key in tell(records, day)}
    return [record for record in records if record.pk not in closed]
