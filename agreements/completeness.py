"""What an agreement should have before it is signed: decree 388/2024 3 §, annexes, references. Warns, never blocks.

Pure but for `look`. Looks for words of the headings and the text; the sections of the common template are found so,
and so are those of others that name the same things. References that were right when written and are outdated now are
told beside the text (domain 5.18, A26): the signed text is not touched.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from agreements.compilation import main_text
from agreements.contents import DocumentChange
from agreements.models import Agreement, Change, Document, RelatedAgreement
from agreements.text import Section, sections


@dataclass(frozen=True)
class Item:
    """One thing that is looked for. where: the section it was found in, key: its key. linked: agreements of it."""

    what: object
    is_there: bool
    where: str = ""
    key: str = ""
    linked: Sequence[RelatedAgreement] = ()


@dataclass(frozen=True)
class _Read:
    """A section as plain lower-case words."""

    section: Section
    heading: str
    body: str

    @property
    def name(self) -> str:
        return f"{self.section.number} {self.section.heading}".strip()


Wanted = Callable[[_Read], bool]


def _words(heading: str, body: str = "") -> Wanted:
    """Sections whose heading, and whose text when that is asked, have the words."""
    return lambda read: bool(re.search(heading, read.heading)) and bool(re.search(body, read.body))


KELA = "kela|kansaneläkelaito"
# Decree 388/2024 3 §, points 1-5. What all parties share, Kela shares too (agreement 9 §).
CONTENTS: tuple[tuple[object, Wanted], ...] = (
    (_("Ways of arranging the service (decree 3 § 1)"), _words("tavat|tuottami|järjestämi")),
    (_("Staff: number and structure of tasks (decree 3 § 2)"), _words("henkilöst")),
    (
        _("Yearly check of adequacy and change of the agreement (decree 3 § 3)"),
        _words("", "riittäv.*vuosi|vuosi.*riittäv"),
    ),
    (_("Sharing of joint costs (decree 3 § 4)"), _words("kulut|kustannu")),
    (_("Kela's part in the costs (decree 3 § 5)"), _words("kulut|kustannu", f"{KELA}|sopijapuolten kesken")),
)
ANNEXES = (Document.Kind.SERVICE_DESCRIPTION, Document.Kind.STAFFING, Document.Kind.COMPOSITION)
OUTDATED: tuple[tuple[str, object], ...] = (
    (
        r"yhteisrekisterinpitäj|yhdessä rekisterinpitäj",
        _("Joint controllers are laid down in 13 § of act 381/2023. The text refers only to 11 and 12 §."),
    ),
    (
        r"(?<!työllisyys-, )kehittämis- ja hallintokesku",
        _("The name of KEHA has been Työllisyys-, kehittämis- ja hallintokeskus since 1.1.2026 (law 531/2025)."),
    ),
    (
        r"käyttöoikeuden (työvoimaviranomaisten|työllisyysalueen), hyvinvointialueen tai kelan",
        _("Law 437/2024 added municipalities and joint municipal authorities to those whose staff may have access."),
    ),
)
NEVER = r"(?!)"
# Each tells what must also be missing from the section for the note to be shown.
UNLESS = (r"13 §", NEVER, r"kuntayhtym")


def contents_of(text: Sequence[Section]) -> list[Item]:
    """The decree's five contents, each with the sections in which it was found."""
    read = _read(text)
    found = [(what, [one.name for one in read if wanted(one)]) for what, wanted in CONTENTS]
    return [Item(what, bool(names), ", ".join(names)) for what, names in found]


def annexes_of(documents: Iterable[Document]) -> list[Item]:
    """Annexes 1-3 among the documents that have a version."""
    known = {document.kind: str(document) for document in documents}
    return [Item(Document.Kind(kind).label, kind in known, known.get(kind, "")) for kind in ANNEXES]


def youth_of(text: Sequence[Section], linked: Sequence[RelatedAgreement]) -> Item:
    """The separate agreement on the youth joint service (act 16 §): linked or not, and where the text names it."""
    names = [one.name for one in _read(text) if re.search(r"nuorten.*eri sopimu", one.body, re.DOTALL)]
    return Item(
        _("Agreement on the youth joint service (act 381/2023 16 §)"), bool(linked), ", ".join(names), "", linked
    )


def outdated_in(text: Sequence[Section]) -> list[Item]:
    """References that are outdated or wrong, each with the editor's note."""
    return [
        Item(note, False, one.name, one.section.key)
        for (wanted, note), unless in zip(OUTDATED, UNLESS, strict=True)
        for one in _read(text)
        if re.search(wanted, one.body) and not re.search(unless, one.body)
    ]


def noted(text: Sequence[Section]) -> list[Section]:
    """The text with the editor's notes beside its outdated references; the text itself is as it was signed (A26)."""
    notes: dict[str, list[str]] = {}
    for item in outdated_in(text):
        notes.setdefault(item.key, []).append(str(item.what))
    return [replace(section, notes=tuple(notes.get(section.key, ()))) for section in text]


def _read(text: Sequence[Section]) -> list[_Read]:
    return [_Read(section, _plain(section.heading), _plain(section.html)) for section in text]


def _plain(text: str) -> str:
    return " ".join(html.unescape(strip_tags(text)).casefold().split())


def check(
    text: Sequence[Section], documents: Iterable[Document], youth: Sequence[RelatedAgreement]
) -> dict[str, object]:
    """All of it, as templates show it."""
    wanted = [*contents_of(text), *annexes_of(documents), youth_of(text, youth)]
    missing = [item for item in wanted if not item.is_there]
    return {"wanted": wanted, "missing": missing, "outdated": outdated_in(text)}


def look(agreement: Agreement, day: datetime.date, touched: Sequence[DocumentChange] = ()) -> dict[str, object]:
    """The check of the agreement on the day, or as it would be with what a change touches. At most three queries."""
    started = Change.objects.filter(state=Change.State.ADOPTED, valid_from__lte=day)
    documents = list(agreement.documents.filter(versions__change__in=started).distinct())
    documents += [one.document for one in touched if one.after]
    text = next((one.after for one in touched if one.document.kind == Document.Kind.MAIN_TEXT), None)
    youth = agreement.related.filter(kind=RelatedAgreement.Kind.YOUTH, end=None, replaced_by=None)
    return check(
        main_text(agreement, day) if text is None else sections(text), documents, list(youth.select_related("record"))
    )
