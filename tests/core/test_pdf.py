import fcntl
import io
import logging
import re
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from django.utils import translation
from fontTools.ttLib import TTFont

from tests.verapdf import check
from tym.core import pdf, pdf_child

DATA = '{"avain": "ä /Launch"}'.encode()
LETTERS = "ŠšŽžČčĐđŊŋŦŧ−–”→"
QUICK = pdf.Limits(cpu_seconds=2, wall_seconds=15)


def page(body, head=""):
    return f'<!doctype html><html lang="fi"><head><title>t</title>{head}</head><body>{body}</body></html>'


def source(body="<h1>Otsikko</h1><p>Teksti.</p>", head="", **changes):
    whole = pdf.PdfSource(
        html=page(body, head),
        css=(pdf.style_sheet("pdf.css"),),
        attachment_name="sopimus.json",
        attachment=DATA,
        attachment_mime="application/json",
        day=date(2025, 4, 1),
        title="Sopimus (ä) /JavaScript",
        language="fi",
    )
    return replace(whole, **changes)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="module")
def _draw_each_time():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_drawn", pdf._drawn.each_time)
        yield


@pytest.fixture(autouse=True)
def renderer_log(caplog):
    """What the renderer complained about. A test that expects nothing of the kind asserts that it is empty."""
    caplog.set_level(logging.WARNING, logger="tym.core.pdf")
    return caplog


@pytest.fixture(scope="module")
def letters_pdf():
    styles = f"<p>{LETTERS}</p><p><strong>{LETTERS}</strong></p><h1>{LETTERS}</h1>"
    return pdf.render_pdf(source(styles))


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def test_render_pdf_gives_the_same_bytes_every_time(renderer_log):
    assert pdf.render_pdf(source()) == pdf.render_pdf(source())
    assert renderer_log.messages == []


def test_render_pdf_describes_the_file_from_its_source_alone():
    head = '<meta name="author" content="x"><meta name="dcterms.created" content="2001-01-01"><title>muu</title>'
    file = opened(pdf.render_pdf(source(head=head)))
    assert file.Root.Lang == "fi"
    assert {key: str(value) for key, value in file.docinfo.items()} == {
        "/Title": "Sopimus (ä) /JavaScript",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20250401000000Z",
        "/ModDate": "D:20250401000000Z",
    }


def test_render_pdf_attaches_the_data_and_nothing_else():
    file = opened(pdf.render_pdf(source()))
    assert list(file.attachments) == ["sopimus.json"]
    attached = file.attachments["sopimus.json"]
    assert attached.get_file().read_bytes() == DATA
    assert attached.get_file().mime_type == "application/json"
    assert {str(entry.AFRelationship) for entry in file.Root.AF} == {"/Data"}


@pytest.mark.verapdf
def test_render_pdf_is_archivable_and_accessible(letters_pdf):
    check(letters_pdf, "3a", "ua1")


@pytest.mark.verapdf
def test_verapdf_finds_a_pdf_without_tags(letters_pdf):
    file, broken = opened(letters_pdf), io.BytesIO()
    del file.Root.MarkInfo
    file.save(broken)
    with pytest.raises(AssertionError, match="FAIL"):
        check(broken.getvalue(), "3a")


def test_render_pdf_draws_every_letter_with_our_own_font(letters_pdf):
    """A wrong glyph is invisible to text extraction and to veraPDF, so the drawn shapes are compared."""
    file = opened(letters_pdf)
    fonts = [obj for obj in file.objects if isinstance(obj, pikepdf.Dictionary) and "/FontFile2" in obj]
    assert len(fonts) == 2
    ours = [TTFont(path) for path in sorted(pdf.FONTS.glob("*.woff2"))]
    for font in fonts:
        assert "Source-Sans-3" in str(font.FontName)
        drawn = TTFont(io.BytesIO(font.FontFile2.read_bytes()))["glyf"]
        assert any(all(same_shape(drawn, our, letter) for letter in LETTERS) for our in ours)
    content = file.pages[0].Contents.read_bytes()
    expected = [f"{glyph(ours[0], letter):04x}".encode() for letter in LETTERS]
    assert re.findall(rb"<([0-9a-f]{4})>", content)[: len(LETTERS) * 3] == expected * 3  # then the page number


