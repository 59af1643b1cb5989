"""Who may do what: every permission, cell by cell, over every capacity and state."""

from datetime import date

import pytest

from agreements import permissions as p
from agreements.history import System
from agreements.models import Change, Correction, Decision, Mandate, Matter, Signatory, SigningPlace
from tym.core.errors import NotAllowed

STATES = (
    "draft", "proposed", "adopted", "rejected", "returned", "withdrawn", "revoked", "amended", "ended", "replaced",
)  # fmt: skip
CAPACITIES = tuple(Mandate.Capacity.values)
EDITORS = {"liaison", "main_user"}
PREPARERS = {"coordinator", "stand_in", "secretary"}
# document number: who starts a change of it (agreement 7, 8 and 12 §)
DRAFTERS = {0: EDITORS | PREPARERS, 1: EDITORS | PREPARERS, 2: EDITORS, 3: EDITORS}
# permission: who has it, whatever the change
COMMON = {
    "can_record_on_behalf": PREPARERS,
    "can_enter_original": PREPARERS | EDITORS,
    "can_relate": PREPARERS | {"main_user"},
    "can_run_signing": PREPARERS,
    "can_bring_signed": PREPARERS | EDITORS | {"signatory"},
}
# permission: states in which the change's own side has it
OWN = {
    "can_edit": {"draft"},
    "can_propose": {"draft"},
    "can_withdraw": {"draft", "proposed"},
    "can_redraft": {"rejected", "returned", "withdrawn", "ended"},
}


def held(cast, capacity, party):
    """A mandate as the permissions see it: they read, so it need not be saved."""
    return (Mandate(agreement=cast.agreement, capacity=capacity, party=party, person=cast.nobody),)


def change_of(cast, state, party, kind=Matter.Kind.ANNEX_UPDATE):
    return Change(matter=Matter(agreement=cast.agreement, kind=kind), party=party, state=state)


def who_may(cast, may, *parties):
    """(capacity, place of the party among `parties`) of everybody who may."""
    return {
        (capacity, place)
        for capacity in CAPACITIES
        for place, party in enumerate(parties)
        if may(held(cast, capacity, party)) is not None
    }


def test_everybody_with_a_mandate_views_that_agreement_and_no_other(cast):
    def sees(agreement):
        return who_may(cast, lambda mandates: p.can_view(mandates, agreement), None)

    assert sees(cast.agreement) == {(capacity, 0) for capacity in CAPACITIES}
    assert sees(cast.second) == set()


@pytest.mark.parametrize("number", DRAFTERS)
def test_who_drafts(cast, number):
    may = who_may(cast, lambda mandates: p.can_draft(mandates, cast.document(number)), cast.kela.party)
    assert may == {(capacity, 0) for capacity in DRAFTERS[number]}


@pytest.mark.parametrize("permission", OWN)
@pytest.mark.parametrize("state", STATES)
def test_who_handles_a_partys_change(cast, permission, state):
    change = change_of(cast, state, cast.kela.party)
    may = who_may(
        cast, lambda mandates: getattr(p, permission)(mandates, change), cast.kela.party, cast.hva.party, None
    )
    assert may == ({(capacity, 0) for capacity in EDITORS} if state in OWN[permission] else set())


@pytest.mark.parametrize("permission", OWN)
@pytest.mark.parametrize("state", STATES)
def test_who_handles_a_common_change(cast, permission, state):
    change = change_of(cast, state, None)
    may = who_may(cast, lambda mandates: getattr(p, permission)(mandates, change), cast.kela.party, None)
    expected = {(capacity, place) for capacity in PREPARERS for place in (0, 1)}
    assert may == (expected if state in OWN[permission] else set())


@pytest.mark.parametrize("permission", OWN)
@pytest.mark.parametrize("state", STATES)
def test_nobody_handles_the_agreement_as_signed(cast, permission, state):
    change = change_of(cast, state, None, Matter.Kind.ORIGINAL)
    assert who_may(cast, lambda mandates: getattr(p, permission)(mandates, change), None, cast.kela.party) == set()


@pytest.mark.parametrize("state", STATES)
def test_who_records_the_decision(cast, state):
    change = change_of(cast, state, cast.kela.party)
    may = who_may(cast, lambda mandates: p.can_decide(mandates, change), None)
    assert may == ({(capacity, 0) for capacity in PREPARERS} if state == "proposed" else set())


