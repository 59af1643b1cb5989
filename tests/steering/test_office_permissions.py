"""Who may do what with offices and goals, over every capacity."""

import pytest

from steering import permissions as p
from tests.agreements.test_permissions import EDITORS, PREPARERS, who_may

COMMON = {
    "can_prepare": (PREPARERS, set()),
    "can_propose_appointment": (PREPARERS, EDITORS),
    "can_keep_contacts": (PREPARERS, EDITORS),
}


@pytest.mark.parametrize("permission", COMMON)
def test_preparers_and_the_authoritys_own_people(cast, permission):
    prepare, of_authority = COMMON[permission]
    may = who_may(cast, getattr(p, permission), cast.ta.party, cast.hva.party, cast.kela.party, None)
    expected = {(capacity, place) for capacity in prepare for place in range(4)}
    assert may == expected | {(capacity, 0) for capacity in of_authority}


def test_every_partys_people_record_an_event(cast):
    may = who_may(cast, p.can_record_event, cast.ta.party, cast.kela.party)
    assert may == {(capacity, place) for capacity in PREPARERS | EDITORS for place in (0, 1)}


def test_who_names(cast):
    def may(party):
        return who_may(cast, lambda mandates: p.can_name(mandates, party), cast.ta.party, cast.hva.party)

    preparers = {(capacity, place) for capacity in PREPARERS for place in (0, 1)}
    assert may(cast.ta.party) == preparers | {(capacity, 0) for capacity in EDITORS}
    assert may(cast.hva.party) == set()
