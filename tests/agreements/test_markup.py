import gc
import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements import markup
from agreements.markup import Block, Part

# Control characters and lone halves of surrogate pairs are refused before any text gets here.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)
MARKS = st.text(st.sampled_from("*_-1) .\\\n\t#<>&\"'`[]!ä"), max_size=60)
LINES = st.lists(st.sampled_from(["- a", "  - b", "1) c", "3) d", "   2. e", "**f**", "g", "", "- ", "    h"])).map(
    "\n".join
)
TAG = re.compile(r"<[^>]*>")
ALLOWED_TAG = re.compile(r'</?(p|ul|ol|li|strong)>|<br>|<ol( class="paren")?( start="\d+")?>|<li value="\d+">')


def shown(html):
    return unescape(TAG.sub("", html))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("a\r\nb", "<p>a<br>b</p>"),
        ("- a\n- **b** c", "<ul><li>a</li><li><strong>b</strong> c</li></ul>"),
        ("1) a\n2) b", '<ol class="paren"><li>a</li><li>b</li></ol>'),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1) a\n\n1. b", '<ol class="paren"><li>a</li></ol><ol><li>b</li></ol>'),
        ("- a\n  - b\n\n  c\n- d", "<ul><li>a<ul><li>b</li></ul><p>c</p></li><li>d</li></ul>"),
        ("a:\n1) b", '<p>a:</p><ol class="paren"><li>b</li></ol>'),
        ("***a***", "<p>*<strong>a</strong>*</p>"),
        ("**a *) b**", "<p><strong>a *) b</strong></p>"),
        (r"\*\*a\*\* \- \\", "<p>**a** - \\</p>"),
        ("", ""),
    ],
)
def test_render_knows_paragraphs_lists_and_bold(text, html):
    assert markup.render(text) == html


def test_render_keeps_the_numbers_of_a_list_from_which_one_was_repealed():
    assert markup.render("1) a\n2) b\n4) c") == '<ol class="paren"><li>a</li><li>b</li><li value="4">c</li></ol>'


OTHER_MARKUP = """
# a|> a|---|***|`a`|[a](b)|![a](b)|<b>a</b>|*a*|_a_|__a__|&amp;|* a|+ a|http://a|<!-- a -->|~~a~~|[a]: b|```
"""


@pytest.mark.parametrize("text", [*OTHER_MARKUP.strip().split("|"), "a | b"])
def test_render_shows_everything_else_as_text(text):
    html = markup.render(text)
    assert html.startswith("<p>")
    assert html.count("<") == 2
    assert shown(html) == text


@given(TEXT | MARKS | LINES)
def test_render_has_no_other_tags(text):
    assert ALLOWED_TAG.sub("", markup.render(text)).count("<") == 0


@given(LINES | MARKS)
def test_render_opens_and_closes_tags_in_order(text):
    open_tags = []
    for closing, tag in re.findall(r"<(/?)(p|ul|ol|li|strong)\b", markup.render(text)):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert not open_tags


@given(LINES)
def test_render_loses_no_word(text):
    words = re.findall("[a-h]", text)
    assert re.findall("[a-h]", shown(markup.render(text))) == words
    assert re.findall("[a-h]", markup.plain(text)) == words


@given(TEXT | MARKS)
def test_escape_text_makes_a_line_show_as_itself(text):
    line = re.sub("[\r\n]+", " ", text).strip(markup.MD_TRIM_CHARS)
    html = markup.render(markup.escape_text(text))
    assert html == "" or html.startswith("<p>")
    assert shown(html) == line
    assert markup.plain(markup.escape_text(text)) == line.strip()


@pytest.mark.parametrize("text", ["1) a", "12. a", "- a", "-", "1.", "**a**", "a\\*b", "*", "a * b", "1.1.2025 alkaen"])
def test_escape_text_escapes_only_what_it_must(text):
    escaped = markup.escape_text(text)
    assert markup.blocks(escaped) == (Block("paragraph", "", 0, (Part(text),)),)
    assert (escaped == text) == (text in ["*", "a * b", "1.1.2025 alkaen"])


def test_plain_writes_list_markers():
    assert markup.plain("**a** b\n\n1) c\n2) d\n\n- e") == "a b\n1) c\n2) d\n- e"


def test_blocks_tell_kind_marker_level_and_bold():
    assert markup.blocks("a **b**\n\n2) c\n   - d\n\n   e") == (
        Block("paragraph", "", 0, (Part("a "), Part("b", strong=True))),
        Block("ordered", "2)", 0, (Part("c"),)),
        Block("bullet", "-", 1, (Part("d"),)),
        Block("paragraph", "", 1, (Part("e"),)),
    )


def test_blocks_deeper_than_the_limit_are_text():
    deep = "\n".join("  " * depth + f"- x{depth}" for depth in range(30))
    found = markup.blocks(deep)
    assert max(block.level for block in found) == markup.DEEPEST_LIST - 1
    assert re.findall(r"x\d+", markup.plain(deep)) == [f"x{depth}" for depth in range(30)]


@pytest.mark.parametrize("unit", ["- ", "1) ", "**a ", "*", "\t- "])
def test_render_ends_soon_on_nested_markers(unit):
    text = unit * (500_000 // len(unit))
    # The collector would walk through everything the tests before have left.
    gc.disable()
    try:
        start = time.process_time()
        markup.blocks.__wrapped__(text)
        assert time.process_time() - start < 2
    finally:
        gc.enable()
