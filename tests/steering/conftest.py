import pytest

from tests.steering.kit import Group


@pytest.fixture
def group(cast):
    return Group(cast)
