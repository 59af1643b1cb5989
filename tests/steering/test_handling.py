"""How an item is handled: taken up, voted on, closed; and what the group may say of each matter."""

from datetime import date

import pytest

from agreements.actions import open_matter, submit_matter
from agreements.models import Matter, Reading
from steering import actions
from steering.models import AgendaItem, Disqualification
from tests.cast import TODAY
from tests.factories import DecisionFactory, system
from tests.steering.kit import last_item, other_matter
from tym.core.errors import NotAllowed, Refused, Stale


def on_table(group, matter, **told):
    return group.take_up(last_item(group.opened(TODAY, matters=(matter,), **told)))


def test_item_is_taken_up_and_closed_by_preparers_only(group, cast):
    item = last_item(group.opened(TODAY, "Asia"))
    for by in (group.mandate(group.member(1)), cast.kela):
        with pytest.raises(NotAllowed):
            actions.take_up(item=item, by=by, on=TODAY)
        with pytest.raises(NotAllowed):
            actions.close_item(item=item, by=by, on=TODAY, outcome="approve")


def test_one_item_at_a_time(group):
    meeting = group.opened(TODAY, "Asia", "Toinen")
    *_rest, first, second = meeting.items.select_related("meeting__agreement")
    group.take_up(first)
    with pytest.raises(Refused):
        group.take_up(second)
    with pytest.raises(Refused):
        group.take_up(first)


def test_item_is_closed_only_after_it_was_taken_up_and_once(group):
    item = last_item(group.opened(TODAY, "Asia"))
    with pytest.raises(Refused):
        group.close(item)
    closed = group.close(group.take_up(item), decision_text="Hyväksyttiin.")
    assert (closed.outcome, closed.decision_text, closed.decision) == ("approve", "Hyväksyttiin.", None)
    with pytest.raises(Refused):
        group.close(item)


def test_item_put_back_forgets_seats_and_votes(group, cast):
    item = group.handled()
    group.vote(item)
    put = actions.put_back(item=item, by=cast.coordinator, on=TODAY)
    assert (put.state, put.present, put.seatings.count(), put.votes.count()) == ("open", None, 0, 0)
    assert group.take_up(put).present == 7


def test_vice_chair_chairs_and_then_the_one_elected(group):
    assert group.take_up(last_item(group.opened(TODAY, "Asia", present=(2, 3, 4, 5)))).chaired_by == group.member(4)
    item = last_item(group.opened(TODAY, "Asia", present=(2, 3, 5, 6), deputies=(1,)))
    with pytest.raises(Refused):
        group.take_up(item)
    assert group.take_up(item, elected=group.member(2)).chaired_by == group.member(2)


def test_item_is_not_taken_up_by_nobody(group):
    with pytest.raises(Refused):
        group.take_up(last_item(group.opened(TODAY, "Asia", present=())))


@pytest.mark.parametrize("outcome", ["approve", "reject", "return"])
def test_item_without_a_quorum_is_not_decided(group, cast, outcome):
    item = on_table(group, other_matter(cast), present=(1, 2, 3))
    with pytest.raises(Refused):
        group.close(item, outcome)
    assert group.close(item, "table").outcome == "table"


def test_groups_own_rules_bind_from_their_day(group, cast):
    matter = open_matter(agreement=cast.agreement, kind=Matter.Kind.READING, title="Tapa", by=system(), year=2025)
    Reading.objects.create(matter=matter, key="meeting.chair_required", value="yes", valid_from=TODAY)
    Reading.objects.create(matter=matter, key="meeting.each_party", value="yes", valid_from=TODAY)
    submit_matter(matter, sha256="c" * 64, by=system())
    DecisionFactory(matter=matter, mandate=cast.coordinator, outcome="approve")
    item = last_item(group.opened(TODAY, "Asia", present=(1, 2, 3, 4, 5, 6)))
    with pytest.raises(Refused):
        group.close(group.take_up(item))


