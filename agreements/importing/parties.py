"""The parties (sopijapuolet, 2 §) and who signs for which of them (allekirjoittajat, 14 §)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from agreements.importing.flow import PARAGRAPH, Unit
from agreements.importing.lines import Line, ends_sentence
from agreements.importing.result import ParsedParty, ParsedSignatory

KELA, COUNTY, AUTHORITY = "kela", "wellbeing_county", "employment_authority"
MAX_NAME = 200
STEM = 6

PARTIES_HEADING = re.compile(r"sopija(?:osa)?puol|sopimus(?:osa)?puol|osapuol|avtalspart|\bparter", re.IGNORECASE)
SIGNATURES_HEADING = re.compile(r"allekirjoit|underskrift|undertecknare|undertecknande", re.IGNORECASE)
_ROLES = (
    (KELA, re.compile(r"\bkelan?\b|kansaneläkelaito|\bfpa\b|folkpensionsanstalt", re.IGNORECASE)),
    (COUNTY, re.compile(r"hyvinvointialue|hyvinvointikuntayhtymä|välfärdsområde", re.IGNORECASE)),
    (
        AUTHORITY,
        re.compile(
            r"työllisyysalue|työvoimaviranomai|työllisyyspalvelu|kunta\b|kunnan\b|kaupun[kg]i|kuntayhtymä"
            r"|sysselsättningsområde|sysselsättningstjänster|arbetskraftsmyndighet|kommun|\bstad\b|\bstads\b",
            re.IGNORECASE,
        ),
    ),
)
_CONTACTS = re.compile(r"yhteyshenkilö|yhdyshenkilö|kontaktperson", re.IGNORECASE)
_CALLED = r"(?:jäljempänä|jatkossa|tässä sopimuksessa|nedan|härefter|i fortsättningen|i detta avtal)"
_SHORT_NAME = re.compile(
    rf"{_CALLED}(?: (?:kallad|kallat|benämnd|benämnt|myös|även))?[ :]+(?P<name>[^,;()]+)", re.IGNORECASE
)
_BRACKET = re.compile(r"\((?P<inside>[^()]{1,120})\)")
_NAME_ENDS = re.compile(
    rf"\s*(?:\(|,\s*(?:{_CALLED}|jonka|joka|jota|jossa|y-tunnus|vars|som|fo-nummer)\b|\s[–—-]\s)", re.IGNORECASE
)
_PROSE_LEAD = re.compile(r"^.{0,120}?(?:\bovat\b|\bvälillä\b|\bär\b|\bmellan\b|:)\s*", re.IGNORECASE)
_PROSE_SEPARATOR = re.compile(r"\(|\)|,\s|;\s|\s(?:ja|sekä|och|samt)\s", re.IGNORECASE)
_QUOTES = " \"'”“„»«’.,;:"

_NAME_PART = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_PERSON = re.compile(
    rf"(?P<title>(?:[a-zåäö][\w.-]* ){{0,4}})(?P<name>{_NAME_PART}(?: (?:{_NAME_PART}|[A-ZÅÄÖ]\.)){{1,3}})$"
)
_PARTICLES = frozenset({"af", "av", "de", "von", "van", "da", "du"})
_TITLE_WORD = re.compile(
    r"(?:johtaja|päällikkö|sihteeri|puheenjohtaja|koordinaattori|asiantuntija|esihenkilö|lakimies|ylilääkäri|direktör|chef"
    r"|ordförande|sekreterare|koordinator)$",
    re.IGNORECASE,
)


def role_of(text: str) -> str:
    """Role named by the words of `text`, or ""."""
    return next(iter(_roles_of(text)), "")


def _roles_of(text: str) -> list[str]:
    return [role for role, words in _ROLES if words.search(text)]


def find_parties(units: Sequence[Unit]) -> tuple[tuple[ParsedParty, ...], list[Unit]]:
    """Parties in the units of their section, and list rows among them that name no known kind of party."""
    own = _before_contacts(units)
    rows = [unit for unit in own if unit.kind != PARAGRAPH] or [unit for unit in own if _is_short_row(unit)]
    texts: list[str] = [unit.text for unit in rows]
    if not any(role_of(text) for text in texts):
        texts, rows = list(chain.from_iterable(_pieces(unit.text) for unit in own)), []
    parties: dict[str, ParsedParty] = {}
    for text in texts:
        party = _party(text)
        if party:
            parties.setdefault(party.name.casefold(), party)
    numbered = tuple(replace(party, order=order) for order, party in enumerate(parties.values(), 1))
    return numbered, [unit for unit in rows if not _party(unit.text)]


def _before_contacts(units: Sequence[Unit]) -> list[Unit]:
    end = next((index for index, unit in enumerate(units) if _CONTACTS.search(unit.text)), len(units))
    return list(units[:end])


def _is_short_row(unit: Unit) -> bool:
    return len(_roles_of(unit.text)) == 1 and len(unit.lines) <= 2 and not ends_sentence(unit.text)


def _pieces(text: str) -> Iterator[str]:
    """Names strung together in a sentence: "… ovat A, B (jäljempänä C) ja D."."""
    lead = _PROSE_LEAD.match(text)
    start = lead.end() if lead else 0
    depth, begin = 0, start
    for match in _PROSE_SEPARATOR.finditer(text, start):
        if match[0] in "()":
            depth = max(depth + (1 if match[0] == "(" else -1), 0)
        elif depth == 0:
            yield text[begin : match.start()]
            begin = match.end()
    yield text[begin:]


def _party(text: str) -> ParsedParty | None:
    cut = _NAME_ENDS.search(text)
    name = (text[: cut.start()] if cut else text).strip(_QUOTES)
    role = role_of(name) or role_of(text[:MAX_NAME])
    if not role or not name or len(name) > MAX_NAME or not name[0].isupper():
        return None
    return ParsedParty(role, name, _short_name(text, name, role), 0)


def _short_name(text: str, name: str, role: str) -> str:
    if match := _SHORT_NAME.search(text):
        return match["name"].strip(_QUOTES)
    for bracket in _BRACKET.finditer(text):
        if not any(character.isdigit() for character in bracket["inside"]):
            return bracket["inside"].strip(_QUOTES)
    return {"kansaneläkelaitos": "Kela", "folkpensionsanstalten": "FPA"}.get(name.casefold(), name)


class Signatures(NamedTuple):
    """`understood`: numbers of the lines that were read. `left_over`: lines like a signatory that name no party."""

    signatories: tuple[ParsedSignatory, ...] = ()
    understood: frozenset[int] = frozenset()
    left_over: tuple[Line, ...] = ()


def find_signatories(lines: Sequence[Line], parties: Sequence[ParsedParty]) -> Signatures:
    """Signatories in the lines of the signature section."""
    reader = _SignatureReader(parties)
    for line in lines:
        reader.read(line)
    reader.close_block()
    return Signatures(tuple(reader.found), frozenset(reader.understood), tuple(reader.left_over))


class _SignatureReader:
    """Understands "Name, title, party" on a line, and blocks of lines with the party above or below the names."""

    def __init__(self, parties: Sequence[ParsedParty]) -> None:
        self.parties = parties
        self.found: list[ParsedSignatory] = []
        self.left_over: list[Line] = []
        self.understood: set[int] = set()
        self.heading_party = 0
        self.waiting: list[tuple[Line, str, str]] = []

    def read(self, line: Line) -> None:
        if line.gap:
            self.close_block()
        if line.columns:
            self.left_over += [line] if role_of(line.text) else []
        elif self._understands(line):
            self.understood.add(line.number)

    def _understands(self, line: Line) -> bool:
        fields = [piece.strip() for piece in line.text.split(",")]
        person = _person(fields[0])
        order = self._party_order(fields[-1])
        if person and order and len(fields) > 1:
            title = ", ".join(filter(None, (person[1], *fields[1:-1])))
            self.found.append(ParsedSignatory(person[0], title, order))
        elif person:
            self.waiting.append((line, person[0], ", ".join(filter(None, (person[1], *fields[1:])))))
        elif order and not ends_sentence(line.text):
            self._take_party(order)
        elif self.waiting and not line.gap and _is_title(line.text):
            last, name, title = self.waiting[-1]
            self.waiting[-1] = (last, name, ", ".join(filter(None, (title, line.text))))
        else:
            return False
        return True

    def _take_party(self, order: int) -> None:
        if self.waiting:
            self._assign(order)
        else:
            self.heading_party = order

    def _assign(self, order: int) -> None:
        self.found += [ParsedSignatory(name, title, order) for _line, name, title in self.waiting]
        self.waiting = []

    def close_block(self) -> None:
        """At a blank line: whoever waits belongs to the party named above, if one was."""
        if self.waiting and self.heading_party:
            self._assign(self.heading_party)
        self.left_over += [line for line, _name, _title in self.waiting]
        self.waiting = []

    def _party_order(self, text: str) -> int:
        """Order number of the party `text` names, however inflected; 0 when it names none."""
        role = role_of(text)
        rivals = [party for party in self.parties if party.role == role]
        if not rivals or len(text) > MAX_NAME:
            return 0
        return max(rivals, key=lambda party: _likeness(text, party)).order


def _likeness(text: str, party: ParsedParty) -> int:
    stems = {word[:STEM].casefold() for word in text.split()}
    return len(stems & {word[:STEM].casefold() for word in f"{party.name} {party.short_name}".split()})


def _person(text: str) -> tuple[str, str] | None:
    """Name and title when the text is a person's name, perhaps with the title before it."""
    match = _PERSON.match(text[:MAX_NAME])
    if match is None or len(text) > MAX_NAME or role_of(text):
        return None
    title, words = match["title"].strip(), match["name"].split()
    if _TITLE_WORD.search(words[0]) and len(words) > 2:
        title, words = f"{title} {words[0]}".strip(), words[1:]
    if not all(word[0].isupper() or word in _PARTICLES for word in words) or text.isupper():
        return None
    return " ".join(words), title


def _is_title(text: str) -> bool:
    return len(text) <= 80 and not ends_sentence(text) and not any(character.isdigit() for character in text)
