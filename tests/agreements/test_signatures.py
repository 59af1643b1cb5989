"""A file that comes back signed: the frozen file and signatures, nothing else. Asks the database nothing."""

import random
import re
import shutil
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from agreements.signatures import judge
from tests.agreements import signing_kit as kit

NAME = generic.NameObject
MUTATIONS = 100


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def frozen():
    return kit.frozen()


@pytest.fixture(scope="module")
def signed(frozen):
    """Signed by two, one after the other."""
    return kit.signed(kit.signed(frozen, "Aino Allekirjoittaja"), "Kela Testi")


def test_signatures_behind_the_frozen_file_are_accepted_and_named(frozen, signed):
    verdict = judge(signed, frozen, [kit.root()])
    assert verdict.accepted, verdict.reason
    assert [(one.name, one.issuer, one.level, one.trusted) for one in verdict.signatures] == [
        ("Aino Allekirjoittaja", "Luottamuksen juuri", "PAdES B-B", True),
        ("Kela Testi", "Luottamuksen juuri", "PAdES B-B", True),
    ]


def test_certificate_of_an_unknown_authority_is_told_not_to_be_trusted(frozen, signed):
    verdict = judge(signed, frozen)
    assert verdict.accepted
    assert {one.told_trust for one in verdict.signatures} == {"certificate not trusted by this installation"}


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not installed")
def test_poppler_agrees_that_the_signatures_are_valid(signed):
    told = kit.poppler_says(signed)
    assert told.count("Signature is Valid") == 2
    assert "Total document signed" in told


def containers(content):
    """Where the signatures themselves stand: every byte outside them is signed by the last one."""
    return [match.span() for match in re.finditer(rb"/Contents <[0-9a-fA-F]{200,}>", content)]


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_hundred_altered_bytes_are_all_refused(frozen, signed):
    """Spread over the frozen file and both additions. Left out: the containers of the signatures, next test."""
    holes = containers(signed)
    places = [place for place in range(len(signed)) if not any(start <= place < end for start, end in holes)]
    behind = [place for place in places if place >= len(frozen)]
    chosen = random.Random(7).sample(places, MUTATIONS // 2) + random.Random(8).sample(behind, MUTATIONS // 2)
    assert [place for place in chosen if judge(flipped(signed, place), frozen, [kit.root()]).accepted] == []


def test_altered_byte_of_a_signature_itself_is_refused(frozen, signed):
    """All but the unused padding of zeros behind the signature, and a certificate chain that others vouch for."""
    for start, end in containers(signed):
        used = signed[start:end].rstrip(b"0>")
        tail = start + len(used) - 60  # the signature's own value ends the container
        assert not judge(flipped(signed, tail), frozen, [kit.root()]).accepted


def test_another_file_is_told_from_an_altered_one(frozen, signed):
    assert "has been altered" in judge(flipped(signed, len(frozen) // 2), frozen).reason
    assert "another file" in judge(kit.signed(other_file(frozen), "Kela Testi"), frozen).reason
    assert "no signatures yet" in judge(frozen, frozen).reason
    assert judge(b"GIF89a", frozen).reason == "The file is not a PDF."


def other_file(frozen):
    with pikepdf.open(BytesIO(frozen)) as file:
        out = BytesIO()
        file.save(out, deterministic_id=True)
        return out.getvalue()


def set_root(name, value):
    def edit(writer):
        writer.root[NAME(name)] = value
        writer.update_root()

    return edit


def new_title(writer):
    writer.set_info(generic.DictionaryObject({NAME("/Title"): generic.pdf_string("Muu sopimus")}))


def page_of(writer):
    return writer.root["/Pages"]["/Kids"][0]


def new_page_text(writer):
    page = page_of(writer)
    page[NAME("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def annotation(writer):
    page = page_of(writer)
    note = generic.DictionaryObject({NAME("/Subtype"): NAME("/FreeText"), NAME("/Contents"): generic.pdf_string("0 €")})
    page[NAME("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def turned_page(writer):
    page = page_of(writer)
    page[NAME("/Rotate")] = generic.NumberObject(90)
    writer.update_container(page)


def removed_page(writer):
    pages = writer.root["/Pages"]
    pages[NAME("/Kids")] = generic.ArrayObject()
    pages[NAME("/Count")] = generic.NumberObject(0)
    writer.update_container(pages)


def new_metadata(writer):
    stream = writer.root["/Metadata"]
    stream._data, stream._encoded_data = stream.data.replace(b"Sopimus", b"Muu sop"), None
    writer.update_container(stream)


def empty_field(writer):
    fields.append_signature_field(writer, fields.SigFieldSpec("Tyhjä"))


def script(writer):
    set_root("/OpenAction", generic.DictionaryObject({NAME("/S"): NAME("/JavaScript"), NAME("/JS"): NAME("/x")}))(
        writer
    )


EDITS = {
    "language": set_root("/Lang", generic.pdf_string("sv")),
    "title": new_title,
    "metadata": new_metadata,
    "page text": new_page_text,
    "annotation": annotation,
    "turned page": turned_page,
    "removed page": removed_page,
    "script": script,
    "empty signature field": empty_field,
    "loose object": lambda writer: writer.add_object(generic.pdf_string("irrallinen")),
    "no form": lambda writer: set_root("/AcroForm", generic.NullObject())(writer),
}


@pytest.mark.parametrize("name", EDITS)
def test_unsigned_edit_after_the_last_signature_is_refused(frozen, signed, name):
    assert not judge(kit.edited(signed, EDITS[name]), frozen, [kit.root()]).accepted


def test_bytes_behind_the_last_signature_are_refused(frozen, signed):
    assert not judge(signed + b"\n% huomautus\n", frozen).accepted


@pytest.mark.parametrize("name", ["language", "page text", "annotation", "turned page"])
def test_edit_that_somebody_signed_over_is_refused(frozen, name):
    """The next signature is whole, and covers the edit: it still is not the file that was frozen."""
    verdict = judge(kit.signed(kit.edited(frozen, EDITS[name]), "Kela Testi"), frozen, [kit.root()])
    assert verdict.reason == "Something else than signatures has been added to the file."
    assert verdict.of_service


def test_edit_between_two_signatures_is_refused(frozen):
    first = kit.signed(frozen, "Aino Allekirjoittaja")
    assert not judge(kit.signed(kit.edited(first, EDITS["page text"]), "Kela Testi"), frozen).accepted


def test_signature_that_draws_on_a_page_is_refused(frozen):
    verdict = judge(kit.signed(frozen, "Kela Testi", box=(50, 50, 400, 700)), frozen, [kit.root()])
    assert "draws on a page" in verdict.reason
    assert verdict.of_service


def test_signature_that_forbids_more_signatures_is_obeyed(frozen):
    locked = kit.signed(frozen, "Aino Allekirjoittaja", certify=fields.MDPPerm.FILL_FORMS)
    assert judge(locked, frozen).accepted
    assert PdfFileReader(BytesIO(locked)).embedded_signatures[0].docmdp_level == fields.MDPPerm.FILL_FORMS


def test_signature_on_a_weak_fingerprint_is_refused(frozen):
    weak = kit.signed(frozen, "Kela Testi", md="sha1", subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    assert "can be forged" in judge(weak, frozen).reason


def test_signature_older_than_the_frozen_file_does_not_count(frozen):
    """A file that was frozen with a signature in it waits for new ones."""
    once = kit.signed(frozen, "Aino Allekirjoittaja")
    assert not judge(once, once).accepted
    assert [one.name for one in judge(kit.signed(once, "Kela Testi"), once).signatures] == ["Kela Testi"]
