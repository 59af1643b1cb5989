"""What may not be written, and identifiers that can be checked."""

import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SOFT_HYPHEN = "\u00ad"
# Signs of the century since 2023 (decree 128/2010 2 §): + 1800s, - and U-Y 1900s, A-F 2000s.
_CENTURIES = {"+": 1800, "-": 1900, **dict.fromkeys("UVWXY", 1900), **dict.fromkeys("ABCDEF", 2000)}
_IDENTITY_CODE = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{2}) ?(?P<month>[0-9]{2}) ?(?P<year>[0-9]{2}) ?(?P<century>[-+A-FU-Y]) ?"
    r"(?P<number>[0-9]{3}) ?(?P<check>[0-9A-FHJ-NPR-Y])(?![0-9A-Z])"
)
_CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_BUSINESS_ID = re.compile(r"(\d{7})-(\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


class _Plain(dict[int, str]):
    """What each sign counts as. Filled as signs are met; Unicode knows a bounded number of them."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = self._read(chr(code))
        return plain

    @staticmethod
    def _read(sign: str) -> str:
        kind = unicodedata.category(sign)
        if kind == "Nd":
            return str(unicodedata.decimal(sign))
        if kind == "Pd" or sign in "\u2212\u2043":
            return "-"
        # Signs without width hide in copied text; stars and backslashes of light markup are not seen either.
        return "" if kind == "Cf" or sign in "*\\" else sign


_PLAIN = _Plain()


def find_identity_code(text: str) -> str | None:
    """The first Finnish personal identity code (henkilötunnus) in the text, written plainly; else None.

    Taken in any letter case, with any dash, in any digits, with blanks or one line break between its parts and
    with signs without width anywhere. The day must be one of the calendar and the check sign right: without
    that proof case numbers ("131052-3084") and figures side by side in a table would be refused. So a code with
    a slip in it passes; it points at nobody. A guard against mistakes, not against somebody who wants to write
    the code out in words. Time grows with the length of the text only.
    """
    # A soft hyphen is a dash to the eye where a line ends, and nothing where it does not.
    ways = ("-", "") if _SOFT_HYPHEN in text else ("",)
    return next((code for way in ways if (code := _find(text.replace(_SOFT_HYPHEN, way)))), None)


def _find(text: str) -> str | None:
    # NFKC turns full-width, raised and circled signs into plain ones.
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN).upper()
    for match in _IDENTITY_CODE.finditer(" ".join(plain.split())):
        if _is_proven(match):
            return match.group().replace(" ", "")
    return None


def _is_proven(match: re.Match[str]) -> bool:
    day, month, year, century, number, check = match.groups()
    try:
        datetime.date(_CENTURIES[century] + int(year), int(month), int(day))
    except ValueError:
        return False
    # 000 and 001 are given to nobody; 900-999 are temporary codes.
    return int(number) >= 2 and _CHECK_SIGNS[int(day + month + year + number) % 31] == check


def no_identity_code(text: str) -> None:
    """Raises ValidationError: no data of the services' clients is kept in here (381/2023 11 §)."""
    if find_identity_code(text):
        raise ValidationError(
            _("The text seems to hold a personal identity code. Clients' data are not stored in this service."),
            code="identity_code",
        )


def valid_business_id(text: str) -> None:
    """Raises ValidationError for what is not a Finnish business ID (Y-tunnus, 1234567-1)."""
    match = _BUSINESS_ID.fullmatch(text)
    rest = sum(w * int(d) for w, d in zip(_WEIGHTS, match[1], strict=True)) % 11 if match else 1
    if not match or rest == 1 or int(match[2]) != (11 - rest) % 11:
        raise ValidationError(_("This is not a business ID. Write it as 1234567-1."), code="business_id")
