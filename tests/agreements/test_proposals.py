"""A proposal to change the text: its three months, its stages in words for each reader, and the negotiations (12 §)."""

from datetime import date, timedelta

import pytest
from django.utils.translation import gettext as _

from agreements import actions, contents, stages
from agreements.models import Change, Comment
from agreements.rivals import rivals_of
from tests.agreements import signing_world
from tests.agreements.proposal_kit import (
    EARLIEST,
    WANTED,
    adopt,
    approve,
    late_proposal,
    negotiated,
    proposal,
    reworded,
    start,
)
from tests.cast import TODAY
from tests.steering.kit import Group
from tym.core.errors import NotAllowed, Refused, Stale
from tym.core.uploads import Upload

DAY = timedelta(days=1)


def shorten(cast, change, *who):
    for by in who or (cast.ta, cast.hva, cast.kela):
        actions.agree_to_shorter_notice(change=change, party=by.party, by=by, on=TODAY, sha256=change.sha256)


def life(change, *mandates):
    matter = change.matter
    return stages.life_of(change, list(matter.agreement.parties.all()), list(matter.decisions.all()), mandates)


def test_text_does_not_change_before_its_three_months(cast):
    change = approve(cast, late_proposal(cast))
    assert (change.counted_from, change.earliest_from) == (TODAY, EARLIEST)
    with pytest.raises(Refused) as caught:
        adopt(cast, change, EARLIEST - DAY)
    assert "12 §" in caught.value.clause
    assert adopt(cast, change, EARLIEST).valid_from == EARLIEST


def test_all_parties_together_shorten_the_time_to_the_wanted_day(cast):
    change = approve(cast, late_proposal(cast))
    shorten(cast, change, cast.ta, cast.kela)
    with pytest.raises(Refused, match=cast.hva.party.short_name):
        adopt(cast, change, WANTED)
    assert not life(change).is_shortened
    shorten(cast, change, cast.hva, cast.hva)
    assert life(change).is_shortened
    assert change.shorter_notices.count() == 3
    with pytest.raises(Refused):
        adopt(cast, change, WANTED - DAY)
    assert adopt(cast, change, WANTED).valid_from == WANTED


def test_time_is_shortened_only_by_who_binds_the_party_and_only_when_it_is_late(cast):
    late = late_proposal(cast)
    for by in (cast.kela_main_user, cast.coordinator, cast.ta):
        with pytest.raises(NotAllowed):
            actions.agree_to_shorter_notice(change=late, party=cast.kela.party, by=by, on=TODAY, sha256=late.sha256)
    with pytest.raises(Stale):
        actions.agree_to_shorter_notice(change=late, party=cast.kela.party, by=cast.kela, on=TODAY, sha256="f" * 64)
    in_time = proposal(cast, cast.hva, key="s2", wanted_from=EARLIEST)
    with pytest.raises(NotAllowed):
        shorten(cast, in_time, cast.kela)


def test_written_proposal_counts_from_the_day_on_which_it_arrived(cast):
    upload = Upload("esitys.pdf", b"%PDF-1.7 x", "application/pdf")
    told = {"document": cast.main_text, "party": cast.hva.party, "notice": upload, "arrived_on": date(2025, 4, 30)}
    change = actions.record_on_behalf(by=cast.coordinator, on=TODAY, **told)
    actions.save_clause(
        change=change, document=cast.main_text, by=cast.coordinator, on=TODAY, number="", heading="Uusi", body="Uutta."
    )
    told = {"what": "Mitä.", "why": "Miksi.", "wanted_from": date(2025, 7, 31)}
    actions.save_proposal(change=change, by=cast.coordinator, on=TODAY, **told)
    change = cast.propose(cast.fresh(change), by=cast.coordinator)
    assert (change.received_on, change.counted_from, change.earliest_from) == (
        TODAY,
        *[date(2025, 4, 30)],
        date(2025, 7, 30),
    )
    correction = actions.correct_day(
        of=change, by=cast.coordinator, on=TODAY, becomes=date(2025, 5, 30), reason="Väärä päivä."
    )
    actions.confirm_correction(correction=correction, by=cast.hva, on=TODAY)
    assert cast.fresh(change).earliest_from == date(2025, 8, 30)


