"""What is late in an agreement, for its card on the front page. Each room tells of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from agreements.models import Agreement, Mandate

# By agreement: (what, where).
Found = Mapping[int, Sequence[tuple[str, str]]]
Own = Callable[[Sequence[Agreement], Sequence[Mandate], datetime.date], Found]
_TELL: list[Callable[[Sequence[Agreement], datetime.date], Found]] = []
_TELL_OWN: list[Own] = []


def register(tell: Callable[[Sequence[Agreement], datetime.date], Found]) -> None:
    """Have the room's own told. It takes many agreements at once, in a number of queries that does not grow."""
    if tell not in _TELL:
        _TELL.append(tell)


def register_own(tell: Own) -> None:
    """The same of what only a party's own people are told: it is given the reader's mandates too."""
    if tell not in _TELL_OWN:
        _TELL_OWN.append(tell)


def late(agreements: Sequence[Agreement], day: datetime.date) -> dict[int, list[tuple[str, str]]]:
    """All that rooms tell, by agreement."""
    return _gathered(tell(agreements, day) for tell in _TELL)


def own(
    agreements: Sequence[Agreement], mandates: Sequence[Mandate], day: datetime.date
) -> dict[int, list[tuple[str, str]]]:
    """All that rooms tell to the holder of the mandates alone."""
    return _gathered(tell(agreements, mandates, day) for tell in _TELL_OWN)


def _gathered(told: Iterable[Found]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for lines in told:
        for agreement, more in lines.items():
            found.setdefault(agreement, []).extend(more)
    return found
