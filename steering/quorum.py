"""Who acts in each seat, whether the group is quorate, and how a vote ended. Pure: knows no database.

People, seats and parties are told apart by any hashable value. The rules are what the group has adopted; where
it has adopted none, kuntalaki's model holds (domain 4.1, A16).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Person = Hashable


class Minutes(StrEnum):
    """How the minutes are checked (pöytäkirjan tarkastus)."""

    TWO_CHECKERS = "two_checkers"
    AT_ONCE = "at_once"
    NEXT_MEETING = "next_meeting"


OVER_HALF = "over_half"
CHAIR, VICE_CHAIR = "chair", "vice_chair"
YES_NO = {"yes": True, "no": False}
# Key of the setting for each rule.
KEYS = {
    "quorum": "meeting.quorum",
    "chair_required": "meeting.chair_required",
    "each_party": "meeting.each_party",
    "tie_by_chair": "meeting.tie",
    "summons_days": "meeting.summons_days",
    "minutes": "meeting.minutes",
}


@dataclass(frozen=True)
class Rules:
    """How the group meets and decides. quorum: 0 is over half of the seats, else the number of seats needed.

    chair_required: the chair or the vice chair must be there. tie_by_chair: in a tie the chair's vote decides;
    otherwise the proposal falls. by_default: names of the rules the group has not adopted itself.
    """

    quorum: int = 0
    chair_required: bool = False
    each_party: bool = False
    tie_by_chair: bool = True
    summons_days: int = 7
    minutes: Minutes = Minutes.TWO_CHECKERS
    by_default: frozenset[str] = frozenset(KEYS)


def rules_from(settings: Mapping[str, str]) -> Rules:
    """The rules as the settings say them, key by key. What is not said, or cannot be read, is the default."""
    read = {
        "quorum": _number(settings.get(KEYS["quorum"], ""), OVER_HALF),
        "chair_required": YES_NO.get(settings.get(KEYS["chair_required"], "")),
        "each_party": YES_NO.get(settings.get(KEYS["each_party"], "")),
        "tie_by_chair": {"chair": True, "falls": False}.get(settings.get(KEYS["tie_by_chair"], "")),
        "summons_days": _number(settings.get(KEYS["summons_days"], "")),
        "minutes": _minutes(settings.get(KEYS["minutes"], "")),
    }
    adopted = {name: value for name, value in read.items() if value is not None}
    return Rules(**adopted, by_default=frozenset(KEYS) - frozenset(adopted))  # type: ignore[arg-type]


def _number(text: str, zero: str = "0") -> int | None:
    if text == zero:
        return 0
    return int(text) if len(text) <= 3 and text.isascii() and text.isdecimal() and int(text) else None


def _minutes(text: str) -> Minutes | None:
    return Minutes(text) if text in {way.value for way in Minutes} else None


@dataclass(frozen=True)
class Seat:
    """A seat of the group: its member and her personal deputy."""

    number: int
    party: Hashable
    role: str
    member: Person
    deputy: Person | None = None


@dataclass(frozen=True)
class Acting:
    """Who acts in a seat for one item."""

    seat: Seat
    person: Person
    as_deputy: bool


@dataclass(frozen=True)
class Quorum:
    """Whether the group can decide one item, and why not. empty: seats in which nobody acts.

    no_chair: neither chair nor vice chair is there though the rules ask for one. parties_missing: parties
    nobody acts for though the rules ask for each.
    """

    seats: int
    needed: int
    acting: tuple[Acting, ...]
    empty: tuple[Seat, ...]
    no_chair: bool = False
    parties_missing: tuple[Hashable, ...] = field(default=())

    @property
    def present(self) -> int:
        return len(self.acting)

    @property
    def enough(self) -> bool:
        return self.present >= self.needed

    @property
    def quorate(self) -> bool:
        return self.enough and not self.no_chair and not self.parties_missing


def acting_in(seats: Iterable[Seat], present: Iterable[Person], disqualified: Iterable[Person] = ()) -> list[Acting]:
    """The member if she is there and may take part, else her own deputy. If both come, only the member counts."""
    able = set(present) - set(disqualified)
    found = []
    for seat in seats:
        if seat.member in able:
            found.append(Acting(seat, seat.member, as_deputy=False))
        elif seat.deputy is not None and seat.deputy in able:
            found.append(Acting(seat, seat.deputy, as_deputy=True))
    return found


def needed(seats: int, rules: Rules) -> int:
    """How many must be there: over half of the seats, or what the group has adopted, never more than the seats."""
    return min(rules.quorum, seats) if rules.quorum else seats // 2 + 1


def quorum(seats: Sequence[Seat], present: Iterable[Person], disqualified: Iterable[Person], rules: Rules) -> Quorum:
    """The quorum of one item."""
    acting = acting_in(seats, present, disqualified)
    taken = {one.seat.number for one in acting}
    there = {one.seat.party for one in acting}
    parties = tuple(dict.fromkeys(seat.party for seat in seats if seat.party not in there))
    return Quorum(
        seats=len(seats),
        needed=max(1, needed(len(seats), rules)),
        acting=tuple(acting),
        empty=tuple(seat for seat in seats if seat.number not in taken),
        no_chair=rules.chair_required and born_chair(acting) is None,
        parties_missing=parties if rules.each_party else (),
    )


def born_chair(acting: Iterable[Acting]) -> Acting | None:
    """The chair, or the vice chair in her place. A deputy does not inherit the chair (A20)."""
    own = {one.seat.role: one for one in acting if not one.as_deputy}
    return own.get(CHAIR) or own.get(VICE_CHAIR)


def chair_of(acting: Sequence[Acting], elected: Person | None = None) -> Acting | None:
    """Who chairs the item: chair, vice chair, or else the one elected from among those who act."""
    return born_chair(acting) or next((one for one in acting if one.person == elected), None)


@dataclass(frozen=True)
class Result:
    """How a vote ended. carried: the proposal won; None: undecided, a tie the chair has not voted in."""

    in_favour: int
    against: int
    blank: int
    carried: bool | None
    by_chair: bool = False

    @property
    def is_tie(self) -> bool:
        return self.in_favour == self.against


def result(votes: Mapping[int, str], chair_seat: int | None, rules: Rules) -> Result:
    """Seat number -> "for", "against" or "blank". In a tie the proposal for which the chair voted wins."""
    given = list(votes.values())
    counted = (given.count("for"), given.count("against"), given.count("blank"))
    if counted[0] != counted[1]:
        return Result(*counted, carried=counted[0] > counted[1])
    if not rules.tie_by_chair:
        return Result(*counted, carried=False)
    chairs = votes.get(chair_seat, "") if chair_seat is not None else ""
    return Result(*counted, carried={"for": True, "against": False}.get(chairs), by_chair=chairs in ("for", "against"))
