"""Figures as people and spreadsheets write them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tym.core.fields import CountField, PersonYearsField


@given(st.decimals(0, Decimal("999.99"), places=2), st.sampled_from([",", "."]), st.booleans())
def test_person_years_are_read_as_written(figure, comma, blanks):
    text = str(figure).replace(".", comma)

    assert PersonYearsField().clean(f" {text} " if blanks else text) == figure


@given(st.integers(0, 999_999), st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_persons_are_read_with_any_blank_between_thousands(count, blank):
    assert CountField().clean(f"{count:,}".replace(",", blank)) == count
