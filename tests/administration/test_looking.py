"""The administration shows every row of every model to those who run the service, and nothing to anybody else."""

import re
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from simple_history.models import HistoricalChanges

from agreements import actions
from agreements.models import Change, Invitation, Mandate
from tests.administration.kit import address, administrator, fill, models
from tests.cast import TODAY, Cast
from tests.factories import UserFactory
from tests.pages import main_text, stored, text_of, tree
from tym.accounts.models import User
from tym.core import periods
from tym.core.administration import site
from tym.core.models import StoredFile
from tym.core.words import FIELD_NAMES, label
from tym.desk.models import Feedback

pytestmark = pytest.mark.django_db
ROOMS = ("agreements", "costs", "registry", "staffing", "steering", "tym")
# Model: why nobody needs to look at it. Nothing has been left out.
LEFT_OUT = {}
NOT_STAFF = ("coordinator", "nobody")
LOOKED_AT = ("changelist", "change", "history")
PAGES = ("changelist", "add", "change", "history", "delete")


def business_models():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]
    return {model for model in ours if not issubclass(model, HistoricalChanges)}


def addresses(model):
    row = model._base_manager.first()
    return {page: address(model, page, *([row.pk] if page not in ("changelist", "add") else [])) for page in PAGES}


def labelled(model):
    """Every column that is shown, with what it is called."""
    known = site.admin_of(model)
    fields = [*known.shown, *(field for field in model._meta.many_to_many if field.name not in known.hidden)]
    return {field: label(field) for field in fields}


def test_every_model_of_ours_is_here_and_no_other():
    """A new model cannot be forgotten; sessions, log entries, groups and sign-in tokens are not shown."""
    assert set(models()) == business_models() - set(LEFT_OUT)


@dataclass(frozen=True)
class Visit:
    """Every page of every model; what was asked of the database for it; the database before and after."""

    pages: dict
    asked: dict
    list_costs: dict
    secrets: set
    before: dict
    after: dict


@pytest.fixture(scope="module")
def visit(django_db_setup, django_db_blocker):
    """Made once: nothing here changes what is shown."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(periods, "today", lambda: TODAY)
        cast = Cast()
        fill(cast)
        secrets, client = secrets_of(cast), cast.client(administrator())
        before, pages, asked, list_costs = stored(), {}, {}, {}
        for model in models():
            paths = addresses(model)
            for page in LOOKED_AT:
                with CaptureQueriesContext(connection) as captured:
                    pages[model, page] = client.get(paths[page])
                asked[model, page] = [query["sql"] for query in captured.captured_queries]
            list_costs[model] = [cost_of_list(client, model, rows, patch) for rows in (1, 3)]
        after = stored()
        transaction.set_rollback(True)
    return Visit(pages, asked, list_costs, secrets, before, after)


def secrets_of(cast):
    invitation, person = Invitation.objects.first(), cast.kela.person
    return {invitation.secret_sha256, invitation.email, person.password, person.email, Feedback.objects.first().email}


def cost_of_list(client, model, rows, patch):
    assert model._base_manager.count() > 1, model
    patch.setattr(site.admin_of(model), "list_per_page", rows)
    return len(queries(client, address(model, "changelist")))


def test_every_page_shows_and_writes_nothing(visit):
    assert {answer.status_code for answer in visit.pages.values()} == {200}
    assert visit.after == visit.before
    texts = {place: whole(answer) for place, answer in visit.pages.items()}
    assert len(texts) == len(LOOKED_AT) * len(models()) > 75


def test_list_of_three_rows_costs_as_much_as_of_one(visit):
    assert {model: costs for model, costs in visit.list_costs.items() if costs[0] != costs[1]} == {}


def test_secrets_are_neither_shown_nor_read(visit):
    for place, answer in visit.pages.items():
        told = answer.content.decode()
        assert not [secret for secret in visit.secrets if secret in told], place
        read = [
            asked for asked in visit.asked[place] if re.search(r'"(password|secret_sha256|content|clients)"', asked)
        ]
        # Sign-in itself reads who is signed in.
        assert [asked.partition(" WHERE ")[0].endswith('FROM "accounts_user"') for asked in read] == [True], place


def whole(response):
    """The page's text, once it has been seen to be a page like every other."""
    page, where = tree(response), response.request["PATH_INFO"]
    assert page.get("lang") == "fi", where
    assert [len(page.xpath(f"//{tag}")) for tag in ("title", "h1", "main")] == [1, 1, 1], where
    assert text_of(page.xpath("//h1")[0]), where
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), where
    assert not page.xpath("//script | //style | //*[@style or starts-with(name(@*), 'on')]"), where
    assert "None" not in main_text(response), where
    return main_text(response)


def test_index_names_every_room_and_list(cast):
    client = cast.client(administrator())
    index = client.get("/yllapito/")
    found = set(tree(index).xpath("//main//a/@href"))
    assert {address(model, "changelist") for model in models()} <= found
    for room in {model._meta.app_label for model in models()}:
        whole(client.get(reverse("admin:app_list", args=[room])))


@pytest.mark.parametrize("who", NOT_STAFF)
def test_for_others_it_does_not_exist(cast, who):
    client = cast.client(getattr(cast, who))
    before = stored()
    paths = ["/yllapito/", "/yllapito/agreements/", *(path for model in models() for path in addresses_or_add(model))]
    for path in paths:
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404), path
    assert "/yllapito/" not in client.get("/").content.decode()
    assert {key: rows for key, rows in stored().items() if rows != before[key]} == {}


