"""From which day a document is public (621/1999 6–7 §). Pure."""

from datetime import date

import pytest

from registry.publicity import Told, publicity_of

DAY, EARLIER, LATER = date(2025, 6, 2), date(2025, 5, 20), date(2025, 6, 3)


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        ("signed_original", {"on": EARLIER}, ("public", "6 §", EARLIER)),
        ("signed_original", {"on": None}, ("public", "6 §", None)),
        ("notice", {"received": True, "on": EARLIER}, ("public", "7 §", EARLIER)),
        ("receipt", {"received": True, "on": None}, ("public", "7 §", DAY)),
        ("consolidated", {"on": LATER}, ("public", "6 §", DAY)),
        ("minutes", {"minutes": Told()}, ("not_yet", "6 §", None)),
        ("minutes", {"minutes": Told(signed=EARLIER)}, ("public", "6 §", EARLIER)),
        ("minutes", {"minutes": Told("24 § 1 mom 20 k", EARLIER)}, ("secret", "24 §", None)),
    ],
)
def test_class_ground_and_first_day(kind, told, expected):
    found = publicity_of(kind, **{"received": False, "on": None, "kept": DAY, "minutes": None, "day": DAY, **told})
    state, ground, since = expected
    assert (found.state, found.since) == (state, since)
    assert ground in found.ground
