"""The way in from the mail: whose the invitation is, used once, its secret told to nobody."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from agreements import actions
from agreements.models import Invitation, Mandate
from tests.agreements.together_kit import post
from tests.cast import TODAY, email_of
from tests.factories import MunicipalityFactory, UserFactory
from tests.pages import main_text, stored, tree
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused

Capacity = Mandate.Capacity
ADDRESS = "uusi@kela.example"
INVITED = {"name": "Uusi Ihminen", "email": ADDRESS, "capacity": "reader"}
PASSWORD = {"password": "kuusi-pitkaa-sanaa-9", "again": "kuusi-pitkaa-sanaa-9"}
ACCEPT = "agreements:invitation_accept"


@pytest.fixture
def invited(cast, django_capture_on_commit_callbacks):
    """A function that invites by Kela's page; gives the link of the mail."""

    def make(**told):
        with django_capture_on_commit_callbacks(execute=True):
            post(cast.client(cast.kela_main_user), "person_invite", cast.agreement.pk, 3, **INVITED | told, confirm="1")
        return re.search(r"http\S+", mail.outbox[-1].body)[0]

    return make


@pytest.fixture
def secret(cast):
    """A function that invites by the action; gives the secret."""

    def make(**told):
        secrets = []
        told = {**INVITED, "party": cast.kela.party, "by": cast.kela_main_user, **told}
        actions.invite_person(on=TODAY, link=lambda secret: secrets.append(secret) or "https://x/", **told)
        return secrets[0]

    return make


def accept(secret, **told):
    return actions.accept_invitation(secret=secret, on=TODAY, **{"password": PASSWORD["password"], **told})


def send(link, client=None, **more):
    secret = link.rstrip("/").rpartition("/")[2]
    return (client or Client()).post(reverse(ACCEPT), {"secret": secret, **PASSWORD, **more})


