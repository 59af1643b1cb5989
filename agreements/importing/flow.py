"""From lines to paragraphs and lists, and from those to light markup that shows the same characters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from agreements.importing.lines import (
    PAGE_BREAK_GAP,
    Layout,
    Line,
    begins_lowercase,
    breaks_on_purpose,
    ends_inside_word,
    ends_sentence,
    join_lines,
    leaves_room,
)
from agreements.markup import escape_text

PARAGRAPH, BULLET, NUMBER, LETTER, SIGNATURE = "paragraph", "bullet", "number", "letter", "signature"

_SURE_BULLET = re.compile(r"[\ue000-\uf8ff•●○◦▪▫■□‣⁃∙➢➤►▶✓✔·\ufffd]\s*")
_DASH_BULLET = re.compile(r"[-–—*+o](?:\s+|$)")
_NUMBER_MARK = re.compile(r"(?P<value>\d{1,3})(?P<sign>[.)])(?:\s+|$)")
_LETTER_MARK = re.compile(r"[a-zåäö]\)\s")
_ORDINAL_WORD = re.compile(
    r"(?:\w+kuu(?:n|ta|ssa)?\b|päivä|momen|artikl|kohda|kohta|luvu|luku|kappal|krs|kerros|§"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)",
    re.IGNORECASE,
)


@dataclass
class Unit:
    """A paragraph, a list row or the lines of a signature. `mark` is "1)" or "1." of a numbered row."""

    kind: str
    lines: list[Line]
    mark: str = ""
    text: str = ""

    @property
    def line(self) -> int:
        return self.lines[0].number

    @property
    def value(self) -> int:
        return int(self.mark[:-1])


@dataclass
class _Reader:
    """Reads the lines of one section in order."""

    layout: Layout
    signatures: frozenset[int]
    units: list[Unit] = field(default_factory=list)
    measure: int = 0
    lost_bullets: bool = False
    last_number: dict[str, int] = field(default_factory=dict)

    def read(self, lines: Sequence[Line]) -> list[Unit]:
        for block in _blocks(lines):
            self.measure = _measure_of(block, self.layout)
            for line in block:
                self._take(line)
        for unit in self.units:
            unit.text = join_lines(unit.lines, self.layout)
        return [unit for unit in self.units if unit.text or unit.mark]

    def _take(self, line: Line) -> None:
        if line.number in self.signatures:
            self._take_signature(line)
            return
        unit = self._list_row(line)
        if unit is not None:
            self.units.append(unit)
        elif self.units and self._continues(line):
            self.units[-1].lines.append(line)
        else:
            self.units.append(Unit(PARAGRAPH, [line]))
            self.lost_bullets = False

    def _take_signature(self, line: Line) -> None:
        if self.units and self.units[-1].kind == SIGNATURE and not line.gap:
            self.units[-1].lines.append(line)
        else:
            self.units.append(Unit(SIGNATURE, [line]))

    def _list_row(self, line: Line) -> Unit | None:
        if match := _SURE_BULLET.match(line.text):
            return Unit(BULLET, [_without(line, match.end())])
        if (match := _DASH_BULLET.match(line.text)) and self._may_begin_row(line, BULLET):
            return Unit(BULLET, [_without(line, match.end())])
        if (match := _NUMBER_MARK.match(line.text)) and self._numbers_on(line, match):
            self.last_number[match["sign"]] = int(match["value"])
            return Unit(NUMBER, [_without(line, match.end())], match["value"] + match["sign"])
        if _LETTER_MARK.match(line.text) and self._may_begin_row(line, LETTER):
            return Unit(LETTER, [line])
        if self._lost_its_bullet(line):
            self.lost_bullets = True
            return Unit(BULLET, [line])
        return None

    def _may_begin_row(self, line: Line, kind: str) -> bool:
        if line.gap or not self.units:
            return True
        above = self.units[-1]
        return above.kind == kind or ends_sentence(above.lines[-1].text)

    def _numbers_on(self, line: Line, match: re.Match[str]) -> bool:
        """A row begins a list with 1 or counts on; "31. joulukuuta" and "2. momentin" do neither."""
        value, sign = int(match["value"]), match["sign"]
        if sign == "." and _ORDINAL_WORD.match(line.text, match.end()):
            return False
        if str(value) != match["value"]:
            return False
        if value == self.last_number.get(sign, 0) + 1 and value > 1:
            return line.gap > 0 or self.units[-1].kind != PARAGRAPH
        return value == 1 and (self._may_begin_row(line, NUMBER) or self._breaks_above(line))

    def _lost_its_bullet(self, line: Line) -> bool:
        """Text tools drop bullets they cannot map and leave the blank behind: " Kelan tiloissa" after "tarjotaan:"."""
        if not line.indent or self.layout.indented or not self.units:
            return False
        above = self.units[-1]
        if above.kind == BULLET:
            return self.lost_bullets
        return above.kind == PARAGRAPH and above.lines[-1].text.endswith(":")

    def _continues(self, line: Line) -> bool:
        above = self.units[-1].lines[-1]
        if self.units[-1].kind == SIGNATURE:
            return False
        if not above.text:
            return line.gap == 0
        if line.gap == 0:
            return not self._breaks_above(line)
        if line.gap < PAGE_BREAK_GAP or ends_sentence(above.text):
            return False
        return begins_lowercase(line.text) or ends_inside_word(above.text)

    def _breaks_above(self, line: Line) -> bool:
        above = self.units[-1].lines[-1]
        return bool(above.text) and breaks_on_purpose(above, line, self.measure)


def read_units(lines: Sequence[Line], layout: Layout, signatures: frozenset[int] = frozenset()) -> list[Unit]:
    """Paragraphs and list rows of a section's lines, soft wraps undone and lists joined over page breaks.

    Lines whose numbers are in `signatures` stay lines.
    """
    return _Reader(layout, signatures).read(lines)


def _without(line: Line, width: int) -> Line:
    return line._replace(text=line.text[width:])


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.gap and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _measure_of(block: Sequence[Line], layout: Layout) -> int:
    """A block set narrower than the page shows it: a sentence runs on although its next word had room."""
    for line, after in pairwise(block):
        runs_on = begins_lowercase(after.text) and not ends_sentence(line.text)
        if runs_on and leaves_room(line, after, layout.measure):
            return max(len(other.text) for other in block)
    return layout.measure


def list_the_short_lines(units: Sequence[Unit]) -> None:
    """Short lines under "…ovat:" read as a list, so they become one."""
    for index, unit in enumerate(units):
        if unit.kind != PARAGRAPH or not unit.text.endswith(":"):
            continue
        rows = _rows_under(units, index + 1)
        if len(rows) > 1:
            for row in rows:
                row.kind = BULLET


def _rows_under(units: Sequence[Unit], start: int) -> list[Unit]:
    rows: list[Unit] = []
    for unit in units[start:]:
        if unit.kind != PARAGRAPH or len(unit.lines) > 1 or (rows and unit.lines[0].gap):
            break
        if unit.text.endswith((":", ".")):
            break
        rows.append(unit)
    return rows


def to_markup(units: Sequence[Unit]) -> str:
    """Light markup of the units: blank line between paragraphs, "- " and "1) " rows on lines of their own."""
    return "\n\n".join("\n".join(_row(unit) for unit in run) for run in _runs(units))


def _row(unit: Unit) -> str:
    if unit.kind == SIGNATURE:
        return "\n".join(escape_text(line.text) for line in unit.lines)
    if unit.kind == BULLET:
        return f"- {escape_text(unit.text)}"
    if unit.kind == NUMBER and unit.text:
        return f"{unit.mark} {escape_text(unit.text)}"
    return escape_text(unit.text or unit.mark)


def _runs(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Neighbours that make one list: bullets, or numbers that count on by one in the same style."""
    for (kind, _serial), group in groupby(_with_serials(units), key=lambda pair: (pair[0].kind, pair[1])):
        members = [unit for unit, _serial in group]
        if kind in (BULLET, NUMBER):
            yield members
        else:
            yield from ([unit] for unit in members)


def _with_serials(units: Sequence[Unit]) -> Iterator[tuple[Unit, tuple[str, int]]]:
    """Rows of one run share `value - position`, so groupby keeps them together."""
    for position, unit in enumerate(units):
        yield unit, ((unit.mark[-1], unit.value - position) if unit.kind == NUMBER else ("", 0))
