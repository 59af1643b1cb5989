"""What the steering group decides, what it may not, and what follows in force."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements import actions, contents
from agreements.models import Clause, Decision, Version
from staffing.actions import LineInput
from staffing.models import StaffingLine
from tests.attacks import drop_guard
from tests.cast import FIRST_DAY, TODAY
from tym.core.errors import NotAllowed, Refused, Stale

DAY = timedelta(days=1)
START = date(2025, 9, 1)


def refused(cast, change, **told):
    """The refusal; nothing is written."""
    before = cast.fresh(change)
    with pytest.raises(Refused) as caught:
        cast.decide(change, **told)
    after = cast.fresh(change)
    assert (after.state, after.valid_from) == (before.state, before.valid_from)
    assert not Decision.objects.filter(matter=change.matter, outcome="approve").exists() or before.state == "adopted"
    return caught.value


@pytest.mark.parametrize(
    ("outcome", "state", "starts"),
    [("approve", "adopted", TODAY), ("reject", "rejected", None), ("return", "returned", None)],
)
def test_decision_takes_effect_in_the_same_act(cast, outcome, state, starts):
    change = cast.proposed_change(cast.kela)
    decision = cast.decide(change, outcome, grounds=" Perustelu. ")
    assert (cast.fresh(change).state, cast.fresh(change).valid_from) == (state, starts)
    assert (decision.sha256, decision.mandate, decision.grounds) == (change.sha256, cast.coordinator, "Perustelu.")


@pytest.mark.parametrize("capacity", ["stand_in", "secretary"])
def test_decision_is_recorded_by_others_who_prepare(cast, capacity):
    change = cast.proposed_change(cast.kela)
    assert cast.decide(change, by=cast.holder(capacity)).outcome == "approve"


@pytest.mark.parametrize("who", ["kela", "ta", "hva", "kela_main_user", "member", "stranger", "second_coordinator"])
def test_decision_is_not_recorded_by_others(cast, who):
    change = cast.proposed_change(cast.kela)
    with pytest.raises(NotAllowed):
        cast.decide(change, by=getattr(cast, who))


@pytest.mark.parametrize("first", ["approve", "reject", "return"])
def test_second_decision_is_refused(cast, first):
    change = cast.proposed_change(cast.kela)
    cast.decide(change, first)
    with pytest.raises(Refused):
        cast.decide(change, "approve")
    assert change.matter.decisions.count() == 1


def test_draft_is_not_decided(cast):
    refused(cast, cast.draft(cast.kela))


def test_decision_is_about_what_was_seen(cast):
    change = cast.proposed_change(cast.kela)
    assert isinstance(refused(cast, change, sha256="f" * 64), Stale)


@pytest.mark.parametrize("outcome", ["approve", "reject"])
@pytest.mark.parametrize(("number", "clause"), [(0, "12 §"), (3, "7 §")])
def test_text_and_composition_are_not_the_groups_to_decide(cast, number, clause, outcome):
    # Of a notice that waits for its own party's yes.
    who = cast.kela if number == 0 else cast.kela_main_user
    change = cast.propose(cast.draft_text(who, cast.document(number), wanted_from=cast.today), by=who)
    assert clause in refused(cast, change, outcome=outcome).clause


def test_missing_consent_refuses_with_the_party_and_the_clause(cast):
    error = refused(cast, cast.proposed_change(cast.kela_main_user))
    assert "Kela" in error.message
    assert error.clause


def test_consent_to_an_earlier_proposal_does_not_count(cast):
    first = cast.proposed_change(cast.kela)
    cast.decide(first, "return")
    new = actions.redraft_change(change=first, by=cast.kela_main_user, on=TODAY)
    actions.save_proposal(change=new, by=cast.kela_main_user, on=TODAY, what="Muu.", why="Syy.", wanted_from=None)
    error = refused(cast, cast.propose(new, by=cast.kela_main_user))
    assert "Kela" in error.message


def test_rejecting_needs_no_consent(cast):
    change = cast.proposed_change(cast.kela_main_user)
    cast.decide(change, "reject")
    assert cast.fresh(change).state == "rejected"


def test_start_before_the_decision_needs_a_reason_and_keeps_it(cast):
    change = cast.proposed_change(cast.kela)
    refused(cast, change, valid_from=TODAY - DAY)
    refused(cast, change, valid_from=TODAY - DAY, deviation="  ")
    cast.decide(change, valid_from=TODAY - DAY, deviation=" Kokous siirtyi. ")
    assert cast.fresh(change).deviation == "Kokous siirtyi."


def test_deviation_is_not_kept_when_there_is_none(cast):
    change = cast.proposed_change(cast.kela)
    cast.decide(change, deviation="turha")
    assert cast.fresh(change).deviation == ""


def test_start_before_the_agreement_is_refused(cast):
    # Only a new row: it replaces nothing that itself starts later.
    lines = [*map(cast.input, cast.lines(cast.kela.party)), LineInput("uusi", 1, 1)]
    refused(cast, cast.proposed_change(cast.kela, lines=lines), valid_from=FIRST_DAY - DAY, deviation="syy")


@pytest.mark.parametrize("decided_on", [TODAY + DAY, FIRST_DAY - DAY])
def test_day_of_the_decision_is_neither_to_come_nor_before_the_agreement(cast, decided_on):
    refused(cast, cast.proposed_change(cast.kela), outcome="return", decided_on=decided_on)


@pytest.mark.parametrize("told", [{"section": "x" * 13}, {"section": ""}, {"organ": ""}, {"organ": "x" * 121}])
def test_decision_without_its_marks_is_refused(cast, told):
    change = cast.proposed_change(cast.kela)
    with pytest.raises(ValidationError):
        cast.decide(change, **told)
    assert cast.fresh(change).state == "proposed"


def test_row_that_starts_later_cannot_be_replaced_earlier(cast):
    cast.adopted_change(cast.kela, valid_from=START)
    second = cast.proposed_change(cast.kela)
    assert "1.9.2025" in refused(cast, second, valid_from=START - DAY).message
    cast.decide(second, valid_from=START)
    assert [str(line.person_years) for line in cast.lines(cast.kela.party, START)] == ["0.20"]


def proposed_section(cast, by, number):
    change = cast.draft_text(by, cast.annex1)
    (new,) = Clause.objects.filter(version__change=change)
    told = {"number": number, "heading": new.heading, "body": new.body, "key": new.key}
    actions.save_clause(change=change, document=cast.annex1, by=by, on=TODAY, **told)
    return cast.propose(change, by=by)


@pytest.mark.parametrize("start_of_the_first", [TODAY, START])
def test_section_number_decided_meanwhile_is_not_used_twice(cast, start_of_the_first):
    first, second = proposed_section(cast, cast.ta, "2"), proposed_section(cast, cast.hva, "2")
    cast.decide(first, valid_from=start_of_the_first)
    assert "2" in refused(cast, second).message


def test_proposal_that_was_tampered_with_is_not_decided(cast):
    change = cast.proposed_change(cast.kela)
    drop_guard("staffing_staffingline_kept", "staffing_staffingline_draft_only")
    StaffingLine.objects.filter(version__change=change).update(note="salaa lisätty")
    refused(cast, change)


def test_same_row_decided_meanwhile_shows_both(cast):
    first, second = cast.proposed_change(cast.kela), cast.proposed_change(cast.kela, what="Toinen.")
    cast.decide(first)
    (collision,) = refused(cast, second).collisions
    assert collision.before.version.change == first
    assert collision.after.version.change == second


def test_same_row_decided_meanwhile_is_not_proposed_either(cast):
    returned = cast.returned_change(cast.hva)
    draft = cast.draft(cast.hva, lines=[])
    other = actions.redraft_change(change=returned, by=cast.hva, on=TODAY)
    cast.decide(cast.propose(other, by=cast.hva))
    with pytest.raises(Refused) as caught:
        actions.propose_change(change=draft, by=cast.hva, on=TODAY)
    assert caught.value.collisions


def test_way_out_of_a_collision_is_return_redraft_and_choose(cast):
    first, second = cast.proposed_change(cast.kela), cast.proposed_change(cast.kela, what="Toinen.")
    cast.decide(first)
    cast.decide(second, "return")
    chosen = actions.redraft_change(change=cast.fresh(second), by=cast.kela, on=TODAY)
    cast.decide(cast.propose(chosen, by=cast.kela))
    assert cast.fresh(chosen).state == "adopted"


def test_parallel_changes_of_two_parties_both_come_into_force(cast):
    mine, theirs = cast.proposed_change(cast.kela), cast.proposed_change(cast.hva)
    cast.decide(theirs, valid_from=START)
    cast.decide(mine, valid_from=START)
    told = [(line.party.short_name, str(line.person_years)) for line in cast.lines(day=START)]
    assert ("Kela", "0.70") in told
    assert ("Satakunnan hyvinvointialue", "2.00") in told
    assert len(told) == 5


def test_versions_are_numbered_by_document_in_the_order_of_adoption(cast):
    one, two, text = (
        cast.proposed_change(cast.kela),
        cast.proposed_change(cast.hva),
        cast.propose(cast.draft_text(cast.ta, cast.annex1), by=cast.ta),
    )
    for change in (two, text, one):
        cast.decide(change)
    numbers = Version.objects.filter(change__in=[two, text, one]).values_list("change", "document__number", "number")
    assert set(numbers) == {(two.pk, 2, 2), (text.pk, 1, 2), (one.pk, 2, 3)}


def test_unadopted_versions_have_no_number(cast):
    for change in (cast.draft(cast.kela), cast.returned_change(cast.hva)):
        assert change.versions.get().number is None


def fingerprint(change):
    return contents.fingerprint(change, contents.document_changes(change))


def test_fingerprint_is_not_touched_by_others_adoptions(cast):
    change = cast.proposed_change(cast.kela)
    cast.adopted_change(cast.hva, lines=[])
    cast.adopted_change(cast.kela, lines=[*map(cast.input, cast.lines(cast.kela.party)), LineInput("uusi", 1, 1)])
    assert fingerprint(cast.fresh(change)) == change.sha256


DIFFERENCES = {
    "what": {"what": "Muuta."},
    "why": {"why": "Muusta syystä."},
    "day": {"wanted_from": date(2026, 1, 1)},
    "rows": {"lines": []},
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_fingerprint_tells_every_difference(cast, name):
    change = cast.draft(cast.kela)
    before = fingerprint(change)
    assert fingerprint(cast.draft(cast.kela)) == before
    assert fingerprint(cast.draft(cast.kela, **DIFFERENCES[name])) != before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "muu"),
        ("unit", "muu"),
        ("persons", 7),
        ("leads_client_work", True),
        ("uses_typpi", True),
        ("note", "muu"),
        ("municipalities", "all"),
    ],
)
def test_fingerprint_tells_every_field_of_a_row(cast, field, value):
    # Neither condition of section 5 at first: so each tells by itself, not by what counts.
    base, neither = cast.line(cast.kela.party), {"leads_client_work": False, "uses_typpi": False}
    before = fingerprint(cast.draft(cast.kela, lines=[cast.input(base, **neither)]))
    value = tuple(cast.agreement.municipalities.all()) if value == "all" else value
    after = fingerprint(cast.draft(cast.kela, lines=[cast.input(base, **{**neither, field: value})]))
    assert after != before


def test_only_commands_found_agreements_grant_and_end(cast):
    for forbidden in (
        lambda: actions.adopt_original(change=cast.draft(cast.kela), by=cast.coordinator),
        lambda: actions.end_mandate(mandate=cast.kela, by=cast.coordinator, last_day=TODAY),
        lambda: actions.grant_mandate(
            agreement=cast.agreement, person=cast.nobody, capacity="reader", by=cast.coordinator, valid_from=TODAY
        ),
        lambda: actions.set_case_number(
            matter=cast.agreement.matters.first(), party=cast.kela.party, number="1", by=cast.stranger
        ),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_original_is_adopted_once(cast):
    original = cast.agreement.matters.get(kind="original").changes.get()
    with pytest.raises(Refused):
        actions.adopt_original(change=original, by=cast.system)


def test_office_of_one_is_not_granted_twice_at_a_time(cast):
    with pytest.raises(Refused):
        cast.holder("coordinator")
    actions.end_mandate(mandate=cast.coordinator, by=cast.system, last_day=TODAY)
    assert cast.holder("coordinator", valid_from=TODAY + DAY).slot == "coordinator"


def test_same_mandate_granted_twice_is_one(cast):
    told = {"agreement": cast.agreement, "person": cast.nobody, "capacity": "reader", "by": cast.system}
    first = actions.grant_mandate(**told, valid_from=FIRST_DAY)
    assert actions.grant_mandate(**told, valid_from=TODAY) == first


def test_mandate_of_a_party_names_the_party(cast):
    with pytest.raises(Refused):
        cast.holder("liaison")


def test_mandate_does_not_end_before_it_began(cast):
    with pytest.raises(Refused):
        actions.end_mandate(mandate=cast.kela, by=cast.system, last_day=FIRST_DAY - DAY)


def test_mandate_that_has_ended_is_not_stretched(cast):
    actions.end_mandate(mandate=cast.kela, by=cast.system, last_day=TODAY)
    with pytest.raises(Refused):
        actions.end_mandate(mandate=cast.kela, by=cast.system, last_day=TODAY + DAY)
