"""From which day a document is public (621/1999 6–7 §), and what is set by hand above it (24–25, 31 §). Pure."""

from datetime import date
from types import SimpleNamespace

import pytest

from registry.publicity import Publicity, Told, publicity_of, with_hand

DAY, EARLIER, LATER = date(2025, 6, 2), date(2025, 5, 20), date(2025, 6, 3)
BOTH_SIGNED = Told(signed=EARLIER)


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        ("signed_original", {"on": EARLIER}, ("public", "6 § 1 mom 8 k", EARLIER)),
        ("signed_original", {"on": None}, ("public", "6 § 1 mom 8 k", None)),
        ("signed", {"received": True, "on": EARLIER}, ("public", "6 § 1 mom 8 k", EARLIER)),
        ("sharing", {"received": True, "on": EARLIER}, ("public", "6 § 1 mom 8 k", EARLIER)),
        ("to_sign", {"on": LATER}, ("not_yet", "6 § 1 mom 8 k", None)),
        ("to_sign", {"on": LATER, "signed": EARLIER}, ("public", "6 § 1 mom 8 k", EARLIER)),
        ("notice", {"received": True, "on": EARLIER}, ("public", "7 § 1 mom", EARLIER)),
        ("receipt", {"received": True, "on": None}, ("public", "7 § 1 mom", DAY)),
        ("extract", {"received": True, "on": EARLIER}, ("public", "7 § 1 mom", EARLIER)),
        ("consolidated", {"on": LATER}, ("public", "6 § 1 mom 9 k", DAY)),
        ("consolidated", {"on": LATER, "kept": LATER}, ("not_yet", "6 § 1 mom 9 k", LATER)),
        ("proposal", {}, ("public", "6 § 1 mom 2 k", DAY)),
        ("summons", {}, ("not_yet", "6 § 1 mom 8 k", None)),
        ("summons", {"minutes": BOTH_SIGNED}, ("public", "6 § 1 mom 8 k", EARLIER)),
        ("minutes", {}, ("not_yet", "6 § 1 mom 6 k", None)),
        ("minutes", {"minutes": BOTH_SIGNED}, ("public", "6 § 1 mom 6 k", EARLIER)),
        ("extract", {"minutes": BOTH_SIGNED}, ("public", "6 § 1 mom 6 k", EARLIER)),
        ("minutes", {"minutes": Told("24 § 1 mom 20 k", EARLIER)}, ("secret", "24 § 1 mom 20 k", None)),
    ],
)
def test_class_ground_and_first_day(kind, told, expected):
    asked = {"received": False, "on": None, "kept": DAY, "minutes": Told(), "signed": None, "day": DAY, **told}
    found = publicity_of(kind, **asked)
    state, ground, since = expected
    assert (found.state, found.since) == (state, since)
    assert found.ground.endswith(ground)


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        ("secret", None, ("secret", None)),
        ("secret", DAY, ("secret", None)),
        ("secret", EARLIER, ("not_yet", LATER)),
        ("public", None, ("public", EARLIER)),
    ],
)
def test_what_is_set_by_hand_stands_above_until_its_time_has_run_out(state, until, expected):
    computed = Publicity("not_yet", "6 §", LATER)
    by_hand = SimpleNamespace(on=EARLIER, state=state, ground="24 §", until=until, mandate=None)
    found = with_hand(computed, by_hand, DAY)
    assert (found.state, found.since) == expected
    assert found.computed == (None if found == computed else computed)
    assert with_hand(computed, None, DAY) == computed
