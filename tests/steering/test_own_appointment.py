"""Nobody presents, handles or records the group's decision on her own appointment (hallintolaki 434/2003 27 §)."""

from datetime import date

import pytest
from django.urls import reverse

from steering import actions
from tests.cast import TODAY
from tests.steering.kit import last_item
from tests.steering.office_kit import propose
from tym.core.errors import NotAllowed, Refused


@pytest.fixture
def own(group, cast):
    """The item on the coordinator's own appointment, in an open meeting."""
    person = cast.coordinator.person
    candidate = actions.Candidate("coordinator", actions.SeatHolder(person.name, person.email))
    matter = propose(cast, candidate, valid_to=date(2025, 12, 31))
    return last_item(group.opened(TODAY, matters=[matter]))


def page(item, name="item_detail"):
    return reverse(f"steering:{name}", args=[item.meeting.agreement_id, item.meeting_id, item.pk])


def test_appointee_handles_no_part_of_her_own_item(own, cast, group):
    told = {"item": own, "by": cast.coordinator, "on": TODAY}
    with pytest.raises(NotAllowed):
        actions.decide_unanimously(sha256=own.matter.sha256, **told)
    with pytest.raises(NotAllowed):
        actions.take_up(**told)
    actions.take_up(**{**told, "by": group.mandate(group.member(1))})
    with pytest.raises(NotAllowed):
        group.vote(own)
    with pytest.raises(NotAllowed):
        group.close(own)


@pytest.mark.parametrize("capacity", ["secretary", "stand_in", "chair", "vice_chair"])
def test_another_closes_it(own, cast, group, capacity):
    seat = {"chair": 1, "vice_chair": 4}.get(capacity)
    by = group.mandate(group.member(seat)) if seat else cast.holder(capacity)
    told = {"item": own, "by": by, "on": TODAY, "sha256": own.matter.sha256}
    closed = actions.decide_unanimously(**told)
    assert (closed.decision.outcome, closed.decision.mandate) == ("approve", by)


def test_chair_presents_it_and_the_appointee_cannot_be_written_as_presenter(own, cast, group):
    assert (own.preparer, own.presenter) == (cast.coordinator.person.name, group.member(1).name)
    told = actions.ItemInput(own.title, presenter=cast.coordinator.person.name.upper())
    with pytest.raises(Refused):
        actions.edit_item(item=own, by=cast.coordinator, on=TODAY, told=told)


def test_page_tells_the_appointee_why_and_who_can(own, cast, group):
    shown = cast.client(cast.coordinator).get(page(own)).content.decode()
    assert group.member(1).name in shown.split("hallintolaki 27 §", 1)[1].split("</div>", 1)[0]
    assert page(own, "item_unanimous") not in shown
    assert cast.client(cast.coordinator).post(page(own, "item_unanimous")).status_code == 403


def test_chair_has_the_press_on_the_page_of_this_item_only(own, cast, group):
    client = cast.client(group.mandate(group.member(1)))
    assert page(own, "item_unanimous") in client.get(page(own)).content.decode()
    other = own.meeting.items.exclude(pk=own.pk).first()
    assert page(other, "item_unanimous") not in client.get(page(other)).content.decode()
    client.post(page(own, "item_unanimous"), {"sha256": own.matter.sha256})
    own.refresh_from_db()
    assert own.is_closed
