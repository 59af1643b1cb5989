import re
import time
from html import unescape

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agreements import markup, redline

WORDS = st.sampled_from(["a", "b", "**c**", "d e", "2)", "-", "f", "<g>", "\u00a0h", "**i j**"])
LINE = st.builds(
    lambda start, words: start + " ".join(words), st.sampled_from(["", "", "- ", "1) ", "2. ", "  - "]), st.lists(WORDS)
)
TEXTS = st.lists(LINE, max_size=8).flatmap(
    lambda lines: st.sampled_from(["\n\n", "\n"]).map(lambda end: end.join(lines))
)
HEARD = re.compile(r'<span class="(?:visually-hidden|moved-word)">[^<]*</span>')


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def reading(html, skip):
    """The lines a reader gets who leaves out `skip` (ins or del) and knows that a bullet is a "-"."""
    html = re.sub(f"<{skip}>.*?</{skip}>", "", HEARD.sub("", html), flags=re.DOTALL)
    lines, lists = [], []
    for closing, tag, text in re.findall(r"<(/?)(\w+)[^>]*>([^<]*)", html):
        if tag in ("ul", "ol"):
            lists = lists[:-1] if closing else [*lists, tag]
        elif tag in ("p", "li") and not closing:
            lines.append("- " if tag == "li" and lists[-1] == "ul" else "")
        if lines:
            lines[-1] += "\n" * (tag == "br") + unescape(text)
    return lines


def lines_of(text):
    return [re.sub(r"^- $", "", f"{b.marker} {b.text}".strip(" ")) for b in markup.blocks(text)]


def stripped(lines, absent):
    return [line.strip(" ") for line in lines if line.strip(" ") not in absent]


@given(TEXTS, TEXTS)
def test_compare_reads_as_both_texts(before, after):
    html = redline.compare(before, after).html
    # A block that is wholly added or deleted leaves an empty line in the other reading.
    empty = {"", "-"}
    assert stripped(reading(html, "del"), empty) == stripped(lines_of(after), empty)
    assert stripped(reading(html, "ins"), empty) == stripped(lines_of(before), empty)


@given(TEXTS, TEXTS)
def test_compare_counts_and_notices_every_change(before, after):
    result = redline.compare(before, after)
    assert result.changed == (markup.blocks(before) != markup.blocks(after))
    assert (result.added + result.moved > 0) == ("<ins>" in result.html)
    assert (result.removed + result.moved > 0) == ("<del>" in result.html)
    assert result.added - result.removed == word_count(after) - word_count(before)


def word_count(text):
    return sum(len(f"{block.marker.strip('-')} {block.text}".split()) for block in markup.blocks(text))


@given(TEXTS)
def test_compare_marks_nothing_between_equal_texts(text):
    result = redline.compare(text, text)
    assert (result.added, result.removed, result.moved, result.changed) == (0, 0, 0, False)
    assert "<ins>" not in result.html
    assert "<del>" not in result.html


def test_compare_marks_only_the_changed_word_and_says_it_in_words():
    html = redline.compare("Kela nimeää kaksi henkilöä.", "Kela nimeää kolme henkilöä.").html
    assert HEARD.sub("", html) == "<p>Kela nimeää <del>kaksi </del><ins>kolme </ins>henkilöä. </p>"
    heard = [unescape(words).strip() for words in re.findall(r'hidden">([^<]*)<', html)]
    assert heard == ["deleted:", "end of deletion", "added:", "end of addition"]


def test_compare_keeps_a_list_a_list_and_shows_new_numbers():
    html = HEARD.sub("", redline.compare("1) a b c\n2) d e f", "1) uusi\n2) a b c\n3) d e f").html)
    assert html == (
        '<ol class="written"><li class="added"><ins>1) uusi </ins></li>'
        "<li><del>1) </del><ins>2) </ins>a b c </li><li><del>2) </del><ins>3) </ins>d e f </li></ol>"
    )


def test_compare_pairs_an_edited_paragraph_with_its_old_self():
    before = "eka kappale on tämä\n\ntoinen kappale on tuo"
    html = HEARD.sub("", redline.compare(before, "aivan uutta tekstiä\n\n" + before.replace("tuo", "se")).html)
    assert html.count('<p class="added">') == 1
    assert "<p>toinen kappale on <del>tuo </del><ins>se </ins></p>" in html


def test_compare_shows_a_removed_paragraph_whole():
    html = HEARD.sub("", redline.compare("a b\n\nc d", "a b").html)
    assert html == '<p>a b </p><p class="removed"><del>c d </del></p>'


@pytest.mark.parametrize(
    ("before", "after", "said", "words"),
    [
        ("Vastuukunta on Pori.", "Vastuukunta on **Pori**.", "made bold:", 1),
        ("- Vastuukunta on **Pori**.\n- x", "- Vastuukunta on Pori.\n- x", "no longer bold:", 1),
        ("1) Kela maksaa heti.\n2) x", "1) **Kela maksaa heti.**\n2) x", "made bold:", 3),
        ("Kela ja Pori", "**Kela** ja **Pori**", "bold in part:", 3),
    ],
)
def test_words_made_bold_are_neither_added_nor_deleted(before, after, said, words):
    result = redline.compare(before, after)
    assert (result.added, result.removed, result.weighed, result.changed) == (0, 0, words, True)
    assert f'<span class="moved-word">{said} </span>' in result.html
    assert not re.search("<(?:ins|del)>", result.html)
    old, new = redline.sides(before, after)
    assert said in new
    assert HEARD.sub("", old) == redline.compare(before, before).html


