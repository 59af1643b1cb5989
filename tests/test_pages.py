"""What holds for every page: markup, headers, nothing written by looking, nothing undefined, nothing untranslated."""

import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.template import engines
from django.test import override_settings
from django.urls import reverse

from tests.cast import CANARY, TODAY, Cast
from tests.pages import busy, crawl, main_text, stored, text_of, tree
from tym.core import periods

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
PEOPLE = (None, "ta", "hva", "kela", "kela_main_user", "coordinator", "member", "stranger", "second_coordinator")
# Reached by writing the address or from a letter, not by a link.
SIGN_IN_PAGES = tuple(
    reverse(name)
    for name in (
        "account_login", "account_logout", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key_done", "account_inactive", "account_change_password",
    )
)  # fmt: skip
# A template says which of what it takes may be missing.
MAY_BE_MISSING = {"caption"}


class Undefined(str):
    """Put in the place of `string_if_invalid`, writes down what templates asked for in vain."""

    names = frozenset()

    def __new__(cls):
        made = super().__new__(cls, "")
        made.seen = set()
        return made

    def __contains__(self, key):
        return key == "%s"

    def __mod__(self, name):
        self.seen.add(str(name))
        return ""

    def __bool__(self):
        return True


@dataclass(frozen=True)
class Visit:
    """Every page everyone reaches: pages[who][address]; the database before and after; names undefined in templates."""

    pages: dict
    before: dict
    after: dict
    undefined: set


@pytest.fixture(scope="module")
def visit(django_db_setup, django_db_blocker):
    """Made once: nothing here changes what is shown."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        # Stands still before the clock of a single test does.
        patch.setattr(periods, "today", lambda: TODAY)
        undefined = noticed(patch)
        cast = Cast()
        busy(cast)
        clients = {who: cast.client(getattr(cast, who) if who else None) for who in PEOPLE}
        for client in clients.values():
            client.raise_request_exception = False
        before = stored()
        pages = {who: crawl(client, *SIGN_IN_PAGES) for who, client in clients.items()}
        after = stored()
        transaction.set_rollback(True)
    return Visit(pages, before, after, undefined)


@pytest.fixture
def pages(visit):
    return visit.pages


def noticed(patch):
    """The set into which undefined names go from now on."""
    recorder = Undefined()
    patch.setattr(engines["django"].engine, "string_if_invalid", recorder)
    return recorder.seen


@pytest.fixture
def undefined(monkeypatch):
    return noticed(monkeypatch)


def html_pages(pages):
    return [
        (f"{who}: {path}", response)
        for who, found in pages.items()
        for path, response in found.items()
        if response["Content-Type"].startswith("text/html")
    ]


def test_no_link_leads_to_an_error(pages):
    statuses = {(who, path): answer.status_code for who in PEOPLE for path, answer in pages[who].items()}
    assert {place: status for place, status in statuses.items() if status != 200} == {}


def test_looking_writes_nothing(visit):
    assert visit.after == visit.before


def test_crawl_reaches_every_kind_of_page(pages):
    """Without this the tests of this file might look at nothing."""
    names = {response.resolver_match.view_name for _where, response in html_pages(pages) if response.resolver_match}
    assert names >= {
        "agreements:agreement_list", "agreements:own_page", "agreements:agreement_detail", "agreements:annex_detail",
        "agreements:change_list", "agreements:change_detail", "agreements:draft_proposal", "agreements:draft_text",
        "agreements:draft_clause", "agreements:change_withdraw", "agreements:change_consent",
        "agreements:change_decide", "staffing:draft_lines", "staffing:figures_detail", "staffing:quarter_sheet",
        "staffing:realised_edit", "staffing:counts_edit", "staffing:vacancy_edit", "account_login",
        "account_reset_password",
    }  # fmt: skip


def test_every_page_is_whole(pages):
    """Language, one title, one first heading, one main part, ids once, labels for fields."""
    for where, response in html_pages(pages):
        page = tree(response)
        assert page.get("lang") == "fi", where
        assert [len(page.xpath(f"//{tag}")) for tag in ("head/title", "h1", "main")] == [1, 1, 1], where
        assert text_of(page.xpath("//h1")[0]), where
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), where
        assert not page.xpath("//*[@style or starts-with(name(@*), 'on')]"), where
        assert not page.xpath("//script[not(@src)] | //style"), where
        targets = {href.removeprefix("#") for href in page.xpath("//a/@href") if href.startswith("#")}
        assert targets <= set(ids), where


def test_no_two_pages_have_the_same_title(pages):
    """2.4.2: tabs and history are told apart by the title alone. The day and a page's own query do not make a page."""
    for who, found in pages.items():
        addresses = defaultdict(set)
        for _where, response in html_pages({who: found}):
            addresses[text_of(tree(response).xpath("//title")[0])].add(response.request["PATH_INFO"])
        assert {title: paths for title, paths in addresses.items() if len(paths) > 1} == {}, who


