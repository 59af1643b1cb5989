"""From bytes to lines: what a text file taken from a PDF is made of, before anything is understood."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from agreements.importing.result import ImportProblem

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 20_000
PAGE_BREAK_GAP = 2
MIN_MEASURE = 40
NEARLY_FULL = 0.85

_BINARY_STARTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_CONTROLS = dict.fromkeys((*range(1, 9), *range(14, 32), *range(0x7F, 0xA0)), " ")
_INVISIBLE: dict[int, None] = {0x200B: None, 0xFEFF: None}
_CLEAN: dict[int, str | None] = {**_CONTROLS, **_INVISIBLE}
_COLUMN_GAP = re.compile(r"\S(?: {3,}|\t)\s*\S")

_WORD_HYPHEN = re.compile(r"(?:\w[-\u2010\u2011\u00ad\u2013]|\S/)$")
_SUSPENDED_BEFORE = re.compile(r"(?:ja|tai|sekä|eli|että|ynnä|och|eller|samt|respektive|and|or)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.:;!?…][\"”’')\]]*$")


class Line(NamedTuple):
    """A line with something on it. `gap` counts the empty lines above; a page break counts as two."""

    number: int
    text: str
    indent: int
    trailing_blank: bool
    columns: bool
    gap: int


class Layout(NamedTuple):
    """`measure`: width of a full line in characters. `indented`: most lines begin with blanks, so blanks mean nothing.
    `keeps_blanks`: a soft wrap leaves its blank at the line end, so "TYM- " there is a word with a blank after it."""

    measure: int
    indented: bool
    keeps_blanks: bool


def decode(data: bytes) -> str:
    """Text of the file. Raises ImportProblem when it is empty, too large, not text or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise ImportProblem(None, _("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1024**2})
    if data.startswith(_BINARY_STARTS) or (b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise ImportProblem(None, _("The file is not text. Save the agreement as a plain text file (UTF-8)."))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        raise ImportProblem(line, _("The text is not UTF-8. Save the file as UTF-8.")) from error
    if not text.translate(_CLEAN).strip():
        raise ImportProblem(None, _("The file is empty."))
    return text


def split_lines(text: str) -> tuple[Line, ...]:
    raw_lines = _NEWLINE.split(text)
    if len(raw_lines) > MAX_LINES:
        raise ImportProblem(None, _("The file has more than %(limit)d lines.") % {"limit": MAX_LINES})
    return tuple(_numbered(raw_lines))


def _numbered(raw_lines: Sequence[str]) -> Iterator[Line]:
    gap = 1
    for number, raw in enumerate(raw_lines, start=1):
        for index, piece in enumerate(raw.split("\f")):
            gap += PAGE_BREAK_GAP if index else 0
            clean = piece.translate(_CLEAN)
            text = " ".join(clean.split())
            if not text:
                gap += 0 if index else 1
                continue
            indent = len(clean) - len(clean.lstrip())
            yield Line(number, text, indent, clean != clean.rstrip(), bool(_COLUMN_GAP.search(clean)), gap)
            gap = 0


def layout_of(lines: Sequence[Line]) -> Layout:
    lengths = sorted(len(line.text) for line in lines)
    measure = lengths[int(len(lengths) * 0.95)] if len(lengths) > 1 else MIN_MEASURE
    wrapped = [line for line, after in pairwise(lines) if after.gap == 0]
    return Layout(
        measure=max(measure, MIN_MEASURE),
        indented=sum(line.indent > 0 for line in lines) * 2 > len(lines),
        keeps_blanks=sum(line.trailing_blank for line in wrapped) * 2 > len(wrapped),
    )


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def ends_inside_word(text: str) -> bool:
    """The text ends in a hyphen, dash or slash that is fastened to a word: "TYM-", "1.1.2025–", "381/"."""
    return bool(_WORD_HYPHEN.search(text[-3:]))


def begins_lowercase(text: str) -> bool:
    return text[:1].islower()


def is_upper(text: str) -> bool:
    """Set in capitals, as part headings often are."""
    return text.isupper() and sum(character.isalpha() for character in text) > 2


def leaves_room(line: Line, after: Line, measure: int) -> bool:
    """The first word of the next line would have fitted here, so the writer broke the line on purpose."""
    next_word = after.text.split(" ", 1)[0]
    return len(line.text) + 1 + len(next_word) <= NEARLY_FULL * measure


def breaks_on_purpose(line: Line, after: Line, measure: int) -> bool:
    if ends_inside_word(line.text) or line.text.endswith(","):
        return False
    begins_anew = after.text[0].isupper() or (after.text[0].isdigit() and ends_sentence(line.text))
    return begins_anew and leaves_room(line, after, measure)


def join_lines(lines: Sequence[Line], layout: Layout) -> str:
    """Undo soft wraps. A hyphen that belongs to the word stays and takes no blank: "TYM-" + "laki" is "TYM-laki"."""
    pieces: list[str] = []
    for before, line in zip((None, *lines), lines, strict=False):
        if before is not None and not _joins_without_blank(before, line, layout):
            pieces.append(" ")
        pieces.append(line.text)
    return "".join(pieces)


def _joins_without_blank(line: Line, after: Line, layout: Layout) -> bool:
    if line.trailing_blank and layout.keeps_blanks:
        return False
    return ends_inside_word(line.text) and not _SUSPENDED_BEFORE.match(after.text)
