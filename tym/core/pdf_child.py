"""Draws one PDF in a process of its own, run by `pdf.py`: the request comes in on stdin, the PDF goes out on stdout.

The only file that imports WeasyPrint. It imports no Django and gets no environment, so it knows no secrets; its
memory, time and files are limited before anything is read; it opens no connection and no file but our fonts.
What WeasyPrint has to say goes to stderr, one line each: a level, a blank, the message. A line that begins with
FAILED and a reason comes last, when there is no PDF.
"""

import base64
import io
import json
import logging
import os
import resource
import sys
import tempfile
import unicodedata
from contextlib import nullcontext
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML, Attachment
from weasyprint.css.counters import CounterStyle
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FONTS = Path(__file__).parent / "static" / "tym" / "fonts"
FONT_SCHEME = "font:"
VARIANT = "pdf/a-3a"
# Makes every address in a text a whole one, for the fetcher to refuse.
NOWHERE = "file:///nowhere/"

# Says in the file's metadata that it is also PDF/UA-1 (ISO 14289-1). PDF/A (ISO 19005-3, 6.6.2.3) wants every
# property that it does not know itself described in the same place.
PDF_UA_ID = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def limit(*, cpu_seconds: int, memory: int, file_size: int) -> None:
    """Memory and file size in bytes. The pages of the service go before a PDF, so this process is a nice one."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_the_outside() -> None:
    """A second fence behind the URL fetcher: from here on no connection, no program, no file but our own."""
    allowed = (sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(FONTS))

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "pty.")):
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(allowed):
                raise PermissionError(path)

    sys.addaudithook(refuse)


class OurFontsOnly(URLFetcher):
    """Everything else a page may ask for ends the drawing: nothing of ours asks for more."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = url.removeprefix(FONT_SCHEME)
        if url.startswith(FONT_SCHEME) and name in os.listdir(FONTS):
            return URLFetcherResponse(url, (FONTS / name).read_bytes())
        raise FatalURLFetchingError(url)


def draw(request: dict[str, Any]) -> bytes:
    html = HTML(string=request["html"], url_fetcher=OurFontsOnly(), base_url=NOWHERE)
    links_within(html.etree_element)
    fonts, counters = FontConfiguration(), CounterStyle()
    styles = [
        CSS(string=css, url_fetcher=html.url_fetcher, font_config=fonts, counter_style=counters)
        for css in [*request["css"], list_numbers(html.etree_element)]
    ]
    document = html.render(pdf_variant=VARIANT, stylesheets=styles, font_config=fonts, counter_style=counters)
    describe(document.metadata, request)
    identifier = bytes.fromhex(request["fingerprint"])[:16]
    return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, attachments=[attachment(request)]))


def links_within(root: Element) -> None:
    """A link of a screen leads nowhere from a file; only links within the file stay."""
    for link in root.iter("a"):
        if not link.get("href", "").startswith("#"):
            link.attrib.pop("href", None)


def list_numbers(root: Element) -> str:
    """Style rules for the numbers that lists bring along.

    WeasyPrint reads `start` and `value` only together with attributes that let a text give style orders.
    """
    starts = {(f'ol[start="{ol.get("start")}"]', "reset", ol.get("start", "")) for ol in root.iter("ol")}
    values = {(f'li[value="{li.get("value")}"]', "set", li.get("value", "")) for li in root.iter("li")}
    return "\n".join(
        f"{which} {{ counter-{how}: list-item {int(number) - 1} }}"
        for which, how, number in sorted(starts | values)
        if number.isascii() and number.isdecimal()
    )


def describe(metadata: DocumentMetadata, request: dict[str, Any]) -> None:
    """The request alone says what the file is, whatever stands in the HTML's head."""
    day = f"{request['day']}T00:00:00Z"
    metadata.title, metadata.lang = request["title"], request["language"]
    metadata.created = metadata.modified = day
    metadata.authors, metadata.keywords, metadata.description = [], [], None
    metadata.generator, metadata.custom, metadata.attachments = None, {}, []
    write = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *of: write(*of).replace(b"</rdf:RDF>", PDF_UA_ID + b"</rdf:RDF>")


def attachment(request: dict[str, Any]) -> Attachment:
    day = datetime.fromisoformat(request["day"]).replace(tzinfo=UTC)
    data = base64.b64decode(request["attachment"])
    made = Attachment(string="", name=request["attachment_name"], relationship="Data", created=day, modified=day)
    made.source = nullcontext((io.BytesIO(data), None, None, request["attachment_mime"]))
    return made


def signs_without_glyph(text: str) -> list[str]:
    """The signs of the text that our font cannot draw; the next best font would be another on every machine."""
    known = TTFont(FONTS / "SourceSans3-Regular.ttf.woff2", lazy=True).getBestCmap()
    unknown = {sign for sign in text if ord(sign) not in known}
    return sorted(sign for sign in unknown if unicodedata.category(sign) not in ("Cc", "Cf", "Zs"))


class ToStderr(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().replace("\n", " ")[:500]
        print(record.levelname, message, file=sys.stderr)


def answer() -> None:
    forbid_the_outside()
    logging.getLogger("weasyprint").addHandler(ToStderr(logging.WARNING))
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not print into the PDF
    if missing := signs_without_glyph(unescape(request["html"])):
        sys.exit(f"FAILED sign {json.dumps(missing[:20])}")
    out.write(draw(request))
    out.close()


def main() -> None:
    cpu_seconds, memory, file_size = (int(argument) for argument in sys.argv[1:])
    limit(cpu_seconds=cpu_seconds, memory=memory, file_size=file_size)
    try:
        answer()
    except MemoryError:
        sys.exit("FAILED memory")
    except (FatalURLFetchingError, PermissionError) as error:
        sys.exit(f"FAILED outside {str(error)[:500]!r}")
    except Exception as error:
        sys.exit(f"FAILED defect {type(error).__name__} {str(error)[:500]!r}")


if __name__ == "__main__":
    main()
