"""How dates and figures are written and read: 1.1.2025, 1 384,75 €, 0,80, in every language of the screen."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.?")
_BLANK = "[ \u00a0\u2007\u2009\u202f]"
_NUMBER = re.compile(rf"([-+{MINUS}]?)([0-9]+|[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}})+)(?:[.,]([0-9]+))?")
_LONGEST_NUMBER = 40


class Unreadable(ValueError):
    """Typed text that means no value. `message` % `params` is a sentence for the person who typed it."""

    code = "invalid"

    def __init__(self, message: str | Promise, params: dict[str, str] | None = None) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params or {}

    def __str__(self) -> str:
        return str(self.message) % self.params


class UnreadableDay(Unreadable):
    """The text is not of the form 1.4.2025."""


class NoSuchDay(Unreadable):
    """The text has the right form but the calendar has no such day."""

    code = "no_such_day"


class UnreadableNumber(Unreadable):
    """The text is not a number with a decimal comma."""


def format_day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def day_of_year(text: str, year: int) -> date:
    """Reads "31.3." as a day of the year. Raises ValueError for a day that not every year has."""
    found = _DAY_OF_YEAR.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    # 2025 has no 29.2.; a day for every year is one that it has.
    return date(2025, int(found[2]), int(found[1])).replace(year=year)


def format_number(number: Decimal | int, places: int = 0) -> str:
    """Rounds half up, as people do with money; thousands by a no-break space."""
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(rounded):,f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"{MINUS}{digits}" if rounded < 0 else digits


def format_euro(amount: Decimal | int) -> str:
    return f"{format_number(amount, 2)}{NO_BREAK_SPACE}€"


def format_person_years(amount: Decimal | int) -> str:
    """Henkilötyövuodet: always two decimals."""
    return format_number(amount, 2)


# Endings whose stem changes; the longest that fits wins, and the rest goes by the rules of `genitive`.
_GENITIVE_ENDINGS = {
    "kunta": "kunnan",
    "kaupunki": "kaupungin",
    "joki": "joen",
    "järvi": "järven",
    "koski": "kosken",
    "lahti": "lahden",
    "mäki": "mäen",
    "niemi": "niemen",
    "saari": "saaren",
    "palvelut": "palvelujen",
    "us": "uksen",
    "ys": "yksen",
    "os": "oksen",
    "nen": "sen",
    "e": "een",
}


def genitive(name: str) -> str:
    """Finnish genitive of a party's short name: Kelan, hyvinvointialueen, KEHA:n."""
    if len(name) > 1 and name.isupper():
        return f"{name}:n"
    for ending in sorted(_GENITIVE_ENDINGS, key=len, reverse=True):
        if name.lower().endswith(ending):
            return name[: -len(ending)] + _cased(_GENITIVE_ENDINGS[ending], like=name[-len(ending) :])
    return f"{name}n" if name[-1:].lower() in set("aiouyäöå") else f"{name}:n"


def _cased(ending: str, *, like: str) -> str:
    return ending.capitalize() if like[:1].isupper() else ending


def parse_day(text: str) -> date:
    """Reads 1.4.2025 and 01.04.2025.

    Raises UnreadableDay (also for a year of two digits, which would have to be guessed) and NoSuchDay.
    """
    written = text.strip()
    match = _DAY.fullmatch(written)
    if not match:
        raise UnreadableDay(_("Write the day as dd.mm.yyyy, for example 1.4.2025."))
    day, month, year = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDay(_("Check the year. Write the day as dd.mm.yyyy, for example 1.4.2025."))
    try:
        return date(year, month, day)
    except ValueError:
        message = _("The date %(day)s is not in the calendar. Write the day as dd.mm.yyyy.")
        raise NoSuchDay(message, {"day": written}) from None


def parse_number(text: str) -> Decimal:
    """Reads 1 384,75 with any kind of blank between thousands; a decimal point is taken too.

    Keeps the decimals as typed, so the caller can refuse too many of them. Raises UnreadableNumber.
    """
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= _LONGEST_NUMBER else None
    if not match:
        raise UnreadableNumber(_("Write a number, for example 1 384,75."))
    sign, whole, decimals = match.groups(default="")
    number = Decimal(f"{re.sub(_BLANK, '', whole)}.{decimals}")
    return -number if sign in ("-", MINUS) and number else number
