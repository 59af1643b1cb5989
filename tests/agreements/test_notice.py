"""The three months' notice of 12 §: every day of four years against the bare definition, and the days told in words."""

from datetime import date, timedelta

import pytest

from agreements.notice import Notice, earliest_day, latest_day

DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2028, 3, 31)  # a leap year at both ends
DAYS = [FIRST + n * DAY for n in range((LAST - FIRST).days)]
MONTH_ENDS = [day for day in DAYS if (day + DAY).day == 1]


def counted_back(day):
    """Three calendar months back, by hand: the same number, or the last day that the month has."""
    month, year = (day.month - 4) % 12 + 1, day.year - (day.month <= 3)
    days = [date(year, month, 1) + n * DAY for n in range(day.day)]
    return max(found for found in days if found.month == month)


def test_latest_day_is_counted_backwards():
    assert [latest_day(day) for day in DAYS] == [counted_back(day) for day in DAYS]


@pytest.mark.parametrize("days", [DAYS, MONTH_ENDS], ids=["every day", "month ends"])
def test_earliest_day_is_the_first_for_which_the_proposal_is_in_time(days):
    for received in days:
        earliest = earliest_day(received)
        assert counted_back(earliest) >= received > counted_back(earliest - DAY), received


def test_a_later_wanted_day_never_needs_an_earlier_proposal():
    found = [latest_day(day) for day in DAYS]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("received", "wanted", "latest", "earliest", "late"),
    [
        # Worked in domain.md 6.8, A10.
        (date(2025, 9, 15), date(2026, 1, 1), date(2025, 10, 1), date(2025, 12, 15), False),
        (date(2025, 11, 30), date(2026, 2, 1), date(2025, 11, 1), date(2026, 3, 1), True),
        (date(2026, 2, 28), date(2026, 5, 31), date(2026, 2, 28), date(2026, 5, 28), False),
        (date(2025, 11, 29), date(2026, 2, 28), date(2025, 11, 28), date(2026, 3, 1), True),
        (date(2023, 11, 29), date(2024, 2, 29), date(2023, 11, 29), date(2024, 2, 29), False),
    ],
)
def test_worked_days(received, wanted, latest, earliest, late):
    notice = Notice(received, wanted)
    assert (notice.latest, notice.earliest, notice.is_late) == (latest, earliest, late)


def test_without_a_wanted_day_nothing_is_late():
    assert (Notice(date(2025, 11, 30), None).latest, Notice(date(2025, 11, 30), None).is_late) == (None, False)
