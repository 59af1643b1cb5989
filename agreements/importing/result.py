"""What the parser finds in the text of an agreement: plain frozen values, nothing of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

PREAMBLE_KEY = "preamble"


class ImportProblem(Exception):
    """The text cannot be imported. `message` is translated; `line` counts from 1, None if no line is to blame."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message

    def __str__(self) -> str:
        if self.line is None:
            return self.message
        return _("Line %(line)d: %(message)s") % {"line": self.line, "message": self.message}


@dataclass(frozen=True)
class ParsedSection:
    """A numbered section (sopimuskohta); `body` is light markup, `part` the whole heading of its part or ""."""

    key: str
    number: str
    heading: str
    part: str
    body: str
    line: int


@dataclass(frozen=True)
class ParsedParty:
    """A party (sopijapuoli, 2 §); `role` is employment_authority, wellbeing_county or kela."""

    role: str
    name: str
    short_name: str
    order: int


@dataclass(frozen=True)
class ParsedSignatory:
    """A signatory (allekirjoittaja, 14 §) and the order number of the party signed for."""

    name: str
    title: str
    party_order: int


@dataclass(frozen=True)
class ParsedAnnex:
    """A row of the list of annexes; `text` is the row as written, `label` its number or letter."""

    number: int
    label: str
    title: str
    kind: str
    text: str


@dataclass(frozen=True, order=True)
class Unrecognised:
    """A line that is kept as text but was given no place of its own."""

    line: int
    text: str


@dataclass(frozen=True)
class ParsedAgreement:
    """The whole text.

    `annex_heading` is "" when the list of annexes is not the last thing in the file: its words are then in a section's
    body. Otherwise the words of the source, in order, are title, then part, heading and body of each section, then
    `annex_heading` and the `text` of each annex. Only a letterhead above the title moves: it opens the preamble.
    """

    title: str
    sections: tuple[ParsedSection, ...]
    parties: tuple[ParsedParty, ...]
    signatories: tuple[ParsedSignatory, ...]
    annexes: tuple[ParsedAnnex, ...]
    annex_heading: str
    valid_from: date | None
    valid_to: date | None
    until_further_notice: bool
    unrecognised: tuple[Unrecognised, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(section.part for section in self.sections if section.part))

    @property
    def numbered_sections(self) -> tuple[ParsedSection, ...]:
        return tuple(section for section in self.sections if section.number)

    @property
    def counts(self) -> dict[str, int]:
        groups: dict[str, Iterable[object]] = {
            "parts": self.parts,
            "sections": self.numbered_sections,
            "annexes": self.annexes,
            "parties": self.parties,
            "signatories": self.signatories,
            "unrecognised": self.unrecognised,
        }
        return {name: len(tuple(found)) for name, found in groups.items()}
