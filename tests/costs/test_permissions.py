"""Who may do what with costs, over every capacity."""

from agreements.models import Mandate
from costs import permissions as p
from costs.models import CostItem, Payment, Settlement
from tests.agreements.test_permissions import CAPACITIES, EDITORS, PREPARERS, who_may


def parties(cast):
    return cast.ta.party, cast.hva.party, None


def everywhere(capacities, places=(0, 1, 2)):
    return {(capacity, place) for capacity in capacities for place in places}


def test_everybody_but_municipal_contacts_sees_costs(cast):
    expected = everywhere(set(CAPACITIES) - {"municipal_contact"})
    assert who_may(cast, p.can_see_costs, *parties(cast)) == expected


def test_partys_people_and_preparers_enter(cast):
    assert who_may(cast, p.can_enter_cost, *parties(cast)) == everywhere(EDITORS | PREPARERS)


def test_only_preparers_prepare(cast):
    assert who_may(cast, p.can_prepare_costs, *parties(cast)) == everywhere(PREPARERS)


def test_payers_people_and_preparers_put_an_item_right(cast):
    item = CostItem(payer=cast.hva.party)
    may = who_may(cast, lambda mandates: p.can_edit_item(mandates, item), *parties(cast))
    assert may == everywhere(PREPARERS) | everywhere(EDITORS, (1,))


def test_payers_people_mark_a_payment(cast):
    payment = Payment(payer=cast.hva.party)
    may = who_may(cast, lambda mandates: p.can_mark_paid(mandates, payment), *parties(cast))
    assert may == everywhere(EDITORS, (1,))


def test_who_binds_the_party_accepts_while_it_is_checked(cast):
    binds = (Mandate(agreement=cast.agreement, party=cast.hva.party, capacity="liaison", may_bind_party=True),)
    other = (Mandate(agreement=cast.agreement, party=cast.hva.party, capacity="main_user", may_bind_party=False),)
    for state, expected in (("open", None), ("checking", binds[0]), ("closed", None)):
        settlement = Settlement(state=state)
        assert p.can_accept_settlement(binds, settlement, cast.hva.party) is expected
        assert p.can_accept_settlement(binds, settlement, cast.kela.party) is None
        assert p.can_accept_settlement(other, settlement, cast.hva.party) is None


def test_who_binds_the_party_consents_to_a_key(cast):
    binds = (Mandate(agreement=cast.agreement, party=cast.hva.party, capacity="liaison", may_bind_party=True),)
    assert p.can_consent_to_key(binds, cast.hva.party) is p.can_answer_for(binds, cast.hva.party) is binds[0]
    assert p.can_answer_for(binds, cast.kela.party) is None
    assert p.can_consent_to_key(binds, cast.kela.party) is None
    assert who_may(cast, lambda mandates: p.can_consent_to_key(mandates, cast.hva.party), *parties(cast)) == set()


def test_people_of_who_pays_joint_costs_record_what_was_agreed(cast):
    expected = everywhere(PREPARERS) | everywhere(EDITORS, (0, 1))
    assert who_may(cast, p.can_record_sharing, cast.ta.party, cast.hva.party, cast.kela.party) == expected


def test_every_permission_is_tested_here():
    tested = {
        "can_see_costs",
        "can_enter_cost",
        "can_prepare_costs",
        "can_edit_item",
        "can_mark_paid",
        "can_consent_to_key",
        "can_record_sharing",
        "can_answer_for",
    }
    assert {name for name in vars(p) if name.startswith("can_")} == {*tested, "can_accept_settlement"}
