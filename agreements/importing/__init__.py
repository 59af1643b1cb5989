"""The text of a real agreement turned into structure: `parse(data)`. Pure: reads no file and writes nothing."""

from agreements.importing.lines import MAX_BYTES
from agreements.importing.parser import parse
from agreements.importing.result import (
    PREAMBLE_KEY,
    ImportProblem,
    ParsedAgreement,
    ParsedAnnex,
    ParsedParty,
    ParsedSection,
    ParsedSignatory,
    Unrecognised,
)

__all__ = [
    "MAX_BYTES",
    "PREAMBLE_KEY",
    "ImportProblem",
    "ParsedAgreement",
    "ParsedAnnex",
    "ParsedParty",
    "ParsedSection",
    "ParsedSignatory",
    "Unrecognised",
    "parse",
]
