"""Light markup of the agreement's text: paragraphs, "- " and "1) " lists, **bold**. Everything else is text.

A subset of CommonMark in which no word is ever lost: a lone `*` or `_` stays, HTML is shown as written, one line
break is a line break, and a list keeps the numbers the author wrote, because other clauses refer to them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

Kind = Literal["paragraph", "bullet", "ordered"]

# In characters: forms and the import refuse longer texts. A whole agreement is some 20,000.
LONGEST_TEXT = 100_000
# Deeper lists than any clause has; what is nested deeper is shown as the text it is.
DEEPEST_LIST = 6
_LEVELS_OF_A_LIST = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text, bold or not; "\\n" is a line break."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list item. `level` counts the list items around it; `marker` is "-", "2)", "3." or empty."""

    kind: Kind
    marker: str
    level: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def style(self) -> str:
        """What separates one list from the next: the kind and the sign after the number."""
        return self.kind + self.marker[-1:]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on its way to HTML: `inner` is safe HTML, `css` a class name or empty."""

    block: Block
    inner: str
    css: str = ""


def render(text: str) -> SafeString:
    """The text as HTML with no other tags than p, ul, ol, li, strong and br."""
    return pieces_html([Piece(block, parts_html(block.parts)) for block in blocks(text)])


def plain(text: str) -> str:
    """The words as read, one block a line, list markers included."""
    return "\n".join(f"{block.marker} {block.text}".strip() for block in blocks(text))


def escape_text(text: str) -> str:
    """Markup that shows one line of text as it is; blanks at its ends go, line ends become blanks."""
    line = re.sub(r"[\r\n]+", " ", text).strip(MD_TRIM_CHARS)
    line = line.replace("\\", "\\\\")
    line = re.sub(r"\*{2,}", lambda stars: "\\*" * len(stars[0]), line)
    return re.sub(r"^(?:[0-9]+[.)]|-)(?=[ \t]|$)", _escaped_marker, line)


def _escaped_marker(marker: re.Match[str]) -> str:
    return f"{marker[0][:-1]}\\{marker[0][-1]}"


@lru_cache(maxsize=256)
def blocks(text: str) -> tuple[Block, ...]:
    return tuple(_blocks(_parser().parse(text)))


def parts_html(parts: Sequence[Part]) -> str:
    return "".join(_part_html(part) for part in parts)


def _part_html(part: Part) -> str:
    html = escape(part.text).replace("\n", "<br>")
    return f"<strong>{html}</strong>" if part.strong else html


def pieces_html(pieces: Sequence[Piece], *, numbered: bool = True) -> SafeString:
    """Nests list items into lists. Not `numbered`: the numbers are already in the pieces' text."""
    return mark_safe("".join(_level_html(pieces, 0, numbered)))  # noqa: S308  every piece is escaped


def _level_html(pieces: Sequence[Piece], level: int, numbered: bool) -> Iterator[str]:
    items: list[list[Piece]] = []
    for piece in pieces:
        if items and piece.block.level > level:
            items[-1].append(piece)
        else:
            items.append([piece])
    for style, run in groupby(items, key=lambda item: item[0].block.style if item[0].block.level <= level else ""):
        if not style:
            yield from (html for item in run for html in _level_html(item, level + 1, numbered))
        elif style == "paragraph":
            yield from (html for item in run for html in _paragraph_html(item, level, numbered))
        else:
            yield from _list_html(list(run), level, numbered)


def _paragraph_html(item: list[Piece], level: int, numbered: bool) -> Iterator[str]:
    first, *inside = item
    yield f"<p{_attribute('class', first.css)}>{first.inner}</p>"
    yield from _level_html(inside, level + 1, numbered)


