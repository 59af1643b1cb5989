"""The kit every test stands on: one database for the run, the cast in it, a clock that stands still.

Runs on the engine of DATABASE_URL. Shared rows are never changed for the next test: a plain test is rolled
back, a test with threads or a live server is flushed and the cast built anew.
"""

import random
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache as shared_cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.query import QuerySet
from django.test import TransactionTestCase
from xdist.scheduler import LoadScopeScheduling

from agreements.actions import signing
from agreements.sealing import installed_seal, make_seal
from tests import cast as casting
from tests import founding
from tests.steering.kit import Group
from tym.core import guards, pdf, periods


def pytest_configure():
    # A slow hasher protects people; nobody's password is in here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Every test client is a server of its own: looking through all static files at each start took most of its time.
    settings.WHITENOISE_AUTOREFRESH = True


# What asks the database nothing of its own, or looks only at pages and forms: once, on SQLite. Every rule, right and
# action is tested on both engines.
ONE_ENGINE = (
    "test_conventions.py", "test_pages.py", "test_passwords.py", "test_tooling.py",
    "*/test_*_pages.py", "*/test_pages.py", "administration/*", "agreements/test_pressed_twice.py",
    "staffing/test_views.py", "staffing/test_views_refusals.py",
    "agreements/test_agreement_pdf.py",
    "agreements/test_importing.py", "agreements/test_importing_facts.py", "agreements/test_importing_hostile.py",
    "agreements/test_markup.py", "agreements/test_redline.py",
    "agreements/test_sealing.py", "agreements/test_signatures.py",
    "core/test_formats.py", "core/test_forms.py", "core/test_identity.py", "core/test_pdf.py", "core/test_sheets.py",
    "costs/test_shares.py", "staffing/test_figures.py", "staffing/test_summary.py", "staffing/test_typed_figures.py",
    "registry/test_findings.py", "registry/test_publicity.py", "steering/test_quorum.py",
)  # fmt: skip
HERE = Path(__file__).parent
SEAL_NAME = "Testileima"


class Together(LoadScopeScheduling):
    """A file stays in one process, and so do all of the demo: what its tests share is made once."""

    def _split_scope(self, nodeid):
        path = nodeid.partition("::")[0]
        if path.startswith("tests/browser/"):
            return nodeid
        return "demo" if path.startswith("tests/desk/test_demo") else path


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


def pytest_collection_modifyitems(items):
    for item in items:
        if any(item.path.relative_to(HERE).match(pattern) for pattern in ONE_ENGINE):
            item.add_marker(pytest.mark.one_engine)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with both agreements in it."""
    with django_db_blocker.unblock():
        founding.build()


@pytest.fixture(scope="session", autouse=True)
def _seal_of_the_tests(tmp_path_factory):
    """A seal of the tests' own: that of the machine is not used, and there may be none."""
    folder = tmp_path_factory.mktemp("seal")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "TYM_SEAL_KEY", str(folder / "seal.key"))
        patch.setattr(settings, "TYM_SEAL_CERT", str(folder / "seal.pem"))
        made = installed_seal()
        make_seal(made.key, made.certificate, name=SEAL_NAME)
        yield


@pytest.fixture(scope="session", autouse=True)
def _drawn_once():
    """The same source gives the same bytes, so what is drawn to be signed is drawn once: each demo signs one text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "render_pdf", cache(signing.render_pdf))
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_despite_guards():
    """A test that commits is cleaned up with a flush, which guards would refuse."""
    flush = TransactionTestCase._fixture_teardown

    def flush_and_build(self):
        with guards.lifted():
            flush(self)
        shared_cache.clear()
        founding.build()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_and_build)
        yield


@pytest.fixture(scope="session", autouse=True)
def _shuffle_unordered():
    """A queryset without an order comes in any order, so nothing may rest on the order of insertion."""
    fetch = QuerySet._fetch_all

    def fetch_and_shuffle(self):
        fetched = self._result_cache is not None
        fetch(self)
        if not fetched and not self.ordered:
            random.shuffle(self._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)
        yield


@pytest.fixture(scope="session", autouse=True)
def _draw_once():
    """The same source gives the same bytes (tests/core/test_pdf.py), so elsewhere each PDF is drawn once a process."""
    drawn, draw = {}, pdf._drawn

    def draw_once(request, *limits):
        if request not in drawn:
            drawn[request] = draw(request, *limits)
        return drawn[request]

    draw_once.each_time = draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_drawn", draw_once)
        yield


@dataclass
class Clock:
    """What `periods.today()` says. `clock.day = date(…)` turns it."""

    day: date = casting.TODAY


def stand_still(patch):
    clock = Clock()
    # In here, not `periods.today`: a module may have imported that by name.
    patch.setattr(periods, "timezone", SimpleNamespace(localdate=lambda: clock.day))
    return clock


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Today is 2.6.2025 in every test."""
    return stand_still(monkeypatch)


@pytest.fixture
def cast(db):
    return casting.Cast()


@contextmanager
def staged(blocker, prepare):
    """What `prepare` makes stands for every test inside, on the clock's day, and is undone in the end.

    Tests inside are rolled back to here. None of them may commit (`transaction=True`).
    """
    stage = transaction.atomic()
    with blocker.unblock():
        stage.__enter__()
    try:
        with blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            stand_still(patch)
            prepare()
            # PostgreSQL empties no table while foreign keys wait to be checked, which a test inside may want.
            connection.check_constraints()
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            stage.__exit__(None, None, None)


@pytest.fixture(scope="module")
def seven_seats(django_db_setup, django_db_blocker):
    """The group of the demo sits from the first day on, seated once for all tests of the module."""
    with staged(django_db_blocker, lambda: Group(casting.Cast())):
        yield


@pytest.fixture
def empty_database(db):
    """Without the cast, for what starts from nothing. Rolled back like everything else."""
    empty()


def empty():
    with guards.lifted():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
