"""When a document is public (621/1999 6–7 §). Pure: what is known of the document in, class and ground out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Protocol

PUBLIC, NOT_YET, SECRET = "public", "not_yet", "secret"
MINUTES, EXTRACT, SUMMONS = "minutes", "extract", "summons"
# What the parties have signed is public from the signing (8 k): the agreement, its amendments, on sharing costs.
AGREEMENTS = ("signed_original", "signed", "sharing")
TO_SIGN, PROPOSAL = "to_sign", "proposal"

ARRIVED = "621/1999 7 § 1 mom"
PROPOSED, CHECKED, SIGNED, FINISHED = (f"621/1999 6 § 1 mom {point} k" for point in (2, 6, 8, 9))


class SetByHand(Protocol):
    """What the one who answers for a document has set (see models.PublicityClass)."""

    @property
    def on(self) -> datetime.date: ...

    @property
    def state(self) -> str: ...

    @property
    def ground(self) -> str: ...

    @property
    def until(self) -> datetime.date | None: ...

    @property
    def mandate(self) -> Any: ...


@dataclass(frozen=True)
class Publicity:
    """state: public, not yet, or secret. ground: the section. since: the first public day, when it is known.

    by_hand: what was set by hand, when that holds; computed is then what would hold without it.
    """

    state: str
    ground: str
    since: datetime.date | None = None
    by_hand: SetByHand | None = None
    computed: Publicity | None = None


@dataclass(frozen=True)
class Told:
    """Of a meeting's minutes: why they are secret, and the day of the last signature when all have signed."""

    secrecy: str = ""
    signed: datetime.date | None = None


def publicity_of(
    kind: str,
    *,
    received: bool,
    on: datetime.date | None,
    kept: datetime.date,
    minutes: Told,
    signed: datetime.date | None,
    day: datetime.date,
) -> Publicity:
    """on: the document's own day (signing, arrival). kept: when it came here. day: the day of the question.

    minutes: of the meeting of the document's day. signed: when a text to be signed had been signed by all.
    """
    if kind in AGREEMENTS:
        # Of a signing whose day is not known it is said that there has been one.
        return Publicity(PUBLIC, SIGNED) if on is None else _from(on, SIGNED, day)
    if kind == TO_SIGN:
        return _when(signed, SIGNED, day)
    if kind == SUMMONS:
        # Prepared for decisions of the meeting; told earlier at the authority's discretion (9 § 2 mom).
        return _when(minutes.signed, SIGNED, day)
    if kind == MINUTES or (kind == EXTRACT and not received):
        return Publicity(SECRET, minutes.secrecy) if minutes.secrecy else _when(minutes.signed, CHECKED, day)
    if received:
        return _from(on if on and on <= kept else kept, ARRIVED, day)
    return _from(kept, PROPOSED if kind == PROPOSAL else FINISHED, day)


def with_hand(computed: Publicity, latest: SetByHand | None, day: datetime.date) -> Publicity:
    """What was set by hand stands above, until its time has run out (31 § 1 mom). latest: the last one by the day."""
    if latest is None or (latest.until and latest.until < day):
        return computed
    since = latest.on if latest.state == PUBLIC else None
    return Publicity(latest.state, latest.ground, since, latest, computed)


def _when(since: datetime.date | None, ground: str, day: datetime.date) -> Publicity:
    return _from(since, ground, day) if since else Publicity(NOT_YET, ground)


def _from(since: datetime.date, ground: str, day: datetime.date) -> Publicity:
    return Publicity(NOT_YET if since > day else PUBLIC, ground, since)
