"""Pages of access rights: a party's own people, others' counts, a spreadsheet, the yearly confirmation."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import AccessRight, RightsCheck
from tests.pages import main_text, text_of, tree, typed
from tests.registry import kit
from tests.registry.access_table import sheet

HEADINGS = ["Nimi", "Työnantaja", "Haettu", "Koulutettu", "Myönnetty"]


def address(cast, name, *args):
    return reverse(f"registry:{name}", args=[cast.agreement.pk, *args])


def page(cast, who, name, *args):
    return cast.client(getattr(cast, who)).get(address(cast, name, *args))


def warnings(response):
    return [text_of(item) for item in tree(response).xpath("//main//li[span[contains(@class, 'tag--warn')]]")]


def test_others_see_counts_and_never_names(cast):
    kit.right(cast, person="Salli Salainen")
    for who in ("ta", "hva", "coordinator", "member"):
        shown = main_text(page(cast, who, "right_list"))
        assert "Salainen" not in shown
        assert "Kela" in shown
        assert page(cast, who, "right_own", 3).status_code == 403
    assert "Salli Salainen" in main_text(page(cast, "kela_main_user", "right_own", 3))


def test_anothers_right_under_ones_own_address_does_not_exist(cast):
    theirs = kit.right(cast, cast.hva)
    kit.by_name(cast)
    client = cast.client(cast.kela)
    body = {"person": "Vallattu", "employer": "Kela", "applied_on": "2.6.2025", "revision": "0"}
    assert client.post(address(cast, "right_edit", 3, theirs.pk), body).status_code == 404
    assert client.post(address(cast, "right_edit", 2, theirs.pk), body).status_code == 403
    # By a form: the key of another's right in a row of one's own spreadsheet, and in one's own sweep.
    row = {f"rows-0-{name}": value for name, value in {**body, "known": theirs.pk}.items()}
    client.post(address(cast, "right_import", 3), {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, **row})
    sweep = {"seen": theirs.pk, "needed": [theirs.pk], "confirm": "1"}
    assert client.post(address(cast, "right_check", 3), sweep).status_code == 200
    stored = AccessRight.objects.get(pk=theirs.pk)
    assert (stored.person, stored.checked_on, stored.revision) == (theirs.person, None, 0)
    assert not RightsCheck.objects.exists()


def test_right_is_entered_and_errors_stand_by_their_fields(cast):
    kit.by_name(cast)
    client, url = cast.client(cast.kela), address(cast, "right_add", 3)
    body = typed(client.get(url), person="Uusi Henkilö", applied_on="3.3.2025", granted_on="12.3.2025")
    refused = client.post(url, body)
    assert tree(refused).xpath("//main//*[@id='id_trained_on' and @aria-invalid='true']")
    assert typed(refused)["person"] == "Uusi Henkilö"
    assert client.post(url, {**body, "trained_on": "10.3.2025"}).status_code == 302
    assert AccessRight.objects.get().granted_on == date(2025, 3, 12)
    assert client.post(url, {**body, "person": "131052-308T"}).status_code == 200


def test_edit_of_what_was_saved_meanwhile_shows_both(cast):
    right = kit.right(cast)
    client, url = cast.client(cast.kela), address(cast, "right_edit", 3, right.pk)
    body = typed(client.get(url), task="minun")
    kit.revise(cast, right, task="toisen")
    conflict = client.post(url, body)
    assert conflict.status_code == 409
    assert [word for word in ("minun", "toisen") if word not in main_text(conflict)] == []
    assert client.post(url, typed(conflict)).status_code == 302
    assert AccessRight.objects.get().task == "minun"


def imported(cast, *rows):
    kit.by_name(cast)
    client, url = cast.client(cast.kela), address(cast, "right_import", 3)
    return client, url, client.post(url, {"upload": sheet(*rows, names=HEADINGS)})


def test_spreadsheet_is_shown_row_by_row_and_then_taken(cast):
    right = kit.right(cast)
    same = [right.person, "Kela", "3.3.2025", "10.3.2025", "12.3.2025"]
    client, url, shown = imported(cast, same, ["Uusi Henkilö", "Kela", "2.5.2025", "5.5.2025", "6.5.2025"])
    kinds = [row.get("class") for row in tree(shown).xpath("//main//tbody/tr")]
    assert kinds == ["row--same", "row--added"]
    assert AccessRight.objects.count() == 1
    assert client.post(url, typed(shown)).status_code == 302
    assert sorted(AccessRight.objects.values_list("person", flat=True)) == ["Ulla Kaarina", "Uusi Henkilö"]


@pytest.mark.parametrize(
    "row",
    [
        ["Uusi", "Kela", "31.2.2025", "", ""],
        ["Uusi", "Kela", "2.5.2025", "", "6.5.2025"],
        ["131052-308T", "Kela", "2.5.2025", "", ""],
        ["Uusi", "Kela", "3.6.2025", "", ""],
        ["Uusi", "SATAKUNNAN HYVINVOINTIALUE", "2.5.2025", "", ""],
    ],
)
def test_row_that_is_wrong_is_named_and_nothing_can_be_taken(cast, row):
    client, url, shown = imported(cast, row)
    assert tree(shown).xpath("//main//tr[contains(@class, 'row--wrong')]")
    assert client.post(url, typed(shown)).status_code == 409
    assert not AccessRight.objects.exists()


def test_sheet_without_headings_is_refused_in_words(cast):
    kit.by_name(cast)
    url = address(cast, "right_import", 3)
    shown = cast.client(cast.kela).post(url, {"upload": sheet(["a", "b"], names=["x", "y"])})
    assert "Nimi, Työnantaja, Haettu" in main_text(shown)


def test_sweep_is_checked_and_confirmed(cast):
    kept, gone = kit.right(cast), kit.right(cast, person="Lähtijä")
    client, url = cast.client(cast.kela), address(cast, "right_check", 3)
    body = {**typed(client.get(url)), "needed": [kept.pk], "seen": f"{kept.pk},{gone.pk}"}
    assert client.post(url, {**body, "confirm": "1"}).status_code == 302
    assert AccessRight.objects.get(pk=gone.pk).left_on == cast.today


@pytest.mark.parametrize("name", ["right_list", "right_own"])
def test_queries_do_not_grow_with_people(cast, name):
    args = (3,) if name == "right_own" else ()

    def queries():
        client = cast.client(cast.kela)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(cast, name, *args)).status_code == 200
        return len(caught)

    kit.right(cast)
    queries()
    before = queries()
    for number in range(2):
        kit.right(cast, person=f"Henkilö {number}")
    assert queries() == before