def test_secret_leaves_the_address_at_once_and_no_log_knows_it(invited, caplog):
    link, client = invited(), Client()
    for method in (client.get, client.head):
        response = method(link)
        assert (response.status_code, response["Location"]) == (302, reverse(ACCEPT))
        assert response["Referrer-Policy"] == "no-referrer"
    cookie = response.cookies["kutsu"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", reverse(ACCEPT))
    send(link, Client(enforce_csrf_checks=True))
    page = client.get(reverse(ACCEPT))
    # A page with no-referrer makes the browser send `Origin: null` with the form, which is refused.
    assert page["Referrer-Policy"] == "same-origin"
    secret = link.split("/")[-2]
    assert secret not in "".join(tree(page).xpath("//@href | //@action | //@src"))
    assert "CSRF" in caplog.text
    assert secret not in caplog.text


def test_unknown_used_tampered_and_odd_look_the_same(invited):
    link = invited()
    send(link)
    secrets = ("x", "x" * 500, "a b;ä,%", link.split("/")[-2], link.split("/")[-2][:-1])
    pages = [Client().get(reverse("agreements:invitation_open", args=[each]), follow=True) for each in secrets]
    pages += [Client().post(reverse(ACCEPT), {"secret": each, **PASSWORD}) for each in secrets]
    assert {(page.status_code, main_text(page)) for page in pages} == {(404, main_text(pages[0]))}


def test_looking_at_an_invitation_writes_nothing(invited):
    link = invited()
    before = stored()
    Client().get(link, follow=True)
    assert stored() == before


@pytest.mark.parametrize("email", [ADDRESS, email_of("hva")])
def test_somebody_else_is_told_whose_the_invitation_is(cast, invited, email):
    link, client = invited(email=email), cast.client(cast.ta)
    assert cast.ta.person.name in main_text(client.get(link, follow=True))
    before = stored()
    send(link, client)
    assert stored() == before


def test_closed_sign_in_is_not_opened_by_an_invitation(invited, secret):
    person = UserFactory(is_active=False)
    assert send(invited(email=person.email)).status_code == 404
    with pytest.raises(NotAllowed):
        accept(secret(email=person.email, capacity=Capacity.MAIN_USER))


def test_action_keeps_the_password_of_a_person_who_has_one(cast, secret):
    link, person = secret(email=email_of("hva")), cast.hva.person
    for signed_in in (None, cast.ta.person):
        with pytest.raises(NotAllowed):
            accept(link, person=signed_in)
    assert accept(link, person=person).person == person
    assert User.objects.get(pk=person.pk).check_password(cast.password)


def test_nobody_is_invited_to_an_office_she_or_another_holds(cast, secret):
    with pytest.raises(Refused):
        secret(email=email_of("kela_main_user").upper(), capacity=Capacity.MAIN_USER)
    with pytest.raises(Refused, match=cast.kela.person.name):
        secret(capacity=Capacity.LIAISON)


def test_office_she_got_meanwhile_is_not_given_twice(cast, secret):
    deputy = cast.holder(Capacity.SIGNATORY, cast.kela.party).person
    link = secret(email=deputy.email)
    told = {"agreement": cast.agreement, "person": deputy, "party": cast.kela.party, "by": cast.system}
    actions.grant_mandate(capacity=Capacity.READER, valid_from=TODAY, **told)
    with pytest.raises(Refused):
        accept(link)


def test_office_that_has_a_last_day_passes_to_the_next_the_day_after(cast, invited):
    last = date(2025, 6, 10)
    actions.end_own_mandate(mandate=cast.kela, by=cast.kela_main_user, on=TODAY, last_day=last)
    first, other = invited(capacity="liaison"), invited(capacity="liaison", email="b@kela.example")
    assert send(first)["Location"] == reverse("agreements:own_page")
    assert Mandate.objects.get(person__email=ADDRESS).valid_from == date(2025, 6, 11)
    taken = send(other)
    assert taken.status_code == 409
    assert "Uusi Ihminen" in main_text(taken)
    assert Invitation.objects.get(email="b@kela.example").is_open(TODAY)


def test_municipal_contact_is_invited_by_the_authority_with_a_municipality_of_the_area(cast, secret):
    authority, place = cast.holder(Capacity.MAIN_USER, cast.ta.party), cast.agreement.municipalities.first()
    told = {"capacity": Capacity.MUNICIPAL_CONTACT, "by": authority, "party": cast.ta.party}
    for wrong in (
        {"municipality": None},
        {"municipality": MunicipalityFactory()},
        {"municipality": place, "may_bind_party": True},
        {"municipality": place, "party": cast.kela.party, "by": cast.kela_main_user},
    ):
        with pytest.raises(Refused):
            secret(**told | wrong)
    assert accept(secret(**told, municipality=place)).municipality == place


def test_municipal_contact_sees_offices_only(cast):
    contact = cast.holder(Capacity.MUNICIPAL_CONTACT, cast.ta.party)
    reader = cast.holder(Capacity.READER, cast.hva.party)
    gone = cast.holder(Capacity.SIGNATORY, cast.hva.party, valid_to=TODAY - timedelta(days=1))
    url = reverse("agreements:people_list", args=[cast.agreement.pk])
    shown = main_text(cast.client(contact).get(url))
    assert cast.kela.person.name in shown
    for hidden in (reader.person.name, gone.person.name, "@"):
        assert hidden not in shown


@pytest.mark.parametrize("password", ["lyhyt-1", "password1234", ADDRESS, "Uusi Ihminen"])
def test_poor_password_is_told_in_finnish_and_the_link_still_works(invited, password):
    link = invited()
    answer = send(link, password=password, again=password)
    assert tree(answer).xpath("//input[@name='password'][@aria-invalid='true']")
    assert "characters" not in answer.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()
    assert Client().get(link, follow=True).status_code == 200


def test_right_to_bind_taken_back_twice_is_taken_back_once(cast):
    client, url = (
        cast.client(cast.kela_main_user),
        reverse("agreements:mandate_bind", args=[cast.agreement.pk, cast.kela.pk]),
    )
    sent = dict(tree(client.get(url)).xpath("//main//form")[-1].form_values())
    for _time in range(2):
        client.post(url, {**sent, "confirm": "1"})
        assert Mandate.objects.get(pk=cast.kela.pk).may_bind_party is False
    assert cast.kela.history.filter(history_change_reason="binding").count() == 1


def test_stale_details_are_not_written_over(cast):
    client, url = cast.client(cast.kela), reverse("agreements:party_edit", args=[cast.agreement.pk, 3])
    sent = dict(tree(client.get(url)).xpath("//main//form")[-1].form_values())
    client.post(url, {**sent, "legal_person": "Ensin", "confirm": "1"})
    late = client.post(url, {**sent, "legal_person": "Myöhemmin", "confirm": "1"})
    assert late.status_code == 409
    assert "Myöhemmin" in late.content.decode()
    cast.kela.party.organisation.refresh_from_db()
    assert cast.kela.party.organisation.legal_person == "Ensin"


@pytest.mark.django_db(transaction=True)
def test_mail_that_fails_undoes_nothing_and_is_told(cast, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    url = reverse("agreements:person_invite", args=[cast.agreement.pk, 3])
    told = cast.client(cast.kela_main_user).post(url, {**INVITED, "confirm": "1"}, follow=True)
    assert tree(told).xpath("//*[@role='status']//*[contains(@class, 'notice--error')]")
    assert Invitation.objects.get(email=ADDRESS).is_open(TODAY)
    assert "/kutsut/" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_one_of_parallel_accepts_wins(cast, secret):
    link, start = secret(), Barrier(4, timeout=20)

    def act(_number):
        try:
            start.wait()
            return accept(link)
        except (Refused, NotAllowed) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        results = Counter(type(result).__name__ for result in crowd.map(act, range(4)))
    assert results == {"Mandate": 1, "Refused": 3}
