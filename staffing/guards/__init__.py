"""What the database refuses in the staffing room."""

from staffing.guards.lines import LINE_GUARDS

GUARDS = [*LINE_GUARDS]
