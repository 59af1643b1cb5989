"""Planning, summoning and keeping a meeting: what goes, what is refused, and who may."""

from datetime import date, time, timedelta

import pytest

from steering import actions, state
from steering.models import AgendaItem, Meeting
from tests.cast import TODAY
from tests.steering.kit import EVENING, items_of, last_item, other_matter
from tym.core.errors import NotAllowed, Refused

SOON, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=30)


def plan(group, by=None, **told):
    return actions.plan_meeting(
        agreement=group.agreement,
        by=by or group.cast.coordinator,
        on=TODAY,
        plan=actions.Plan(**{"held_on": SOON, **told}),
    )


def summon(group, meeting, by=None, **told):
    told = {"summoned_on": TODAY, **told}
    return actions.summon(meeting=meeting, by=by or group.cast.coordinator, on=TODAY, **told)


# Planning


def test_meeting_gets_the_next_number_and_the_standing_items(group):
    first, second = plan(group), plan(group, held_on=LATER)
    assert (first.reference, second.reference) == ("1/2025", "2/2025")
    assert [(item.standing, item.kind) for item in items_of(first)] == [(True, "note"), (True, "decide")]


def test_meeting_moved_to_another_year_is_numbered_there(group):
    meeting = plan(group)
    moved = actions.edit_meeting(
        meeting=meeting, by=group.cast.coordinator, on=TODAY, plan=actions.Plan(held_on=date(2026, 1, 15))
    )
    assert moved.reference == "1/2026"


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2030, 1, 1)])
def test_meeting_outside_the_term_is_refused(group, day):
    with pytest.raises(Refused):
        plan(group, held_on=day)


@pytest.mark.parametrize("deadline", [None, SOON - timedelta(days=1)])
def test_written_procedure_needs_a_deadline(group, deadline):
    with pytest.raises(Refused):
        plan(group, kind="written", deadline=deadline)


@pytest.mark.parametrize("who", ["ta", "kela_main_user", "member"])
def test_only_preparers_plan(group, cast, who):
    with pytest.raises(NotAllowed):
        plan(group, by=getattr(cast, who))


def test_neighbours_coordinator_plans_nothing_here(group, cast):
    with pytest.raises(NotAllowed):
        plan(group, by=cast.second_coordinator)


def test_summoned_meeting_keeps_its_day_but_not_its_place(group):
    meeting = summon(group, plan(group))
    told = {"meeting": meeting, "by": group.cast.coordinator, "on": TODAY}
    with pytest.raises(Refused):
        actions.edit_meeting(plan=actions.Plan(held_on=LATER), **told)
    assert actions.edit_meeting(plan=actions.Plan(held_on=SOON, place="Pori"), **told).place == "Pori"


# Summons


def test_summons_in_time_is_no_deviation(group):
    meeting = summon(group, plan(group), deviation="turha")
    assert (meeting.state, meeting.summons_deviation) == ("summoned", "")


def test_late_summons_is_recorded_with_its_reason(group):
    meeting = plan(group, held_on=SOON - timedelta(days=1))
    with pytest.raises(Refused, match="7"):
        summon(group, meeting)
    assert summon(group, meeting, deviation="Kiireellinen.").summons_deviation == "Kiireellinen."


def test_chair_summons_and_a_member_does_not(group):
    with pytest.raises(NotAllowed):
        summon(group, plan(group), by=group.mandate(group.member(2)))
    assert summon(group, plan(group), by=group.mandate(group.member(1))).state == "summoned"


def test_group_is_summoned_once_and_not_in_the_future(group):
    meeting = plan(group)
    with pytest.raises(Refused):
        summon(group, meeting, summoned_on=TODAY + timedelta(days=1))
    summon(group, meeting)
    with pytest.raises(Refused):
        summon(group, meeting)


def test_cancelled_meeting_gives_its_matters_back_to_the_agenda(group, cast):
    meeting, matter = plan(group), other_matter(cast)
    actions.add_item(meeting=meeting, by=cast.coordinator, on=TODAY, matter=matter)
    assert matter not in state.offered_matters(cast.agreement)
    actions.cancel_meeting(meeting=meeting, by=cast.coordinator, on=TODAY, note="Sairastapaus.")
    assert matter in state.offered_matters(cast.agreement)


# Agenda


def test_agenda_offers_what_waits_for_the_group(group, cast):
    other, update = other_matter(cast), cast.proposed_change(cast.kela).matter
    assert {other, update} <= set(state.offered_matters(cast.agreement))
    draft, decided = cast.draft(cast.ta).matter, cast.adopted_change(cast.hva).matter
    returned = cast.returned_change(cast.hva).matter
    assert not {draft, decided, returned} & set(state.offered_matters(cast.agreement))
    assert not set(state.offered_matters(cast.agreement)) & set(cast.second.matters.all())


