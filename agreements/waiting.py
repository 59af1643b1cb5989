"""What is late in an agreement, for its card on the front page. Each room tells of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from agreements.models import Agreement

# By agreement: (what, where).
Found = Mapping[int, Sequence[tuple[str, str]]]
_TELL: list[Callable[[Sequence[Agreement], datetime.date], Found]] = []


def register(tell: Callable[[Sequence[Agreement], datetime.date], Found]) -> None:
    """Have the room's own told. It takes many agreements at once, in a number of queries that does not grow."""
    if tell not in _TELL:
        _TELL.append(tell)


def late(agreements: Sequence[Agreement], day: datetime.date) -> dict[int, list[tuple[str, str]]]:
    """All that rooms tell, by agreement."""
    found: dict[int, list[tuple[str, str]]] = {}
    for tell in _TELL:
        for agreement, lines in tell(agreements, day).items():
            found.setdefault(agreement, []).extend(lines)
    return found
