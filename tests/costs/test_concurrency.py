"""Two people press at once in costs: one does it, the other is told so. Real threads, on the engine of the run."""

import pytest

from costs import actions
from costs.models import Payment, Settlement
from tests.agreements.test_concurrency import at_once, kinds
from tests.attacks.costs import checking
from tests.cast import TODAY
from tests.costs import kit

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_closes_a_settlement_and_the_other_is_told_who_did(cast):
    settlement = checking(cast)
    for who in (cast.ta, cast.hva):
        kit.accept(cast, settlement, who)
    second = cast.holder("signatory", cast.kela.party, may_bind_party=True)
    results = at_once(*[lambda by=by: kit.accept(cast, settlement, by) for by in (cast.kela, second)])
    assert kinds(results) == {"Settlement": 1, "Refused": 1}
    (refusal,) = [result for result in results if not isinstance(result, Settlement)]
    consent = settlement.matter.consents.get(party=cast.kela.party)
    assert consent.mandate.person.name in refusal.message
    assert Settlement.objects.get(pk=settlement.pk).state == Settlement.State.CLOSED
    assert Payment.objects.filter(settlement=settlement).count() == 2


def test_one_of_two_splits_and_both_see_the_same_split(cast):
    cost = kit.approved(cast, "615.00")
    by = {"item": cost, "by": cast.coordinator, "on": TODAY}
    results = at_once(*[lambda: actions.split_item(**by)] * 2)
    assert len({split.pk for split in results}) == 1
    assert results[0].shares.count() == 2