def test_no_page_shows_another_agreement_or_another_partys_draft(pages):
    for where, response in html_pages(pages):
        if not where.startswith(("stranger", "second_coordinator")):
            assert CANARY not in response.content.decode(), where
        if not where.startswith("ta:"):
            assert "LUONNOSLINTU" not in response.content.decode(), where


def test_no_template_asks_for_what_is_not_there(visit):
    assert visit.undefined - MAY_BE_MISSING == set()


def test_undefined_names_are_noticed(undefined):
    engines["django"].from_string("{{ nobody.knows }}").render({})
    assert undefined == {"nobody.knows"}


def errors(cast):
    """{what: response} of every kind of error page."""
    kela, change = cast.client(cast.kela), cast.adopted_change(cast.kela)
    strict = type(kela)(enforce_csrf_checks=True)
    strict.force_login(cast.kela.person)
    rows = reverse("staffing:draft_lines", args=[cast.draft(cast.kela).pk, 2])
    return {
        400: kela.post(rows, {"rows-TOTAL_FORMS": "1"}),
        403: kela.get(f"{change.get_absolute_url()}veda-takaisin/"),
        "csrf": strict.post(rows, {}),
        404: kela.get("/ei-ole/"),
        405: kela.post("/"),
        409: kela.get(f"{change.get_absolute_url()}esitys/"),
    }


def test_errors_are_pages_too(cast, undefined):
    for kind, response in errors(cast).items():
        assert response.status_code == (403 if kind == "csrf" else kind)
        if kind != 405:
            assert tree(response).xpath("//main//a[@href] | //main//ol"), kind
            assert main_text(response), kind
    assert undefined - {"exception"} == set()


def test_failure_of_ours_is_a_page_that_asks_nothing_of_the_database(client, settings):
    settings.ROOT_URLCONF = "tests.broken_urls"
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert len(tree(response).xpath("//h1")) == 1


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_every_answer_carries_the_security_headers(cast, pages):
    for where, response in [*html_pages(pages), *errors(cast).items()]:
        assert {name: response.get(name) for name in HEADERS} == HEADERS, where
        assert "no-store" in response["Cache-Control"], where
        policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", where
        assert "unsafe" not in response["Content-Security-Policy"], where
        assert "*" not in response["Content-Security-Policy"], where


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """The Finnish catalogue as the code and templates of today would have it."""
    folder = tmp_path_factory.mktemp("messages")
    ours = ("agreements", "costs", "registry", "staffing", "steering", "templates", "tym", "locale")
    for name in ours:
        ignored = shutil.ignore_patterns("static", "__pycache__", "*.mo")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[str(folder / "locale")]):
        patch.chdir(folder)
        call_command("makemessages", "--locale", "fi", "--verbosity", "0")
    return polib.pofile(str(folder / "locale" / "fi" / "LC_MESSAGES" / "django.po"))


def test_every_message_is_translated_into_finnish(messages):
    assert [entry.msgid for entry in messages.untranslated_entries()] == []
    assert [entry.msgid for entry in messages.fuzzy_entries()] == []
    assert len(messages.translated_entries()) > 200


def test_every_translation_is_of_a_message_still_in_use(messages):
    assert [entry.msgid for entry in messages.obsolete_entries()] == []
