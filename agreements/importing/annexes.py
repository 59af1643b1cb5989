"""The list of annexes (liitteet) at the end of the agreement, or inside one of its sections."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from agreements.importing.lines import Layout, Line, begins_lowercase, breaks_on_purpose, ends_sentence, join_lines
from agreements.importing.result import ParsedAnnex

MAX_ROW = 200

ANNEXES_HEADING = re.compile(
    r"\b(?:liitteet|liite|liiteluettelo|liitteinä|bilagor|bilaga|bilageförteckning)\b|luettelo liitteistä",
    re.IGNORECASE,
)
_WORD = r"(?:liite|bilaga|annex)"
_ROW = re.compile(
    rf"(?:(?P<word>{_WORD})\s+)?(?P<label>\d{{1,2}}[a-z]?|[A-ZÅÄÖ])(?P<sign>\s?[).:;–-]+)?(?:\s+(?P<title>\S.*))?$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[\ue000-\uf8ff•●○◦▪■·]\s*|[-–*+o]\s+)")
_KINDS = (
    ("composition", re.compile(r"asettami|asetettu|kokoonpano|tillsätt|sammansättning", re.IGNORECASE)),
    ("staffing", re.compile(r"henkilöst|resurs|personal", re.IGNORECASE)),
    (
        "service_description",
        re.compile(r"palvelu\w*\s*(?:\w+\s)?kuvau|palvelukuvau|(?:tjänste|service)\w*beskrivning|beskrivning av", re.I),
    ),
    ("composition", re.compile(r"johtoryhm|ledningsgrupp", re.IGNORECASE)),
)


class AnnexList(NamedTuple):
    """`start`: index of the heading when the list ends the text and so leaves the body; else None."""

    start: int | None
    heading: str
    rows: tuple[ParsedAnnex, ...]


class _Row(NamedTuple):
    label: str
    title: str
    text: str
    keyword: bool


def kind_of(title: str) -> str:
    return next((kind for kind, words in _KINDS if words.search(title)), "other")


def closing_list(lines: Sequence[Line], layout: Layout) -> AnnexList | None:
    """The list that ends the text: a heading and nothing but rows after it."""
    for index in range(len(lines) - 1, -1, -1):
        if _is_heading(lines, index, layout):
            rows = _rows(lines[index + 1 :], layout)
            return AnnexList(index, lines[index].text, _numbered(rows)) if rows else None
    return None


def inner_list(lines: Sequence[Line], layout: Layout, *, is_annex_section: bool) -> tuple[ParsedAnnex, ...]:
    """Annexes listed in a section's body, where their words stay."""
    found: list[_Row] = []
    inside = is_annex_section
    for index, line in enumerate(lines):
        if _is_heading(lines, index, layout):
            inside = True
            continue
        row = _row(line.text)
        if row and row.title and (inside or row.keyword) and not row.title.endswith("."):
            found.append(row)
        elif inside and not is_annex_section and found and not begins_lowercase(line.text):
            inside = False
    return _numbered(found)


def _is_heading(lines: Sequence[Line], index: int, layout: Layout) -> bool:
    text = lines[index].text
    if len(text) > 60 or len(text.split()) > 6 or text.endswith((".", ",", ";")) or not ANNEXES_HEADING.search(text):
        return False
    if _row(text):
        return False
    if text[:1].islower():
        return False
    return index == 0 or lines[index].gap > 0 or breaks_on_purpose(lines[index - 1], lines[index], layout.measure)


def _rows(lines: Sequence[Line], layout: Layout) -> list[_Row]:
    """The rows, wraps undone; none at all when some line is not part of a row."""
    groups: list[list[Line]] = []
    for line in lines:
        if _row(line.text) or not groups or not _continues(groups[-1][-1], line, layout, bool(_row(groups[0][0].text))):
            groups.append([line])
        else:
            groups[-1].append(line)
        if not _acceptable(groups, layout):
            return []
    return [_row(text) or _plain_row(text) for text in (join_lines(group, layout) for group in groups)]


def _continues(above: Line, line: Line, layout: Layout, labelled: bool) -> bool:
    """The line is the rest of the row above, wrapped."""
    if line.gap:
        return False
    return begins_lowercase(line.text) or (not breaks_on_purpose(above, line, layout.measure) and labelled)


def _acceptable(groups: Sequence[Sequence[Line]], layout: Layout) -> bool:
    """Rows are all labelled or all plain, and none is a sentence."""
    first, last = groups[0][0].text, join_lines(groups[-1][-3:], layout)
    return bool(_row(first)) == bool(_row(groups[-1][0].text)) and len(last) <= MAX_ROW and not ends_sentence(last)


def _row(text: str) -> _Row | None:
    match = _ROW.match(text[:MAX_ROW])
    if match is None or not (match["word"] or match["sign"]):
        return None
    if not match["title"] and not match["word"]:
        return None
    return _Row(match["label"], match["title"] or "", text, bool(match["word"]))


def _plain_row(text: str) -> _Row:
    bullet = _BULLET.match(text)
    bare = text[bullet.end() :] if bullet else text
    return _Row("", bare, bare, False)


def _numbered(rows: Sequence[_Row]) -> tuple[ParsedAnnex, ...]:
    """Annexes with numbers of their own: the label's number, or the place of its letter; no number twice."""
    annexes: list[ParsedAnnex] = []
    taken: set[int] = set()
    for position, row in enumerate(rows, start=1):
        number = _number_of(row.label) or position
        while number in taken:
            number += 1
        taken.add(number)
        title = row.title.strip(" .;,")
        annexes.append(ParsedAnnex(number, row.label or str(number), title, kind_of(title), row.text))
    return tuple(annexes)


def _number_of(label: str) -> int:
    if label.isdigit():
        return int(label)
    return ord(label.upper()) - ord("A") + 1 if len(label) == 1 and label.upper() in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" else 0