def test_amendment_is_offered_until_negotiations_start(group, cast):
    amendment = cast.propose(cast.draft_text(cast.hva, cast.main_text), by=cast.hva).matter
    meeting = group.opened(TODAY, matters=(amendment,))
    closed = group.unanimous(last_item(meeting))
    assert (closed.outcome, closed.decision.outcome) == ("negotiate", "negotiate")
    assert amendment not in state.offered_matters(cast.agreement)


def test_notice_is_offered_until_it_is_noted(group, cast):
    notice = cast.propose(
        cast.draft_text(cast.kela, cast.annex3, heading="Uusi", wanted_from=TODAY), by=cast.kela
    ).matter
    item = last_item(group.opened(TODAY, matters=(notice,)))
    assert item.kind == "note"
    assert group.unanimous(item).decision.outcome == "note"
    assert notice not in state.offered_matters(cast.agreement)


def test_matter_is_on_one_agenda_at_a_time(group, cast):
    matter = other_matter(cast)
    group.summoned(TODAY, matters=(matter,))
    with pytest.raises(Refused):
        actions.add_item(meeting=plan(group), by=cast.coordinator, on=TODAY, matter=matter)


def test_item_moves_up_and_down_until_the_meeting_is_opened(group, cast):
    meeting = group.summoned(TODAY, "Asia")
    told = {"by": cast.coordinator, "on": TODAY}
    actions.move_item(item=last_item(meeting), up=True, **told)
    assert [item.title for item in items_of(meeting)][1] == "Asia"
    actions.move_item(item=items_of(meeting)[0], up=True, **told)
    actions.move_item(item=items_of(meeting)[1], up=False, **told)
    assert last_item(meeting).title == "Asia"
    group.open(meeting)
    with pytest.raises(Refused):
        actions.move_item(item=last_item(meeting), up=True, **told)


def test_urgent_item_gets_the_next_section_and_one_taken_off_keeps_its_own(group, cast):
    meeting = group.opened(TODAY, "Asia")
    urgent = group.item(meeting, "Kiireellinen")
    assert urgent.section == 4
    actions.remove_item(item=urgent, by=cast.coordinator, on=TODAY)
    urgent.refresh_from_db()
    assert (urgent.state, urgent.outcome, urgent.section) == ("closed", "dropped", 4)


def test_item_is_removed_before_the_meeting(group, cast):
    meeting = group.summoned(TODAY, "Asia")
    actions.remove_item(item=last_item(meeting), by=cast.coordinator, on=TODAY)
    assert [item.title for item in items_of(meeting)].count("Asia") == 0


def test_item_being_handled_is_not_edited(group, cast):
    item = group.handled()
    with pytest.raises(Refused):
        actions.edit_item(item=item, by=cast.coordinator, on=TODAY, told=actions.ItemInput("Muu"))


# Who is there


def test_who_comes_and_leaves_counts_item_by_item(group, cast):
    meeting = group.opened(TODAY, "Asia", "Toinen", present=(1, 2, 3))
    *_standing, first, second = items_of(meeting)
    told = {"meeting": meeting, "by": cast.coordinator, "on": TODAY}
    came = actions.attend(present=actions.Present(group.member(4)), came_at=time(13), from_item=second, **told)
    sitting = state.sitting(meeting)
    assert [sitting.quorum_of(item).present for item in (first, second)] == [3, 4]
    chair = meeting.attendances.get(person=group.member(1))
    told = {"by": cast.coordinator, "on": TODAY, "left_at": time(14)}
    actions.leave(attendance=chair, until_item=first, **told)
    sitting = state.sitting(meeting)
    assert [sitting.quorum_of(item).present for item in (first, second)] == [3, 3]
    with pytest.raises(Refused):
        actions.leave(attendance=came, until_item=first, **told)


def test_stranger_attends_only_in_a_capacity_and_does_not_count(group, cast):
    meeting = group.opened(TODAY, "Asia", present=(1, 2, 3))
    told = {"meeting": meeting, "by": cast.coordinator, "on": TODAY, "came_at": time(12)}
    with pytest.raises(Refused):
        actions.attend(present=actions.Present(cast.coordinator.person), **told)
    actions.attend(present=actions.Present(cast.coordinator.person, "coordinator"), **told)
    assert state.sitting(meeting).quorum_of(last_item(meeting)).present == 3


