"""Personal identity codes are found however they are written, and nothing else is taken for one."""

import random
import time
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError

import agreements.forms.acts
import agreements.forms.changes
import agreements.forms.people
import staffing.forms.lines
import staffing.forms.realised
from tym.core import identity
from tym.core.identity import find_identity_code, no_identity_code, valid_business_id

SIGNS = "+-ABCDEFUVWXY\u2010\u2011\u2013\u2014\u2212"
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
DEMO = Path(__file__).parents[2] / "tym" / "desk" / "demo"


def code(chance, sign=None):
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(0, 99)
    digits = f"{day:02}{month:02}{year:02}", f"{chance.randint(2, 899):03}"
    return digits[0] + (sign or chance.choice(SIGNS)) + digits[1] + CHECK[int("".join(digits)) % 31]


def written(chance, text):
    """As people write it: lower case, blanks around the sign, within a sentence or brackets."""
    if chance.random() < 0.3:
        text = text.lower()
    if chance.random() < 0.3:
        text = f"{text[:6]} {text[6]} {text[7:]}"
    return chance.choice(["{}", "Asiakas {}.", "({})", "hetu:{};", "ks. {}, Pori", "\n{}\n"]).format(text)


@pytest.mark.parametrize("seed", range(500))
def test_identity_code_is_refused(seed):
    chance = random.Random(seed)
    text = written(chance, code(chance, SIGNS[seed % len(SIGNS)]))
    assert find_identity_code(text), text
    with pytest.raises(ValidationError):
        no_identity_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "131052\u200b-308T",
        "131052-\n308T",
        "**131052**-308T",
        "１３１０５２-３０８Ｔ",
        "131052\u00ad308T",
        "131052\u00a0-\u00a0308t",
    ],
)
def test_disguised_identity_code_is_refused(text):
    assert find_identity_code(text) == "131052-308T"


@pytest.mark.parametrize(
    "text",
    [
        "PRIDno-2024-4711",
        "SATA/1234/00.04.02/2024",
        "TRE:6221/14.05.00/2019",
        "734/00.01.03.00/2025",
        "HEL 2025-014917",
        "0246246-0",
        "FI21 1234 5600 0007 85",
        "+358 40 123 4567",
        "131052-3080",
        "991399-308T",
        "1.1.2025–31.12.2029",
        "laki 381/2023 9 §",
        "A131052-308TX",
        "",
    ],
)
def test_other_numbers_are_no_alarm(text):
    no_identity_code(text)


@pytest.mark.parametrize("file", sorted(DEMO.glob("*.txt")), ids=lambda file: file.name)
def test_agreement_texts_are_no_alarm(file):
    assert find_identity_code(file.read_text(encoding="utf-8")) is None


def test_search_of_a_hostile_text_ends():
    began = time.process_time()
    assert find_identity_code("131052-" * 100_000) is None
    assert time.process_time() - began < 2


def forms_of(*modules):
    return {
        form
        for module in modules
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.Form) and form.__module__ == module.__name__
    }


STAFFING = (staffing.forms.lines, staffing.forms.realised)
# Short codes and secrets, in which nobody writes of people.
NOT_FREE = {"section", "number", "sha256", "password", "again", "business_id", "key", "ground"}


@pytest.mark.parametrize(
    "form",
    sorted(
        forms_of(agreements.forms.acts, agreements.forms.changes, agreements.forms.people, *STAFFING),
        key=lambda form: form.__name__,
    ),
    ids=lambda form: form.__name__,
)
def test_every_free_text_of_a_form_refuses_identity_codes(form):
    free = {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, forms.EmailField) and name not in NOT_FREE
    }
    assert {name for name in free if identity.no_identity_code not in form.base_fields[name].validators} == set()


@pytest.mark.parametrize("text", ["0246246-0", "1572860-0", "0201256-6"])
def test_business_id_is_taken(text):
    valid_business_id(text)


@pytest.mark.parametrize("text", ["0246246-1", "123", "02462460", "0246246-0 ", "FI02462460"])
def test_what_is_no_business_id_is_refused(text):
    with pytest.raises(ValidationError):
        valid_business_id(text)
