"""On which meeting's agenda a matter stands. The room of meetings knows; it registers itself when it is ready."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from agreements.models import Matter


@dataclass(frozen=True)
class Place:
    """A meeting that has the matter on its agenda and has not handled it yet."""

    held_on: datetime.date


_FINDERS: list[Callable[[Matter], Place | None]] = []


def register(find: Callable[[Matter], Place | None]) -> None:
    """Say where agendas are looked up. Called from an application's `ready`."""
    _FINDERS.append(find)


def place_of(matter: Matter) -> Place | None:
    """The first meeting that has the matter on its agenda."""
    return next((place for find in _FINDERS if (place := find(matter))), None)