def test_annex_update_is_adopted_in_the_same_act(group, cast):
    change = cast.proposed_change(cast.kela)
    closed = group.close(on_table(group, change.matter), valid_from=date(2025, 7, 1))
    assert (cast.fresh(change).state, cast.fresh(change).valid_from) == ("adopted", date(2025, 7, 1))
    assert (closed.decision.section, closed.decision.organ) == ("3", "Johtoryhmä")


@pytest.mark.parametrize(("outcome", "state"), [("reject", "rejected"), ("return", "returned"), ("table", "proposed")])
def test_annex_update_follows_the_outcome(group, cast, outcome, state):
    change = cast.proposed_change(cast.kela)
    closed = group.close(on_table(group, change.matter), outcome, decision_text="Perustelu.")
    assert (cast.fresh(change).state, closed.decision.outcome) == (state, outcome)


def test_refused_annex_update_leaves_the_item_open(group, cast):
    change = cast.proposed_change(cast.kela_main_user)
    item = on_table(group, change.matter)
    with pytest.raises(Refused, match="Kela"):
        group.close(item)
    assert AgendaItem.objects.get(pk=item.pk).state == "handled"


def test_what_was_not_seen_is_not_decided(group, cast):
    item = on_table(group, cast.proposed_change(cast.kela).matter)
    with pytest.raises(Stale):
        group.close(item, sha256="0" * 64)


@pytest.mark.parametrize("outcome", ["approve", "reject", "amended", "discussed"])
def test_group_neither_approves_nor_rejects_the_agreement_text(group, cast, outcome):
    amendment = cast.propose(cast.draft_text(cast.hva, cast.main_text), by=cast.hva)
    with pytest.raises(Refused):
        group.close(on_table(group, amendment.matter), outcome)


@pytest.mark.parametrize(
    ("against", "blank", "fits", "does_not"),
    [
        ((), (), "approve", "reject"),
        ((5, 6, 7), (), "approve", "reject"),
        ((4, 5, 6, 7), (), "reject", "approve"),
        ((4, 5, 6), (7,), "approve", "return"),
        ((1, 2, 3), (7,), "amended", "approve"),
    ],
)
def test_outcome_fits_the_vote(group, against, blank, fits, does_not):
    item = group.handled()
    group.vote(item, against=against, blank=blank)
    with pytest.raises(Refused):
        group.close(item, does_not)
    assert group.close(item, fits).outcome == fits


def test_tie_waits_for_the_chairs_vote(group):
    item = group.handled()
    group.vote(item, against=(5, 6, 7), blank=(1,))
    for outcome in ("approve", "reject"):
        with pytest.raises(Refused):
            group.close(item, outcome)


def test_everybody_votes_or_nobody(group, cast):
    item = group.handled()
    seating = item.seatings.select_related("item__meeting", "person").get(seat__position=2)
    actions.cast_vote(seating=seating, by=group.mandate(seating.person), on=TODAY, choice="for")
    with pytest.raises(Refused, match="Outi Kullaanmaa"):
        group.close(item)
    with pytest.raises(Refused):
        actions.record_votes(item=item, by=cast.coordinator, on=TODAY, choices={seating.pk: "for"})


def test_one_votes_only_for_oneself_and_once(group):
    item = group.handled()
    seating = item.seatings.select_related("item__meeting", "person").get(seat__position=2)
    for number in (1, 3):
        with pytest.raises(NotAllowed):
            actions.cast_vote(seating=seating, by=group.mandate(group.member(number)), on=TODAY, choice="for")
    with pytest.raises(NotAllowed):
        actions.cast_vote(seating=seating, by=group.mandate(group.deputy(2)), on=TODAY, choice="for")
    told = {"seating": seating, "by": group.mandate(seating.person), "on": TODAY}
    actions.cast_vote(choice="for", **told)
    with pytest.raises(Refused):
        actions.cast_vote(choice="against", **told)


def test_secretary_corrects_a_vote_until_the_item_is_closed(group):
    item = group.handled()
    group.vote(item)
    group.vote(item, against=(2,))
    assert item.votes.get(seat__position=2).choice == "against"
    assert item.votes.count() == 7
    group.close(item)
    with pytest.raises(Refused):
        group.vote(item)


# Disqualification