def addresses_or_add(model):
    return addresses(model).values() if model._base_manager.exists() else [address(model, "changelist")]


def test_who_is_not_signed_in_goes_to_the_sites_own_sign_in(client, cast):
    for path in ("/yllapito/", "/yllapito/agreements/", *addresses(Change).values()):
        assert client.get(path)["Location"] == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("path", ["login", "logout", "password_change", "jsi18n", "autocomplete", "r/1/1", "muu"])
def test_there_is_no_second_way_in(cast, path):
    for client in (cast.client(), cast.client(administrator())):
        assert client.get(f"/yllapito/{path}/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{path}")


def test_right_ends_at_once(cast):
    person = administrator()
    client = cast.client(person)
    assert client.get("/yllapito/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_staff=False)
    assert client.get("/yllapito/").status_code == 404


def test_link_in_the_head_is_for_those_who_run_the_service(cast):
    for person, shown in ((administrator(), 1), (cast.nobody, 0)):
        assert len(tree(cast.client(person).get("/")).xpath("//header//a[@href='/yllapito/']")) == shown


@pytest.mark.parametrize("key", ["0", "9" * 30, "sana"])
def test_row_that_is_not_there(cast, key):
    client = cast.client(administrator())
    for model in models():
        assert {client.get(address(model, page, key)).status_code for page in ("change", "history")} == {404}


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return captured


def test_history_of_three_lines_costs_as_much_as_of_two(cast):
    change, client = cast.draft(cast.kela), cast.client(administrator())
    told = {"change": change, "by": cast.kela, "on": cast.today, "wanted_from": None, "why": "Miksi"}
    costs = []
    for what in ("Toinen", "Kolmas"):
        actions.save_proposal(what=what, **told)
        costs.append(len(queries(client, address(Change, "history", change.pk))))
    assert costs[0] == costs[1]


def test_history_tells_who_what_and_why(cast):
    change = cast.adopted_change(cast.kela)
    told = main_text(cast.client(administrator()).get(address(Change, "history", change.pk)))
    for words in (str(cast.kela), str(cast.coordinator), "Luonnos", "Hyväksytty", "laadittu", "2.6.2025"):
        assert words in told
    mandates = cast.client(administrator()).get(address(Mandate, "history", cast.kela.pk))
    assert "Järjestelmä" in main_text(mandates)


def test_history_goes_on_to_the_next_page(cast, monkeypatch):
    monkeypatch.setattr("tym.core.past.LINES_A_PAGE", 2)
    change, client = cast.adopted_change(cast.kela), cast.client(administrator())
    path = address(Change, "history", change.pk)
    pages = [client.get(path, {"p": number}) for number in range(1, 10)]
    lines = [tree(page).xpath("//ol[@class='timeline']/li") for page in pages]
    count = change.history.count()
    last = -(-count // 2)
    assert sum(map(len, lines[:last])) == count > 4
    # The oldest line of a page tells what it changed.
    assert lines[0][-1].xpath(".//ul")


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (User, "password__startswith"), (User, "email__startswith"), (Invitation, "secret_sha256__gte"),
        (Invitation, "invited_by__person__password__startswith"), (StoredFile, "content__startswith"),
        (Change, "state__regex"), (Change, "matter__agreement__mandates__person__password__startswith"),
    ],
)  # fmt: skip
def test_secrets_cannot_be_guessed_letter_by_letter(cast, model, lookup):
    assert cast.client(administrator()).get(address(model, "changelist"), {lookup: "a"}).status_code == 400


def test_search_and_filters_find(cast):
    change, client = cast.proposed_change(cast.kela), cast.client(administrator())
    path = address(Change, "changelist")
    name = tree(client.get(path)).xpath("//main//input[@type='search']/@name")[0]
    rows = {
        "all": client.get(path),
        "state": client.get(path, {"state__exact": "proposed"}),
        "agreement": client.get(path, {"matter__agreement__id__exact": cast.second.pk}),
        "text": client.get(path, {name: change.what}),
        "nothing": client.get(path, {"q": "eiloydy"}),
        "sorted": client.get(path, {"o": "-2.1"}),
    }
    counts = {name: len(tree(page).xpath("//tbody/tr")) for name, page in rows.items()}
    assert counts["all"] == counts["sorted"] == Change.objects.count()
    assert counts["state"] == Change.objects.filter(state="proposed").count()
    assert counts["agreement"] == Change.objects.filter(matter__agreement=cast.second).count()
    assert (counts["text"], counts["nothing"]) == (1, 0)
    assert "Tila" in main_text(rows["all"])
    for model in models():
        assert client.get(address(model, "changelist"), {"q": "haku ä 1"}).status_code == 200, model


def test_address_is_no_way_to_find_a_person(cast):
    client = cast.client(administrator())
    UserFactory(name="Löytyvä", email="salainen@example.org")
    assert len(tree(client.get(address(User, "changelist"), {"q": "löytyvä"})).xpath("//tbody/tr")) == 1
    assert not tree(client.get(address(User, "changelist"), {"q": "salainen"})).xpath("//tbody/tr")


@pytest.mark.parametrize("model", models(), ids=str)
def test_model_and_columns_have_names_of_their_own(model):
    """In gettext, and no two columns of a page called the same."""
    assert isinstance(model._meta.verbose_name, Promise)
    assert isinstance(model._meta.verbose_name_plural, Promise)
    columns = labelled(model)
    named = [f for f in columns if isinstance(f.verbose_name, Promise) or f.name in FIELD_NAMES or f.is_relation]
    assert named == list(columns)
    assert sorted(set(columns.values())) == sorted(columns.values())
