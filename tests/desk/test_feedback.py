"""Feedback on accessibility: receipt at once, answer within two weeks."""

from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from tym.core.errors import NotAllowed, Refused
from tym.desk import actions
from tym.desk.models import Feedback

GIVE = reverse("desk:feedback_give")


@pytest.fixture
def staff(cast):
    cast.coordinator.person.is_staff = True
    cast.coordinator.person.save()
    return cast.client(cast.coordinator)


@pytest.mark.django_db
def test_feedback_gets_a_receipt_on_the_page_and_by_mail(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(GIVE, {"message": "Taulukko ei lue otsikoita.", "email": "kuka@example.org"})
    feedback = Feedback.objects.get()
    assert feedback.due_on == date(2025, 6, 16)
    assert f"{feedback.pk}" in page.content.decode()
    assert "16.6.2025" in page.content.decode()
    assert "16.6.2025" in mail.outbox[0].body


@pytest.mark.django_db
@pytest.mark.parametrize("told", [{"message": ""}, {"message": "x", "email": "ei osoite"}, {"message": "131052-308T"}])
def test_bad_feedback_is_told_and_not_kept(client, told):
    assert 'role="alert"' in client.post(GIVE, told).content.decode()
    assert not Feedback.objects.exists()


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
