"""Whether a composition is as it should be: each rule with its clause, over the seats of one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Party
from steering.models import SeatLine


@dataclass(frozen=True)
class Check:
    """One rule of the composition. `sentence` says what is so; `clause` on what the rule rests."""

    holds: bool
    sentence: str
    clause: str


Role, Of = SeatLine.Role, Party.Role


def checks(seats: Sequence[Any], parties: Iterable[Party]) -> list[Check]:
    """Every rule, in the order in which the page shows them."""
    return [
        _office(seats, Role.CHAIR, Of.EMPLOYMENT_AUTHORITY),
        _office(seats, Role.VICE_CHAIR, Of.WELLBEING_COUNTY),
        _represented(seats, parties),
        _deputies(seats),
        _own_deputies(seats),
        _once(seats),
    ]


def impossible(seats: Sequence[Any]) -> list[Check]:
    """The rules whose breach cannot be entered at all."""
    ruled = [_at_most_one(seats, Role.CHAIR), _at_most_one(seats, Role.VICE_CHAIR), _once(seats)]
    return [check for check in [*ruled, *_named_by(seats)] if not check.holds]


def _office(seats: Sequence[Any], role: str, of: str) -> Check:
    holders = [seat for seat in seats if seat.role == role]
    told = {"office": Role(role).label, "role": Of(of).label}
    if len(holders) != 1:
        return Check(False, _("There is to be one %(office)s.") % told, _("agreement 7 §"))
    told["name"] = holders[0].member.name
    if holders[0].party.role != of:
        return Check(False, _("The %(office)s is to be named by the %(role)s.") % told, _("agreement 7 §"))
    return Check(True, _("%(name)s is the %(office)s, named by the %(role)s.") % told, _("agreement 7 §"))


def _at_most_one(seats: Sequence[Any], role: str) -> Check:
    holders = [seat for seat in seats if seat.role == role]
    told = {"office": Role(role).label}
    return Check(len(holders) <= 1, _("There can be only one %(office)s at a time.") % told, _("agreement 7 §"))


def _named_by(seats: Sequence[Any]) -> list[Check]:
    of = {Role.CHAIR: Of.EMPLOYMENT_AUTHORITY, Role.VICE_CHAIR: Of.WELLBEING_COUNTY}
    return [
        Check(
            seat.role not in of or seat.party.role == of[seat.role],
            _("Seat %(number)s: the %(office)s is named by the %(role)s.")
            % {
                "number": seat.position,
                "office": Role(seat.role).label,
                "role": Of(of.get(seat.role, seat.party.role)).label,
            },
            _("agreement 7 §"),
        )
        for seat in seats
    ]


def _represented(seats: Sequence[Any], parties: Iterable[Party]) -> Check:
    there = {seat.party_id for seat in seats}
    without = [party.short_name for party in parties if party.pk not in there]
    if without:
        return Check(False, _("No seat: %(parties)s.") % {"parties": ", ".join(without)}, _("decree 388/2024 1 §"))
    return Check(True, _("Every party is represented."), _("decree 388/2024 1 §"))


def _deputies(seats: Sequence[Any]) -> Check:
    without = [str(seat.position) for seat in seats if seat.deputy_id is None]
    if without:
        told = {"seats": ", ".join(without)}
        return Check(False, _("No personal deputy: seat %(seats)s.") % told, _("decree 388/2024 1 §"))
    return Check(True, _("Every member has a personal deputy."), _("decree 388/2024 1 §"))


def _own_deputies(seats: Sequence[Any]) -> Check:
    named = Counter(seat.deputy for seat in seats if seat.deputy_id)
    shared = [person.name for person, count in named.items() if count > 1]
    if shared:
        told = {"names": ", ".join(shared)}
        return Check(False, _("Deputy of more than one seat: %(names)s.") % told, _("decree 388/2024 1 §"))
    return Check(True, _("Each deputy is personal."), _("decree 388/2024 1 §"))


def _once(seats: Sequence[Any]) -> Check:
    members = Counter(seat.member for seat in seats)
    deputies = {seat.deputy for seat in seats if seat.deputy_id}
    twice = [person.name for person, count in members.items() if count > 1 or person in deputies]
    if twice:
        told = {"names": ", ".join(twice)}
        return Check(False, _("On more than one seat, or also a deputy: %(names)s.") % told, _("agreement 7 §"))
    return Check(True, _("Nobody holds two seats."), _("agreement 7 §"))
