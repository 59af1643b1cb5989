"""Every kind of page as axe sees it, on a desk and on a phone: no violation, no doubtful contrast, no sideways scroll.

Pages are collected by links, so a new page comes along by itself. Of pages made of the same elements, one is looked at.
"""

import json
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.agreements import signing_world as world
from tests.cast import Cast
from tests.pages import busy, crawl, tree
from tym.accounts.models import User

WIDTHS = (1280, 320)
SIGN_IN_PAGES = ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive")
# Contrast that axe cannot measure is a violation nobody has seen yet.
MUST_BE_CERTAIN = {"color-contrast"}


def shape(response):
    """What the page is made of, apart from its words and how many there are of each thing."""
    return frozenset((element.tag, element.get("class"), element.get("type")) for element in tree(response).iter("*"))


def kinds_of_pages(client, *start):
    """One address of each kind of page the person reaches."""
    kinds = {}
    for path, response in crawl(client, *start).items():
        if response["Content-Type"].startswith("text/html"):
            kinds.setdefault((response.resolver_match.view_name, shape(response)), path)
    return list(kinds.values())


def flaws(page):
    """{rule: [elements]} of what axe finds on the page as it is."""
    found = Axe().run(page, options={"resultTypes": ["violations", "incomplete"]}).response
    told = {rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in found["violations"]}
    for rule in found["incomplete"]:
        if rule["id"] in MUST_BE_CERTAIN and (unsure := [n["html"][:200] for n in rule["nodes"] if not is_sign(n)]):
            told[f"{rule['id']}, unsure"] = unsure
    return told


def is_sign(node):
    """Axe takes an arrow for an icon and does not measure it; it is hidden from the ear and said in words."""
    return any((check["data"] or {}).get("messageKey") == "nonBmp" for check in node["any"])


def judged(page, widths=WIDTHS):
    """Flaws of the page at the widths, and whether it scrolls sideways at any."""
    told = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        told[width] = flaws(page) if width in widths else {}
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            told[width]["page scrolls sideways"] = [f"{wide} px"]
    return {width: found for width, found in told.items() if found}


def visited(page, paths, widths=WIDTHS):
    """{address: flaws} of the pages that have any."""
    told = {}
    for path in paths:
        page.goto(path)
        if found := judged(page, widths):
            told[path] = found
    return told


def assert_none(told):
    assert not told, json.dumps(told, indent=1, ensure_ascii=False)


def test_sign_in_pages(new_page):
    paths = [reverse(name) for name in SIGN_IN_PAGES]
    assert_none(visited(new_page(), kinds_of_pages(Cast().client(), *paths)))


# Two people see mostly the same kinds of pages: axe looks at those of one on a desk, of the other on a phone.
@pytest.mark.parametrize(("who", "width"), [("kela", 320), ("coordinator", 1280)])
def test_pages_of_an_agreement_with_a_change_in_every_state(new_page, who, width):
    cast = Cast()
    busy(cast)
    mandate = getattr(cast, who)
    paths = kinds_of_pages(cast.client(mandate), reverse("account_logout"), reverse("account_change_password"))
    assert len(paths) > 10
    assert_none(visited(new_page(mandate.person), paths, [width]))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("email", "width"), [("kari.noormarkku@satahva.example", 1280), ("katja.lavia@pori.example", 320)]
)
def test_pages_of_the_demo(new_page, email, width, clock):
    """Texts and tables as long as real ones, when the demo's year is over."""
    clock.day = date(2026, 6, 2)
    person = User.objects.get(email=email)
    assert_none(visited(new_page(person), kinds_of_pages(Cast().client(person)), [width]))


def wrong_posts(cast):
    """{address: {field: text}}: forms sent with something wrong in them."""
    draft, text = cast.draft(cast.kela), cast.draft_text(cast.kela, cast.annex1)
    return {
        reverse("staffing:draft_lines", args=[draft.pk, 2]): {"rows-0-person_years": "abc", "rows-0-title": ""},
        reverse("agreements:draft_proposal", args=[draft.pk]): {"what": "", "wanted_from": "31.2.2026"},
        reverse("agreements:draft_clause", args=[text.pk, 1, "uusi"]): {},
        reverse("account_change_password"): {},
    }


def test_pages_that_tell_of_mistakes(new_page):
    cast, told = Cast(), {}
    page = new_page(cast.kela.person)
    for path, fields in wrong_posts(cast).items():
        send(page, path, fields)
        told[path] = judged(page)
    assert_none({path: found for path, found in told.items() if found})


@pytest.mark.parametrize(
    "rows", ["neuvoja\t1\t1,00\tPori", "neuvoja\t1\t2,00\tEurajoki\t\tehkä"], ids=["right", "wrong"]
)
def test_preview_of_a_spreadsheet(new_page, rows):
    cast = Cast()
    page = new_page(cast.kela.person)
    page.goto(reverse("staffing:lines_import", args=[cast.draft(cast.kela).pk, 2]))
    page.locator("[name=pasted]").fill(rows)
    page.locator("main form .actions button").first.click()
    page.locator("main form[action]").wait_for()
    assert_none(judged(page))


def test_decision_form_that_tells_of_mistakes(new_page):
    cast = Cast()
    path = reverse("agreements:change_decide", args=[cast.proposed_change(cast.kela).pk])
    page = new_page(cast.coordinator.person)
    send(page, path, {})
    assert_none(judged(page))


def send(page, path, fields):
    """Fills and sends the page's main form, and waits for the summary of mistakes."""
    page.goto(path)
    for name, text in fields.items():
        page.locator(f"[name='{name}']").fill(text)
    page.locator("main form .actions button").first.click()
    page.get_by_role("alert").wait_for()
    assert page.locator("#error-summary a").count() >= max(1, len(fields))


def test_pages_of_signing(new_page):
    """The form that opens a round, with mistakes in it and a line added; the round; the page where one signs."""
    cast = Cast()
    change, page = world.agreed(cast), new_page(cast.coordinator.person)
    path = reverse("agreements:signing_open", args=[change.pk])
    page.goto(path)
    page.locator("fieldset details summary").first.click()
    page.locator("[name=s1_2_title]").fill("johtaja")
    page.locator("main form > .actions button").click()
    page.get_by_role("alert").wait_for()
    told = {path: judged(page)}
    signing = world.opened(cast, "in_app", change=change)
    place = world.place_of(signing, cast.kela.party)
    sign = reverse("agreements:signing_sign", args=[signing.pk, place.pk])
    told |= visited(new_page(cast.kela.person), [signing.get_absolute_url(), sign])
    assert_none({path: found for path, found in told.items() if found})
