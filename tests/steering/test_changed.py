"""Minutes and summons say what an annex change does, row by row, and say the same when more has been adopted."""

import json
from datetime import date

import pytest

from steering import actions, minuted
from steering.models import Meeting, Minutes
from steering.papers import minutes_source
from steering.standing import standing_of
from tests.cast import TODAY
from tests.steering.kit import last_item

pytestmark = pytest.mark.usefixtures("english")
JULY = date(2025, 7, 1)


def decided(cast, group, *updates):
    """A meeting that approved the updates, ended."""
    meeting = group.opened(TODAY, matters=[update.matter for update in updates])
    for item in meeting.items.select_related("meeting__agreement", "matter"):
        group.unanimous(item, **({"valid_from": JULY} if item.matter else {}))
    meeting = group.end(meeting)
    return Meeting.objects.select_related("agreement").get(pk=meeting.pk)


def told_of(meeting):
    return minuted.content_of(Minutes(meeting=meeting, way="two_checkers"))["items"][-1]["changes"]


def test_minutes_tell_the_rows_of_an_annex_before_and_after(cast, group):
    update = cast.proposed_change(cast.kela)
    summons = minuted.agenda_of(group.summoned(TODAY, matters=[update.matter]))["items"][-1]["changes"]
    actions.remove_item(item=last_item(update.matter.agreement.meetings.get()), by=cast.coordinator, on=TODAY)
    (document,) = told = told_of(decided(cast, group, update))
    assert told == summons
    assert document["title"] == cast.annex2.full_title
    ((row,),) = [document["rows"]]
    assert (row["change"], row["party"]) == ("Changed", "Kela")
    assert {cell["name"] for cell in row["cells"]} <= {"Persons", "Person-years"}
    assert all(cell["before"] != cell["after"] for cell in row["cells"])
    assert document["before"] != document["after"]
    assert json.loads(json.dumps(told)) == told


def test_kept_minutes_do_not_follow_later_changes(cast, group):
    meeting = decided(cast, group, cast.proposed_change(cast.kela))
    people = [group.member(number) for number in (2, 3)]
    told = {"meeting": meeting, "by": cast.coordinator, "on": TODAY}
    actions.save_minutes(checkers=people, **told)
    minutes = actions.put_to_check(**told)
    html, before = minutes_source(standing_of(meeting, minutes)).html, told_of(meeting)
    assert "Before and after" in html
    assert before[0]["after"] in html
    cast.adopted_change(cast.hva, valid_from=JULY)
    assert minutes_source(standing_of(meeting, minutes)).html == html
    assert told_of(meeting)[0]["rows"] == before[0]["rows"]


def test_a_change_of_the_text_is_told_too(cast):
    change = cast.draft_text(cast.hva, cast.main_text, body="Uusi teksti.")
    assert minuted.changes_told(None) == []
    rows = minuted.changes_told(change)[0]["rows"]
    assert rows[0]["cells"][-1]["after"] == "Uusi teksti."
