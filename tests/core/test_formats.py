from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tym.core import fields, formats

DAYS = st.dates(date(formats.FIRST_YEAR, 1, 1), date(formats.LAST_YEAR, 12, 31))
NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_format_day_writes_no_leading_zeros():
    assert formats.format_day(date(2025, 1, 4)) == "4.1.2025"


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("1384.75", 2, "1 384,75"),
        ("1234567", 0, "1 234 567"),
        ("0.8", 2, "0,80"),
        ("0.005", 2, "0,01"),
        ("0.125", 2, "0,13"),
        ("-1384.5", 1, "−1 384,5"),
        ("-0.001", 2, "0,00"),
        (12, 0, "12"),
    ],
)
def test_format_number_is_finnish(number, places, text):
    assert formats.format_number(Decimal(number), places) == text.replace(" ", "\u00a0")


def test_format_euro_and_person_years():
    assert formats.format_euro(Decimal("1384.75")) == "1\u00a0384,75\u00a0€"
    assert formats.format_person_years(Decimal("0.8")) == "0,80"


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Kela", "Kelan"),
        ("hyvinvointialue", "hyvinvointialueen"),
        ("työllisyysalue", "työllisyysalueen"),
        ("työvoimaviranomainen", "työvoimaviranomaisen"),
        ("Etelä-Satakunta", "Etelä-Satakunnan"),
        ("Rauman kaupunki", "Rauman kaupungin"),
        ("Seinäjoki", "Seinäjoen"),
        ("Järvi", "Järven"),
        ("Hyvinkää", "Hyvinkään"),
        ("Pori", "Porin"),
        ("KEHA", "KEHA:n"),
        ("Porvoon sote", "Porvoon soteen"),
        ("TE-keskus", "TE-keskuksen"),
        ("Pool", "Pool:n"),
    ],
)
def test_genitive_follows_the_rules_of_short_names(name, genitive):
    assert formats.genitive(name) == genitive


@pytest.mark.parametrize("text", ["1.4.2025", "01.04.2025", " 1.4.2025 ", "1. 4. 2025", "1.\u00a04.\u00a02025"])
def test_parse_day_reads_finnish_days(text):
    assert formats.parse_day(text) == date(2025, 4, 1)


@given(DAYS)
def test_parse_day_reads_what_format_day_writes(day):
    assert formats.parse_day(formats.format_day(day)) == day


@pytest.mark.parametrize("text", ["31.2.2026", "0.1.2025", "29.2.2025", "1.13.2025"])
def test_parse_day_says_that_a_day_is_not_in_the_calendar(text):
    with pytest.raises(formats.NoSuchDay) as caught:
        formats.parse_day(text)
    assert str(caught.value) == f"The date {text} is not in the calendar. Write the day as dd.mm.yyyy."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.4.25",
        "1.4.",
        "2025-04-01",
        "1/4/2025",
        "1.4.0025",
        "1.4.20255",
        "١.٤.٢٠٢٥",
        "1.4.2025 x",
        "9" * 10000,
    ],
)
def test_parse_day_refuses_other_texts(text):
    with pytest.raises(formats.UnreadableDay):
        formats.parse_day(text)


@given(NUMBERS)
def test_parse_number_reads_what_format_number_writes(number):
    assert formats.parse_number(formats.format_number(number, 2)) == number


@pytest.mark.parametrize("text", ["", "abc", "1,", ",5", "1 38,75", "1e5", "NaN", "1.234,5", "--1", "1" * 41, "²"])
def test_parse_number_refuses_other_texts(text):
    with pytest.raises(formats.UnreadableNumber):
        formats.parse_number(text)


class RowForm(forms.Form):
    on = fields.DayField()
    years = fields.PersonYearsField()
    people = fields.CountField(required=False)


def bound(**data):
    return RowForm({"on": "1.4.2025", "years": "0,80", "people": "12"} | data)


def test_fields_read_what_an_official_writes():
    form = bound(people="1\u00a0012")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"on": date(2025, 4, 1), "years": Decimal("0.80"), "people": 1012}
    assert isinstance(form.cleaned_data["people"], int)


@pytest.mark.parametrize(
    ("text", "years"), [("1.5", "1.50"), (" 2,5 ", "2.50"), ("\u00a03", "3.00"), ("0", "0.00"), ("999,99", "999.99")]
)
def test_person_years_field_takes_comma_point_and_blanks(text, years):
    form = bound(years=text)
    assert form.is_valid(), form.errors
    assert str(form.cleaned_data["years"]) == years


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("years", "abc", "invalid"),
        ("years", "-1", "negative"),
        ("years", "−0,5", "negative"),
        ("years", "1,234", "decimals"),
        ("years", "1,500", "decimals"),
        ("years", "1000", "too_large"),
        ("years", "1 384,75", "too_large"),
        ("years", "", "required"),
        ("years", "\u00a0", "required"),
        ("people", "1,5", "decimals"),
        ("people", "-1", "negative"),
        ("people", "two", "invalid"),
        ("people", "9" * 30, "too_large"),
        ("on", "31.2.2026", "no_such_day"),
        ("on", "1.4.25", "invalid"),
        ("on", " ", "required"),
    ],
)
def test_fields_refuse_with_a_sentence_and_show_the_text_as_typed(field, text, code):
    form = bound(**{field: text})
    assert [error.code for error in form.errors.as_data()[field]] == [code]
    assert form[field].value() == text
    assert form.errors[field][0].endswith(".")


def test_fields_show_stored_values_in_finnish_form():
    form = RowForm(initial={"on": date(2025, 4, 1), "years": Decimal("0.8"), "people": 12})
    assert [form[name].value() for name in ("on", "years", "people")] == ["1.4.2025", "0,80", "12"]


def test_fields_see_no_change_in_the_same_value_written_otherwise():
    data = {"on": "01.04.2025", "years": "0,8", "people": "12"}
    form = RowForm(data, initial={"on": date(2025, 4, 1), "years": Decimal("0.80"), "people": 12})
    assert form.changed_data == []


def test_filters_write_the_formats_and_nothing_for_no_value():
    template = Template("{% load tym %}{{ a|day }}|{{ b|number:1 }}|{{ b|euro }}|{{ b|person_years }}|{{ c|genitive }}")
    values = {"a": date(2025, 4, 1), "b": Decimal("1384.75"), "c": "Kela"}
    shown = template.render(Context(values)).replace("\u00a0", " ")
    assert shown == "1.4.2025|1 384,8|1 384,75 €|1 384,75|Kelan"
    assert template.render(Context({"a": None, "b": None, "c": "Kela"})) == "||||Kelan"


def test_filters_show_zero():
    assert Template("{% load tym %}{{ b|person_years }}").render(Context({"b": Decimal(0)})) == "0,00"
