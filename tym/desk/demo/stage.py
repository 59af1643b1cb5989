"""Where the demo's story is played."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.history import System
from agreements.models import Agreement, Document, Mandate, Municipality, Party


@dataclass(frozen=True)
class Stage:
    """An agreement of the demo with what its story needs at hand."""

    agreement: Agreement
    parties: dict[str, Party]
    places: dict[str, Municipality]
    by: System

    @property
    def annex_2(self) -> Document:
        return self.agreement.documents.get(number=2)

    def liaison(self, role: str) -> Mandate:
        return self.agreement.mandates.get(party=self.parties[role], capacity="liaison")

    @property
    def coordinator(self) -> Mandate:
        return self.agreement.mandates.get(capacity="coordinator")
