"""When a document is public (621/1999 6–7 §). Pure: what is known of the document in, class and ground out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

PUBLIC, NOT_YET, SECRET = "public", "not_yet", "secret"
ORIGINAL, MINUTES = "signed_original", "minutes"


@dataclass(frozen=True)
class Publicity:
    """state: public, not yet, or secret. ground: the section. since: the first public day, when it is known."""

    state: str
    ground: str
    since: datetime.date | None = None


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
    minutes: Told | None,
    day: datetime.date,
) -> Publicity:
    """on: the document's own day (signing, arrival). kept: when it came here. day: the day of the question."""
    if minutes is not None:
        return _of_minutes(minutes, day)
    if kind == ORIGINAL:
        # Agreements from signature; of a signing whose day is not known it is said that there has been one.
        return _from(on, "621/1999 6 § 1 mom 8 k", day, known=on is not None)
    if received:
        return _from(on if on and on <= kept else kept, "621/1999 7 § 1 mom", day)
    return _from(kept, "621/1999 6 § 1 mom", day)


def _of_minutes(minutes: Told, day: datetime.date) -> Publicity:
    if minutes.secrecy:
        return Publicity(SECRET, minutes.secrecy)
    ground = "621/1999 6 § 1 mom 6 k"
    return _from(minutes.signed, ground, day) if minutes.signed else Publicity(NOT_YET, ground)


def _from(since: datetime.date | None, ground: str, day: datetime.date, *, known: bool = True) -> Publicity:
    state = NOT_YET if known and since and since > day else PUBLIC
    return Publicity(state, ground, since)
