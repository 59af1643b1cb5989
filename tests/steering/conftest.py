import pytest
from django.utils import translation

from tests.steering.kit import Group

# Every test of these begins with all seven seats, and none of them commits.
SEATED = {
    "test_actions.py",
    "test_demo_meetings.py",
    "test_elsewhere.py",
    "test_handling.py",
    "test_minutes.py",
    "test_own_appointment.py",
    "test_pages.py",
    "test_permissions.py",
    "test_urgency.py",
}


@pytest.fixture(scope="module", autouse=True)
def _seated(request):
    if request.path.name in SEATED:
        request.getfixturevalue("seven_seats")


@pytest.fixture
def group(cast):
    return Group(cast)


@pytest.fixture
def english():
    """Refusals as the msgids say them, whatever the translation."""
    with translation.override("en"):
        yield
