"""Before the meeting: from the summons a member calls her deputy and tells of disqualification."""

import pytest
from django.core import mail
from django.urls import reverse

from steering import actions
from steering.actions.papers import send_call
from tests.cast import TODAY
from tests.pages import main_text
from tests.steering.kit import last_item

pytestmark = pytest.mark.usefixtures("english")
CANNOT, CALLED = "I cannot attend – call my deputy", "You have been called to this meeting in the place of"


def call(cast, group, meeting, number, capture):
    address = reverse("steering:deputy_call", args=[cast.agreement.pk, meeting.pk, group.seat(number).pk])
    with capture(execute=True):
        return cast.client(group.member(number)).post(address, follow=True)


def test_member_calls_her_deputy_from_the_summons_and_the_deputy_is_told(
    cast, group, django_capture_on_commit_callbacks
):
    meeting = group.summoned(TODAY, "Asia")
    member, deputy = cast.client(group.member(2)), cast.client(group.deputy(2))
    assert main_text(member.get(meeting.get_absolute_url())).count(CANNOT) == 1
    for client in (deputy, cast.client(cast.coordinator)):
        assert CANNOT not in main_text(client.get(meeting.get_absolute_url()))
    assert CALLED not in main_text(deputy.get(meeting.get_absolute_url()))
    page = call(cast, group, meeting, 2, django_capture_on_commit_callbacks)
    assert "The personal deputy has been called." in page.content.decode()
    assert CANNOT not in main_text(page)
    (message,) = mail.outbox
    assert message.to == [group.deputy(2).email]
    assert f"in the place of {group.member(2).name} (seat 2)" in message.body
    assert "3. Asia" in message.body
    assert f"{CALLED} {group.member(2).name}" in main_text(deputy.get(meeting.get_absolute_url()))
    call(cast, group, meeting, 2, django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 1


def test_deputy_without_an_address_is_called_all_the_same(cast, group):
    meeting, deputy, by = group.summoned(TODAY, "Asia"), group.deputy(2), group.mandate(group.member(2))
    deputy.email = None
    deputy.save()
    absence = actions.call_deputy(meeting=meeting, seat=group.seat(2), by=by, on=TODAY)
    send_call(absence)
    assert (absence.mail_failed, mail.outbox) == (True, [])
    assert meeting.absences.count() == 1


def test_member_tells_of_disqualification_from_the_summons(cast, group):
    planned = group.plan(TODAY)
    member = cast.client(group.member(2))
    assert "Tell of disqualification" not in main_text(member.get(planned.get_absolute_url()))
    meeting = group.summoned(TODAY, "Asia")
    page = member.get(meeting.get_absolute_url())
    # Not of the items that every meeting has.
    assert main_text(page).count("Tell of disqualification") == 1
    item = last_item(meeting)
    assert (
        reverse("steering:disqualification_declare", args=[cast.agreement.pk, meeting.pk, item.pk])
        in page.content.decode()
    )
    group.take_up(last_item(group.open(meeting)))
    assert "Tell of disqualification" not in main_text(member.get(meeting.get_absolute_url()))
