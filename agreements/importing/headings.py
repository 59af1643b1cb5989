"""Which lines are the headings of sections (sopimuskohdat) and parts (osat).

A number at the start of a line may as well be a list row, a reference to a statute or a year. So every such line gets
points for looking like a heading, and the best chain of numbers 1, 2, 3 … through the text is chosen as a whole.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from agreements.importing.lines import (
    Layout,
    Line,
    begins_lowercase,
    ends_inside_word,
    ends_sentence,
    is_upper,
    join_lines,
    leaves_room,
)
from agreements.importing.result import ImportProblem

ELIGIBLE = 3
STANDS_ALONE = 6
STYLE_CHANGE = 3
MISSING_NUMBER = 4
MAX_MISSING = 3
MAX_HEADING_LINES = 3
MAX_HEADING_LENGTH = 200
RUNNING_HEAD_REPEATS = 3

_NUMBERED = re.compile(
    r"(?:(?P<after>\d{1,3})(?: ?(?P<sign>§)\.?|(?P<dot>\.))?|§ ?(?P<before>\d{1,3})\.?)(?: (?P<text>.+))?$"
)
_DOT_LEADERS = re.compile(r"(?:\.{3,}|… ?…|_{3,}) ?\d*$")
_PART = re.compile(
    r"(?:(?:osa|del|luku)\s+)?(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})(?:[.:)]|\s+(?:osa|luku)\b|\s+[–-])?\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?:,|\b(?:ja|sekä|tai|och|eller|samt|av|om|för|i))$", re.IGNORECASE)


class Candidate(NamedTuple):
    place: int
    number: int
    style: str
    text: str


class Heading(NamedTuple):
    """Lines `start` to `end` (exclusive); `part` is the heading of the part that begins at line `part_start`."""

    number: int
    text: str
    start: int
    end: int
    part: str
    part_start: int


class _Chain(NamedTuple):
    score: int
    last: Candidate
    before: "_Chain | None"


def find_headings(lines: Sequence[Line], layout: Layout) -> list[Heading]:
    """Headings in order. Raises ImportProblem when there are none or a number stands twice."""
    candidates = _candidates(lines)
    scores = _Scores(lines, layout, candidates)
    chosen = _best_chain(candidates, scores.points)
    if not chosen:
        raise ImportProblem(None, _("No numbered sections were found, such as “1 Sopimuksen tarkoitus”."))
    _refuse_twice(lines, candidates, chosen, scores.points)
    return [_heading(lines, layout, candidate) for candidate in chosen]


def missed_headings(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Line]:
    """Lines that may be the heading of a number that was not found, or of the one after the last."""
    found = {heading.number for heading in headings}
    following = max(found) + 1
    missing = {number for number in range(1, following + 1) if number not in found}
    missed = []
    for index, line in enumerate(lines[headings[0].start :], start=headings[0].start):
        candidate = _candidate(index, line.text)
        if candidate and candidate.number in missing and (line.gap or candidate.number != following):
            missed.append(line)
    return missed


def _candidates(lines: Sequence[Line]) -> list[Candidate]:
    found = [candidate for index, line in enumerate(lines) if (candidate := _candidate(index, line.text))]
    repeats = Counter(candidate.text for candidate in found if candidate.text)
    return [candidate for candidate in found if repeats[candidate.text] < RUNNING_HEAD_REPEATS]


def _candidate(index: int, text: str) -> Candidate | None:
    match = _NUMBERED.match(text[:MAX_HEADING_LENGTH])
    if match is None or len(text) > MAX_HEADING_LENGTH or _DOT_LEADERS.search(text):
        return None
    heading = match["text"] or ""
    is_section_sign = bool(match["sign"] or match["before"])
    if not (heading[:1].isupper() or (is_section_sign and not heading)):
        return None
    style = "§" if is_section_sign else match["dot"] or ""
    return Candidate(index, int(match["after"] or match["before"]), style, heading)


class _Scores:
    def __init__(self, lines: Sequence[Line], layout: Layout, candidates: Sequence[Candidate]) -> None:
        self.lines = lines
        self.layout = layout
        neighbours: Sequence[Candidate | None] = (None, *candidates, None)
        self.points = {
            candidate.place: self._score(candidate, before, after)
            for before, candidate, after in zip(neighbours, candidates, neighbours[2:], strict=False)
        }

    def _score(self, candidate: Candidate, before: Candidate | None, after: Candidate | None) -> int:
        score = self._space_above(candidate.place) + self._space_below(candidate.place)
        score += -3 if self._reads_as_sentence(candidate.place) else 1
        in_list = 4 if self.lines[candidate.place].gap == 0 else 3
        if before and _counts_on(before, candidate) and self._follows_directly(before, candidate):
            score -= in_list
        if after and _counts_on(candidate, after) and self._follows_directly(candidate, after):
            score -= 4 if self.lines[after.place].gap == 0 else 3
        return score

    def _space_above(self, index: int) -> int:
        line = self.lines[index]
        if line.gap or index == 0:
            return 3
        above = self.lines[index - 1]
        if ends_sentence(above.text) or is_upper(above.text):
            return 1
        runs_on = ends_inside_word(above.text) or _OPEN_END.search(above.text)
        return 1 if not runs_on and leaves_room(above, line, self.layout.measure) else -2

    def _space_below(self, index: int) -> int:
        if self._block_end(index) - index <= MAX_HEADING_LINES:
            return 2
        return 1 if leaves_room(self.lines[index], self.lines[index + 1], self.layout.measure) else -2

    def _reads_as_sentence(self, index: int) -> bool:
        """The line, or what it goes on to, ends like a sentence."""
        end = self._block_end(index)
        goes_on = index + 1 < end <= index + MAX_HEADING_LINES
        if goes_on and leaves_room(self.lines[index], self.lines[index + 1], self.layout.measure):
            goes_on = False
        text = self.lines[end - 1 if goes_on else index].text
        return ends_sentence(text) or text.endswith(",")

    def _block_end(self, index: int) -> int:
        """Index after the last line of the block, or far away when the block is too long for a heading."""
        for end in range(index + 1, index + MAX_HEADING_LINES + 1):
            if end >= len(self.lines) or self.lines[end].gap:
                return end
        return index + MAX_HEADING_LINES + 1

    def _follows_directly(self, first: Candidate, second: Candidate) -> bool:
        """Nothing but the rest of a wrapped line stands between the two."""
        if second.place - first.place > MAX_HEADING_LINES:
            return False
        between = self.lines[first.place + 1 : second.place]
        return all(line.gap == 0 and begins_lowercase(line.text) for line in between)


def _counts_on(first: Candidate, second: Candidate) -> bool:
    return second.number == first.number + 1 and second.style == first.style


def _best_chain(candidates: Sequence[Candidate], points: Mapping[int, int]) -> list[Candidate]:
    best: dict[tuple[int, str], _Chain] = {}
    for candidate in candidates:
        if points[candidate.place] < ELIGIBLE:
            continue
        chain = _extended(candidate, points[candidate.place], best)
        place = (candidate.number, candidate.style)
        if chain and (place not in best or chain.score > best[place].score):
            best[place] = chain
    chain = max(best.values(), key=lambda found: found.score, default=None)
    chosen = []
    while chain:
        chosen.append(chain.last)
        chain = chain.before
    return chosen[::-1]


def _extended(candidate: Candidate, score: int, best: Mapping[tuple[int, str], _Chain]) -> _Chain | None:
    options: list[tuple[int, _Chain | None]] = []
    if candidate.number <= MAX_MISSING + 1:
        options.append((-MISSING_NUMBER * abs(candidate.number - 1), None))
    for missing in range(MAX_MISSING + 1):
        for style in ("", ".", "§"):
            before = best.get((candidate.number - 1 - missing, style))
            if before:
                change = STYLE_CHANGE if style != candidate.style else 0
                options.append((before.score - MISSING_NUMBER * missing - change, before))
    if not options:
        return None
    total, chosen = max(options, key=lambda option: option[0])
    return _Chain(total + score, candidate, chosen)


def _refuse_twice(
    lines: Sequence[Line], candidates: Sequence[Candidate], chosen: Sequence[Candidate], points: Mapping[int, int]
) -> None:
    by_number = {candidate.number: candidate for candidate in chosen}
    last = chosen[-1]
    for candidate in candidates:
        kept = by_number.get(candidate.number)
        rival = kept is not None and kept.place != candidate.place and kept.style == candidate.style
        within = candidate.place < last.place or candidate.number == last.number
        if rival and within and points[candidate.place] >= STANDS_ALONE:
            first, second = sorted((kept.place, candidate.place)) if kept else (0, 0)
            message = _("Section number %(number)d stands twice; the first is on line %(first)d.")
            numbers = {"number": candidate.number, "first": lines[first].number}
            raise ImportProblem(lines[second].number, message % numbers)


def _heading(lines: Sequence[Line], layout: Layout, candidate: Candidate) -> Heading:
    start = candidate.place
    end = _heading_end(lines, layout, start + 1 if candidate.text else _lone_number_end(lines, start), start)
    text = join_lines(lines[start:end], layout)
    match = _NUMBERED.match(text)
    part, part_start = _part_above(lines, layout, start)
    return Heading(candidate.number, (match and match["text"]) or "", start, end, part, part_start)


def _lone_number_end(lines: Sequence[Line], start: int) -> int:
    """Under "12 §" alone on its line the heading, if any, is the next line when it stands apart from what follows."""
    heading = start + 1
    if heading + 1 >= len(lines) or not lines[heading + 1].gap or ends_sentence(lines[heading].text):
        return heading
    return heading + 1


def _heading_end(lines: Sequence[Line], layout: Layout, end: int, start: int) -> int:
    while end < len(lines) and not lines[end].gap and end - start < MAX_HEADING_LINES:
        if not _continues(lines, layout, end):
            break
        end += 1
    return end


def _continues(lines: Sequence[Line], layout: Layout, index: int) -> bool:
    """Line `index` belongs to the heading above it."""
    above, line = lines[index - 1], lines[index]
    if ends_sentence(above.text) or _candidate(index, line.text):
        return False
    if ends_inside_word(above.text) or _OPEN_END.search(above.text) or (is_upper(above.text) and is_upper(line.text)):
        return True
    if leaves_room(above, line, layout.measure):
        return False
    ends_here = index + 1 >= len(lines) or lines[index + 1].gap > 0
    return begins_lowercase(line.text) or (ends_here and not ends_sentence(line.text))


def _part_above(lines: Sequence[Line], layout: Layout, section: int) -> tuple[str, int]:
    """Heading of the part whose first section begins at line `section`, and where it starts; ("", section) if none."""
    for start in range(section - 1, max(section - MAX_HEADING_LINES, 0) - 1, -1):
        if _begins_part(lines, start, section):
            return join_lines(lines[start:section], layout), start
        if lines[start].gap:
            break
    return "", section


def _begins_part(lines: Sequence[Line], start: int, end: int) -> bool:
    match = _PART.match(lines[start].text[:MAX_HEADING_LENGTH])
    if match is None or not match["text"][:1].isupper() or ends_sentence(lines[end - 1].text):
        return False
    if lines[start].text[:1].islower():
        return False
    stands_apart = lines[start].gap > 0 or is_upper(match["text"])
    return stands_apart and all(line.gap == 0 for line in lines[start + 1 : end])
