"""Annex 3's seats as content of the agreement (liite 3, johtoryhmän kokoonpano)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agreements.contents import Content, DocumentChange, RowChange, sha256_of
from agreements.models import Change, Document, RowQuerySet
from steering import seats
from steering.models import SeatLine


def load(rows: RowQuerySet) -> list[SeatLine]:
    return list(rows.order_by("position", "pk").select_related("party", "member", "deputy"))


def canonical(seat: SeatLine) -> dict[str, Any]:
    return {
        "key": seat.key,
        "number": seat.position,
        "party": seat.party.order,
        "role": seat.role,
        "member": seat.member.name,
        "member_title": seat.member_title,
        "deputy": seat.deputy.name if seat.deputy else "",
        "deputy_title": seat.deputy_title,
    }


@dataclass(frozen=True)
class SeatChange:
    """A seat before and after in words."""

    change: RowChange

    @property
    def seat(self) -> SeatLine:
        return self.change.row

    @property
    def member_changes(self) -> bool:
        before, after = self.change.before, self.change.after
        return not (before and after) or before.member_id != after.member_id

    @property
    def deputy_changes(self) -> bool:
        before, after = self.change.before, self.change.after
        return not (before and after) or before.deputy_id != after.deputy_id


def compare(changes: Sequence[RowChange], before: Sequence[Any], after: Sequence[Any]) -> list[SeatChange]:
    return [SeatChange(item) for item in sorted(changes, key=lambda item: item.row.position)]


def problems(rows: Sequence[Any]) -> list[str]:
    """What cannot be, told before the database refuses it; what only should not be is shown on the page."""
    return [check.sentence for check in seats.impossible(rows)]


@dataclass(frozen=True)
class DraftSeats:
    """A party's seats as its draft has them, and the fingerprint of the decided ones under it."""

    own: tuple[SeatLine, ...]
    decided: dict[str, SeatLine]
    ground: str


def drafted(change: Change, document: Document) -> DraftSeats:
    """Two loads of seats, however many there are."""
    standing = load(SeatLine.objects.of(document).latest_decided().filter(party=change.party))
    written = load(SeatLine.objects.filter(version__change=change, version__document=document))
    decided = {row.key: row for row in standing}
    own = decided | {row.key: row for row in written if row.key in decided}
    ground = sha256_of(sorted(row.pk for row in standing))[:16]
    return DraftSeats(tuple(sorted(own.values(), key=lambda row: row.position)), decided, ground)


def shares_a_deputy(touched: DocumentChange) -> bool:
    """Whether the change makes somebody the personal deputy of two seats; then a reason is needed."""
    named = [item.after for item in touched.changes if item.after and item.after.deputy_id]
    return any(seat.deputy_id == other.deputy_id and seat.key != other.key for seat in named for other in touched.after)


SEATS = Content(
    model=SeatLine,
    template="steering/_seats.html",
    compare_template="steering/_seats_compared.html",
    row_template="steering/_seat_row.html",
    edit_url="steering:draft_seats",
    load=load,
    canonical=canonical,
    present=list,
    compare=compare,
    problems=problems,
)
