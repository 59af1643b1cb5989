"""From the text of an agreement to its structure. What has no place is kept as text and listed, never dropped."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from agreements.importing.annexes import ANNEXES_HEADING, AnnexList, closing_list, inner_list
from agreements.importing.dates import find_validity
from agreements.importing.flow import Unit, list_the_short_lines, read_units, to_markup
from agreements.importing.headings import RUNNING_HEAD_REPEATS, Heading, find_headings, missed_headings
from agreements.importing.lines import (
    PAGE_BREAK_GAP,
    Layout,
    Line,
    decode,
    ends_sentence,
    is_upper,
    join_lines,
    layout_of,
    split_lines,
)
from agreements.importing.parties import PARTIES_HEADING, SIGNATURES_HEADING, Signatures, find_parties, find_signatories
from agreements.importing.result import (
    PREAMBLE_KEY,
    ImportProblem,
    ParsedAgreement,
    ParsedAnnex,
    ParsedParty,
    ParsedSection,
    Unrecognised,
)
from agreements.markup import LONGEST_TEXT

MAX_TITLE_LINES = 4
MAX_RUNNING_HEAD = 120

_AGREEMENT_WORD = re.compile(r"sopimu|avtal", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:(?:sivu|sida|page|s\.) ?)?[-–]? ?\d{1,3} ?(?:(?:/|\(|av) ?\d{1,3} ?\)?|[-–])?$", re.IGNORECASE
)
_PAGE_OF_PAGES = re.compile(r"(?:(?:sivu|sida) ?)?\d{1,3} ?(?:\(\d{1,3}\)|/ ?\d{1,3})$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class _Section:
    """A heading with the lines below it."""

    def __init__(self, heading: Heading, lines: Sequence[Line], layout: Layout) -> None:
        _refuse_longer(sum(len(line.text) for line in lines), lines[0].number if lines else 0)
        self.heading = heading
        self.lines = lines
        self.layout = layout
        self.keep_lines(frozenset())

    def keep_lines(self, numbers: frozenset[int]) -> None:
        self.units = read_units(self.lines, self.layout, numbers)
        list_the_short_lines(self.units)

    def parsed(self, lines: Sequence[Line], part: str) -> ParsedSection:
        number = str(self.heading.number)
        line = lines[self.heading.start].number
        body = _body(self.units, line)
        return ParsedSection(f"s{number}", number, self.heading.text, part, body, line)


def parse(data: bytes) -> ParsedAgreement:
    """Structure of the agreement in a text file. Raises ImportProblem naming the line and what is wrong with it."""
    lines = _set_strays_apart(split_lines(decode(data)))
    layout = layout_of(lines)
    headings = find_headings(lines, layout)
    title, leading = _title_and_rest(lines[: headings[0].part_start], layout)
    bodies = _bodies(lines, headings)
    closing = closing_list(bodies[-1], layout) or AnnexList(None, "", ())
    bodies[-1] = bodies[-1][: closing.start] if closing.start is not None else bodies[-1]
    sections = [_Section(heading, body, layout) for heading, body in zip(headings, bodies, strict=True)]
    validity = find_validity([(section.heading.text, section.lines) for section in sections])
    parties, strange_rows = _parties(sections)
    signatures = _signatures(sections, parties)
    left_over = [*(unit.lines[0] for unit in strange_rows), *signatures.left_over]
    return ParsedAgreement(
        title=title,
        sections=(*_preamble(leading, layout), *_parsed(sections, lines)),
        parties=parties,
        signatories=signatures.signatories,
        annexes=closing.rows or _inner_annexes(sections, layout),
        annex_heading=closing.heading,
        valid_from=validity.valid_from,
        valid_to=validity.valid_to,
        until_further_notice=validity.until_further_notice,
        unrecognised=_unrecognised(leading, left_over, _stray_lines(lines, sections), missed_headings(lines, headings)),
    )


def _bodies(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Sequence[Line]]:
    """Lines under each heading, up to the next heading or the part heading above it."""
    ends = [after.part_start for _before, after in pairwise(headings)] + [len(lines)]
    return [lines[heading.end : end] for heading, end in zip(headings, ends, strict=True)]


def _parsed(sections: Sequence[_Section], lines: Sequence[Line]) -> list[ParsedSection]:
    part = ""
    found = []
    for section in sections:
        part = section.heading.part or part
        found.append(section.parsed(lines, part))
    return found


def _title_and_rest(lines: Sequence[Line], layout: Layout) -> tuple[str, list[Line]]:
    """The title is the first block that speaks of an agreement, or else the first block."""
    blocks = _blocks_of(lines)
    if not blocks:
        return "", []
    chosen = next((i for i, block in enumerate(blocks) if _is_title(block)), 0)
    title = blocks[chosen][:MAX_TITLE_LINES]
    rest = [blocks[:chosen], [blocks[chosen][MAX_TITLE_LINES:]], blocks[chosen + 1 :]]
    if len(title) == 1 and " " not in title[0].text and _is_subtitle(blocks[chosen + 1 : chosen + 2]):
        title = [*title, *blocks[chosen + 1]]
        rest[2] = blocks[chosen + 2 :]
    return join_lines(title, layout), [line for blocks_left in rest for block in blocks_left for line in block]


def _blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _is_title(block: Sequence[Line]) -> bool:
    names_agreement = any(_AGREEMENT_WORD.search(line.text) for line in block)
    return names_agreement and len(block) <= MAX_TITLE_LINES and not ends_sentence(block[-1].text)


def _is_subtitle(blocks: Sequence[Sequence[Line]]) -> bool:
    """After a title of one word ("YHTEISTYÖSOPIMUS") the next short block goes on with it."""
    return bool(blocks) and len(blocks[0]) < MAX_TITLE_LINES and not ends_sentence(blocks[0][-1].text)


def _body(units: Sequence[Unit], line: int) -> str:
    body = to_markup(units)
    _refuse_longer(len(body), line)
    return body


def _refuse_longer(length: int, line: int) -> None:
    if length > LONGEST_TEXT:
        message = _("The text that begins here is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT}
        raise ImportProblem(line, message)


def _preamble(lines: Sequence[Line], layout: Layout) -> list[ParsedSection]:
    if not lines:
        return []
    line = lines[0].number
    _refuse_longer(sum(len(other.text) for other in lines), line)
    return [ParsedSection(PREAMBLE_KEY, "", "", "", _body(read_units(lines, layout), line), line)]


def _parties(sections: Sequence[_Section]) -> tuple[tuple[ParsedParty, ...], list[Unit]]:
    named = [section for section in sections if PARTIES_HEADING.search(section.heading.text)]
    for section in named or sections[:2]:
        parties, strange = find_parties(section.units)
        if parties:
            return parties, strange
    return (), []


def _signatures(sections: Sequence[_Section], parties: Sequence[ParsedParty]) -> Signatures:
    """Signatories of the section that is called so, or of the end of the last one; their lines are kept apart there."""
    named = [section for section in sections if SIGNATURES_HEADING.search(section.heading.text)]
    section = named[-1] if named else sections[-1]
    lines = section.lines
    if not named:
        starts = (index for index, line in enumerate(lines) if line.gap and SIGNATURES_HEADING.search(line.text))
        lines = lines[next(starts, len(lines)) :]
    found = find_signatories(lines, parties)
    section.keep_lines(found.understood)
    return found


def _inner_annexes(sections: Sequence[_Section], layout: Layout) -> tuple[ParsedAnnex, ...]:
    for section in reversed(sections):
        is_annexes = bool(ANNEXES_HEADING.search(section.heading.text))
        if is_annexes or section is sections[-1]:
            annexes = inner_list(section.lines, layout, is_annex_section=is_annexes)
            if annexes:
                return annexes
    return ()


def _unrecognised(*groups: Iterable[Line]) -> tuple[Unrecognised, ...]:
    return tuple(sorted({Unrecognised(line.number, line.text) for group in groups for line in group}))


def _stray_lines(lines: Sequence[Line], sections: Sequence[_Section]) -> list[Line]:
    """Page numbers, running heads and lone headings that ended up in a section's body."""
    repeated = _running_heads(lines)
    strays = []
    for section in sections:
        for index, line in enumerate(section.lines):
            is_last = index + 1 == len(section.lines)
            lone_heading = is_last and line.gap > 0 and is_upper(line.text) and section is not sections[-1]
            page_number = line.gap > 0 and bool(_PAGE_NUMBER.match(line.text))
            if lone_heading or page_number or _without_digits(line.text) in repeated:
                strays.append(line)
    return strays


