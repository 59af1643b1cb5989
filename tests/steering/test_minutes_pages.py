"""Pages of minutes, papers sent and downloaded, and the execution list."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from agreements.models import Mandate, Record
from steering import actions
from steering.models import Meeting, MinutesSignature, Task
from steering.papers import summons_source
from tests import cast as casting
from tests.cast import TODAY
from tests.factories import RecordFactory
from tests.pages import main_text
from tests.steering.kit import last_item
from tests.steering.minutes_kit import Book
from tym.accounts.actions import add_person

pytestmark = pytest.mark.usefixtures("english")


def url(name, cast, *args):
    return reverse(f"steering:{name}", args=[cast.agreement.pk, *args])


def able(mandate):
    """The person can sign in with the cast's password."""
    return add_person(name=mandate.person.name, email=mandate.person.email, password=casting.PASSWORD)


def test_minutes_are_written_checked_and_signed_on_the_page(cast, group):
    book = Book(cast, group=group)
    page, coordinator = url("minutes_detail", cast, book.meeting.pk), cast.client(cast.coordinator)
    checkers = [group.member(number).pk for number in (2, 3)]
    told = {"checkers": checkers, "entries": "Kokous keskeytettiin."}
    coordinator.post(url("minutes_edit", cast, book.meeting.pk), told)
    coordinator.post(url("minutes_put", cast, book.meeting.pk))
    minutes = book.meeting.minutes
    minutes.refresh_from_db()
    assert "Kokous keskeytettiin." in main_text(coordinator.get(page))
    for number in (2, 3):
        client = cast.client(group.member(number))
        assert "Check the minutes" in main_text(client.get(page))
        client.post(url("minutes_check", cast, book.meeting.pk), {"sha256": minutes.sha256})
        assert "Check the minutes" not in main_text(client.get(page))
    chair = cast.client(able(book.chair))
    sign = url("minutes_sign", cast, book.meeting.pk, "chair")
    refused = chair.post(sign, {"sha256": minutes.sha256, "password": "arvaus"})
    assert refused.status_code == 200
    assert "The password is not right." in main_text(refused)
    assert "arvaus" not in refused.content.decode()
    assert not MinutesSignature.objects.exists()
    chair.post(sign, {"sha256": minutes.sha256, "password": casting.PASSWORD})
    assert MinutesSignature.objects.get().person == book.chair.person


def test_minutes_of_a_coming_meeting_do_not_exist(cast, group):
    meeting = group.summoned(TODAY, "Asia")
    assert cast.client(cast.coordinator).get(url("minutes_detail", cast, meeting.pk)).status_code == 404


def test_checker_whose_office_has_ended_still_checks_and_nobody_else_sees(cast, group, clock):
    book = Book(cast, group=group)
    book.put()
    members = [group.member(number) for number in (2, 4)]
    Mandate.objects.filter(person__in=members).update(valid_to=TODAY)
    clock.day = TODAY + timedelta(days=30)
    page = url("minutes_detail", cast, book.meeting.pk)
    chosen, other = (cast.client(person) for person in members)
    assert other.get(page).status_code == 404
    assert chosen.get(page).status_code == 200
    assert chosen.get(url("meeting_list", cast)).status_code == 404
    chosen.post(url("minutes_check", cast, book.meeting.pk), {"sha256": book.minutes.sha256})
    assert book.minutes.minuteschecks.get().person == members[0]


def test_an_old_page_does_not_check_what_was_put_anew(cast, group):
    book = Book(cast, group=group)
    old = book.put().sha256
    actions.reopen_minutes(meeting=book.meeting, **book.by)
    book.put(entries="Lisäys.")
    client = cast.client(group.member(2))
    page = client.post(url("minutes_check", cast, book.meeting.pk), {"sha256": old}, follow=True)
    assert "Read them anew" in page.content.decode()
    assert not book.minutes.minuteschecks.exists()


def test_queries_of_the_minutes_do_not_grow(cast, group, django_assert_num_queries):
    client = cast.client(cast.coordinator)
    for titles in (["Asia"], ["Yksi", "Kaksi", "Kolme"]):
        book = Book(cast, group=group, titles=titles, dissents=True)
        with django_assert_num_queries(21):
            client.get(url("minutes_detail", cast, book.meeting.pk))


# The summons


