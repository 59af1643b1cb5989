"""What the database refuses in the steering group's room."""

from steering import models as m
from steering.guards.terms import SEAT_GUARDS, TERM_GUARDS
from tym.core.guards import history

TRACKED = (m.Term,)

GUARDS = [
    *TERM_GUARDS,
    *SEAT_GUARDS,
    *[guard for model in TRACKED for guard in history(model)],
]
