import contextlib
import textwrap
import time

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.importing import MAX_BYTES, ImportProblem, parse
from tests.agreements.importing_kit import agreement, in_order, parsed

TWICE = agreement("1 Yksi", "Teksti.", "2 Kaksi", "Teksti.", "2 Taas", "Teksti.", "3 Kolme", "Teksti.")


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", None, "empty"),
        (b"\xef\xbb\xbf \n\f\n", None, "empty"),
        (b"1 Alku\n\nTy\xf6llisyys\n", 3, "UTF-8"),
        (b"\xff\xfe1\x00", 1, "UTF-8"),
        (b"%PDF-1.7\n", None, "not text"),
        (b"PK\x03\x04docx", None, "not text"),
        (b"1 Alku\n\n\x00\x01", None, "not text"),
        (b"x" * (MAX_BYTES + 1), None, "5 MB"),
        (b"\n" * 200_000 + b"1 Alku", None, "lines"),
        ("Sopimus\n\nPelkkää tekstiä.\n".encode(), None, "No numbered sections"),
        (agreement("1 Kesto", "Sopimus tulee\nvoimaan 31.2.2025.").encode(), 6, "31.2.2025"),
        (agreement("1 Kesto", "Sopimus on voimassa 1.1.2025–31.12.2024.").encode(), 5, "31.12.2024"),
        (TWICE.encode(), 11, "twice"),
        (agreement("1 Pitkä", "sana " * 30_000).encode(), 5, "longer"),
    ],
)
def test_bad_input_is_refused_with_its_line(data, line, words):
    with translation.override("en"), pytest.raises(ImportProblem) as problem:
        parse(data)
    assert problem.value.line == line
    assert words in problem.value.message
    with translation.override("en"):
        assert str(problem.value).startswith(f"Line {line}: " if line else problem.value.message)


HALF = MAX_BYTES // 2


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * MAX_BYTES,
        "1 A\n" * (MAX_BYTES // 4),
        "1 A\n" * 19_000,
        "\n".join(f"{n % 999} Osa {n}" for n in range(19_000)),
        "1 Sopijapuolet\n\n" + "(" * HALF,
        "1 Sopijapuolet\n\n" + "Kela (jäljempänä " * 5_000,
        "1 Allekirjoitukset\n\n" + "Aa " * 30_000,
        "1 Kesto\n\n" + "1.1." * 20_000,
        "1 Liitteet\n\n" + "Liite\n" * 19_000,
        "1 Luettelo\n\n" + "1) a\n" * 19_000,
        "1 Luettelo\n\n" + "\f" * HALF,
        "1 Teksti\n\n" + "-\n" * 19_000,
        "1 Teksti\n\n" + " " * HALF + "x",
    ],
)
def test_hostile_input_takes_seconds_at_most(hostile):
    start = time.process_time()
    with contextlib.suppress(ImportProblem):
        parsed(hostile)
    assert time.process_time() - start < 2


WORDS = st.sampled_from(
    [
        *("sopijapuoli", "Kela", "työllisyysalue", "hyvinvointialueen", "lain", "momentin", "Satakunnan", "TYM-laki"),
        *("henkilöstö-,", "(381/2023,", "§:n", "12", "2", "1)", "2.", "A", "I", "V", "**lihava**", "a*b", "_x_", "\\n"),
    ]
)
CALM = st.sampled_from(["sopijapuolet", "toimivat", "yhdessä", "alueen", "palveluissa", "Kelan", "kanssa", "TYM-lain"])
HEADING = st.lists(st.sampled_from(["Palvelut", "Väki", "Tiedot", "Kulut", "Alue", "TYM-työ"]), min_size=1, max_size=4)
BULLETS = st.sampled_from(["- ", "• ", "\uf0b7 ", "– "])


@st.composite
def blocks(draw):
    """A paragraph or a list: its lines before wrapping and its words."""
    first = draw(CALM).capitalize()
    if draw(st.booleans()):
        words = [first, *draw(st.lists(WORDS, min_size=3, max_size=40)), "loppu."]
        return [" ".join(words)], words
    bullet = draw(st.one_of(BULLETS, st.just("")))
    rows = draw(st.lists(st.lists(CALM, min_size=1, max_size=15), min_size=1, max_size=5))
    marks = [bullet or f"{number}) " for number in range(1, len(rows) + 1)]
    lines = [f"{first} näin:"] + [mark + " ".join(row) for mark, row in zip(marks, rows, strict=True)]
    numbers = [[] if bullet else [mark.strip()] for mark in marks]
    words = [first, "näin:", *(word for n, row in zip(numbers, rows, strict=True) for word in (*n, *row))]
    return lines, words


@st.composite
def agreements(draw):
    """Text of an agreement, its words in order (section numbers without their sign), and how many sections it has."""
    width = draw(st.integers(45, 110))
    style = draw(st.sampled_from(["{} ", "{}. ", "{} § "]))
    pages = draw(st.booleans())
    text, words = ["SOPIMUS MALLISTA", ""], ["SOPIMUS", "MALLISTA"]
    count = draw(st.integers(1, 8))
    for number in range(1, count + 1):
        heading = [*draw(HEADING), "ABCDEFGH"[number - 1]]
        text += textwrap.wrap(style.format(number) + " ".join(heading), width, break_on_hyphens=False)
        words += [str(number), *heading]
        for lines, block_words in draw(st.lists(blocks(), min_size=1, max_size=4)):
            text.append("\f" if pages and draw(st.booleans()) else "")
            wrapped = [textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in lines]
            text += [line for group in wrapped for line in group]
            words += block_words
        text.append("")
    return "\n".join(text), words, count


@settings(max_examples=150, deadline=None)
@given(agreements())
def test_wrapped_agreements_keep_their_words_and_sections(drawn):
    text, words, count = drawn
    found = parsed(text)
    assert [section.key for section in found.sections] == [f"s{number}" for number in range(1, count + 1)]
    assert in_order(found).split() == words


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.booleans())
def test_any_text_is_parsed_or_refused(text, has_section):
    data = (f"Sopimus\n\n1 Osa\n\n{text}" if has_section else text).encode()
    try:
        found = parse(data)
    except ImportProblem:
        return
    assert found.numbered_sections
