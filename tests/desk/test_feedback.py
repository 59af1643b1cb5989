"""Feedback on accessibility: receipt at once, answer within two weeks."""

import itertools
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.pages import tree, typed
from tym.core import limits
from tym.core.errors import NotAllowed, Refused
from tym.desk import actions
from tym.desk.models import Feedback
from tym.desk.views import FEEDBACK

GIVE = reverse("desk:feedback_give")


@pytest.fixture
def staff(cast):
    cast.coordinator.person.is_staff = True
    cast.coordinator.person.save()
    return cast.client(cast.coordinator)


@pytest.mark.django_db
def test_feedback_gets_a_receipt_on_the_page_and_by_mail(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(GIVE, {"message": "Taulukko ei lue otsikoita.", "email": "kuka@example.org"}, follow=True)
    feedback = Feedback.objects.get()
    assert feedback.due_on == date(2025, 6, 16)
    assert f"{feedback.pk}" in page.content.decode()
    assert "16.6.2025" in page.content.decode()
    assert "16.6.2025" in mail.outbox[0].body


@pytest.mark.django_db
@pytest.mark.parametrize("receipt", ["1", "1:x", "x:y:z"])
def test_receipts_of_others_cannot_be_guessed(client, receipt):
    actions.receive_feedback(message="Palaute", email="", on=date(2025, 6, 2))
    assert client.get(reverse("desk:feedback_received", args=[receipt])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("told", [{"message": ""}, {"message": "x", "email": "ei osoite"}, {"message": "131052-308T"}])
def test_bad_feedback_is_told_and_not_kept(client, told):
    assert 'role="alert"' in client.post(GIVE, told).content.decode()
    assert not Feedback.objects.exists()


NUMBERS = itertools.count(100)


def give(client, number=None, email="", **more):
    """Feedback in words of its own: the same words again would be a second press."""
    return client.post(GIVE, {"message": f"Palaute {number or next(NUMBERS)}", "email": email}, **more)


def use_up(client, **more):
    for number in range(FEEDBACK.times):
        assert give(client, number, **more).status_code == 302


@pytest.mark.django_db
def test_flood_is_told_and_the_text_kept(client):
    use_up(client)
    page = give(client, "liikaa", email="kuka@example.org")
    assert page.status_code == 429
    assert page["Retry-After"] == "3600"
    assert tree(page).xpath("//*[@role='alert']")
    assert tree(page).xpath("//textarea")[0].text.strip() == "Palaute liikaa"
    assert tree(page).xpath("//input[@name='email']/@value") == ["kuka@example.org"]
    assert Feedback.objects.count() == FEEDBACK.times


def test_share_is_each_senders_own(cast, client):
    use_up(client)
    assert give(client, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert give(cast.client(cast.kela)).status_code == 302
    use_up(cast.client(cast.hva))
    assert give(cast.client(cast.hva), REMOTE_ADDR="192.0.2.8").status_code == 429


@pytest.mark.django_db
def test_what_was_not_accepted_uses_up_nothing(client):
    for _time in range(FEEDBACK.times + 1):
        client.post(GIVE, {"message": ""})
    assert give(client).status_code == 302


@pytest.mark.django_db
def test_share_comes_back_in_an_hour(client, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(limits, "timezone", SimpleNamespace(now=lambda: now))
    use_up(client)
    now += FEEDBACK.within - timedelta(seconds=1)
    assert give(client).status_code == 429
    now += timedelta(seconds=1)
    assert give(client).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "first", "second", "same"),
    [
        (0, {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "192.0.2.9"}, True),
        (1, {"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.2"}, False),
        (1, {"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "198.51.100.3, 192.0.2.1"}, True),
        (2, {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 10.0.0.1"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.2, 10.0.0.1"}, False),
        (0, {"REMOTE_ADDR": "2001:db8::1"}, {"REMOTE_ADDR": "2001:db8::2"}, True),
        (0, {"REMOTE_ADDR": "2001:db8::1"}, {"REMOTE_ADDR": "2001:db8:0:1::1"}, False),
        (0, {"REMOTE_ADDR": "::ffff:192.0.2.1"}, {"REMOTE_ADDR": "::ffff:192.0.2.2"}, False),
        (0, {"REMOTE_ADDR": "::ffff:192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.1"}, True),
        (0, {"REMOTE_ADDR": ""}, {"REMOTE_ADDR": ""}, True),
        (2, {"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.2"}, True),
    ],
)
def test_sender_is_the_address_before_the_trusted_proxies(client, settings, proxies, first, second, same):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    use_up(client, **first)
    assert give(client, **second).status_code == (429 if same else 302)


@pytest.mark.django_db
def test_address_is_not_kept_in_the_cache(client):
    give(client, REMOTE_ADDR="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM tym_cache")
        kept = cursor.fetchall()
    assert any("limit:feedback:" in key for key, _value in kept)
    assert "192.0.2.77" not in repr(kept)


@pytest.mark.django_db
def test_field_that_nobody_sees_stops_a_machine_and_lets_a_person_go_on(client):
    seen = tree(client.get(GIVE)).xpath("//input[@name='website']")[0]
    assert seen.xpath("ancestor::*[@hidden]")
    page = client.post(GIVE, {"message": "Palaute", "website": "https://example.org"})
    assert not Feedback.objects.exists()
    assert tree(page).xpath("//*[@role='alert']")
    sent = typed(page)
    assert (sent["message"], sent.get("website", "")) == ("Palaute", "")
    client.post(GIVE, sent)
    assert Feedback.objects.get().message == "Palaute"


def test_only_those_who_run_the_service_read_and_answer(cast, staff):
    feedback = actions.receive_feedback(message="Palaute", email="", on=cast.today)
    answer = reverse("desk:feedback_answer", args=[feedback.pk])
    for address in (reverse("desk:feedback_list"), answer):
        assert cast.client(cast.kela).get(address).status_code == 403
        assert staff.get(address).status_code == 200
    with pytest.raises(NotAllowed):
        actions.answer_feedback(feedback=feedback, by=cast.kela.person, answer="Ei")
    staff.post(answer, {"answer": "Korjattu."})
    assert cast.client(cast.kela).post(answer, {"answer": "Muuta"}).status_code == 403
    with pytest.raises(Refused):
        actions.answer_feedback(feedback=feedback, by=cast.coordinator.person, answer="Toinen")
    assert Feedback.objects.get().answer == "Korjattu."


@pytest.mark.parametrize(("day", "late"), [(date(2025, 6, 16), False), (date(2025, 6, 17), True)])
def test_answer_is_late_after_two_weeks(cast, staff, clock, day, late):
    actions.receive_feedback(message="Palaute", email="", on=cast.today)
    clock.day = day
    assert ("Myöhässä" in staff.get(reverse("desk:feedback_list")).content.decode()) is late


def test_statement_is_public(client):
    page = client.get(reverse("desk:accessibility_statement")).content.decode()
    assert "Traficom" in page
    assert GIVE in page


def test_command_says_who_runs_the_service(cast):
    address = cast.kela.person.email
    page = reverse("desk:feedback_list")
    call_command("staff", address)
    assert cast.client(cast.kela).get(page).status_code == 200
    call_command("staff", address, "--off")
    assert cast.client(cast.kela).get(page).status_code == 403
    with pytest.raises(CommandError):
        call_command("staff", "ei.ketaan@example.org")