def _set_strays_apart(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Running heads and page numbers "2 (7)" get a gap around them, so as not to run into the text they touch."""
    repeated = _running_heads(lines)
    apart: list[Line] = []
    after_stray = False
    for line in lines:
        stray = _without_digits(line.text) in repeated or bool(_PAGE_OF_PAGES.match(line.text))
        apart.append(line._replace(gap=max(line.gap, 1)) if stray or after_stray else line)
        after_stray = stray
    return tuple(apart)


def _running_heads(lines: Sequence[Line]) -> frozenset[str]:
    """Texts that stand within two lines of one page break after another, page numbers apart."""
    breaks = [index for index, line in enumerate(lines) if line.gap >= PAGE_BREAK_GAP] + [len(lines)]
    near: Counter[str] = Counter()
    for place in breaks:
        around = lines[max(place - 2, 0) : place + 2]
        near.update({_without_digits(line.text) for line in around if _may_be_running_head(line.text)})
    return frozenset(text for text, count in near.items() if count >= RUNNING_HEAD_REPEATS)


def _may_be_running_head(text: str) -> bool:
    return len(text) <= MAX_RUNNING_HEAD and text[0].isalnum() and not text[0].islower() and not ends_sentence(text)


def _without_digits(text: str) -> str:
    return _DIGITS.sub("#", text)
