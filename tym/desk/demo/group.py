"""The steering group of the demo: its appointment, and one member who changes (domain 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agreements import actions
from agreements.models import Change
from steering.actions import SeatHolder, SeatInput, appoint_group, replace_seats
from steering.actions.terms import Appointing
from steering.content import drafted
from tym.accounts.actions import add_person
from tym.desk.demo import data
from tym.desk.demo.stage import Stage


def appoint(
    stage: Stage,
    seats: Sequence[data.Seat],
    *,
    organ: str,
    decided_on: date,
    section: str,
    first_day: date,
    authority: str = "pori.example",
) -> None:
    """The responsible municipality's decision, five years from the first day."""
    appoint_group(
        agreement=stage.agreement,
        party=stage.parties[data.AUTHORITY],
        by=stage.liaison(data.AUTHORITY),
        on=first_day,
        decision=Appointing(organ, decided_on, section),
        valid_from=first_day,
        seats=[_seat(stage, seat, authority) for seat in seats],
    )


def _seat(stage: Stage, seat: data.Seat, authority: str) -> SeatInput:
    return SeatInput(
        member=SeatHolder(seat.member, data.email_of(seat.member, seat.party, authority), seat.title),
        deputy=SeatHolder(seat.deputy, data.email_of(seat.deputy, seat.party, authority)),
        role=seat.role,
        party=stage.parties[seat.party],
    )


def sign_in_members() -> None:
    """Those of the group whose address `make run` prints get the demo's password."""
    for name, role, _office in data.SIGN_INS:
        add_person(name=name, email=data.email_of(name, role), password=data.PASSWORD)


def change_a_member(stage: Stage) -> Change:
    """The county's notice of 20.3.2025: another member in seat 6 from 1.4.2025, the deputy stays."""
    by, on = stage.liaison(data.COUNTY), date(2025, 3, 20)
    annex = stage.agreement.documents.get(number=3)
    change = actions.draft_change(document=annex, by=by, on=on)
    name, title = data.NEW_MEMBER
    member = SeatHolder(name, data.email_of(name, data.COUNTY), title)
    seats = [SeatInput.of(row) for row in drafted(change, annex).own]
    seats = [replace(seat, member=member) if seat.member.name == "Anniina Söörmarkku" else seat for seat in seats]
    replace_seats(change=change, document=annex, by=by, on=on, seats=seats)
    actions.save_proposal(
        change=change,
        by=by,
        on=on,
        what="Paikan 6 jäseneksi nimetään Tiina Ahlainen. Varajäsen pysyy samana.",
        why="Anniina Söörmarkku siirtyy muihin tehtäviin.",
        wanted_from=date(2025, 4, 1),
    )
    return actions.propose_change(change=change, by=by, on=on)
