"""What the group returned for preparation is not decided as it was: it comes back as a new matter."""

import pytest

from agreements.models import Matter
from tests.steering.kit import other_matter
from tests.steering.office_kit import approve, goal_input, propose, submitted_goals
from tym.core.errors import Refused


@pytest.mark.parametrize("outcome", ["approve", "reject"])
@pytest.mark.parametrize("kind", [Matter.Kind.FRAME, Matter.Kind.WORKING_GROUP, Matter.Kind.READING])
def test_what_was_returned_is_not_decided_as_it_was(cast, english, kind, outcome):
    matter = other_matter(cast, kind=kind)
    approve(cast, matter, "return")
    with pytest.raises(Refused, match="comes back as a new matter"):
        approve(cast, matter, outcome)


def test_a_returned_appointment_is_not_approved_as_it_was(cast, english):
    matter = propose(cast)
    approve(cast, matter, "return")
    with pytest.raises(Refused, match="comes back as a new matter"):
        approve(cast, matter)


def test_returned_goals_are_not_approved_beside_those_that_came_in_their_place(cast, english):
    returned = submitted_goals(cast, goal_input())
    approve(cast, returned.matter, "return")
    approve(cast, submitted_goals(cast, goal_input(name="Toinen")).matter)
    with pytest.raises(Refused, match="comes back as a new matter"):
        approve(cast, returned.matter)


def test_what_was_tabled_is_decided_later(cast):
    matter = other_matter(cast, kind=Matter.Kind.FRAME)
    approve(cast, matter, "table")
    assert approve(cast, matter).outcome == "approve"