def kept(meeting):
    """The PDF as if drawn already: drawing takes seconds."""
    fingerprint = summons_source(meeting).fingerprint
    return RecordFactory(
        agreement=meeting.agreement, kind=Record.Kind.SUMMONS, source_sha256=fingerprint, on=meeting.held_on
    )


@pytest.fixture
def planned(cast, group):
    meeting = group.plan(TODAY + timedelta(days=14), place="Pori")
    group.item(meeting, "Henkilöstö", on=TODAY)
    kept(Meeting.objects.select_related("agreement").get(pk=meeting.pk))
    return meeting


def summon(cast, meeting, capture, **told):
    body = {"summoned_on": "2.6.2025", "confirm": "1", **told}
    with capture(execute=True):
        return cast.client(cast.coordinator).post(url("meeting_summon", cast, meeting.pk), body, follow=True)


def test_summons_is_mailed_to_each_with_the_agenda_and_the_pdf(
    cast, group, planned, django_capture_on_commit_callbacks
):
    summon(cast, planned, django_capture_on_commit_callbacks, send="on")
    by_person = {message.to[0]: message for message in mail.outbox}
    assert len(by_person) == len(mail.outbox) == 15
    member, deputy = by_person[group.member(2).email], by_person[group.deputy(2).email]
    assert "3. Henkilöstö" in member.body
    assert "For information" not in member.body
    assert "For information" in deputy.body
    assert cast.coordinator.person.email in by_person
    (name, _content, kind) = member.attachments[0]
    assert name.startswith(("summons", "kokouskutsu"))
    assert kind == Record.objects.get(kind=Record.Kind.SUMMONS).file.media_type


def test_summons_sent_in_another_way_is_only_recorded(cast, planned, django_capture_on_commit_callbacks):
    summon(cast, planned, django_capture_on_commit_callbacks)
    assert mail.outbox == []
    assert Meeting.objects.get(pk=planned.pk).state == "summoned"


@pytest.mark.django_db(transaction=True)
def test_mail_that_fails_is_told_and_undoes_nothing(cast, group, planned, settings):
    """Also whom it could not be sent to for want of an address."""
    person = group.member(3)
    person.email = None
    person.save()
    body = {"summoned_on": "2.6.2025", "confirm": "1", "send": "on"}
    client = cast.client(cast.coordinator)
    settings.EMAIL_BACKEND = "no.such.Backend"
    page = client.post(url("meeting_summon", cast, planned.pk), body, follow=True).content.decode()
    assert f"{group.member(2).name} ({group.member(2).email})" in page
    assert f"{person.name} (no e-mail address)" in page
    assert Meeting.objects.get(pk=planned.pk).state == "summoned"


def test_papers_are_not_for_a_municipal_contact(cast, planned):
    contact = cast.holder(
        Mandate.Capacity.MUNICIPAL_CONTACT, cast.ta.party, municipality=cast.agreement.municipalities.first()
    )
    record = Record.objects.get(kind=Record.Kind.SUMMONS)
    assert cast.client(contact).get(record.get_absolute_url()).status_code == 404
    assert cast.client(cast.kela).get(record.get_absolute_url()).status_code == 200


# The execution list


def test_execution_list_tells_what_is_overdue_and_is_ticked_off(cast, group, clock, django_assert_num_queries):
    meeting = group.opened(TODAY, "Asia")
    item = group.close(group.take_up(last_item(meeting)))
    told = {"by": cast.coordinator, "on": TODAY, "who": "Kaisa"}
    task = actions.add_task(item=item, what="Tiedotetaan kunnille", by_when=TODAY, **told)
    client, page = cast.client(cast.coordinator), url("task_list", cast)
    with django_assert_num_queries(4):
        assert "Overdue" not in main_text(client.get(page))
    for number in range(2):
        actions.add_task(item=item, what=f"Muuta {number}", by_when=None, **told)
    with django_assert_num_queries(4):
        client.get(page)
    clock.day = TODAY + timedelta(days=1)
    assert "Overdue" in main_text(client.get(page))
    done = client.post(url("task_finish", cast, meeting.pk, item.pk, task.pk), {"from": "list"})
    assert done["Location"] == page
    assert Task.objects.get(pk=task.pk).done_on == clock.day
    assert "Done" not in main_text(cast.client(cast.kela).get(page))


def test_what_is_to_be_done_stands_on_the_page_of_the_group(cast, group):
    Book(cast, group=group)
    page = main_text(cast.client(cast.kela).get(url("group_detail", cast)))
    assert "the minutes have not been put to be checked" in page
    assert "secretary" in page
