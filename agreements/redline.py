"""What changed between two texts, word by word, for the eye and for the ear (muutosvertailu).

Equal blocks are matched first, then blocks that share most of their words, so a list stays a list; a block deleted in
one place and added as such in another has moved. A word is compared as a whole, so a Finnish compound or case ending
changes as a word; words that only become bold, or stop being so, are neither added nor deleted. Reading what is added
and what is unchanged gives exactly the new text; what is deleted and what is unchanged, the old one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from rapidfuzz.distance import Indel

from agreements.markup import Block, Part, Piece, blocks, parts_html, pieces_html

Tag = Literal["equal", "delete", "insert", "weight"]
# A word with the blanks after it, and whether it is bold.
Word = tuple[str, bool]
Pair = tuple[Block | None, Block | None]

# Two blocks are one block, edited, when they share at least this part of their words.
SAME_BLOCK = 0.4
# Word pairs one comparison may weigh (some 50 MB of working memory); beyond it blocks are replaced as wholes.
MOST_WORD_PAIRS = 400_000_000
# A word of at most so many letters that stands alone between changes ("ja", "on") is shown as changed with them.
SHORT_BRIDGE = 3
# A block of fewer words is not worth following to another place.
FEWEST_MOVED_WORDS = 3

_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Redline:
    """`added`, `removed`, `moved` and `weighed` (only its boldness changed) count words.

    The HTML is in the language that was active.
    """

    html: SafeString
    added: int
    removed: int
    moved: int
    weighed: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that share one fate. `before`: the same words when they were of another weight."""

    tag: Tag
    words: Sequence[Word]
    before: Sequence[Word] = ()

    @property
    def text(self) -> str:
        return "".join(text for text, _strong in self.words)

    @property
    def word_count(self) -> int:
        """Of words of which only a part is bold, each is one."""
        if self.tag == "weight":
            return len(self.text.split())
        return sum(not text.isspace() for text, _strong in self.words)

    @property
    def is_bridge(self) -> bool:
        """A short word alone."""
        return self.tag == "equal" and sum(len(text.strip()) for text, _strong in self.words) <= SHORT_BRIDGE


@dataclass(frozen=True, slots=True)
class Line:
    """A block before and after, with its words; `moved` when it is the old or the new place of a moved block."""

    before: Block | None
    after: Block | None
    runs: Sequence[Run]
    moved: bool


def compare(before: str, after: str) -> Redline:
    """Both texts in one, with marks."""
    old, new = blocks(before), blocks(after)
    lines = _lines(old, new)
    counts: Counter[str] = Counter()
    for line in lines:
        for run in line.runs:
            counts[f"moved {run.tag}" if line.moved else run.tag] += run.word_count
    html = _html(lines, ("equal", "weight", "delete", "insert"))
    added, removed, moved = (counts[tag] for tag in ("insert", "delete", "moved insert"))
    return Redline(html, added, removed, moved, weighed=counts["weight"], changed=old != new)


def sides(before: str, after: str) -> tuple[SafeString, SafeString]:
    """The old text with what goes marked, and the new one with what comes marked: to be read side by side."""
    lines = _lines(blocks(before), blocks(after))
    return _html(lines, ("equal", "weight", "delete")), _html(lines, ("equal", "weight", "insert"))


def _html(lines: Sequence[Line], shown: Sequence[Tag]) -> SafeString:
    return pieces_html([piece for line in lines if (piece := _piece(line, shown))], numbered=False)


def _lines(old: Sequence[Block], new: Sequence[Block]) -> list[Line]:
    pairs = list(_block_pairs(old, new))
    moved = _moved(pairs)
    return [Line(*pair, _runs(*pair), place in moved) for place, pair in enumerate(pairs)]


def _moved(pairs: Sequence[Pair]) -> set[int]:
    """Places of blocks deleted here and added there with the same words; their numbers may differ."""
    gone: dict[Hashable, list[int]] = defaultdict(list)
    for place, (before, after) in enumerate(pairs):
        if before and not after and len(before.text.split()) >= FEWEST_MOVED_WORDS:
            gone[_body(before)].append(place)
    moved: set[int] = set()
    for place, (before, after) in enumerate(pairs):
        if after and not before and gone.get(_body(after)):
            moved |= {place, gone[_body(after)].pop(0)}
    return moved


def _body(block: Block) -> Hashable:
    return block.kind, block.level, block.parts


def _block_pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    done_old = done_new = 0
    for i, j, length in [*_equal_stretches(old, new), (len(old), len(new), 0)]:
        yield from _edited_pairs(old[done_old:i], new[done_new:j])
        yield from zip(old[i : i + length], new[j : j + length], strict=True)
        done_old, done_new = i + length, j + length


