"""The meetings of the demo (1, 2, 3 and 5/2025), played through the actions: exactly the outcomes of the story."""

from datetime import date

import pytest

from agreements.models import Matter
from steering import actions, state
from steering.models import Meeting
from tests.steering.kit import last_item, other_matter, section
from tym.core.errors import Refused

FEBRUARY, MARCH, SEPTEMBER, DECEMBER = date(2025, 2, 12), date(2025, 3, 20), date(2025, 9, 18), date(2025, 12, 4)


@pytest.fixture
def first(group, clock):
    """1/2025: § 1-8, seven of seven."""
    clock.day = FEBRUARY
    titles = ("Kokousmenettely", "Liite 3", "Koordinaattorin tehtävien raamit", "Koordinaattori ja varahenkilö")
    return group.opened(FEBRUARY, *titles, "Nuorten yhteispalvelun vastaava", "Tavoitteet 2025")


def test_first_meeting_is_quorate_and_numbered_from_one(group, first):
    assert first.reference == "1/2025"
    assert [item.section for item in first.items.all()] == list(range(1, 9))
    opening = group.unanimous(section(first, 1))
    assert (opening.outcome, opening.present, opening.needed) == ("note", 7, 4)
    rules = group.unanimous(section(first, 3))
    assert (rules.outcome, rules.present, rules.chaired_by) == ("approve", 7, group.member(1))


def test_section_six_is_decided_without_reposaari_and_with_his_deputy(group, cast, first):
    item = section(first, 6)
    reposaari, deputy = group.member(2), group.deputy(2)
    told = actions.declare_disqualification(
        item=item,
        person=reposaari,
        by=group.mandate(reposaari),
        on=FEBRUARY,
        ground="1",
        reason="Ehdokkaan puoliso.",
    )
    with pytest.raises(Refused, match="Teemu Reposaari"):
        group.take_up(item)
    actions.decide_disqualification(disqualification=told, by=cast.coordinator, on=FEBRUARY, disqualified=True)
    actions.attend(
        meeting=first,
        present=actions.Present(deputy),
        by=cast.coordinator,
        on=FEBRUARY,
        came_at=first.opened_at,
        from_item=item,
    )
    closed = group.unanimous(item)
    assert (closed.outcome, closed.present, closed.needed) == ("approve", 7, 4)
    acted = {seating.seat.position: (seating.person, seating.as_deputy) for seating in closed.seatings.all()}
    assert acted[2] == (deputy, True)
    assert reposaari not in {person for person, _as_deputy in acted.values()}
    after = group.take_up(section(first, 7))
    assert after.seatings.get(seat__position=2).person == reposaari


def test_second_meeting_votes_four_to_two_with_a_deputy(group, cast, clock, first):
    for item in first.items.all():
        group.unanimous(item)
    group.end(first)
    clock.day = MARCH
    update = cast.proposed_change(cast.kela)
    limit, brochure = other_matter(cast), other_matter(cast, Matter.Kind.COST, "Asiakasesite 615,00 €")
    matters = (limit, update.matter, brochure)
    meeting = group.opened(MARCH, matters=matters, present=(1, 2, 3, 4, 6), deputies=(7,))
    assert meeting.reference == "2/2025"
    item = group.take_up(section(meeting, 11))
    assert (item.matter, item.present, item.needed) == (limit, 6, 4)
    assert item.seatings.get(seat__position=7).as_deputy
    group.vote(item, against=(3, 6))
    with pytest.raises(Refused):
        group.close(item, "reject")
    closed = group.close(item, counter=("Rajaksi 65.", "Henna Jämiä", "Anniina Söörmarkku"))
    assert (closed.outcome, closed.decision.section) == ("approve", "11")
    assert limit.is_approved
    group.unanimous(section(meeting, 12), valid_from=date(2025, 4, 1))
    assert (cast.fresh(update).state, cast.fresh(update).valid_from) == ("adopted", date(2025, 4, 1))
    group.unanimous(section(meeting, 13))
    for number in (9, 10):
        group.unanimous(section(meeting, number))
    assert group.end(meeting).state == Meeting.State.ENDED


def test_third_meeting_is_not_quorate_and_its_items_move(group, cast, clock):
    clock.day = SEPTEMBER
    update = cast.proposed_change(cast.kela)
    coming = group.plan(date(2025, 10, 2))
    meeting = group.opened(
        SEPTEMBER, "Puolivuosikatsaus", matters=(update.matter,), present=(1, 4, 7), kind="e_meeting"
    )
    item = group.take_up(last_item(meeting))
    assert (item.present, item.needed) == (3, 4)
    with pytest.raises(Refused, match=r"3.*4"):
        group.close(item, "approve")
    group.close(item, "note")
    with pytest.raises(Refused):
        group.end(meeting)
    ended = group.end(meeting, moved_to=coming)
    assert ended.state == Meeting.State.NOT_QUORATE
    outcomes = [item.outcome for item in meeting.items.all()]
    assert outcomes == ["dropped", "dropped", "moved", "note"]
    assert last_item(coming).title == "Puolivuosikatsaus"
    assert cast.fresh(update).state == "proposed"
    assert list(state.offered_matters(cast.agreement).filter(pk=update.matter.pk)) == [update.matter]


def test_fifth_meeting_has_a_tie_that_the_chair_decides_and_one_dissent(group, cast, clock):
    clock.day = DECEMBER
    meeting = group.opened(DECEMBER, "Tavoitteet 2026", present=(1, 3, 4, 5, 6, 7))
    item = group.take_up(last_item(meeting))
    assert (item.present, item.needed) == (6, 4)
    group.vote(item, against=(5, 6, 7))
    with pytest.raises(Refused):
        group.close(item, "reject")
    closed = group.close(item)
    votes = list(closed.votes.select_related("seat"))
    result = state.result_of(closed, votes, list(closed.seatings.all()), state.rules_on(cast.agreement, DECEMBER))
    assert (result.in_favour, result.against, result.carried, result.by_chair) == (3, 3, True, True)
    vehmassalmi = group.member(7)
    told = {"item": closed, "on": DECEMBER, "text": "Tavoite on liian alhainen."}
    actions.record_dissent(person=vehmassalmi, by=group.mandate(vehmassalmi), **told)
    with pytest.raises(Refused):
        actions.record_dissent(person=group.member(1), by=group.mandate(group.member(1)), **told)
    with pytest.raises(Refused):
        actions.record_dissent(person=group.member(2), by=cast.coordinator, **told)
    assert [dissent.person for dissent in closed.dissents.all()] == [vehmassalmi]


def test_sections_go_on_through_the_year(group):
    group.opened(FEBRUARY, "Yksi")
    second = group.opened(MARCH, "Kaksi")
    assert [item.section for item in second.items.all()] == [4, 5, 6]
    next_year = group.opened(date(2026, 2, 11), "Kolme")
    assert [item.section for item in next_year.items.all()] == [1, 2, 3]
    assert (second.reference, next_year.reference) == ("2/2025", "1/2026")
