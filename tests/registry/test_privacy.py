"""The privacy notice, and what is held of the person who asks."""

import json

from django.urls import reverse

from registry import own_data
from registry.own_data import held_of
from tests.cast import CANARY
from tests.pages import main_text
from tym.accounts.models import User


def test_own_data_is_ones_own(cast):
    shown = main_text(cast.client(cast.kela).get(reverse("registry:own_data")))
    assert cast.kela.person.name in shown
    assert cast.hva.person.name not in shown
    assert CANARY not in shown
    assert [word for word in ("1.1.2025", "yhteyshenkilö", "kyllä") if word not in shown] == []
    assert [word for word in ("2025-01-01", "True", "None", "is_active", "capacity") if word in shown] == []


def test_every_field_that_a_person_may_be_shown_has_a_name():
    """Also of what the cast does not hold; a field of the code that nobody named would be a KeyError."""
    for model in [User, *(model for model, _fields in own_data._models())]:
        headings = [own_data._heading(field) for field in own_data._fields(model)]
        assert [heading for heading in headings if not heading or "_" in heading] == []


def test_file_has_the_same_and_no_secrets(cast):
    response = cast.client(cast.kela).get(reverse("registry:own_data_file"))
    told = json.loads(response.content)
    assert told == {one.name: one.rows for one in held_of(cast.kela.person)}
    assert cast.kela.person.password not in response.content.decode()
    mandates = [row for rows in told.values() for row in rows if row.get("capacity") == "liaison"]
    assert [row["id"] for row in mandates] == [cast.kela.pk]


def test_notice_is_for_everybody_and_says_that_there_are_no_clients(client, db):
    assert "381/2023 13 §" in main_text(client.get(reverse("registry:privacy_notice")))
