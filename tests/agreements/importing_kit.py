"""Texts for the tests of the import, and what is compared in them."""

import re
from pathlib import Path

from agreements.importing import ParsedAgreement, parse
from agreements.markup import plain

TEXTS = Path(__file__).parent / "texts"
DEMO = Path(__file__).parents[2] / "tym" / "desk" / "demo"
SAMPLES = ("kolme_sopijaa", "kaksi_aluetta", "samarbetsavtal", "omintakeinen")
BULLET = re.compile(r"^[ \t\f]*(?:[\ue000-\uf8ff•]|[-–*+o](?= ))", re.MULTILINE)


def sample(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def parsed(text: str) -> ParsedAgreement:
    return parse(text.encode())


def agreement(*sections: str, title: str = "Sopimus") -> str:
    return "\n\n".join((title, *sections)) + "\n"


def bodies(text: str) -> dict[str, str]:
    return {section.key: section.body for section in parsed(text).sections}


def in_order(found: ParsedAgreement) -> str:
    """Everything the parser kept, in the order of the source."""
    pieces, part = [found.title], ""
    for section in found.sections:
        pieces += [section.part] if section.part != part else []
        pieces += [section.number, section.heading, BULLET.sub("", plain(section.body))]
        part = section.part
    return " ".join((*pieces, found.annex_heading, *(annex.text for annex in found.annexes if found.annex_heading)))


def characters(text: str) -> str:
    """All that can be read, save bullets and the sign after a section's number, which are not words."""
    return "".join(character for character in BULLET.sub("", text) if not character.isspace() and character not in ".§")
