"""Attacks on what the group approves as amended."""

from django.utils import timezone

from agreements import actions
from agreements.models import Change
from tests.attacks import INSERT, UPDATE, attack, insert, update
from tests.attacks.rows import adopt_by_force
from tests.cast import TODAY

OTHER_HASH = "f" * 64


def redraft(cast, proposal):
    return actions.amend_change(change=proposal, by=cast.coordinator, on=TODAY)


def amends(name, told):
    @attack("agreements_change_amends_a_proposal", INSERT, label=name)
    def amend_what_is_not_so_proposed(cast):
        proposal, values = told(cast)
        same = {"matter": proposal.matter, "party": proposal.party, "amends": proposal}
        return insert(Change(**{**same, **values(cast)}))


amends("draft", lambda cast: (cast.draft(cast.kela), lambda cast: {}))
amends("decided", lambda cast: (cast.adopted_change(cast.kela), lambda cast: {}))
amends(
    "other matter",
    lambda cast: (cast.proposed_change(cast.kela), lambda cast: {"matter": cast.draft(cast.kela).matter}),
)
amends("other party", lambda cast: (cast.proposed_change(cast.kela), lambda cast: {"party": cast.hva.party}))
amends("amendment", lambda cast: (redraft(cast, cast.proposed_change(cast.kela)), lambda cast: {}))
amends(
    "agreement text",
    lambda cast: (cast.propose(cast.draft_text(cast.ta, cast.main_text), by=cast.ta), lambda cast: {}),
)


@attack("agreements_change_same_matter", UPDATE, label="amends")
def let_a_change_amend_another(cast):
    change = redraft(cast, cast.proposed_change(cast.kela))
    return update(change, amends=cast.proposed_change(cast.ta))


def ended_proposal(cast):
    """What was redrafted, when the proposal has ended behind its back."""
    proposal = cast.proposed_change(cast.kela)
    change = redraft(cast, proposal)
    update(proposal, state="withdrawn")()
    return change


@attack("agreements_change_amends_what_is_open", UPDATE)
def put_forward_in_the_place_of_what_has_ended(cast):
    told = {"sha256": OTHER_HASH, "proposed_at": timezone.now(), "received_on": TODAY}
    return update(ended_proposal(cast), state="proposed", **told)


@attack(
    "agreements_change_amends_what_is_open",
    UPDATE,
    label="adopted",
    also=("agreements_change_group_approved", "staffing_staffingline_consented"),
)
def adopt_in_the_place_of_what_has_ended(cast):
    change = redraft(cast, cast.proposed_change(cast.kela))
    told = {"sha256": OTHER_HASH, "proposed_at": timezone.now(), "received_on": TODAY}
    update(change, state="proposed", **told)()
    update(change.amends, state="withdrawn")()
    return adopt_by_force(change)


@attack("agreements_change_amended_by_decision", UPDATE)
def end_as_amended_without_a_decision(cast):
    proposal = cast.proposed_change(cast.kela)
    redraft(cast, proposal)
    return update(proposal, state="amended")


def amended_twice_at_once(cast):
    proposed = cast.proposed_change(cast.kela)
    redraft(cast, proposed)
    return Change(matter=proposed.matter, party=proposed.party, amends=proposed)


CONSTRAINTS = {"agreements_change_one_amendment": amended_twice_at_once}
