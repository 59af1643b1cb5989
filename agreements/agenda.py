"""On which meeting's agenda a matter stands. The room of meetings knows; it registers itself when it is ready."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agreements.models import Matter


@dataclass(frozen=True)
class Place:
    """A meeting that has the matter on its agenda and has not handled it yet."""

    held_on: datetime.date


Finder = Callable[[Iterable[Matter]], dict[int, Place]]
_FINDERS: list[Finder] = []


def register(find: Finder) -> None:
    """Say where agendas are looked up. Called from an application's `ready`."""
    _FINDERS.append(find)


def places_of(matters: Iterable[Matter]) -> dict[int, Place]:
    """The first meeting that has each matter on its agenda, by matter. One query, however many."""
    matters = list(matters)
    return {pk: place for find in _FINDERS for pk, place in find(matters).items()}


def place_of(matter: Matter) -> Place | None:
    """The first meeting that has the matter on its agenda."""
    return places_of([matter]).get(matter.pk)
