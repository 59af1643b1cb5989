"""A test that commits leaves the guards and the cast as it found them."""

import pytest

from agreements.models import Agreement
from tests.factories import AgreementFactory
from tym.core import guards


@pytest.mark.django_db(transaction=True)
def test_database_of_a_committing_test_takes_rows():
    AgreementFactory(short_title="jää yhdeksi testiksi")
    assert Agreement.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_database_after_a_committing_test_is_guarded_and_holds_the_cast_again():
    assert guards.missing() == set()
    assert Agreement.objects.count() == 2
