"""Everything that is written in this room: each a transaction with the agreement locked first."""

from staffing.actions.lines import LineInput, own_lines, replace_lines

__all__ = ["LineInput", "own_lines", "replace_lines"]