def glyph(font, letter):
    return font.getGlyphID(font.getBestCmap()[ord(letter)])


def same_shape(drawn, font, letter):
    name = font.getBestCmap()[ord(letter)]
    whole = font["glyf"]
    mine = drawn[drawn.glyphOrder[glyph(font, letter)]]
    return mine.getCoordinates(drawn)[0] == whole[name].getCoordinates(whole)[0]


def test_drawing_keeps_the_numbers_of_lists_and_drops_links_to_screens():
    html = "<ol start=3><li>a<li value=7>b<li value='1} x {'>c</ol><a href=/x>d</a><a href=#y>e</a>"
    root = pdf_child.HTML(string=page(html)).etree_element
    assert pdf_child.list_numbers(root).splitlines() == [
        'li[value="7"] { counter-set: list-item 6 }',
        'ol[start="3"] { counter-reset: list-item 2 }',
    ]
    pdf_child.links_within(root)
    assert [link.get("href") for link in root.iter("a")] == [None, "#y"]


def test_render_pdf_names_the_signs_its_typeface_lacks():
    with pytest.raises(pdf.PdfFailed, match="lacks these signs of the text: م 😀"):
        pdf.render_pdf(source("<p>a 😀 &#1605;\u200b\u00ad</p>"))


BOMBS = {
    "wide cell": "<table><tr><td colspan=1000000>x</table>",
    "tiny pages": "<style>@page { size: 1mm }</style>" + "<p>sana " * 3000,
    "deep nesting": "<div>" * 3000,
    "huge letters": "<p style='font-size: 10000000px'>x",
    "nested tables": "<table><tr><td>" * 60,
    "long text": "a" * (pdf.LONGEST_HTML + 1),
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_render_pdf_ends_a_bomb_with_a_sentence(body):
    start = time.monotonic()
    with pytest.raises(pdf.PdfFailed) as caught:
        pdf.render_pdf(source(body), QUICK)
    assert caught.value.message.endswith(".")
    assert time.monotonic() - start < 2 * QUICK.wall_seconds


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (pdf.Limits(cpu_seconds=1), "took too long"),
        (pdf.Limits(wall_seconds=1), "took too long"),
        (pdf.Limits(memory=64 << 20), "took too much memory"),
    ],
)
def test_render_pdf_says_which_limit_was_met(limits, words):
    with pytest.raises(pdf.PdfFailed, match=words):
        pdf.render_pdf(source("<table><tr><td colspan=1000000>x</table>"), limits)


def test_render_pdf_draws_at_most_two_at_a_time():
    with ExitStack() as others:
        for path in pdf.SLOTS:
            fcntl.flock(others.enter_context(path.open("rb")), fcntl.LOCK_EX)
        with pytest.raises(pdf.PdfFailed, match="Other PDFs"):
            pdf.render_pdf(source(), pdf.Limits(wait_seconds=0))
    assert pdf.render_pdf(source(), pdf.Limits(wait_seconds=0))


def test_render_pdf_passes_complaints_of_the_renderer_on(renderer_log):
    pdf.render_pdf(source("<p style='colour: red'>x"))
    assert [message[:13] for message in renderer_log.messages] == ["Ignored `colo"]


@pytest.fixture(scope="module")
def canary():
    """A server that must never be asked, and what it was asked."""
    asked = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


