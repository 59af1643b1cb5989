import pytest
from django.urls import reverse

from agreements.actions import draft_change
from tests.staffing.kit import Page


@pytest.fixture
def draft(cast):
    return draft_change(document=cast.annex2, by=cast.kela, on=cast.today)


@pytest.fixture
def url(draft):
    return reverse("staffing:draft_lines", args=[draft.pk, 2])


@pytest.fixture
def kela(cast):
    return cast.client(cast.kela)


@pytest.fixture
def post(kela, url):
    """Opens the page, types the given things over it and presses a button."""

    def post(*changed, client=kela, page=None, **typed):
        page = page or Page(client.get(url))
        data = {name: value for name, value in page.fields.items() if name != "csrfmiddlewaretoken"}
        for number, row in enumerate(changed):
            data |= {f"rows-{number}-{name}": value for name, value in row.items()}
        data["rows-TOTAL_FORMS"] = max(int(data["rows-TOTAL_FORMS"]), len(changed))
        return client.post(url, {**data, **typed})

    return post
