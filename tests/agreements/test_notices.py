"""A party's notice of its composition takes effect by the party's own yes (agreement 7 §)."""

from datetime import date

import pytest

from agreements import actions
from tests.cast import TODAY
from tym.core.errors import Refused


def test_notice_is_given_by_proposing_it(cast):
    change = cast.propose(cast.draft_text(cast.kela, cast.annex3, wanted_from=TODAY), by=cast.kela)
    assert change.matter.consents.get().party == cast.kela.party
    assert (change.state, change.start) == ("adopted", TODAY)


def test_notice_of_one_who_may_not_bind_waits_for_the_party(cast):
    change = cast.propose(cast.draft_text(cast.kela_main_user, cast.annex3, wanted_from=TODAY), by=cast.kela_main_user)
    assert change.state == "proposed"
    actions.give_consent(change=change, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=change.sha256)
    assert cast.fresh(change).state == "adopted"


def test_notice_says_its_day(cast):
    change = cast.draft_text(cast.kela, cast.annex3)
    with pytest.raises(Refused):
        actions.propose_change(change=change, by=cast.kela, on=TODAY)


def test_notice_that_starts_before_it_is_given_has_its_reason(cast):
    late = {"wanted_from": date(2025, 5, 1)}
    change = cast.draft_text(cast.kela, cast.annex3, **late)
    with pytest.raises(Refused):
        actions.propose_change(change=change, by=cast.kela, on=TODAY)
    told = {"what": "Jäsen vaihtuu.", "why": "Tehtävä vaihtui.", "deviation": "Ilmoitus viivästyi.", **late}
    actions.save_proposal(change=change, by=cast.kela, on=TODAY, **told)
    adopted = cast.propose(cast.fresh(change), by=cast.kela)
    assert (adopted.state, adopted.deviation) == ("adopted", "Ilmoitus viivästyi.")