LEAKS = [
    "<link rel=attachment href='{}'>",
    "<a rel=attachment href='{}'>x</a>",
    "<link rel=stylesheet href='{}'>",
    "<style>@import url({})</style>",
    "<style>@import '{}';</style>",
    "<style>@font-face {{ font-family: a; src: url({}) }} p {{ font-family: a }}</style><p>x",
    "<style>@page {{ background: url({}) }}</style>",
    "<img src='{}' alt=x>",
    "<img srcset='{}' alt=x>",
    "<base href='{}'><img src=x alt=x>",
    "<object data='{}'></object>",
    "<embed src='{}'>",
    "<iframe src='{}'></iframe>",
    "<video poster='{}'></video>",
    "<input type=image src='{}'>",
    "<p style='background-image: url({})'>x",
    "<p style='content: url({})'>x",
    "<ul style='list-style-image: url({})'><li>x</ul>",
    "<p style='border-image-source: url({}); border: 1px solid'>x",
    "<style>p::before {{ content: url({}) }}</style><p>x",
    "<svg><image href='{}' width=9 height=9></image></svg>",
    "<svg><use href='{}#a'></use></svg>",
    "<svg><style>@import url({});</style><text>x</text></svg>",
    "<?xml-stylesheet href='{}'?>",
]
TARGETS = [
    "file:///etc/passwd",
    "x.png",
    "http://{}/x",
    "//{}/x",
    "FTP://{}/x",
    "font:../../../settings.py",
    "font:/etc/passwd",
]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("target", TARGETS)
def test_drawing_fetches_nothing_for_the_text(canary, target):
    """Straight at the drawing, without the process around it: 24 ways to ask for each target."""
    host, asked = canary
    for leak in LEAKS:
        body = leak.format(target.format(host))
        try:
            drawn = pdf_child.draw(request(body))
        except pdf_child.FatalURLFetchingError:
            continue
        assert list(opened(drawn).attachments) == ["sopimus.json"], body
        assert b"root:" not in drawn
        assert pdf._flaw(drawn, source(body)) == "", body
    assert asked == []


def request(body):
    return pdf.json.loads(pdf._request(source(body, css=())))


@pytest.mark.parametrize("body", ["<img src=file:///etc/passwd>", "<style>@import url(http://127.0.0.1:9/)</style>"])
def test_render_pdf_says_that_the_text_asks_for_a_file(body):
    with pytest.raises(pdf.PdfFailed, match="file from outside"):
        pdf.render_pdf(source(body))


ATTEMPTS = """
open('/etc/passwd')
open(b'/etc/passwd')
open('/proc/self/environ')
os.system('true')
import socket; socket.create_connection(('127.0.0.1', 9))
import subprocess; subprocess.run(['true'])
"""


@pytest.mark.parametrize("attempt", ATTEMPTS.strip().splitlines())
def test_the_fence_of_the_process_refuses(attempt):
    program = f"import sys, os; sys.path.insert(0, {str(pdf.HERE)!r}); import pdf_child; pdf_child.forbid_the_outside()"
    done = pdf.subprocess.run([pdf.sys.executable, "-c", f"{program}; {attempt}"], capture_output=True, check=False)
    assert b"PermissionError" in done.stderr


@pytest.mark.parametrize("action", [b"/S /JavaScript", b"/OpenAction 1 0 R", b"/S/Launch", b"/AA<<>>"])
def test_a_pdf_with_active_content_is_refused(letters_pdf, action):
    bad = letters_pdf.replace(b"startxref", b"9 0 obj\n<<" + action + b">>\nendobj\nstartxref")
    assert "active content" in pdf._flaw(bad, source())


def test_a_pdf_is_refused_unless_it_is_whole_and_holds_our_data(letters_pdf):
    assert pdf._flaw(letters_pdf, source()) == ""
    assert pdf._flaw(letters_pdf[:-10], source())
    assert pdf._flaw(b"", source())
    assert pdf._flaw(letters_pdf, source(attachment=b"{}"))


def test_fingerprint_follows_everything_in_the_source():
    changes = {
        "html": "x",
        "css": (),
        "attachment_name": "a.json",
        "attachment": b"",
        "attachment_mime": "text/plain",
        "day": date(2025, 4, 2),
        "title": "x",
        "language": "sv",
    }
    prints = {source(**{name: value}).fingerprint for name, value in changes.items()}
    assert len(prints | {source().fingerprint}) == len(changes) + 1
    assert re.fullmatch("[0-9a-f]{64}", source().fingerprint)
