"""The password asked again: five wrong guesses, then a wait; a right one forgets the wrong ones."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from tests.cast import PASSWORD
from tym.accounts.again import GUESSES, password_again
from tym.core import limits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def guess(mandate, typed):
    with pytest.raises(ValidationError) as refused:
        password_again(mandate.person, typed)
    return refused.value.messages[0]


def test_wrong_guesses_are_counted_by_person_until_a_wait_is_over(cast, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(limits, "timezone", SimpleNamespace(now=lambda: now))
    assert {guess(cast.kela, f"arvaus {number}") for number in range(GUESSES.times)} == {"The password is not right."}
    assert "Try again in 10 minutes." in guess(cast.kela, PASSWORD)
    assert password_again(cast.ta.person, PASSWORD) == PASSWORD
    now += GUESSES.within - timedelta(seconds=30)
    assert "Try again in 1 minute." in guess(cast.kela, PASSWORD)
    now += timedelta(seconds=30)
    assert password_again(cast.kela.person, PASSWORD) == PASSWORD


def test_a_right_password_forgets_the_wrong_ones(cast):
    for _time in range(3):
        for number in range(GUESSES.times - 1):
            guess(cast.kela, f"arvaus {number}")
        assert password_again(cast.kela.person, PASSWORD) == PASSWORD
