"""A row of Annex 2 as somebody wants it to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agreements.models import Municipality, Party
from staffing.models import StaffingLine
from tym.core.formats import format_person_years

VALUES = ("title", "persons", "person_years", "unit", "leads_client_work", "uses_typpi", "note")


@dataclass(frozen=True)
class LineInput:
    """A row as it should be. key: the row it continues, or empty for a new row."""

    title: str
    persons: int
    person_years: Decimal
    unit: str = ""
    municipalities: Sequence[Municipality] = ()
    leads_client_work: bool = True
    uses_typpi: bool = True
    note: str = ""
    key: str = ""
    party: Party | None = None

    @classmethod
    def of(cls, line: StaffingLine) -> LineInput:
        """A stored row as it stands."""
        values = {name: getattr(line, name) for name in VALUES}
        return cls(**values, municipalities=tuple(line.municipalities.all()), key=line.key, party=line.party)

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in VALUES}

    @property
    def counts(self) -> bool:
        """Counted as TYM staff, as StaffingLine has it."""
        return self.leads_client_work and self.uses_typpi

    @property
    def served(self) -> tuple[Municipality, ...]:
        return tuple(self.municipalities)

    @property
    def told(self) -> list[Any]:
        """What the row says, apart from which row it continues."""
        return [*self.values.values(), sorted(municipality.pk for municipality in self.municipalities)]

    @property
    def places(self) -> str:
        return ", ".join(municipality.name for municipality in self.municipalities)

    @property
    def person_years_text(self) -> str:
        return format_person_years(self.person_years)
