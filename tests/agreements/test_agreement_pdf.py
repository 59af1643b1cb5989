import re
from datetime import date
from hashlib import sha256
from itertools import pairwise, zip_longest

import lxml.html
import pytest
from django.utils.translation import gettext as _

from agreements import actions
from agreements.actions.files import Upload
from agreements.actions.records import pdf_source
from agreements.compilation import compile_agreement
from agreements.models import Signatory
from tests.agreements.together_kit import PDF
from tests.cast import PARTS, SECTIONS, TODAY
from tests.pages import text_of
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


def cover(cast):
    """What the cover says of the copy and of the original."""
    html = pdf_source(compile_agreement(cast.agreement, TODAY)).html
    return text_of(lxml.html.fromstring(html).xpath("//*[@class='cover']/*[@class='note']")[0])


def enter(cast, *days):
    """The signed original with the signatories' days in their order, None for a day that is not known."""
    signatories = Signatory.objects.filter(party__agreement=cast.agreement)
    signed = dict(zip_longest(signatories, days))
    upload = Upload("skannaus.pdf", PDF, "application/pdf")
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY, "upload": upload, "signed": signed}
    return actions.enter_signed_original(**told)


def test_cover_says_that_the_original_is_not_on_file(cast):
    told = _("This is a consolidated copy of %(day)s, not the signed original.") % {"day": "2.6.2025"}
    assert cover(cast) == f"{told} {_('The signed original has not been recorded here.')}"


def test_cover_tells_the_day_and_fingerprint_of_the_signed_original(cast):
    record = enter(cast, date(2024, 12, 9), date(2024, 12, 11), date(2024, 12, 16), date(2024, 12, 16))
    told = {"day": "16.12.2024", "fingerprint": sha256(PDF).hexdigest()[:16]}
    assert _("The original was signed on %(day)s (fingerprint %(fingerprint)s).") % told in cover(cast)
    assert record.on == date(2024, 12, 16)


def test_cover_notes_that_the_agreement_was_signed_after_it_had_come_into_force(cast):
    enter(cast, date(2024, 12, 9), date(2025, 1, 15), date(2024, 12, 16), date(2024, 12, 16))
    html = pdf_source(compile_agreement(cast.agreement, TODAY)).html
    assert "15.1.2025" in html
    assert "A15" in html


def test_cover_says_when_the_day_of_signing_is_not_known(cast):
    record = enter(cast)
    told = {"fingerprint": sha256(PDF).hexdigest()[:16]}
    sentence = _("The original has been signed, on a day that is not known (fingerprint %(fingerprint)s).") % told
    assert sentence in cover(cast)
    assert "päiväys ei tiedossa" in sentence
    assert record.on is None


def test_cover_does_not_take_one_known_day_for_all(cast):
    enter(cast, date(2024, 12, 9))
    told = {"day": "9.12.2024", "fingerprint": sha256(PDF).hexdigest()[:16]}
    known = "The last day of signing that is known is %(day)s; some days are not known (fingerprint %(fingerprint)s)."
    assert _(known) % told in cover(cast)


def test_agreement_pdf_of_another_day_is_another_source(source, cast):
    other = pdf_source(compile_agreement(cast.agreement, date(2025, 6, 3)))
    assert other.fingerprint != source.fingerprint
    assert pdf_source(compile_agreement(cast.agreement, TODAY)).fingerprint == source.fingerprint