def test_stages_from_received_to_in_force(cast):
    change = proposal(cast, wanted_from=EARLIEST)
    seen = [life(change).stage]
    group = Group(cast)
    group.summoned(date(2025, 6, 20), matters=[change.matter])
    seen.append(life(change).stage)
    told = {life(change, *reader).sentence for reader in ((), [cast.coordinator], [cast.member], [cast.kela])}
    assert len(told) == 3
    assert all("20.6.2025" in sentence for sentence in told)
    change = start(cast, change)
    seen.append(life(change).stage)
    change = approve(cast, change)
    seen.append(life(change).stage)
    seen.append(life(adopt(cast, change, EARLIEST)).stage)
    assert seen == ["received", "on_agenda", "negotiating", "agreed", "adopted"]


def test_each_reader_is_told_whose_move_it_is(cast):
    change = proposal(cast)
    assert life(change, cast.coordinator).is_yours
    assert not life(change, cast.kela).is_yours
    change = start(cast, change)
    approve(cast, change, cast.kela.party)
    assert not life(change, cast.kela).is_yours
    assert cast.hva.party.short_name in life(change, cast.kela).sentence
    assert cast.kela.party.short_name not in life(change, cast.hva).sentence
    assert life(change, cast.hva).is_yours
    readers = (cast.hva, cast.kela, cast.coordinator, cast.member)
    assert len({life(change, reader).sentence for reader in readers}) == 4


def test_while_it_is_signed_the_signatory_and_then_the_coordinator_are_told_so(cast):
    change = approve(cast, proposal(cast, wanted_from=EARLIEST))
    signing = signing_world.opened(cast, "in_app", change=change, valid_from=EARLIEST)
    first, other = cast.ta, cast.coordinator
    assert (life(change, first).stage, life(change, first).is_yours, life(change, other).is_yours) == ("signing", 1, 0)
    assert first.person.name in life(change, other).sentence
    actions.interrupt_signing(signing=signing, by=cast.coordinator, on=TODAY, reason="Väärä tapa.")
    signing_world.completed(cast, change=change, valid_from=EARLIEST)
    assert (life(change, first).is_yours, life(change, other).is_yours) == (False, True)


def test_partys_no_is_told_as_its_own(cast):
    change = approve(cast, negotiated(cast), cast.kela.party, outcome="reject")
    assert life(change).stage == "no_agreement"
    assert cast.kela.party.short_name in life(change).sentence
    shown = cast.client(cast.hva).get(change.get_absolute_url()).content.decode()
    assert str(stages.Stage.NO_AGREEMENT.label) in shown


def test_negotiations_end_without_agreement_only_once_they_have_started(cast):
    told = {"by": cast.coordinator, "on": TODAY, "reason": " Ei sovittu. "}
    change = proposal(cast)
    with pytest.raises(Refused):
        actions.end_negotiations(change=change, **told)
    start(cast, change)
    with pytest.raises(NotAllowed):
        actions.end_negotiations(change=change, **told | {"by": cast.kela})
    ended = actions.end_negotiations(change=change, **told)
    assert (ended.state, ended.ended_because, life(ended).stage) == ("ended", "Ei sovittu.", "no_agreement")
    again = actions.redraft_change(change=ended, by=cast.ta, on=TODAY)
    assert (again.state, again.matter == ended.matter) == ("draft", False)


def test_another_wording_replaces_the_first_and_needs_every_decision_anew(cast):
    change = negotiated(cast, wanted_from=EARLIEST)
    approve(cast, change, cast.ta.party)
    new = reworded(cast, change, cast.kela)
    assert (cast.fresh(change).state, new.matter, new.party) == ("replaced", change.matter, cast.kela.party)
    assert new.sha256 not in ("", change.sha256)
    assert len(life(new).undecided) == 3
    # The negotiations go on, and the time that the first proposal gave is not lost.
    assert (life(new).stage, new.counted_from) == ("negotiating", change.counted_from)
    assert adopt(cast, approve(cast, new), EARLIEST).state == "adopted"


def test_wording_of_other_sections_counts_its_own_three_months(cast, clock):
    change = negotiated(cast)
    draft = actions.offer_wording(change=change, by=cast.kela, on=TODAY)
    told = {"number": "2", "heading": "Ketkä sopivat", "body": "Muut.", "key": "s2"}
    actions.save_clause(change=draft, document=cast.main_text, by=cast.kela, on=TODAY, **told)
    later = TODAY + 10 * DAY
    new = actions.propose_change(change=cast.fresh(draft), by=cast.kela, on=later)
    assert new.counted_from == later