def _list_html(items: list[list[Piece]], level: int, numbered: bool) -> Iterator[str]:
    first = items[0][0].block
    tag = "ul" if first.kind == "bullet" else "ol"
    expected = _number(first) if numbered else 0
    css = "" if tag == "ul" else "written" if not numbered else "paren" if first.marker.endswith(")") else ""
    start = "" if expected in (0, 1) else expected
    yield f"<{tag}{_attribute('class', css)}{_attribute('start', start)}>"
    for head, *inside in items:
        value = _number(head.block) if numbered else 0
        told = _attribute("value", "" if value == expected else value)
        yield f"<li{_attribute('class', head.css)}{told}>{head.inner}"
        yield from _level_html(inside, level + 1, numbered)
        yield "</li>"
        expected = value + 1 if value else 0
    yield f"</{tag}>"


def _attribute(name: str, value: object) -> str:
    return f' {name}="{value}"' if value != "" else ""


def _number(block: Block) -> int:
    return int(block.marker[:-1]) if block.kind == "ordered" else 0


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    """Flattens the parser's tokens; an item takes its first paragraph as its own text."""
    level = 0
    waiting: Token | None = None
    for token in tokens:
        if waiting and token.type != "paragraph_open":
            yield _item(waiting, level - 1, _parts(token))
            waiting = None
            if token.type == "inline":
                continue
        if token.type == "list_item_open":
            waiting, level = token, level + 1
        elif token.type == "list_item_close":
            level -= 1
        elif token.type == "inline":
            yield Block("paragraph", "", level, _parts(token))


def _item(token: Token, level: int, parts: tuple[Part, ...]) -> Block:
    kind: Kind = "ordered" if token.info else "bullet"
    marker = f"{int(token.info)}{token.markup}" if token.info else token.markup
    return Block(kind, marker, level, parts)


def _parts(token: Token) -> tuple[Part, ...]:
    """Neighbours of the same weight are one part, so that equal texts are equal parts."""
    runs = groupby(_runs(token.children or []), key=lambda part: part.strong)
    return tuple(Part("".join(part.text for part in run), strong) for strong, run in runs)


def _runs(tokens: list[Token]) -> Iterator[Part]:
    depth = 0
    for token in tokens:
        depth += token.nesting
        text = "\n" if token.tag == "br" else token.content
        if text and not token.nesting:
            yield Part(text, depth > 0)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": (DEEPEST_LIST + 1) * _LEVELS_OF_A_LIST})
    parser.block.ruler.at("list", _list, {"alt": ["paragraph"]})
    parser.inline.ruler.at("emphasis", _stars)
    parser.inline.ruler2.at("emphasis", _bold)
    return parser.enable(["list", "emphasis", "escape", "newline"])


def _list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The parser's own lists, without the bullets `*` and `+`, and never so deep that it would drop the rest."""
    first = state.src[state.bMarks[start_line] + state.tShift[start_line] :][:1]
    if first in ("*", "+") or state.level >= DEEPEST_LIST * _LEVELS_OF_A_LIST:
        return False
    return list_block(state, start_line, end_line, silent)


def _stars(state: StateInline, silent: bool) -> bool:
    """Pairs of stars may open or close bold; a single star is text. (The parser's own rule also knows italics.)"""
    if silent or state.src[state.pos] != "*":
        return False
    run = state.scanDelims(state.pos, True)
    if run.length < len("**"):
        return False
    pairs, odd = divmod(run.length, 2)
    outside_first = ["*"] * odd + ["**"] * pairs
    for stars in outside_first if run.can_open else reversed(outside_first):
        state.push("text", "", 0).content = stars
        if stars == "**":
            place = len(state.tokens) - 1
            state.delimiters.append(Delimiter(ord("*"), 0, place, -1, run.can_open, run.can_close))
    state.pos += run.length
    return True


def _bold(state: StateInline) -> None:
    for opener in state.delimiters:
        if opener.end >= 0:
            _turn(state.tokens[opener.token], "strong_open", 1)
            _turn(state.tokens[state.delimiters[opener.end].token], "strong_close", -1)


def _turn(token: Token, kind: str, nesting: Literal[-1, 1]) -> None:
    token.type, token.tag, token.nesting, token.content = kind, "strong", nesting, ""
