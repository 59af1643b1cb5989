"""What is not as it should be with access rights. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from registry.findings import Counts, counts_of, next_check, of_check, of_counts, of_rights, without_names

DAY = date(2025, 12, 1)


@dataclass
class Right:
    person: str = "A"
    is_staff: bool = True
    applied_on: date = date(2025, 1, 1)
    trained_on: date | None = date(2025, 1, 2)
    granted_on: date | None = date(2025, 1, 3)
    left_on: date | None = None
    ended_on: date | None = None


def found(rights, staff=None, day=DAY):
    open_now = counts_of(rights, day)
    staff = open_now.granted - open_now.outside + open_now.applied if staff is None else staff
    return [(one.kind, one.count, one.days) for one in of_rights(rights, staff, day)]


def test_right_in_order_gives_nothing():
    assert found([Right()]) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"trained_on": None}, [("untrained", 1, 0)]),
        ({"trained_on": None, "granted_on": None}, [("untrained", 1, 0)]),
        ({"trained_on": None, "ended_on": date(2025, 2, 1)}, []),
        ({"left_on": date(2025, 11, 29)}, [("left", 1, 2)]),
        ({"left_on": DAY}, []),
        ({"left_on": date(2025, 9, 30), "ended_on": date(2025, 11, 3)}, [("late", 1, 34)]),
        ({"left_on": date(2025, 9, 30), "ended_on": date(2025, 9, 30)}, []),
        ({"left_on": date(2025, 9, 30), "ended_on": date(2025, 9, 15)}, []),
        ({"left_on": date(2025, 9, 30), "ended_on": date(2025, 12, 9)}, [("left", 1, 62)]),
        ({"left_on": date(2023, 9, 30), "granted_on": date(2023, 1, 1), "ended_on": date(2023, 10, 30)}, []),
        ({"is_staff": False}, [("outside", 1, 0)]),
        ({"granted_on": date(2025, 12, 2)}, []),
    ],
)
def test_each_finding_with_its_days(told, expected):
    assert found([Right(**told)]) == expected


def test_last_day_of_a_right_is_part_of_it():
    ends_today, ended = Right(ended_on=DAY), Right(ended_on=DAY - timedelta(days=1))
    assert [counts_of([right], DAY).granted for right in (ends_today, ended)] == [1, 0]


def test_rights_against_annex_2():
    two = [Right(), Right()]
    assert found(two, staff=1) == [("right_without_staff", 1, 0)]
    assert found(two, staff=4) == [("staff_without_right", 2, 0)]
    # Who has applied waits, and who is not TYM staff takes nobody's place.
    assert found([*two, Right(granted_on=None)], staff=3) == []
    assert found([*two, Right(is_staff=False)], staff=3) == [("staff_without_right", 1, 0), ("outside", 1, 0)]


def test_counts_tell_the_same_as_a_list():
    counts = Counts(granted=3, outside=1, applied=1, untrained=2, left=1)
    told = [(one.kind, one.count) for one in of_counts(counts, 5)]
    assert told == [("untrained", 2), ("left", 1), ("staff_without_right", 2), ("outside", 1)]


def test_names_stay_with_the_party():
    (own,) = of_rights([Right(person="Salli Salainen", left_on=date(2025, 11, 1))], 1, DAY)
    (shown,) = without_names([own])
    assert (own.person, shown.person, shown.days) == ("Salli Salainen", "", own.days)


def test_confirmation_is_due_a_year_after_the_last():
    assert of_check(date(2024, 12, 1), date(2024, 1, 1), DAY) == []
    (late,) = of_check(None, date(2024, 11, 30), DAY)
    assert (late.kind, late.days) == ("check_overdue", 1)
    assert next_check(date(2024, 2, 29)) == date(2025, 2, 28)
