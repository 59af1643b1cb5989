"""Nothing is written in the administration but municipalities, and nothing is ever brought back from history."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from simple_history.admin import SimpleHistoryAdmin

from agreements import actions
from agreements.models import AreaMunicipality, Change, Mandate, Municipality
from tests.administration.kit import address, administrator, fill, models
from tests.factories import MunicipalityFactory
from tests.pages import main_text, stored, tree
from tym.core.administration import RecordAdmin, site
from tym.core.errors import NotAllowed, Refused

ROOT = Path(settings.BASE_DIR)
ROOMS = ("agreements", "costs", "registry", "staffing", "steering")
FORGED = {"_save": "1", "_saveasnew": "1", "post": "yes", "action": "delete_selected", "index": "0", "name": "Väärä"}
SUBMITTED = {"state": "adopted", "valid_from": "2025-01-01", "is_staff": "on", "may_bind_party": "on"}


def refused(client, model):
    """{page: status} of everything that would write a row of the model."""
    row = model._base_manager.first()
    forged = FORGED | SUBMITTED | {"_selected_action": [row.pk]}
    paths = {page: address(model, page, row.pk) for page in ("change", "history", "delete")}
    paths |= {page: address(model, page) for page in ("changelist", "add")}
    answers = {page: client.post(path, forged).status_code for page, path in paths.items()}
    shown = {f"look at {page}": client.get(paths[page]).status_code for page in ("add", "delete")}
    return answers | shown


def test_every_attempt_to_write_is_refused(cast):
    fill(cast)
    client, before = cast.client(administrator()), stored()
    for model in set(models()) - {Municipality}:
        assert set(refused(client, model).values()) == {403}, model
    assert stored() == before


def test_other_methods_are_refused_too(cast):
    client, path = cast.client(administrator()), address(Change, "change", Change.objects.first().pk)
    assert [getattr(client, way)(path).status_code for way in ("put", "patch", "delete")] == [403] * 3


def test_municipalities_are_not_removed(cast):
    answers = refused(cast.client(administrator()), Municipality)
    del answers["add"], answers["change"], answers["look at add"]
    assert set(answers.values()) == {403}


def test_no_state_is_brought_back_from_history(cast):
    """The revert page of simple-history saves an earlier state for anybody who may look at it."""
    change = cast.adopted_change(cast.kela)
    line = change.history.get(history_type="+")
    client, before = cast.client(administrator()), stored()
    path = address(Change, "history", change.pk)
    for forged in (path, f"{path}{line.pk}/", f"{path}{line.pk}/change/"):
        for body in ({"_save": "Revert"}, {"_change_history": "1"}):
            assert client.post(forged, FORGED | SUBMITTED | body).status_code in (403, 404)
    assert client.get(f"{path}{line.pk}/").status_code == 404
    assert stored() == before


def test_every_list_is_of_our_own_kind():
    """Neither the library's own history pages nor Django's own forms and actions."""
    for known in site._registry.values():
        assert isinstance(known, RecordAdmin)
        assert not isinstance(known, SimpleHistoryAdmin)
        assert known.actions is None
        assert not known.inlines
        assert not known.list_editable


def test_municipality_is_added_and_completed(cast):
    person = administrator()
    client = cast.client(person)
    added = client.post(address(Municipality, "add"), {"name": " Merikarvia ", "name_sv": ""}, follow=True)
    assert "Tallennettu" in added.content.decode()
    row = Municipality.objects.get(name="Merikarvia")
    client.post(address(Municipality, "change", row.pk), {"name": "Merikarvia", "name_sv": "Sastmola"})
    row.refresh_from_db()
    assert row.name_sv == "Sastmola"
    assert [line.history_user for line in row.history.all()] == [person, person]
    told = main_text(client.get(address(Municipality, "history", row.pk)))
    assert "Sastmola" in told
    assert str(person) in told


@pytest.mark.parametrize("name", ["Pori", "PORI", "", "131052-308T", "a" * 61])
def test_municipality_that_is_not_taken_is_told_beside_the_field(cast, name):
    client, before = cast.client(administrator()), stored()
    page = tree(client.post(address(Municipality, "add"), {"name": name, "name_sv": "Björneborg"}))
    assert page.xpath("//*[@id='error-summary']//a[@href='#id_name']")
    assert page.xpath("//input[@name='name_sv']/@value") == ["Björneborg"]
    assert page.xpath("//input[@name='name']/@value") == ([name] if name else [])
    assert stored() == before


def used_in_area(cast):
    return cast.agreement.municipalities.get(name="Ulvila")


def used_by_a_contact(cast):
    municipality = MunicipalityFactory()
    cast.holder(Mandate.Capacity.MUNICIPAL_CONTACT, cast.ta.party, municipality=municipality)
    return municipality


@pytest.mark.parametrize("used", [used_in_area, used_by_a_contact])
def test_name_in_use_stays(cast, used):
    """Adopted rows and their fingerprints hold the name."""
    row, client = used(cast), cast.client(administrator())
    page = client.post(address(Municipality, "change", row.pk), {"name": "Uusi", "name_sv": ""})
    assert "Nimi on käytössä" in page.content.decode()
    assert Municipality.objects.get(pk=row.pk).name == row.name


def test_name_not_in_use_is_corrected(cast):
    row = MunicipalityFactory(name="Porri")
    actions.save_municipality(municipality=row, name="Eura", name_sv="", by=administrator())
    assert Municipality.objects.get(pk=row.pk).name == "Eura"
    AreaMunicipality(agreement=cast.agreement, municipality=row).full_clean()


def test_only_those_who_run_the_service_keep_reference_data(cast):
    with pytest.raises(NotAllowed):
        actions.save_municipality(name="Eura", name_sv="", by=cast.coordinator.person)
    with pytest.raises(Refused):
        actions.save_municipality(name="pori", name_sv="", by=administrator())


def reasons():
    """Every reason that an action writes into the history."""
    files = [file for room in ROOMS for file in (ROOT / room / "actions").rglob("*.py")]
    files += [ROOT / room / "actions.py" for room in ROOMS]
    for file in (file for file in files if file.exists()):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "reason" and isinstance(node.value, ast.Constant):
                yield node.value.value


def test_every_reason_in_the_history_has_words():
    known = {reason for admin in site._registry.values() for reason in admin.reasons}
    assert {*reasons()} - {""} <= known
