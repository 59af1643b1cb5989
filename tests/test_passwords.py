"""A password manager is told whose new password it keeps (WHATWG autofill, `username`)."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.agreements.together_kit import post
from tests.pages import tree


def told(page):
    """The user name beside the new password: in the same form, and out of sight for people."""
    [form] = tree(page).xpath("//main//form[.//input[@autocomplete='new-password']]")
    [name] = form.xpath(".//input[@autocomplete='username']")
    assert name.get("hidden") is not None
    assert name.get("style") is None
    return name.get("value")


def test_change_of_password_names_the_person(cast):
    assert told(cast.client(cast.kela).get(reverse("account_change_password"))) == cast.kela.person.email


def test_user_name_sent_along_changes_nothing(cast):
    client = cast.client(cast.kela)
    new = "toinen-pitka-sana-8"
    sent = {"username": "toinen@example.org", "oldpassword": cast.password, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), sent)
    cast.kela.person.refresh_from_db()
    assert cast.kela.person.check_password(new)
    assert cast.kela.person.email != sent["username"]


def test_new_password_after_a_lost_one_names_the_person(cast, client):
    client.post(reverse("account_reset_password"), {"email": cast.kela.person.email})
    page = client.get(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1], follow=True)
    assert told(page) == cast.kela.person.email


@pytest.mark.parametrize(("email", "names"), [("uusi@kela.example", True), ("hva@example.org", False)])
def test_password_of_a_newcomer_is_kept_under_her_address(
    cast, client, email, names, django_capture_on_commit_callbacks
):
    told_of = {"name": "Uusi", "email": email, "capacity": "reader", "confirm": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        post(cast.client(cast.kela_main_user), "person_invite", cast.agreement.pk, 3, **told_of)
    page = client.get(re.search(r"http\S+", mail.outbox[0].body)[0], follow=True)
    if names:
        assert told(page) == email
    else:
        assert not tree(page).xpath("//input[@autocomplete='username']")
