import pytest
from django.utils import translation

from tests.steering.kit import Group


@pytest.fixture
def group(cast):
    return Group(cast)


@pytest.fixture
def english():
    """Refusals as the msgids say them, whatever the translation."""
    with translation.override("en"):
        yield
