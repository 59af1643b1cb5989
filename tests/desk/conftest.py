"""The demo, loaded once for all tests of this folder that look at it."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.conftest import empty, staged


def demo(*options):
    """Load the demo; what it printed."""
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    """The demo in a database of its own: what it printed."""
    printed = []

    def load_demo():
        empty()
        printed.append(demo())

    with staged(django_db_blocker, load_demo):
        yield printed[0]