def _edited_pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Pairs of a stretch in which no two blocks are equal; a block without its like is paired with None."""
    done_old = done_new = 0
    for i, j in [*_likely_pairs(old, new), (len(old), len(new))]:
        yield from ((block, None) for block in old[done_old:i])
        yield from ((None, block) for block in new[done_new:j])
        if i < len(old):
            yield old[i], new[j]
        done_old, done_new = i + 1, j + 1


def _likely_pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """One comparison of all the words tells which block went where; pairs never cross, as words keep their order.

    A block made bold is still the same block.
    """
    old_words, new_words = [_plain(block) for block in old], [_plain(block) for block in new]
    shared = _shared_words(old, new, old_words, new_words)
    pairs: dict[int, int] = {}
    for (i, j), count in shared.most_common():
        alike = 2 * count >= SAME_BLOCK * (len(old_words[i]) + len(new_words[j]))
        if alike and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def _shared_words(
    old: Sequence[Block], new: Sequence[Block], old_words: list[list[str]], new_words: list[list[str]]
) -> Counter[tuple[int, int]]:
    old_owners = [i for i, words in enumerate(old_words) for _word in words]
    new_owners = [j for j, words in enumerate(new_words) for _word in words]
    old_flat = [word for words in old_words for word in words]
    new_flat = [word for words in new_words for word in words]
    shared: Counter[tuple[int, int]] = Counter()
    for i, j, length in _equal_stretches(old_flat, new_flat):
        shared.update(zip(old_owners[i : i + length], new_owners[j : j + length], strict=True))
    return Counter({pair: count for pair, count in shared.items() if _same_place(old[pair[0]], new[pair[1]])})


def _same_place(old: Block, new: Block) -> bool:
    return (old.kind, old.level) == (new.kind, new.level)


def _equal_stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """(start in old, start in new, length) of what stays in the smallest difference."""
    if len(old) * len(new) > MOST_WORD_PAIRS:
        return []
    letters: dict[Hashable, str] = {}
    old_text, new_text = (
        "".join([letters.setdefault(item, chr(len(letters))) for item in items]) for items in (old, new)
    )
    changes = Indel.opcodes(old_text, new_text)
    return [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in changes if op.tag == "equal"]


def _parts(block: Block) -> list[Word]:
    """The number of an ordered item is read before its text. The last word ends in a blank like the others."""
    number = [(f"{block.marker} ", False)] if block.kind == "ordered" else []
    parts = [*number, *((part.text, part.strong) for part in block.parts)]
    if block.parts:
        parts[-1] = (f"{parts[-1][0]} ", parts[-1][1])
    return parts


def _plain(block: Block) -> list[str]:
    return "".join(text for text, _strong in _parts(block)).split()


def _words(block: Block) -> list[Word]:
    return [(word, strong) for text, strong in _parts(block) for word in _WORD.findall(text)]


def _runs(before: Block | None, after: Block | None) -> list[Run]:
    if before and before == after:
        return [Run("equal", _parts(before))]
    old, new = _words(before) if before else [], _words(after) if after else []
    runs: list[Run] = []
    done_old = done_new = 0
    for i, j, length in [*_equal_stretches(old, new), (len(old), len(new), 0)]:
        runs.append(Run("delete", old[done_old:i]))
        runs.append(Run("insert", new[done_new:j]))
        runs.append(Run("equal", old[i : i + length]))
        done_old, done_new = i + length, j + length
    return _without_bridges([run for run in runs if run.words])


def _without_bridges(runs: Sequence[Run]) -> list[Run]:
    """Changes that a lone short word keeps apart become one: a sentence written anew is not shown in shreds."""
    stretches: list[list[Run]] = []
    for place, run in enumerate(runs):
        changed = run.tag != "equal" or (run.is_bridge and 0 < place < len(runs) - 1)
        if changed and stretches and stretches[-1][0].tag != "equal":
            stretches[-1].append(run)
        else:
            stretches.append([run])
    return [run for stretch in stretches for run in _joined(stretch)]


def _joined(stretch: Sequence[Run]) -> list[Run]:
    if len(stretch) == 1:
        return list(stretch)
    old = Run("delete", [word for run in stretch if run.tag != "insert" for word in run.words])
    new = Run("insert", [word for run in stretch if run.tag != "delete" for word in run.words])
    if old.text == new.text:
        return [Run("weight", new.words, old.words)]
    return [run for run in (old, new) if run.words]


def _piece(line: Line, shown: Sequence[Tag]) -> Piece | None:
    """The block as one piece of the page; None when it is not on this side."""
    block = (line.after if "insert" in shown else None) or (line.before if "delete" in shown else None)
    if block is None:
        return None
    whole = "moved" if line.moved else "added" if not line.before else "removed" if not line.after else ""
    is_new = "insert" in shown
    return Piece(block, "".join(_run_html(run, line.moved, is_new) for run in line.runs if run.tag in shown), whole)


def _words_html(words: Sequence[Word]) -> str:
    runs = groupby(words, key=itemgetter(1))
    return parts_html([Part("".join(text for text, _strong in run), strong) for strong, run in runs])


def _weight_html(run: Run, is_new: bool) -> str:
    """Said in words for the eye too, since nothing else shows that words are no longer bold."""
    if not is_new:
        return _words_html(run.before)
    bold = {strong for text, strong in run.words if any(letter.isalnum() for letter in text)}
    if bold == {True}:
        label = gettext("made bold:")
    else:
        label = gettext("no longer bold:") if bold == {False} else gettext("bold in part:")
    ended = gettext("end of bold")
    return f'<span class="moved-word">{escape(label)} </span>{_words_html(run.words)}{_heard(ended)}'


def _run_html(run: Run, moved: bool, is_new: bool) -> str:
    if run.tag == "weight":
        return _weight_html(run, is_new)
    html = _words_html(run.words)
    if run.tag == "equal":
        return html
    tag = "ins" if run.tag == "insert" else "del"
    if moved:
        label = gettext("Moved here:") if tag == "ins" else gettext("Moved from here:")
        ended = gettext("end of move")
        return f'<span class="moved-word">{escape(label)} </span><{tag}>{html}</{tag}>{_heard(ended)}'
    started = gettext("added:") if tag == "ins" else gettext("deleted:")
    ended = gettext("end of addition") if tag == "ins" else gettext("end of deletion")
    return f"{_heard(started)}<{tag}>{html}</{tag}>{_heard(ended)}"


def _heard(words: str) -> str:
    return f'<span class="visually-hidden"> {escape(words)} </span>'
