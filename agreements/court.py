"""Time limits of a hallintoriita (oikeudenkäynti hallintoasioissa 808/2019 21 §). Pure.

The last day is told as it is counted; that it may move to the next working day (150/1930 5 §) is not relied on.
"""

import calendar
import datetime

YEARS = 5


def court_limit(disputed_on: datetime.date) -> datetime.date:
    """The last day for an application: five years from when the matter became disputed. 29.2.2024 → 28.2.2029."""
    year = disputed_on.year + YEARS
    length = calendar.monthrange(year, disputed_on.month)[1]
    return datetime.date(year, disputed_on.month, min(disputed_on.day, length))


def payment_limit(claimed_on: datetime.date) -> datetime.date:
    """The last day for a payment claim: five years from the start of the year after that of the demand or basis."""
    return datetime.date(claimed_on.year + YEARS, 12, 31)
