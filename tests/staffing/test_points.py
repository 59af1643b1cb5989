"""Service points of Annex 1: whose, how they change, what the pages show, cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements import actions, contents
from agreements.text import TEXT
from staffing.actions import replace_points
from staffing.models import ServicePoint
from staffing.points import POINTS, drafted
from tests.pages import tree
from tests.staffing.point_kit import new_point, point, point_draft, points, points_as_sent, told
from tym.core.errors import NotAllowed, Stale

NEW = {"key": "", "name": "Kirjaston huone", "kind": "other", "opening": "ti 10–12"}


@pytest.fixture
def draft(cast):
    return actions.draft_change(document=cast.annex1, by=cast.kela, on=cast.today)


@pytest.fixture
def url(draft):
    return reverse("staffing:draft_points", args=[draft.pk, 1])


def replaced(cast, draft, rows, **started):
    return replace_points(change=draft, document=cast.annex1, by=cast.kela, on=cast.today, points=rows, **started)


def page_of(response):
    return tree(response).text_content()


def test_annex_1_has_text_and_then_service_points(cast):
    assert contents.of(cast.annex1) == (TEXT, POINTS)
    page = page_of(cast.client(cast.hva).get(cast.annex1.get_absolute_url()))
    assert page.index("Palvelun kuvaus.") < page.index("Harjavallan sosiaaliasema") < page.index("Kelan palvelupiste")


def test_points_are_added_changed_and_removed_in_a_draft(cast, draft):
    own = point(cast, cast.kela.party)
    replaced(cast, draft, [told(own, kind="joint"), new_point(cast)])
    assert [row.kind for row in drafted(draft, cast.annex1).own] == ["joint", "other"]

    replaced(cast, draft, [])
    assert drafted(draft, cast.annex1).own == ()
    (row,) = ServicePoint.objects.filter(version__change=draft)
    assert (row.removed, row.base) == (True, own)


def test_what_stays_is_no_part_of_the_draft(cast, draft):
    assert replaced(cast, draft, [told(point(cast, cast.kela.party))]) == []


def test_a_party_changes_its_own_points_only(cast, draft):
    with pytest.raises(NotAllowed):
        replaced(cast, draft, [told(point(cast, cast.hva.party))])


@pytest.mark.parametrize("started", [{"revision": -1}, {"ground": "something else"}])
def test_what_others_saved_is_not_overwritten(cast, draft, started):
    with pytest.raises(Stale):
        replaced(cast, draft, [new_point(cast)], **started)


def test_adopted_change_replaces_the_point_and_leaves_the_others(cast):
    change = cast.propose(point_draft(cast), by=cast.kela)
    cast.decide(change)
    opening = [row.opening for row in points(cast)]
    assert opening == ["", "", "ma–ke 9–15"]


def test_text_and_points_change_together(cast):
    draft = cast.draft_text(cast.kela, cast.annex1)
    replaced(cast, draft, [new_point(cast)])
    page = page_of(cast.client(cast.kela).get(draft.get_absolute_url()))
    assert "Uusi teksti." in page
    assert "Kirjaston huone" in page
    assert [touched.content for touched in contents.document_changes(draft)] == [TEXT, POINTS]


def test_draft_leads_to_both_editors(cast, draft, url):
    text, client = reverse("agreements:draft_text", args=[draft.pk, 1]), cast.client(cast.kela)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert url in page
    assert text in page
    assert url in client.get(text).content.decode()


def test_common_draft_and_annex_2_lead_to_no_points(cast):
    common = cast.draft_text(cast.coordinator, cast.annex1)
    for change, who in ((common, cast.coordinator), (cast.draft(cast.kela), cast.kela)):
        page = cast.client(who).get(change.get_absolute_url()).content.decode()
        assert "palvelupisteet/" not in page


def test_saving_writes_the_points_and_goes_to_the_draft(cast, draft, url):
    town = cast.agreement.municipalities.get(name="Kokemäki")
    body = points_as_sent(draft, cast.annex1, more=[{**NEW, "municipality": str(town.pk)}])
    response = cast.client(cast.kela).post(url, body)

    assert (response.status_code, response.url) == (302, draft.get_absolute_url())
    _kept, added = drafted(draft, cast.annex1).own
    assert (added.name, added.municipality, added.party) == ("Kirjaston huone", town, cast.kela.party)


def test_ticked_row_goes_away_whatever_it_says(cast, draft, url):
    body = points_as_sent(draft, cast.annex1, **{"points-0-remove": "on", "points-0-name": ""})
    assert cast.client(cast.kela).post(url, body).status_code == 302
    assert drafted(draft, cast.annex1).own == ()


def test_one_row_more_keeps_what_was_typed_and_writes_nothing(cast, draft, url):
    body = points_as_sent(draft, cast.annex1, **{"points-0-name": "Toinen nimi", "add": "1"})
    page = tree(cast.client(cast.kela).post(url, body))
    assert page.get_element_by_id("id_points-0-name").text_content().strip() == "Toinen nimi"
    assert page.get_element_by_id("id_points-1-name").text_content().strip() == ""
    assert not ServicePoint.objects.filter(version__change=draft).exists()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"kind": "bus"}, {"municipality": "0"}, {"municipality": ""}, {"opening": "131052-308T"}]
)
def test_mistake_is_told_beside_the_field_and_nothing_is_lost(cast, draft, url, wrong):
    ((name, value),) = wrong.items()
    body = points_as_sent(draft, cast.annex1, **{f"points-0-{name}": value, "points-0-address": "Katu 1"})
    response = cast.client(cast.kela).post(url, body)

    page = tree(response)
    assert response.status_code == 200
    assert page.get_element_by_id(f"id_points-0-{name}").get("aria-invalid") == "true"
    assert page.get_element_by_id("id_points-0-address").text_content().strip() == "Katu 1"
    assert not ServicePoint.objects.filter(version__change=draft).exists()


def test_conflict_shows_hers_and_what_is_stored(cast, draft, url):
    body = points_as_sent(draft, cast.annex1, **{"points-0-name": "Oma nimi"})
    replaced(cast, draft, [told(point(cast, cast.kela.party), name="Kollegan nimi")])
    response = cast.client(cast.kela).post(url, body)

    assert response.status_code == 409
    assert "Kollegan nimi" in (page := page_of(response))
    assert "Oma nimi" in page
    assert drafted(draft, cast.annex1).own[0].name == "Kollegan nimi"


@pytest.mark.parametrize("damage", [{"points-TOTAL_FORMS": "x"}, {"revision": ""}])
def test_damaged_form_is_refused(cast, draft, url, damage):
    assert cast.client(cast.kela).post(url, points_as_sent(draft, cast.annex1, **damage)).status_code == 400


def test_queries_do_not_grow_with_points(cast, draft, url):
    client = cast.client(cast.kela)

    def queries(count):
        towns = cast.agreement.municipalities.all()
        rows = [new_point(cast, name=f"Piste {n}", municipality=towns[n]) for n in range(count)]
        replaced(cast, draft, rows)
        seen = []
        for address in (url, draft.get_absolute_url()):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(address)
            seen.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            replaced(cast, draft, rows)
        return [*seen, len(asked)]

    queries(1)
    assert queries(1) == queries(3)
