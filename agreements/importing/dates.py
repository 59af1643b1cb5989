"""When the agreement holds (12 §): its start, its end, or "toistaiseksi"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from agreements.importing.lines import Line
from agreements.importing.result import ImportProblem

_FINNISH = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_SWEDISH = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_MONTHS = {f"{name}kuuta": number for number, name in enumerate(_FINNISH, 1)} | {
    name: number for number, name in enumerate(_SWEDISH, 1)
}
_DATE = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?:\. ?(?P<month>\d{1,2})\. ?|\.?(?: päivänä| päivään)? ?(?P<name>"
    + "|".join(_MONTHS)
    + r") )(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_VALIDITY_HEADING = re.compile(r"voimas|voimaan|kesto|sopimuskausi|giltig|ikraft|avtalsperiod|avtalstid", re.IGNORECASE)
_STARTS_BEFORE = re.compile(
    r"(?:voimaan|voimassa|alkaa|ajalla|ajan|kraft|gäller|giltigt|giltig|tiden|börjar)"
    r"(?: (?:ajalla|tiden|under|från|och med|fr\.o\.m\.|den|från och med|alkaen))*[ :]*$",
    re.IGNORECASE,
)
_STARTS_AFTER = re.compile(r" ?(?:alkaen|lukien|lähtien)\b|\s?[–—-]\s?\d", re.IGNORECASE)
_ENDS_BEFORE = re.compile(
    r"(?:\d ?[–—-] ?|\b(?:till|till och med|t\.o\.m\.|tom|päättyy|upphör|enintään|senast)(?: den)? ?)$", re.IGNORECASE
)
_ENDS_AFTER = re.compile(r" ?(?:saakka|asti)\b", re.IGNORECASE)
_OPEN_ENDED = re.compile(r"\btoistaiseksi\b|\btills vidare\b", re.IGNORECASE)
_CONTEXT = 40


class Validity(NamedTuple):
    valid_from: date | None
    valid_to: date | None
    until_further_notice: bool


class _Found(NamedTuple):
    match: re.Match[str]
    line: int
    starts: bool
    ends: bool

    def as_date(self) -> date:
        """Raises ImportProblem for a day that is not in the calendar, such as 31.2.2025."""
        month = self.match["month"] or _MONTHS[self.match["name"].lower()]
        try:
            return date(int(self.match["year"]), int(month), int(self.match["day"]))
        except ValueError as error:
            message = _("The date %(date)s is not in the calendar.") % {"date": self.match[0]}
            raise ImportProblem(self.line, message) from error


def find_validity(sections: Sequence[tuple[str, Sequence[Line]]]) -> Validity:
    """Validity from (heading, lines) pairs: the section on validity first, then wherever a sentence says it."""
    named = [lines for heading, lines in sections if _VALIDITY_HEADING.search(heading)]
    others = [lines for heading, lines in sections if not _VALIDITY_HEADING.search(heading)]
    for lines in (*named, *others):
        found = _validity_in(lines)
        if found.valid_from:
            return found
    return next((_validity_in(lines) for lines in named), Validity(None, None, False))


def _validity_in(lines: Sequence[Line]) -> Validity:
    text = " ".join(line.text for line in lines)
    dates = list(_dates(text, lines))
    start = next((found for found in dates if found.starts), None)
    end = next((found for found in dates if found.ends and found is not start), None)
    valid_from = start.as_date() if start else None
    valid_to = end.as_date() if end else None
    if end and valid_from and valid_to and valid_to < valid_from:
        days = {"start": start.match[0] if start else "", "end": end.match[0]}
        raise ImportProblem(end.line, _("The agreement would end %(end)s, before it starts %(start)s.") % days)
    return Validity(valid_from, valid_to, bool(_OPEN_ENDED.search(text)))


def _dates(text: str, lines: Sequence[Line]) -> Iterator[_Found]:
    offsets, total = [], 0
    for line in lines:
        offsets.append(total)
        total += len(line.text) + 1
    for match in _DATE.finditer(text):
        before = text[max(match.start() - _CONTEXT, 0) : match.start()]
        after = text[match.end() : match.end() + _CONTEXT]
        ends = bool(_ENDS_BEFORE.search(before) or _ENDS_AFTER.match(after))
        starts = not ends and bool(_STARTS_BEFORE.search(before) or _STARTS_AFTER.match(after))
        yield _Found(match, lines[bisect_right(offsets, match.start()) - 1].number, starts, ends)
