"""An annex update approved as amended: a redrafted change of the same matter, adopted in the same act."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agreements import actions as agreement_actions
from agreements.models import Change, Decision
from agreements.permissions import can_amend
from staffing.actions import replace_lines
from tests.cast import TODAY
from tests.steering.kit import last_item
from tym.core.errors import NotAllowed, Refused


@pytest.fixture
def proposal(cast):
    return cast.proposed_change(cast.kela)


def redraft(cast, proposal, *, years="0.40", by=None, what="Htv-määrä 0,4."):
    """A redrafted change, put forward by the coordinator (or the party itself)."""
    by = by or cast.coordinator
    change = agreement_actions.amend_change(change=proposal, by=by, on=TODAY)
    lines = [cast.input(line) for line in cast.lines(proposal.party)]
    lines[0] = cast.input(cast.line(proposal.party), person_years=Decimal(years))
    replace_lines(change=change, document=cast.annex2, by=by, on=TODAY, lines=lines)
    agreement_actions.save_proposal(change=change, by=by, on=TODAY, what=what, why="Kokous.", wanted_from=None)
    return cast.propose(cast.fresh(change), by=by)


def consent(cast, change):
    return agreement_actions.give_consent(
        change=change, party=change.party, by=cast.kela, on=TODAY, sha256=change.sha256
    )


def item_on(group, proposal):
    return group.take_up(last_item(group.opened(TODAY, matters=[proposal.matter])))


def close_amended(group, item, change):
    return group.close(item, "amended", sha256=change.sha256, decision_text="Hyväksyttiin 0,4 htv.")


def test_the_redrafted_change_is_adopted_in_the_same_act(cast, group, proposal):
    item = item_on(group, proposal)
    change = redraft(cast, proposal)
    consent(cast, change)
    closed = close_amended(group, item, change)
    change, proposal = cast.fresh(change), cast.fresh(proposal)
    assert (proposal.state, change.state, change.matter) == ("amended", "adopted", proposal.matter)
    assert closed.decision.outcome == Decision.Outcome.APPROVE
    assert closed.decision.sha256 == change.sha256 == proposal.matter.sha256
    assert cast.line(proposal.party).person_years == Decimal("0.40")


def test_the_party_consents_to_the_redrafted_wording_first(cast, group, proposal, english):
    """The party's yes to what it proposed is no yes to what the meeting made of it (A17)."""
    item = item_on(group, proposal)
    change = redraft(cast, proposal)
    with pytest.raises(Refused, match="first consent to the redrafted wording") as refusal:
        close_amended(group, item, change)
    assert "7 §" in str(refusal.value.clause)
    assert cast.fresh(proposal).state == Change.State.PROPOSED


def test_a_party_that_redrafts_itself_has_consented(cast, group, proposal):
    item = item_on(group, proposal)
    change = redraft(cast, proposal, by=cast.kela)
    close_amended(group, item, change)
    assert cast.fresh(change).state == Change.State.ADOPTED


def test_nothing_is_approved_as_amended_before_it_is_redrafted(cast, group, proposal, english):
    item = item_on(group, proposal)
    with pytest.raises(Refused, match="First redraft the change"):
        group.close(item, "amended", decision_text="Jotenkin muuten.")


@pytest.mark.parametrize(("outcome", "state"), [("approve", "adopted"), ("return", "returned")])
def test_what_was_redrafted_ends_with_any_other_decision(cast, group, proposal, outcome, state):
    item = item_on(group, proposal)
    change = redraft(cast, proposal)
    group.close(item, outcome, decision_text="Perustelut.")
    assert (cast.fresh(proposal).state, cast.fresh(change).state) == (state, "withdrawn")


def test_what_was_redrafted_ends_when_the_proposal_is_withdrawn(cast, proposal):
    change = redraft(cast, proposal)
    agreement_actions.withdraw_change(change=proposal, by=cast.kela, on=TODAY)
    assert cast.fresh(change).state == Change.State.WITHDRAWN


def test_the_same_once_more_is_not_an_amendment(cast, proposal, english):
    change = agreement_actions.amend_change(change=proposal, by=cast.coordinator, on=TODAY)
    with pytest.raises(Refused, match="same as the proposal"):
        cast.propose(change, by=cast.coordinator)


def test_redrafting_twice_goes_on_with_the_same(cast, proposal):
    first, second = (
        agreement_actions.amend_change(change=proposal, by=cast.coordinator, on=TODAY) for _time in range(2)
    )
    assert first == second


def test_a_redrafted_change_is_approved_or_left(cast, proposal, english):
    change = redraft(cast, proposal)
    with pytest.raises(Refused, match="Only the proposal itself"):
        cast.decide(change, "reject")


def test_who_may_redraft(cast, proposal):
    assert can_amend(cast.mandates(cast.coordinator), proposal)
    assert can_amend(cast.mandates(cast.kela), proposal)
    assert not can_amend(cast.mandates(cast.hva), proposal)
    assert not can_amend(cast.mandates(cast.coordinator), cast.draft(cast.ta))
    assert not can_amend(cast.mandates(cast.coordinator), redraft(cast, proposal))
    with pytest.raises(NotAllowed):
        agreement_actions.amend_change(change=proposal, by=cast.hva, on=TODAY)


def test_the_item_shows_both_and_leads_through(cast, group, proposal):
    item = item_on(group, proposal)
    client = cast.client(cast.coordinator)
    told = [cast.agreement.pk, item.meeting_id, item.pk]
    started = client.post(reverse("steering:item_redraft", args=told))
    draft = Change.objects.get(amends=proposal)
    assert started.url == draft.get_absolute_url()
    agreement_actions.withdraw_change(change=draft, by=cast.coordinator, on=TODAY)
    change = redraft(cast, proposal)
    page = client.get(item.get_absolute_url()).content.decode()
    assert change.get_absolute_url() in page
    assert "0,4" in page
    consent(cast, change)
    form = client.get(reverse("steering:item_close", args=told)).context["form"]
    posted = {"outcome": "amended", "decision_text": "Hyväksyttiin 0,4 htv.", "sha256": form["sha256"].initial}
    posted = {"redrafted_sha256": form["redrafted_sha256"].initial or form.initial["redrafted_sha256"], **posted}
    done = client.post(reverse("steering:item_close", args=told), posted | {"confirm": "1"})
    assert done.status_code == 302, done.content.decode()
    assert cast.fresh(proposal).state == Change.State.AMENDED
    page = client.get(item.get_absolute_url()).content.decode()
    assert change.get_absolute_url() in page
    assert cast.client(cast.kela).get(proposal.get_absolute_url()).status_code == 200
