"""The demo's access rights give exactly the warnings of its table (domain 6.9)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement, Mandate
from tests.pages import text_of, tree
from tests.registry.test_rights_pages import warnings

pytestmark = pytest.mark.usefixtures("db", "loaded")


def test_demo_gives_exactly_the_warnings_of_its_table(clock):
    clock.day = date(2026, 1, 20)
    agreement = Agreement.objects.get(short_title="TYM Satakunta")
    client = Client()
    client.force_login(Mandate.objects.get(agreement=agreement, capacity="coordinator").person)
    shown = client.get(reverse("registry:right_list", args=[agreement.pk]))
    first, second = warnings(shown)
    assert "1" in first
    assert "34" in second
    information = tree(shown).xpath("//main//li[span[contains(@class, 'tag--neutral')]]")
    assert len(information) == 1
    figures = [[text_of(cell) for cell in row.xpath("td")[:4]] for row in tree(shown).xpath("//main//table/tbody/tr")]
    assert figures == [["11", "12", "1", "0"], ["9", "8", "0", "1"], ["2", "2", "0", "0"]]
    reminded = {role: _reminders(agreement, role) for role in ("wellbeing_county", "kela", "employment_authority")}
    assert reminded == {
        "wellbeing_county": ["2 havaintoa käyttöoikeuksissa"],
        "kela": [],
        "employment_authority": ["10 velvollisuuden vuosivahvistus on tekemättä"],
    }


def _reminders(agreement, role):
    """Of the registry, on the front page of the party's liaison."""
    client = Client()
    client.force_login(Mandate.objects.get(agreement=agreement, capacity="liaison", party__role=role).person)
    links = tree(client.get("/")).xpath(f"//main//a[contains(@href, '/{agreement.pk}/rekisterit/')]")
    return [text_of(link) for link in links]
