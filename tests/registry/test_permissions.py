"""Who may do what in the registry, over every capacity."""

from registry import permissions as p
from tests.agreements.test_permissions import CAPACITIES, EDITORS, who_may


def parties(cast):
    return cast.ta.party, cast.hva.party, None


def everywhere(capacities, places=(0, 1, 2)):
    return {(capacity, place) for capacity in capacities for place in places}


def test_everybody_but_municipal_contacts_sees_the_registry(cast):
    expected = everywhere(set(CAPACITIES) - {"municipal_contact"})
    assert who_may(cast, p.can_see_registry, *parties(cast)) == expected


def test_partys_own_people_take_its_archive(cast):
    may = who_may(cast, lambda mandates: p.can_export_archive(mandates, cast.hva.party), *parties(cast))
    assert may == everywhere(EDITORS, (1,))


def test_partys_own_people_set_its_retention(cast):
    may = who_may(cast, lambda mandates: p.can_set_retention(mandates, cast.hva.party), *parties(cast))
    assert may == everywhere(EDITORS, (1,))


def test_partys_own_people_confirm_its_duties(cast):
    may = who_may(cast, lambda mandates: p.can_confirm_duties(mandates, cast.hva.party), *parties(cast))
    assert may == everywhere(EDITORS, (1,))


def test_partys_own_people_keep_its_rights(cast):
    may = who_may(cast, lambda mandates: p.can_keep_rights(mandates, cast.hva.party), *parties(cast))
    assert may == everywhere(EDITORS, (1,))
