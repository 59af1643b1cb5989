"""A disqualified person takes part only when the group is not quorate without her (hallintolaki 434/2003 30 §)."""

import pytest
from django.urls import reverse

from steering import actions, minuted
from steering.models import Minutes
from tests.cast import TODAY
from tests.steering.kit import last_item
from tym.core.errors import Refused

WHY = "Rahoituksen määräaika on huomenna."


def declared(group, present, deputies=(), number=2):
    """The member of the seat has told that she is disqualified, in an open meeting."""
    item = last_item(group.opened(TODAY, "Asia", present=present, deputies=deputies))
    told = {"person": group.member(number), "ground": "1", "reason": "Puoliso.", "by": group.cast.coordinator}
    return actions.declare_disqualification(item=item, on=TODAY, **told)


def let_in(group, row, urgency=WHY):
    return actions.except_disqualified(disqualification=row, by=group.cast.coordinator, on=TODAY, urgency=urgency)


def test_who_is_needed_takes_part_and_the_minutes_say_why(group):
    row = let_in(group, declared(group, (1, 2, 3, 4)))
    assert (row.decided, row.urgency) == (True, WHY)
    item = group.close(group.take_up(last_item(row.item.meeting)))
    assert (item.present, item.seatings.filter(person=row.person).exists()) == (4, True)
    told = " ".join(minuted.content_of(Minutes(meeting=item.meeting))["items"][-1]["handling"])
    assert (WHY in told, "hallintolaki 30 §" in told) == (True, True)


@pytest.mark.parametrize(
    ("present", "deputies", "urgency"), [((1, 2, 3, 4, 5), (), WHY), ((1, 2, 3, 4), (2,), WHY), ((1, 2, 3, 4), (), " ")]
)
def test_not_when_the_group_can_do_without_her_nor_without_a_reason(group, present, deputies, urgency):
    row = declared(group, present, deputies)
    with pytest.raises(Refused):
        let_in(group, row, urgency)


def test_she_goes_out_again_when_somebody_comes(group, cast):
    row = let_in(group, declared(group, (1, 2, 3, 4)))
    told = {"meeting": row.item.meeting, "by": cast.coordinator, "on": TODAY, "came_at": row.item.meeting.opened_at}
    actions.attend(present=actions.Present(group.member(5)), **told)
    with pytest.raises(Refused):
        group.take_up(row.item)
    row = actions.decide_disqualification(disqualification=row, by=cast.coordinator, on=TODAY, disqualified=True)
    assert (row.urgency, group.take_up(row.item).present) == ("", 4)


def test_page_offers_it_only_when_she_is_needed(group, cast):
    client = cast.client(cast.coordinator)
    shown = []
    for present in ((1, 2, 3, 4), (1, 2, 3, 4, 5)):
        row = declared(group, present)
        args = [cast.agreement.pk, row.item.meeting_id, row.item_id]
        page = client.get(reverse("steering:item_detail", args=args)).content.decode()
        shown.append(reverse("steering:disqualification_except", args=[*args, row.pk]) in page)
    assert shown == [True, False]
