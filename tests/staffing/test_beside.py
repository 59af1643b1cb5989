"""Agreements side by side: whose, in how many queries, and what is hidden from who only looks on."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from agreements import actions
from agreements.models import Mandate
from staffing.beside import side_by_side
from tests.pages import main_text, tree
from tests.staffing.figures_kit import Q1, counts

PAGE = reverse("staffing:agreements_compare")


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def both(cast):
    """Kela's liaison, who reads the second agreement too."""
    told = {"capacity": Mandate.Capacity.READER, "party": cast.second.parties.get(role="kela"), "valid_from": Q1.first}
    actions.grant_mandate(agreement=cast.second, person=cast.kela.person, by=cast.system, **told)
    return cast.client(cast.kela)


def rows(response):
    return [cell.text_content() for cell in tree(response).xpath("//tbody/tr/th")]


def texts(mandates, day):
    return [
        ["hidden" if cell.is_hidden else cell.told.text for cell in one.cells]
        for one in side_by_side(mandates, 2025, day)
    ]


def test_front_page_leads_to_the_quarter_and_to_agreements_side_by_side(cast, both):
    front = main_text(both.get("/"))
    assert "Agreements side by side" in front
    assert reverse("staffing:quarter_sheet") in both.get("/").content.decode()
    alone = cast.client(cast.member).get("/").content.decode()
    assert PAGE not in alone
    assert reverse("staffing:quarter_sheet") not in alone


def test_every_agreement_of_the_person_and_no_other(cast, both):
    counts(cast)
    assert rows(both.get(PAGE, {"vuosi": "2025"})) == sorted([cast.agreement.short_title, cast.second.short_title])
    assert rows(cast.client(cast.member).get(PAGE, {"vuosi": "2025"})) == [cast.agreement.short_title]
    assert both.get(PAGE, {"vuosi": "x"}).status_code == 200


def test_queries_do_not_grow_with_agreements(cast, both, django_assert_num_queries):
    one, two = [cast.kela], list(Mandate.objects.filter(person=cast.kela.person).select_related("agreement"))
    assert len({mandate.agreement_id for mandate in two}) == 2
    for mandates in (one, two):
        assert mandates[0].agreement
        with django_assert_num_queries(6):
            side_by_side(mandates, 2025, cast.today)


def test_small_numbers_are_hidden_from_who_only_looks_on(cast):
    counts(cast, clients=4)
    auditor = cast.holder(Mandate.Capacity.AUDITOR)
    ((_amount, clients, agreed, per_agreed, *_rest),) = texts([auditor], cast.today)
    assert (clients, per_agreed) == ("hidden", "hidden")
    assert agreed != "hidden"
    assert texts([cast.kela], cast.today)[0][1] == "4"
    counts(cast, clients=5, revision=1)
    assert texts([auditor], cast.today)[0][1] == "5"
