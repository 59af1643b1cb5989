"""What an agreement should have before it is signed: decree 388/2024 3 §, annexes, references. Warns, never blocks.

Pure. Looks for words of the headings and the text; the sections of the common template are found so, and so are
those of others that name the same things. References that were right when written and are outdated now are told
beside the text (domain 5.18, A26): the signed text is not touched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from agreements.models import Document
from agreements.state import DocumentState
from agreements.text import Section


@dataclass(frozen=True)
class Item:
    """One thing that is looked for. where: the section it was found in. note: what to know of it."""

    what: object
    is_there: bool
    where: str = ""
    note: object = ""


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
        r"yhteisrekisterinpitäj",
        _("Joint controllers are laid down in 13 § of act 381/2023. The text refers only to 11 and 12 §."),
    ),
    (
        r"elinkeino-, liikenne- ja ympäristökeskusten kehittämis- ja hallintokeskus",
        _("The name of KEHA has been Työllisyys-, kehittämis- ja hallintokeskus since 1.1.2026 (law 531/2025)."),
    ),
    (
        r"käyttöoikeuden työvoimaviranomaisten, hyvinvointialueen tai kelan",
        _("Law 437/2024 added municipalities and joint municipal authorities to those whose staff may have access."),
    ),
)
NEVER = r"(?!)"
# Each tells what must also be missing from the section for the note to be shown.
UNLESS = (r"13 §", NEVER, r"kuntayhtym")


def contents_of(sections: Sequence[Section]) -> list[Item]:
    """The decree's five contents, each with the sections in which it was found."""
    read = _read(sections)
    found = [(what, [one.name for one in read if wanted(one)]) for what, wanted in CONTENTS]
    return [Item(what, bool(names), ", ".join(names)) for what, names in found]


def annexes_of(states: Sequence[DocumentState]) -> list[Item]:
    """Annexes 1-3 with a version in force."""
    known = {state.document.kind: state for state in states}
    found = [(Document.Kind(kind), known.get(kind)) for kind in ANNEXES]
    return [
        Item(kind.label, bool(state and state.version), str(state.document) if state else "") for kind, state in found
    ]


def youth_of(sections: Sequence[Section]) -> Item:
    """The separate agreement on the youth joint service (act 16 §); it is not kept here, so it is never linked."""
    names = [one.name for one in _read(sections) if re.search(r"nuorten.*eri sopimu", one.body, re.DOTALL)]
    note = _("Referred to in the text. Not linked: the agreement is not in this service.")
    return Item(_("Agreement on the youth joint service"), False, ", ".join(names), note if names else _("Not linked."))


def outdated_in(sections: Sequence[Section]) -> list[Item]:
    """References that are outdated or wrong, each with the editor's note."""
    return [
        Item(note, False, one.name)
        for (wanted, note), unless in zip(OUTDATED, UNLESS, strict=True)
        for one in _read(sections)
        if re.search(wanted, one.body) and not re.search(unless, one.body)
    ]


def _read(sections: Sequence[Section]) -> list[_Read]:
    return [_Read(section, _plain(section.heading), _plain(section.html)) for section in sections]


def _plain(text: str) -> str:
    return " ".join(html.unescape(strip_tags(text)).casefold().split())


def check(sections: Sequence[Section], states: Sequence[DocumentState]) -> dict[str, object]:
    """All of it, as templates show it."""
    wanted = [*contents_of(sections), *annexes_of(states)]
    outdated = outdated_in(sections)
    return {
        "wanted": wanted,
        "missing": [item for item in wanted if not item.is_there],
        "youth": youth_of(sections),
        "outdated": outdated,
    }
