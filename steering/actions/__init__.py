"""Everything that changes the steering group's room. Nothing else writes here."""

from steering.actions.seats import SeatHolder, SeatInput, replace_seats, seat_people
from steering.actions.terms import appoint_group, close_term, revise_group

__all__ = [
    "SeatHolder",
    "SeatInput",
    "appoint_group",
    "close_term",
    "replace_seats",
    "revise_group",
    "seat_people",
]