def test_nobody_is_there_twice(group, cast):
    meeting = group.opened(TODAY)
    with pytest.raises(Refused):
        actions.attend(
            meeting=meeting,
            present=actions.Present(group.member(1)),
            by=cast.coordinator,
            on=TODAY,
            came_at=time(12),
        )


def test_member_calls_her_deputy_from_the_summons_on(group, cast):
    meeting, seat, by = plan(group), group.seat(1), group.mandate(group.member(1))
    with pytest.raises(NotAllowed):
        actions.call_deputy(meeting=meeting, seat=seat, by=by, on=TODAY)
    summon(group, meeting)
    first = actions.call_deputy(meeting=meeting, seat=seat, by=by, on=TODAY)
    assert actions.call_deputy(meeting=meeting, seat=seat, by=by, on=TODAY) == first
    with pytest.raises(NotAllowed):
        actions.call_deputy(meeting=meeting, seat=group.seat(2), by=by, on=TODAY)


# Ending


def test_meeting_with_an_item_being_handled_does_not_end(group):
    meeting = group.opened(TODAY, "Asia")
    item = group.take_up(last_item(meeting))
    with pytest.raises(Refused):
        group.end(meeting)
    assert item.is_handled


def test_items_do_not_move_to_a_meeting_that_has_begun(group):
    meeting, other = group.opened(TODAY, "Asia"), group.opened(TODAY, "Muu")
    with pytest.raises(Refused):
        group.end(meeting, moved_to=other)


def test_quorate_meeting_that_leaves_an_item_undone_has_ended(group):
    coming = plan(group)
    meeting = group.opened(TODAY, "Asia")
    assert group.end(meeting, moved_to=coming).state == Meeting.State.ENDED
    moved = last_item(meeting)
    assert (moved.outcome, moved.moved_to) == ("moved", coming)
    assert last_item(coming).title == "Asia"


def test_meeting_is_opened_once_and_not_before_its_day(group, cast):
    meeting = summon(group, plan(group))
    told = {"meeting": meeting, "by": cast.coordinator, "opened_at": EVENING}
    with pytest.raises(Refused):
        actions.open_meeting(on=TODAY, **told)
    actions.open_meeting(on=SOON, **told)
    with pytest.raises(Refused):
        actions.open_meeting(on=SOON, **told)


# In writing


@pytest.fixture
def procedure(group):
    """A written procedure until SOON, with one item, open."""
    return group.opened(TODAY, "Asia", kind="written", deadline=SOON, present=())


def view(group, item, number, choice="for", on=TODAY):
    seating = item.seatings.select_related("item__meeting", "person").get(seat__position=number)
    return actions.cast_vote(seating=seating, by=group.mandate(seating.person), on=on, choice=choice)


def close(group, item, on=SOON + timedelta(days=1)):
    return actions.close_item(item=item, by=group.cast.coordinator, on=on, outcome="approve")


def test_written_procedure_decides_when_all_have_stated_and_the_deadline_has_passed(group, procedure, clock):
    item = last_item(procedure)
    assert (item.state, item.present, item.section) == ("handled", 7, 1)
    for number in range(1, 7):
        view(group, item, number)
    with pytest.raises(Refused, match="Sanna Vehmassalmi"):
        close(group, item)
    view(group, item, 7, "blank")
    with pytest.raises(Refused):
        close(group, item, on=SOON)
    assert close(group, item).outcome == "approve"


def test_view_after_the_deadline_is_refused(group, procedure):
    with pytest.raises(Refused):
        view(group, last_item(procedure), 1, on=SOON + timedelta(days=1))


def test_member_may_ask_for_a_meeting_and_then_nothing_is_decided_in_writing(group, procedure):
    item = last_item(procedure)
    for number in range(1, 8):
        view(group, item, number)
    member = group.member(3)
    actions.ask_for_meeting(meeting=procedure, by=group.mandate(member), on=TODAY)
    with pytest.raises(Refused):
        close(group, item)
    coming = plan(group, held_on=LATER)
    ended = group.end(procedure, moved_to=coming)
    assert ended.asked_by == member
    assert last_item(coming).title == "Asia"
    assert AgendaItem.objects.get(pk=item.pk).outcome == "moved"


def test_deputy_states_the_view_when_the_member_has_called_her(group, cast):
    meeting = group.summoned(TODAY, "Asia", kind="written", deadline=SOON)
    actions.call_deputy(meeting=meeting, seat=group.seat(2), by=group.mandate(group.member(2)), on=TODAY)
    seating = last_item(group.open(meeting, present=())).seatings.get(seat__position=2)
    assert (seating.person, seating.as_deputy) == (group.deputy(2), True)
