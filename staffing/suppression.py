"""Small numbers are never shown outside the parties: from them a client could be recognised. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

LEAST = 5
PAIRS = (("plans_in_time", "plans_due"), ("reviews_in_time", "reviews_due"), ("face_to_face", "assessments"))
NAMES = ("clients", "started", "ended", "in_assessment", "in_plan", *(name for pair in PAIRS for name in pair))


class Place(Protocol):
    """Clients of a municipality."""

    clients: int | None

    @property
    def municipality(self) -> object: ...


@dataclass(frozen=True)
class Suppressed:
    """Counts fit to be shown to anyone: None where a number was not given or is hidden (`hidden` names those)."""

    values: Mapping[str, int | None]
    municipalities: Mapping[str, int | None]
    hidden: frozenset[str]


def suppressed(count: object, places: list | None = None) -> Suppressed:
    """The counts of a period without what could tell of one person (fewer than five).

    Also hides what would let a hidden number be worked out: a part whose rest is small, both phases when one is
    small, and one more municipality when only one is hidden.
    """
    given = {name: getattr(count, name) for name in NAMES}
    hidden = {name for name, value in given.items() if value is not None and value < LEAST}
    for some, of in PAIRS:
        if None not in (given[some], given[of]) and 0 < given[of] - given[some] < LEAST:
            hidden.add(some)
    hidden |= _rest_of_clients(given, hidden)
    counted = {str(place.municipality): place.clients for place in places or [] if place.clients is not None}
    gone = _municipalities(given["clients"], counted)
    return Suppressed(
        {name: None if name in hidden else value for name, value in given.items()},
        {name: None if name in gone else value for name, value in counted.items()},
        frozenset(hidden | gone),
    )


def _rest_of_clients(given: Mapping[str, int | None], hidden: set[str]) -> set[str]:
    """The two phases make up the clients: a small one, or a small rest, is told by the other."""
    phases = (given["in_assessment"], given["in_plan"])
    if None in phases or given["clients"] is None:
        return set()
    rest = given["clients"] - sum(phase for phase in phases if phase is not None)
    if hidden & {"in_assessment", "in_plan"} or 0 < rest < LEAST:
        return {"in_assessment", "in_plan"}
    return set()


def _municipalities(clients: int | None, counted: Mapping[str, int]) -> set[str]:
    gone = {name for name, value in counted.items() if value < LEAST}
    rest = (clients or 0) - sum(counted.values())
    # What is left over counts as a place too: it is told by the sum.
    if len(gone) + (0 < rest < LEAST) == 1 and not rest >= LEAST:
        others = sorted((value, name) for name, value in counted.items() if name not in gone)
        gone |= {name for _value, name in others[:1]}
    return gone
