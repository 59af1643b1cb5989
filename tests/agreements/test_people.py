"""People of an agreement: invitations, mandates, and what a party tells of itself."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from agreements.models import Invitation, Mandate
from tests.agreements.together_kit import post, shown

INVITED = {"name": "Uusi Ihminen", "email": "uusi@example.org", "capacity": "reader"}


def invite(cast, django_capture_on_commit_callbacks, **more):
    with django_capture_on_commit_callbacks(execute=True):
        return post(
            cast.client(cast.kela_main_user),
            "person_invite",
            cast.agreement.pk,
            cast.kela.party.order,
            **INVITED,
            **more,
        )


def link_in(message):
    return re.search(r"/kutsut/[\w-]+/", message.body).group()


def accept(client, link, **more):
    """Follow the link of the mail and send the form behind it."""
    client.get(link)
    return client.post(reverse("agreements:invitation_accept"), {"secret": link.split("/")[-2], **more})


def test_invitation_is_checked_mailed_and_used_once(cast, client, django_capture_on_commit_callbacks):
    assert "Uusi Ihminen" in shown(invite(cast, django_capture_on_commit_callbacks))
    assert not mail.outbox
    invite(cast, django_capture_on_commit_callbacks, confirm="1")
    link = link_in(mail.outbox[0])
    assert client.get(link, follow=True).status_code == 200
    password = {"password": "pitka-salasana-77", "again": "pitka-salasana-77"}
    accept(client, link, **password)
    mandate = Mandate.objects.get(person__email="uusi@example.org")
    assert (mandate.capacity, mandate.party) == ("reader", cast.kela.party)
    assert client.get(cast.agreement.get_absolute_url()).status_code == 200
    assert accept(client, link, **password).status_code == 404


@pytest.mark.parametrize(("password", "again"), [("lyhyt", "lyhyt"), ("pitka-salasana-77", "toinen-salasana-77")])
def test_bad_password_lets_nobody_in(cast, client, django_capture_on_commit_callbacks, password, again):
    invite(cast, django_capture_on_commit_callbacks, confirm="1")
    answer = accept(client, link_in(mail.outbox[0]), password=password, again=again)
    assert 'role="alert"' in answer.content.decode()
    assert not Mandate.objects.filter(person__email="uusi@example.org").exists()


def closed(client, link):
    answer = client.get(link, follow=True)
    return answer.status_code, answer.content


def test_cancelled_or_expired_invitation_looks_like_an_unknown_one(
    cast, client, clock, django_capture_on_commit_callbacks
):
    invite(cast, django_capture_on_commit_callbacks, confirm="1")
    link = link_in(mail.outbox[0])
    unknown = client.get("/kutsut/tuntematon/", follow=True)
    clock.day = date(2025, 6, 17)
    assert closed(client, link) == (404, unknown.content)
    clock.day = date(2025, 6, 2)
    invitation = Invitation.objects.get(email="uusi@example.org")
    post(cast.client(cast.kela_main_user), "invitation_cancel", cast.agreement.pk, invitation.pk)
    assert closed(client, link) == (404, unknown.content)


@pytest.mark.parametrize("who", ["ta", "hva", "kela", "coordinator", "member"])
def test_only_the_own_main_user_lets_people_in(cast, who):
    client = cast.client(getattr(cast, who))
    assert post(client, "person_invite", cast.agreement.pk, cast.kela.party.order, **INVITED).status_code == 403
    assert post(client, "mandate_end", cast.agreement.pk, cast.kela.pk, last_day="2.6.2025").status_code == 403


def test_existing_person_signs_in_before_accepting(cast, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(
            cast.client(cast.kela_main_user),
            "person_invite",
            cast.agreement.pk,
            cast.kela.party.order,
            name="Muu",
            email=cast.member.person.email,
            capacity="reader",
            confirm="1",
        )
    link = link_in(mail.outbox[0])
    accept(client, link, password="pitka-salasana-77", again="pitka-salasana-77")
    accept(cast.client(cast.ta), link)
    assert not Mandate.objects.filter(person=cast.member.person, capacity="reader").exists()
    person = cast.member.person
    accept(cast.client(person), link)
    assert Mandate.objects.filter(person=person, capacity="reader").exists()


def test_last_main_user_stays(cast):
    client = cast.client(cast.kela_main_user)
    answer = post(client, "mandate_end", cast.agreement.pk, cast.kela_main_user.pk, last_day="2.6.2025", confirm="1")
    assert answer.status_code == 409
    assert Mandate.objects.get(pk=cast.kela_main_user.pk).valid_to is None


def test_main_user_ends_and_binds_her_own_people(cast):
    client = cast.client(cast.kela_main_user)
    post(client, "mandate_bind", cast.agreement.pk, cast.kela.pk, confirm="1")
    assert not Mandate.objects.get(pk=cast.kela.pk).may_bind_party
    post(client, "mandate_end", cast.agreement.pk, cast.kela.pk, last_day="30.6.2025", confirm="1")
    assert Mandate.objects.get(pk=cast.kela.pk).valid_to == date(2025, 6, 30)


def test_people_page_says_who_may_what(cast, django_assert_max_num_queries):
    client = cast.client(cast.kela_main_user)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("agreements:people_list", args=[cast.agreement.pk]))
    text = shown(page)
    assert str(cast.coordinator.person) in text
    assert cast.canary not in text


def test_party_details_are_kept_by_the_party(cast):
    args = (cast.agreement.pk, cast.kela.party.order)
    told = {"legal_person": "", "business_id": "0246246-0", "e_invoice_address": "003702462460"}
    assert post(cast.client(cast.ta), "party_edit", *args, **told).status_code == 403
    wrong = post(cast.client(cast.kela), "party_edit", *args, **(told | {"business_id": "1234567-8"}))
    assert 'role="alert"' in wrong.content.decode()
    assert "0246246-0" in shown(post(cast.client(cast.kela), "party_edit", *args, **told, confirm="1"))


def test_new_name_holds_from_its_day(cast):
    args = (cast.agreement.pk, cast.kela.party.order)
    post(cast.client(cast.kela), "party_rename", *args, name="Uusi Kela", valid_from="1.1.2026", confirm="1")
    client = cast.client(cast.ta)
    assert "Uusi Kela" not in shown(client.get(cast.agreement.get_absolute_url() + "?on=2025-12-31"))
    assert "Uusi Kela" in shown(client.get(cast.agreement.get_absolute_url() + "?on=2026-01-01"))
