import re
from datetime import date
from itertools import pairwise

import pytest

from agreements.actions.records import pdf_source
from agreements.compilation import compile_agreement
from tests.cast import PARTS, SECTIONS, TODAY
from tests.verapdf import check
from tym.core.pdf import render_pdf


@pytest.fixture
def source(cast):
    return pdf_source(compile_agreement(cast.agreement, TODAY))


@pytest.mark.verapdf
def test_agreement_pdf_is_archivable_accessible_and_without_complaints(source, caplog):
    drawn = render_pdf(source)
    assert [record.message for record in caplog.records if record.name == "tym.core.pdf"] == []
    check(drawn, "3a", "ua1")


def test_agreement_pdf_has_headings_that_skip_no_level(source):
    levels = [int(level) for level in re.findall(r"<h([1-6])", source.html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_agreement_pdf_keeps_parts_and_sections_in_order(source):
    text = source.html.partition("<main")[2]
    places = [text.index(words) for part in PARTS for words in [part, *titles(part)]]
    assert places == sorted(places)


def titles(part):
    return [f'<span class="number">{number}</span> {heading}' for number, heading, of, _body in SECTIONS if of == part]


def test_agreement_pdf_leads_from_every_entry_of_its_contents_to_a_heading(source):
    targets = re.findall(r'href="#([^"]+)"', source.html)
    assert len(targets) > len(SECTIONS) + len(PARTS)
    assert all(source.html.count(f'id="{target}"') == 1 for target in targets)


def test_agreement_pdf_says_what_it_is_and_of_which_day(source, cast):
    assert re.search(r'<p class="state">[^<]*2\.6\.2025', source.html)
    assert cast.canary not in source.html


def test_agreement_pdf_of_another_day_is_another_source(source, cast):
    other = pdf_source(compile_agreement(cast.agreement, date(2025, 6, 3)))
    assert other.fingerprint != source.fingerprint
    assert pdf_source(compile_agreement(cast.agreement, TODAY)).fingerprint == source.fingerprint
