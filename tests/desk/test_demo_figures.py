"""The demo's year 2025 comes out as its table says, through the actions and the database."""

from datetime import date

import pytest

from agreements.models import Agreement
from staffing.models import AnnexConfirmation, Vacancy
from staffing.readings import CLIENTS_LIMIT
from staffing.state import is_over, settings_of, year_data
from staffing.yearly import figures_of

pytestmark = pytest.mark.django_db
YEAR_END = date(2025, 12, 31)


@pytest.fixture
def agreement(loaded):
    return Agreement.objects.get(short_title="TYM Satakunta")


def test_demo_year_is_that_of_its_table(agreement):
    settings = settings_of([agreement])[agreement.pk]
    year = figures_of(year_data([agreement], 2025)[agreement.pk], settings.readings(YEAR_END))
    told = [
        [figure.text.replace("\u00a0", " ") for figure in column.figures] for column in (*year.quarters, year.whole)
    ]
    assert told == [
        ["1 040", "18,10", "57,46", "17,60", "59,09", "97,24 %"],
        ["1 095", "19,60", "55,87", "18,77", "58,34", "95,77 %"],
        ["1 150", "19,60", "58,67", "18,10", "63,54", "92,35 %"],
        ["1 128", "19,60", "57,55", "18,93", "59,59", "96,58 %"],
        ["1 103,25", "19,225", "57,39", "18,35", "60,12", "95,45 %"],
    ]
    (other,) = year.whole.percent.others
    assert year.whole.percent.told(other.worked) == "93,62\u00a0%"
    limit = settings.limit(CLIENTS_LIMIT, YEAR_END)
    assert limit.ground == "Johtoryhmä 20.3.2025 § 11"
    assert not is_over(year.whole.per_agreed.value, limit)
    assert [is_over(column.per_realised.value, limit) for column in (*year.quarters, year.whole)] == [
        False, False, True, False, True,
    ]  # fmt: skip
    assert [part.text for part in year.parts] == ["87,62\u00a0%", "87,00\u00a0%", "88,11\u00a0%"]


def test_demo_tells_of_the_post_left_empty_and_of_kelas_presses(agreement):
    empty = Vacancy.objects.get()
    assert empty.days_without_substitute(date(2025, 1, 1), YEAR_END) == 30 + 31 + 31 + 30 + 15
    confirmations = AnnexConfirmation.objects.order_by("day")
    assert [(row.day.month, row.version.number) for row in confirmations] == [(4, 2), (7, 2), (10, 2), (1, 2)]
