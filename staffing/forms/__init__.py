"""Forms of the staffing room: read, checked, never saved here."""

from staffing.forms.lines import (
    MAX_PASTED,
    MAX_ROWS,
    MAX_SENT,
    Area,
    BaseLineFormSet,
    LineForm,
    LineFormSet,
    SheetForm,
    StartForm,
    as_typed,
)

__all__ = [
    "MAX_PASTED",
    "MAX_ROWS",
    "MAX_SENT",
    "Area",
    "BaseLineFormSet",
    "LineForm",
    "LineFormSet",
    "SheetForm",
    "StartForm",
    "as_typed",
]
