"""The demo's costs come out as its tables say (domain 6.7), by page, to the cent."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement, Mandate
from costs.models import CostItem
from tests.pages import main_text

pytestmark = pytest.mark.usefixtures("db", "loaded")


def test_demo_costs_are_those_of_its_table(clock):
    clock.day = date(2026, 3, 1)
    agreement = Agreement.objects.get(short_title="TYM Satakunta")
    day, speaker, brochure = (
        CostItem.objects.get(agreement=agreement, description__contains=word) for word in ("tilat", "puhuja", "esite")
    )
    client = Client()
    client.force_login(Mandate.objects.get(agreement=agreement, capacity="coordinator").person)
    for item, figures in (
        (
            day,
            "1 384,75 € × 12 / 23 = 722,478… €|722,48|541,86|120,41|692,37|566,49|125,89|748,90|551,07|84,78",
        ),
        (
            brochure,
            "615,00 € × 11 / 20 = 338,25 €|338,25|276,75|354,29|260,71|20.3.2025 § 13|351,43|263,57|362,19|252,81",
        ),
        (speaker, "400,00 € × 11 / 20 = 220,00 €|180,00"),
    ):
        shown = main_text(client.get(reverse("costs:item_detail", args=[agreement.pk, item.pk])))
        assert [text for text in figures.split("|") if text not in shown.replace("\u00a0", " ")] == []
    assert not hasattr(speaker, "split")
    year = main_text(client.get(reverse("costs:cost_year", args=[agreement.pk]), {"vuosi": 2025})).replace(
        "\u00a0", " "
    )
    assert "1 060,73 €" in year  # 722,48 + 338,25