def test_word_both_changed_and_made_bold_is_another_word():
    result = redline.compare("Kela maksaa", "**Kelan** maksaa")
    assert (result.added, result.removed, result.weighed) == (1, 1, 0)


def test_compare_escapes_the_texts():
    assert "<script" not in redline.compare("<script>a</script>", "<script>b</script>").html


def test_compare_gives_up_pairing_rather_than_the_machine(monkeypatch):
    monkeypatch.setattr(redline, "MOST_WORD_PAIRS", 3)
    result = redline.compare("a b\n\nc", "a d\n\nc e")
    assert (result.added, result.removed) == (4, 3)


@given(TEXTS, TEXTS)
def test_sides_are_the_two_texts(before, after):
    old, new = redline.sides(before, after)
    assert "<ins>" not in old
    assert "<del>" not in new
    assert stripped(reading(old, "ins"), {"", "-"}) == stripped(lines_of(before), {"", "-"})
    assert stripped(reading(new, "del"), {"", "-"}) == stripped(lines_of(after), {"", "-"})


@pytest.mark.parametrize("item", ["", "- ", "**b** "])
def test_moved_block_is_neither_added_nor_deleted(item):
    lines = [f"{item}eka on tämä", f"{item}toka on tuo", f"{item}kolmas on se"]
    between = "\n" if item == "- " else "\n\n"
    result = redline.compare(between.join(lines), between.join([lines[2], *lines[:2]]))
    assert (result.added, result.removed) == (0, 0)
    assert result.moved == len(lines[2].removeprefix("- ").split())
    assert result.html.count('class="moved"') == 2
    assert "Moved here:" in result.html
    assert "Moved from here:" in result.html


def test_moved_list_item_has_moved_though_its_number_changes():
    result = redline.compare("1) eka on tämä\n2) toka on tuo\n3) x", "1) x\n2) toka on tuo\n3) eka on tämä")
    html = HEARD.sub("", result.html)
    assert '<li class="moved"><del>1) eka on tämä </del></li>' in html
    assert '<li class="moved"><ins>3) eka on tämä </ins></li>' in html


def test_block_moved_and_copied_has_moved_once():
    result = redline.compare("a b c\n\nd e f\n\ng h i", "d e f\n\ng h i\n\na b c\n\na b c")
    assert (result.moved, result.added, result.removed) == (3, 3, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("henkilöstöresurssi", "henkilöstöresurssien"),
        ("yhteistoimintamalli", "yhteistoimintamallin"),
        ("työllisyysalue", "työllisyys-alue"),
        ("monialaisen-tuen", "monialaisen-palvelun"),
        ("johtoryhmä", "johtoryhmä,"),
    ],
)
def test_compound_changes_as_a_word_not_letter_by_letter(before, after):
    html = HEARD.sub("", redline.compare(f"Sopijat {before} vuosittain.", f"Sopijat {after} vuosittain.").html)
    assert html == f"<p>Sopijat <del>{before} </del><ins>{after} </ins>vuosittain. </p>"


def test_sentence_written_anew_is_not_shown_in_shreds():
    before = "Sopijat arvioivat henkilöstön ja kustannusten määrän vuosittain kesäkuun loppuun mennessä."
    after = "Sopijat tarkistavat resurssien ja menojen tason vuosittain kesäkuun loppuun mennessä."
    html = HEARD.sub("", redline.compare(before, after).html)
    assert html == (
        "<p>Sopijat <del>arvioivat henkilöstön ja kustannusten määrän </del>"
        "<ins>tarkistavat resurssien ja menojen tason </ins>vuosittain kesäkuun loppuun mennessä. </p>"
    )


def test_text_replaced_as_a_whole_is_deleted_and_added_as_wholes():
    result = redline.compare("Kela nimeää kaksi henkilöä.\n\nSe maksaa.", "**Aivan** toinen sisältö tähän kohtaan.")
    html = HEARD.sub("", result.html)
    assert (html.count("<ins>"), html.count("<del>")) == (1, 2)
    assert (result.added, result.removed) == (5, 6)


def long_texts():
    """15 KB before, and after: an edited one, one rewritten word by word, one with its paragraphs turned round."""
    paragraphs = [" ".join(f"yhteistoiminta{i * j % 701}" for j in range(22)) for i in range(1, 35)]
    before = "\n\n".join([*paragraphs, *(f"- kohta {n} on luettelossa" for n in range(80))])
    edited = before.replace("yhteistoiminta77 ", "toinen ").replace("yhteistoiminta300 ", "")
    return before, [edited, before.replace("yhteistoiminta", "palvelu"), "\n\n".join(reversed(paragraphs))]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_compare_of_a_long_text_is_quick(which):
    """10 ms on a machine of its own; the limit here leaves room for a busy one."""
    before, others = long_texts()
    assert 15_000 < len(before.encode()) < 16_500
    assert min(seconds(before, others[which]) for _again in range(40)) < 0.02


def test_compare_of_a_long_text_finds_the_few_changes():
    before, (edited, *_others) = long_texts()
    result = redline.compare(before, edited)
    assert 0 < result.added < result.removed < 60


def seconds(before, after):
    """Processor time of one comparison of texts that were never read before."""
    markup.blocks.cache_clear()
    start = time.process_time()
    redline.compare(before, after)
    return time.process_time() - start
