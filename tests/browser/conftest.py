"""The browser of the `browser` tests: Debian's Chromium, no download."""

import os
from pathlib import Path

import pytest

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
