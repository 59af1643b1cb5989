"""The browser of the `browser` tests: Debian's Chromium, no download."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.cast import Cast
from tym.core import guards

# Playwright keeps an event loop in the test's thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

HERE = Path(__file__).parent
PATIENCE_MS = 6000


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    quiet = "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        # Chromium's own sandbox refuses to run as root, which CI is.
        "args": ["--no-sandbox", "--disable-sync", *quiet.split()],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    size = {"width": 1280, "height": 900}
    return browser_context_args | {"locale": "fi-FI", "timezone_id": "Europe/Helsinki", "viewport": size}


@pytest.fixture
def context(context):
    """A context that gives up soon: the default half a minute makes a failing run very long."""
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture(autouse=True)
def plain_static_names(settings):
    """The live server finds static files in their folders, which know no hashed names."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def site(live_server):
    """The address of a running site with the cast in it."""
    return live_server.url


@pytest.fixture
def demo(site, clock):
    """The demo in the place of the cast, while version 3 of its Annex 2 waits for the group."""
    clock.day = date(2025, 11, 24)
    with guards.lifted():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    # Sealing starts an event loop of its own, and Playwright keeps one in this thread.
    with ThreadPoolExecutor(1) as beside:
        beside.submit(_load_demo).result()


def _load_demo():
    call_command("demo", stdout=StringIO())
    connection.close()


@pytest.fixture
def new_page(browser, browser_context_args, site):
    """Opens a page, signed in as the person without typing. Whatever the browser complains of is a failure."""
    complaints, contexts = [], []

    def open_page(person=None, **options):
        context = browser.new_context(**browser_context_args | {"base_url": site} | options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if person is not None:
            session = Cast().client(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        page = context.new_page()
        listen(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def listen(page, complaints):
    """Writes down warnings and errors of the console, where a breach of the security policy is told, and of scripts."""
    page.on("console", lambda said: said.type in ("warning", "error") and complaints.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("crash", lambda _page: complaints.append(f"{page.url}: crashed"))
