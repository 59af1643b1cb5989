"""Forms of the staffing room: read, checked, never saved here."""

from staffing.forms.lines import MAX_ROWS, Area, BaseLineFormSet, LineForm, LineFormSet, StartForm, as_typed

__all__ = ["MAX_ROWS", "Area", "BaseLineFormSet", "LineForm", "LineFormSet", "StartForm", "as_typed"]
