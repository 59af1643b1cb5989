"""Who may do what in the steering group's room, over every capacity."""

import pytest

from agreements.models import Mandate
from steering import permissions as p

EDITORS, PREPARERS = {"liaison", "main_user"}, {"coordinator", "stand_in", "secretary"}


@pytest.mark.parametrize("permission", ["can_appoint_group", "can_close_term"])
@pytest.mark.parametrize("authority", ["ta", "hva", "kela"])
def test_who_records_the_authoritys_decision(cast, permission, authority):
    """Its own people and the preparers; never for a party that does not appoint."""
    parties = {"own": cast.ta.party, "other": cast.hva.party, "none": None}
    may = {
        (capacity, place)
        for capacity in Mandate.Capacity.values
        for place, party in parties.items()
        if getattr(p, permission)(
            (Mandate(agreement=cast.agreement, capacity=capacity, party=party, person=cast.nobody),),
            getattr(cast, authority).party,
        )
    }
    expected = {(capacity, "own") for capacity in EDITORS} | {(c, place) for c in PREPARERS for place in parties}
    assert may == (expected if authority == "ta" else set())
