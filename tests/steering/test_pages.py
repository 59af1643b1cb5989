"""Pages of meetings: the usual walk with links and buttons only, refusals told, queries that do not grow."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steering.models import AgendaItem, Meeting
from tests.agreements import proposal_kit
from tests.cast import TODAY
from tests.pages import main_text
from tests.steering.kit import items_of, last_item, other_matter

SOON = TODAY + timedelta(days=14)


def url(name, cast, *args):
    return reverse(f"steering:{name}", args=[cast.agreement.pk, *args])


def post(client, address, **told):
    return client.post(address, told, follow=True)


@pytest.fixture
def coordinator(cast):
    return cast.client(cast.coordinator)


def test_meeting_is_planned_summoned_opened_handled_and_ended(cast, group, coordinator, clock):
    change = cast.proposed_change(cast.kela)
    told = {"kind": "meeting", "held_on": "16.6.2025", "starts_at": "12.30", "place": "Pori"}
    page = post(coordinator, url("meeting_plan", cast), **told)
    meeting = Meeting.objects.get()
    assert page.request["PATH_INFO"] == meeting.get_absolute_url()
    assert (meeting.held_on, str(meeting.starts_at)) == (date(2025, 6, 16), "12:30:00")
    post(coordinator, url("item_offer", cast, meeting.pk, change.matter.pk))
    page = post(coordinator, url("meeting_summon", cast, meeting.pk), summoned_on="2.6.2025", confirm="1")
    assert page.status_code == 200
    clock.day = date(2025, 6, 16)
    there = [group.member(number).pk for number in range(1, 8)] + [cast.coordinator.person.pk]
    post(coordinator, url("meeting_open", cast, meeting.pk), opened_at="12.30", present=there)
    assert meeting.attendances.count() == 8
    for item in items_of(meeting):
        told = {"sha256": item.matter.sha256 if item.matter else "", "valid_from": "1.7.2025"}
        page = post(coordinator, url("item_unanimous", cast, meeting.pk, item.pk), **told)
        assert page.status_code == 200, main_text(page)
    assert (cast.fresh(change).state, cast.fresh(change).valid_from) == ("adopted", date(2025, 7, 1))
    post(coordinator, url("meeting_end", cast, meeting.pk), ended_at="14", confirm="1")
    meeting.refresh_from_db()
    assert meeting.state == "ended"
    assert "§ 3" in main_text(coordinator.get(meeting.get_absolute_url()))


def test_vote_is_recorded_by_name_and_its_outcome_checked_before_it_is_confirmed(cast, group, coordinator):
    meeting = group.opened(TODAY, "Raja", present=(1, 3, 4, 5, 6, 7))
    item = last_item(meeting)
    post(coordinator, url("item_take_up", cast, meeting.pk, item.pk))
    votes = {
        f"vote_{seating.pk}": "against" if seating.seat.position > 4 else "for"
        for seating in item.seatings.select_related("seat")
    }
    unanimous = url("item_unanimous", cast, meeting.pk, item.pk)
    assert unanimous in coordinator.get(item.get_absolute_url()).content.decode()
    voted = post(coordinator, url("vote_record", cast, meeting.pk, item.pk), **votes)
    assert unanimous not in voted.content.decode()
    assert post(coordinator, unanimous).status_code == 409
    close = url("item_close", cast, meeting.pk, item.pk)
    refused = post(coordinator, close, outcome="reject", decision_text="Ei.", confirm="1")
    assert refused.status_code == 409
    check = post(coordinator, close, outcome="approve", counter_proposal="Toinen raja")
    assert "Toinen raja" in main_text(check)
    assert AgendaItem.objects.get(pk=item.pk).state == "handled"
    post(coordinator, close, outcome="approve", counter_proposal="Toinen raja", confirm="1")
    assert AgendaItem.objects.get(pk=item.pk).outcome == "approve"


def test_item_without_a_quorum_tells_why_it_cannot_be_decided(cast, group, coordinator):
    meeting = group.opened(TODAY, "Asia", present=(1, 4, 7))
    page = post(coordinator, url("item_unanimous", cast, meeting.pk, last_item(meeting).pk))
    assert page.status_code == 409
    assert "3" in main_text(page)
    assert "4" in main_text(page)


def test_member_votes_declares_and_calls_her_deputy_by_herself(cast, group):
    meeting = group.summoned(TODAY, "Asia")
    client = cast.client(group.member(2))
    post(client, url("deputy_call", cast, meeting.pk, group.seat(2).pk))
    assert meeting.absences.count() == 1
    told = {"person": group.member(2).pk, "ground": "1", "reason": "Puoliso.", "confirm": "1"}
    post(client, url("disqualification_declare", cast, meeting.pk, last_item(meeting).pk), **told)
    assert last_item(meeting).disqualifications.get().person == group.member(2)
    told["person"] = group.member(3).pk
    page = post(client, url("disqualification_declare", cast, meeting.pk, last_item(meeting).pk), **told)
    assert last_item(meeting).disqualifications.count() == 1
    assert page.status_code == 200
    group.open(meeting)
    voter = cast.client(group.member(3))
    item = last_item(meeting)
    item.disqualifications.filter(person=group.member(2)).update(decided=False)
    group.take_up(item)
    post(voter, url("vote_cast", cast, meeting.pk, item.pk), choice="against")
    assert item.votes.get().choice == "against"
    page = post(voter, url("vote_cast", cast, meeting.pk, item.pk), choice="for")
    assert item.votes.get().choice == "against"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"held_on": "31.2.2025"}, "held_on"),
        ({"held_on": ""}, "held_on"),
        ({"starts_at": "25.00"}, "starts_at"),
        ({"kind": "written"}, "deadline"),
        ({"kind": "written", "deadline": "1.1.2025"}, "deadline"),
        ({"kind": "kokous"}, "kind"),
        ({"place": "131052-308T"}, "place"),
    ],
)
def test_bad_plan_is_told_beside_the_field(cast, group, coordinator, told, field):
    sent = {"kind": "meeting", "held_on": "16.6.2025", "place": "Pori", **told}
    page = coordinator.post(url("meeting_plan", cast), sent)
    assert page.status_code == 200
    assert f"id_{field}_error" in page.content.decode()
    assert Meeting.objects.count() == 0


def test_page_of_a_meeting_is_not_there_for_outsiders(cast, group):
    meeting = group.summoned(TODAY, "Asia")
    assert cast.client(cast.stranger).get(meeting.get_absolute_url()).status_code == 404
    contact = cast.holder("municipal_contact")
    assert cast.client(contact).get(meeting.get_absolute_url()).status_code == 404
    assert cast.client(cast.coordinator).get(url("meeting_detail", cast, 10**9)).status_code == 404


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def voted(group, matter, *titles, **told):
    """A meeting in which every item but the standing ones has been voted on and closed."""
    meeting = group.opened(TODAY, *titles, matters=(matter,), **told)
    for item in items_of(meeting)[2:]:
        group.take_up(item)
        group.vote(item)
        group.close(item)
    return meeting


def test_queries_do_not_grow_with_items_seats_or_votes(cast, group, coordinator):
    small = voted(group, other_matter(cast), present=(1, 2, 3, 4))
    large = voted(group, other_matter(cast, title="Toinen"), "Yksi", "Kaksi", "Kolme")
    pages = [meeting.get_absolute_url() for meeting in (small, large)]
    assert queries(coordinator, pages[1]) <= queries(coordinator, pages[0])
    items = [last_item(meeting).get_absolute_url() for meeting in (small, large)]
    assert queries(coordinator, items[1]) <= queries(coordinator, items[0])


def test_proposal_to_change_the_text_is_shown_on_the_agenda_and_leads_to_its_comparison(cast, group, coordinator):
    change = proposal_kit.proposal(cast)
    meeting = group.opened(TODAY, matters=(change.matter,))
    compare = reverse("agreements:change_compare", args=[change.pk])
    for page in (meeting, last_item(meeting)):
        assert compare in coordinator.get(page.get_absolute_url()).content.decode()
