"""Many press at once: one stands. Real threads, on the engine of the run."""

import pytest

from steering import actions
from steering.models import AgendaItem
from tests.agreements.test_concurrency import at_once, kinds
from tests.cast import TODAY
from tests.steering.kit import Group

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 50


def test_one_of_fifty_votes_for_a_seat_stands(cast):
    group = Group(cast)
    item = group.handled()
    seating = item.seatings.select_related("item__meeting").get(seat__position=2)
    by = group.mandate(seating.person)

    def vote(number):
        choice = "for" if number % 2 else "against"
        return lambda: actions.cast_vote(seating=seating, by=by, on=TODAY, choice=choice)

    results = at_once(*[vote(number) for number in range(CROWD)])
    assert kinds(results) == {"Vote": 1, "Refused": CROWD - 1}
    assert item.votes.count() == 1


def test_one_of_two_people_closes_an_item(cast):
    group = Group(cast)
    item = group.handled()
    results = at_once(lambda: group.close(item, "approve"), lambda: group.close(item, "reject"))
    assert kinds(results) == {"AgendaItem": 1, "Refused": 1}
    (refusal,) = [result for result in results if not isinstance(result, AgendaItem)]
    closed = AgendaItem.objects.get(pk=item.pk)
    assert closed.get_outcome_display() in refusal.message