def declare(group, item, number, by=None, **told):
    person = group.member(number)
    told = {"ground": "4", "reason": "Työskentelee sopijapuolella.", **told}
    return actions.declare_disqualification(item=item, person=person, by=by or group.mandate(person), on=TODAY, **told)


def settle(group, row, disqualified):
    by = group.cast.coordinator
    return actions.decide_disqualification(disqualification=row, by=by, on=TODAY, disqualified=disqualified)


def test_employment_by_a_party_disqualifies_only_when_the_group_says_so(group):
    item = last_item(group.opened(TODAY, "Asia"))
    row = declare(group, item, 2)
    assert row.decided is None
    settle(group, row, False)
    assert group.take_up(item).present == 7


def test_disqualified_member_without_a_deputy_there_is_missing(group):
    item = last_item(group.opened(TODAY, "Asia"))
    settle(group, declare(group, item, 2), True)
    assert group.take_up(item).present == 6


def test_one_declares_for_oneself_and_a_preparer_for_anybody(group, cast):
    item = last_item(group.summoned(TODAY, "Asia"))
    with pytest.raises(NotAllowed):
        declare(group, item, 2, by=group.mandate(group.member(3)))
    declare(group, item, 2, by=cast.coordinator)
    with pytest.raises(Refused):
        declare(group, item, 2)


def test_disqualification_is_told_before_and_decided_in_the_meeting(group):
    meeting = group.summoned(TODAY, "Asia")
    row = declare(group, last_item(meeting), 2)
    with pytest.raises(Refused):
        settle(group, row, True)
    group.open(meeting)
    settle(group, row, True)
    item = group.take_up(last_item(meeting))
    with pytest.raises(Refused):
        settle(group, row, False)
    with pytest.raises(NotAllowed):
        declare(group, item, 3)
    assert Disqualification.objects.get(pk=row.pk).decided


def test_who_takes_no_part_is_not_disqualified(group, cast):
    item = last_item(group.opened(TODAY, "Asia"))
    told = {"person": cast.nobody, "by": cast.coordinator, "on": TODAY, "ground": "1", "reason": "Syy."}
    with pytest.raises(Refused):
        actions.declare_disqualification(item=item, **told)


# Afterwards


def test_task_is_done_once(group, cast):
    task = group.task(group.closed(), done=True)
    again = actions.finish_task(task=task, by=cast.coordinator, on=date(2025, 7, 1))
    assert again.done_on == TODAY


def test_presenter_may_dissent_and_who_was_away_may_not(group, cast):
    meeting = group.opened(TODAY, "Asia", present=(1, 2, 3, 4))
    actions.attend(
        meeting=meeting,
        present=actions.Present(cast.coordinator.person, "coordinator"),
        by=cast.coordinator,
        on=TODAY,
        came_at=meeting.opened_at,
    )
    item = group.close(group.take_up(last_item(meeting)), "reject")
    told = {"item": item, "by": cast.coordinator, "on": TODAY, "text": "Perustelut."}
    dissent = actions.record_dissent(person=cast.coordinator.person, **told)
    assert actions.record_dissent(person=cast.coordinator.person, **told) == dissent
    with pytest.raises(Refused):
        actions.record_dissent(person=group.member(5), **told)


def test_nobody_takes_part_in_her_own_appointment(group, cast):
    """The appointee is left out without anybody's saying so, and her personal deputy comes in."""
    member = group.member(2)
    matter = actions.propose_appointment(
        agreement=cast.agreement,
        by=cast.coordinator,
        on=TODAY,
        candidates=[actions.Candidate("stand_in", actions.SeatHolder(member.name, member.email))],
        valid_from=date(2025, 7, 1),
        valid_to=date(2025, 12, 31),
    )
    meeting = group.opened(TODAY, "Muu asia", matters=[matter], deputies=(2,))
    item = group.take_up(last_item(meeting))
    assert item.seatings.get(seat__position=2).person == group.deputy(2)
    group.close(item)
    other = next(one for one in meeting.items.all() if one.title == "Muu asia")
    assert group.take_up(other).seatings.get(seat__position=2).person == member