@pytest.mark.parametrize("binds", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_who_consents_for_kela(cast, state, binds):
    change = change_of(cast, state, cast.kela.party)
    for party in (cast.kela.party, cast.hva.party):
        mandate = Mandate(agreement=cast.agreement, capacity="liaison", party=party, may_bind_party=binds)
        right = p.can_consent((mandate,), change, cast.kela.party)
        expected = mandate if binds and state == "proposed" and party == cast.kela.party else None
        assert right is expected


@pytest.mark.parametrize("permission", COMMON)
def test_who_does_what_needs_no_change(cast, permission):
    may = who_may(cast, getattr(p, permission), cast.kela.party, None)
    assert may == {(capacity, place) for capacity in COMMON[permission] for place in (0, 1)}


@pytest.mark.parametrize("kind", Matter.Kind.values)
def test_who_records_what_the_group_decided(cast, kind):
    may = who_may(cast, lambda mandates: p.can_record_decisions(mandates, Matter(kind=kind)), None)
    of_a_person = kind in ("appointment", "youth_lead")
    assert may == {(one, 0) for one in PREPARERS | ({"chair", "vice_chair"} if of_a_person else set())}


@pytest.mark.parametrize("kind", ["annex_update", "amendment", "notice"])
@pytest.mark.parametrize("start", [date(2025, 6, 2), date(2025, 6, 3)])
@pytest.mark.parametrize("state", STATES)
def test_who_revokes(cast, state, start, kind):
    change = change_of(cast, state, cast.kela.party, kind)
    change.valid_from = start
    may = who_may(cast, lambda mandates: p.can_revoke(mandates, change, date(2025, 6, 2)), None)
    coming = state == "adopted" and kind == "annex_update" and start > date(2025, 6, 2)
    assert may == ({(capacity, 0) for capacity in PREPARERS} if coming else set())


@pytest.mark.parametrize("kind", ["annex_update", "amendment"])
@pytest.mark.parametrize("state", STATES)
def test_who_decides_for_a_party_signs_and_adopts_an_amendment(cast, state, kind):
    change = change_of(cast, state, cast.ta.party, kind)
    open_amendment = state == "proposed" and kind == "amendment"
    expected = {(capacity, 0) for capacity in PREPARERS} if open_amendment else set()
    decides = who_may(cast, lambda mandates: p.can_decide_for(mandates, change, cast.kela.party), None)
    adopts = who_may(cast, lambda mandates: p.can_adopt_amendment(mandates, change), None)
    opens = who_may(cast, lambda mandates: p.can_open_signing(mandates, change), None)
    assert (decides, adopts, opens) == (expected, expected, expected)
    binds = Mandate(agreement=cast.agreement, capacity="liaison", party=cast.kela.party, may_bind_party=True)
    assert (p.can_decide_for((binds,), change, cast.kela.party) is binds) is open_amendment
    assert p.can_decide_for((binds,), change, cast.hva.party) is None


def test_who_signs_declines_and_is_replaced(cast):
    """Of two parties, (capacity, 0) acts for the party of the signatory."""
    parties = cast.kela.party, cast.hva.party
    place = SigningPlace(party=cast.kela.party, person=cast.nobody)
    everybody = {(capacity, 0) for capacity in CAPACITIES}
    assert who_may(cast, lambda mandates: p.can_sign(mandates, place), *parties) == everybody
    assert who_may(cast, lambda mandates: p.can_decline(mandates, place), *parties) == everybody
    place.person = cast.kela.person
    own = {(capacity, 0) for capacity in EDITORS}
    prepare = {(capacity, n) for capacity in PREPARERS for n in (0, 1)}
    assert who_may(cast, lambda mandates: p.can_sign(mandates, place), *parties) == set()
    assert who_may(cast, lambda mandates: p.can_decline(mandates, place), *parties) == own
    assert who_may(cast, lambda mandates: p.can_replace_signatory(mandates, place), *parties) == own | prepare
    receives = who_may(cast, lambda mandates: p.can_receive_copy(mandates, cast.kela.party), *parties)
    assert receives == own | {("signatory", 0)}


def test_who_corrects_and_who_confirms(cast):
    decision = Decision(matter=Matter(agreement=cast.agreement))
    may = who_may(cast, lambda mandates: p.can_correct(mandates, decision), None)
    assert may == {(capacity, 0) for capacity in PREPARERS | {"chair", "vice_chair"}}
    made = Correction(decision=decision, made_by=Mandate(person=cast.nobody))
    assert p.can_confirm_correction(held(cast, "chair", None), made) is None
    made.made_by = cast.kela
    assert p.can_confirm_correction(held(cast, "chair", None), made) is not None


def test_who_corrects_a_day(cast):
    signatory = Signatory(party=cast.kela.party)
    may = who_may(cast, lambda mandates: p.can_correct_day(mandates, signatory), cast.kela.party, cast.hva.party)
    assert may == {(capacity, 0) for capacity in EDITORS} | {(capacity, n) for capacity in PREPARERS for n in (0, 1)}
    change = change_of(cast, "adopted", cast.kela.party)
    assert who_may(cast, lambda mandates: p.can_correct_day(mandates, change), None) == set()
    change.notice_id = 1
    assert who_may(cast, lambda mandates: p.can_correct_day(mandates, change), None) == {(c, 0) for c in PREPARERS}
    assert p.can_correct_day((cast.kela,), change) is cast.kela
    assert p.can_correct_day((cast.hva, cast.kela_main_user), change) is None
    made = Correction(signatory=signatory, made_by=cast.kela)
    assert p.can_confirm_correction((cast.kela,), made) is None
    assert p.can_confirm_correction((cast.kela_main_user,), made) is cast.kela_main_user


@pytest.mark.parametrize(
    ("permission", "capacities"), [("can_manage_people", {"main_user"}), ("can_edit_party", EDITORS)]
)
def test_who_keeps_a_party(cast, permission, capacities):
    may = who_may(
        cast, lambda mandates: getattr(p, permission)(mandates, cast.kela.party), cast.kela.party, cast.hva.party
    )
    assert may == {(capacity, 0) for capacity in capacities}


def test_right_names_the_mandate_that_gives_it(cast):
    reads, edits = held(cast, "reader", None)[0], held(cast, "liaison", cast.kela.party)[0]
    assert p.can_draft((reads, edits), cast.annex2) is edits


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2025, 5, 31), True), (date(2025, 6, 1), False)],
)
def test_office_ends_and_the_right_ends(cast, day, holds):
    mandate = cast.holder("reader", valid_from=date(2025, 3, 1), valid_to=date(2025, 5, 31))
    assert cast.mandates(mandate, day) == ((mandate,) if holds else ())