def test_each_party_writes_its_own_wording_unseen_by_the_others(cast):
    change = negotiated(cast)
    mine = actions.offer_wording(change=change, by=cast.kela, on=TODAY)
    assert actions.offer_wording(change=change, by=cast.kela_main_user, on=TODAY) == mine
    theirs = actions.offer_wording(change=change, by=cast.hva, on=TODAY)
    seen = Change.objects.visible_to(cast.kela.person, TODAY).filter(matter=change.matter)
    assert set(seen) == {change, mine}
    assert theirs != mine


def test_wording_given_up_before_it_was_proposed_stays_unseen(cast):
    change = negotiated(cast)
    new = reworded(cast, change, cast.kela)
    theirs = actions.offer_wording(change=new, by=cast.hva, on=TODAY)
    actions.withdraw_change(change=theirs, by=cast.hva, on=TODAY)
    assert set(Change.objects.visible_to(cast.kela.person, TODAY).filter(matter=change.matter)) == {change, new}
    answers = [cast.client(who).get(theirs.get_absolute_url()).status_code for who in (cast.kela, cast.hva)]
    assert answers == [404, 200]
    # It takes nobody's place: not as the later wording, and not as what the group has before it.
    assert life(cast.fresh(change)).successor == new
    assert actions.proposals_of(change.matter)[0] == new
    actions.withdraw_change(change=new, by=cast.kela, on=TODAY)
    assert cast.client(cast.hva).get(new.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_wording_is_offered_by_the_parties(cast, who):
    with pytest.raises(NotAllowed):
        actions.offer_wording(change=negotiated(cast), by=getattr(cast, who), on=TODAY)


def test_comment_is_resolved_by_its_own_side_once(cast):
    change = proposal(cast)
    told = {"change": change, "on": TODAY}
    comment = actions.comment_on(by=cast.kela, body="Epäselvä.", document=cast.main_text, key="s1", **told)
    with pytest.raises(NotAllowed):
        actions.resolve_comment(comment=comment, by=cast.hva, on=TODAY)
    resolved = actions.resolve_comment(comment=comment, by=cast.kela_main_user, on=TODAY)
    again = actions.resolve_comment(comment=comment, by=cast.coordinator, on=TODAY)
    assert (again.resolved_by, again.resolved_at) == (cast.kela_main_user, resolved.resolved_at)


def test_comment_is_on_what_the_proposal_touches(cast):
    told = {"change": proposal(cast), "on": TODAY, "by": cast.kela, "body": "Ohi."}
    with pytest.raises(Refused):
        actions.comment_on(document=cast.main_text, key="s2", **told)
    assert not Comment.objects.exists()


def test_two_proposals_of_the_same_section_are_shown_as_colliding(cast, django_assert_num_queries):
    first = proposal(cast)
    second = proposal(cast, cast.hva, body="Kolmas.")
    elsewhere = proposal(cast, cast.kela, key="s2")
    documents = contents.document_changes(first)
    with django_assert_num_queries(1):
        found = rivals_of(first, documents)
    assert [(rival.change, rival.row.key) for rival in found] == [(second, "s1")]
    assert rivals_of(elsewhere, contents.document_changes(elsewhere)) == []
    page = cast.client(cast.kela).get(second.get_absolute_url()).content.decode()
    assert _("Another proposal touches the same place") in page
    assert first.get_absolute_url() in page


def test_two_sections_that_would_get_one_number_are_shown_as_colliding(cast):
    added = {"document": cast.main_text, "on": TODAY, "number": "4", "body": "Uutta.", "after": "s3"}
    changes = []
    for by in (cast.ta, cast.hva):
        draft = cast.draft(by, document=cast.main_text)
        actions.add_clause(change=draft, by=by, heading=f"Seuranta, {by.party.short_name}", **added)
        changes.append(cast.propose(draft, by=by))
    first, second = changes
    assert [(one.change, one.row.number) for one in rivals_of(first, contents.document_changes(first))] == [
        (second, "4")
    ]
