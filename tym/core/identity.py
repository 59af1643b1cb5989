"""What may not be written, and identifiers that can be checked."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Century signs since 2023: + for the 1800s, - and U-Y for the 1900s, A-F for the 2000s; dashes as keyboards and
# word processors write them.
_DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\ufe63\uff0d"
_IDENTITY_CODE = re.compile(
    rf"(?<![0-9A-Za-z])(\d{{2}})\s?(\d{{2}})\s?(\d{{2}})\s?([+A-FU-Ya-fu-y{_DASHES}])\s?(\d{{3}})\s?([0-9A-Ya-y])(?![0-9A-Za-z])"
)
_CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_BUSINESS_ID = re.compile(r"(\d{7})-(\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def find_identity_code(text: str) -> str | None:
    """The first Finnish personal identity code (henkilötunnus) in the text, its check sign proven; else None."""
    for match in _IDENTITY_CODE.finditer(text):
        day, month, year, _sign, number, check = match.groups()
        if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
            continue
        if _CHECK_SIGNS[int(day + month + year + number) % 31] == check.upper():
            return match.group()
    return None


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