def test_mandates_are_those_of_the_agreement(cast):
    assert cast.mandates(cast.stranger) == ()
    assert p.mandates_of(cast.stranger.person, cast.second.pk, cast.today) == (cast.stranger,)


def test_require_refuses_nothing_and_passes_a_mandate(cast):
    assert p.require(cast.kela) is cast.kela
    with pytest.raises(NotAllowed):
        p.require(None)


@pytest.mark.parametrize("state", STATES)
def test_who_redrafts_for_approval_as_amended(cast, state):
    change = change_of(cast, state, cast.kela.party)
    may = who_may(cast, lambda mandates: p.can_amend(mandates, change), cast.kela.party, cast.hva.party)
    preparers = {(capacity, place) for capacity in p.PREPARERS for place in (0, 1)}
    assert may == (preparers | {(capacity, 0) for capacity in EDITORS} if state == "proposed" else set())


def test_only_the_system_does_what_commands_do(cast):
    system = System(cast.system.person)
    assert p.require_system(system) is system
    with pytest.raises(NotAllowed):
        p.require_system(cast.coordinator)


def test_every_permission_is_in_a_table():
    assert {name for name in vars(p) if name.startswith("can_")} == {
        "can_view",
        "can_draft",
        "can_consent",
        "can_amend",
        "can_decide",
        *OWN,
        *COMMON,
        "can_record_decisions",
        "can_revoke",
        "can_decide_for",
        "can_adopt_amendment",
        "can_open_signing",
        "can_sign",
        "can_decline",
        "can_replace_signatory",
        "can_receive_copy",
        "can_agree_to_shorter_notice",
        "can_end_negotiations",
        "can_offer_wording",
        "can_comment",
        "can_resolve",
        "can_correct",
        "can_confirm_correction",
        "can_correct_day",
        "can_manage_people",
        "can_edit_party",
        # test_lasting.py
        "can_state_review",
        "can_open_dispute",
        "can_conclude_review",
        "can_terminate",
        "can_read_disputes",
        "can_note_dispute",
        "can_end_dispute",
    }
