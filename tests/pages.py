"""Pages as tests see them: named addresses, a response as a tree, all that links lead to, what is stored."""

from collections import deque
from decimal import Decimal
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
from django.db import connection
from django.urls import URLResolver, get_resolver

from agreements import actions
from staffing.content import drafted
from staffing.forms import as_typed
from tests.agreements import lasting_kit
from tests.registry import destruction_kit as destruction
from tests.staffing.figures_kit import told as told_figures

# A visit is kept in a session, sign-in attempts are counted in the cache: neither is the agreement's business.
NOT_BUSINESS = {"django_session", "tym_cache"}


def url_names(patterns=None, namespace=""):
    """Every named address of the project."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


def stored():
    """All business rows of the database, to compare before and after."""
    tables = set(connection.introspection.table_names()) - NOT_BUSINESS
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in sorted(tables)}


def _rows(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return sorted(map(repr, cursor.fetchall()))


def tree(response):
    return lxml.html.document_fromstring(response.content.decode())


def text_of(element):
    return " ".join(element.text_content().split())


def main_text(response):
    """What the page says, without header and footer."""
    return text_of(tree(response).get_element_by_id("main"))


def links(response, path):
    """Addresses of this site that the page leads to, without fragments."""
    hrefs = (urldefrag(urljoin(path, href)).url for href in tree(response).xpath("//a/@href"))
    return {href for href in hrefs if not urlsplit(href).netloc and href.startswith("/")}


def crawl(client, *start):
    """{address: response} of every page a person reaches by links from the front page. Redirects are followed."""
    seen, found = {"/", *start}, {}
    waiting = deque(seen)
    while waiting:
        path = waiting.popleft()
        found[path] = response = client.get(path, follow=True)
        new = links(response, path) - seen if response["Content-Type"].startswith("text/html") else set()
        seen |= new
        waiting.extend(sorted(new))
    return found


def typed(response, **differing):
    """The fields of the page's main form as they would be sent, with what differs."""
    form = tree(response).xpath("//main//form")[-1]
    # A browser drops the first line break of a textarea.
    return {**{name: (value or "").removeprefix("\n") for name, value in form.form_values()}, **differing}


def beside(response, name):
    """The error beside the field, which names the error and is marked wrong for a screen reader."""
    page = tree(response)
    field = page.xpath(f"//*[@name='{name}']")[0]
    group = field.xpath("ancestor::fieldset")
    described = (group[0] if group and field.get("type") == "radio" else field).get("aria-describedby", "")
    texts = [text_of(page.get_element_by_id(target)) for target in described.split()]
    assert field.get("aria-invalid") == "true"
    return " ".join(texts)


def summary_links(response):
    """{target: text} of the error summary; every target is on the page."""
    page = tree(response)
    items = {link.get("href"): text_of(link) for link in page.xpath("//*[@id='error-summary']//a")}
    for target in items:
        page.get_element_by_id(target.removeprefix("#"))
    return items


def assert_told(response, field, message):
    assert response.status_code == 200
    assert message in beside(response, field)
    assert any(message in text for text in summary_links(response).values())


def rows_as_sent(change, document, *, more=(), **differing):
    """A whole post of the staff rows: the stored ones; `more` rows after them; what differs by field name."""
    held = drafted(change, document)
    rows = [as_typed(line) for line in held.own] + list(more)
    fields = {f"rows-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    ticked = {name: "on" for name, value in fields.items() if value is True}
    told = {
        name: str(value).replace(".", ",") if isinstance(value, Decimal) else value for name, value in fields.items()
    }
    sent = {name: value for name, value in told.items() if value is not False} | ticked
    management = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": len(rows)}
    return {**management, "revision": change.revision, "ground": held.ground, **sent, **differing}


def busy(cast):
    """Satakunta with a change in every state, so that every kind of page is there. {name: change}."""
    told_figures(cast)
    adopted = cast.adopted_change(cast.kela, valid_from=cast.today.replace(month=7, day=1))
    proposed, overtaken = cast.proposed_change(cast.hva), _overtaken(cast)
    returned, rejected = cast.returned_change(cast.ta), cast.proposed_change(cast.ta)
    cast.decide(rejected, "reject", grounds="Ei perusteita.")
    withdrawn = cast.proposed_change(cast.ta)
    actions.withdraw_change(change=withdrawn, by=cast.ta, on=cast.today)
    amendment = cast.propose(cast.draft_text(cast.hva, cast.main_text, key="s1", body="Toinen teksti."), by=cast.hva)
    notice = cast.propose(
        cast.draft_text(cast.kela, cast.annex3, heading="Uusi jäsen", wanted_from=cast.today), by=cast.kela
    )
    lasting_kit.original(cast)
    lasting_kit.related(cast, replaces=lasting_kit.related_by_file(cast))
    ta_draft = cast.draft(cast.ta, what="LUONNOSLINTU")
    _due(cast)
    text, unbound = cast.draft_text(cast.coordinator, cast.annex1), cast.proposed_change(cast.kela_main_user)
    return {
        "adopted": adopted, "proposed": proposed, "overtaken": overtaken, "returned": returned, "rejected": rejected,
        "withdrawn": withdrawn, "amendment": amendment, "notice": notice, "draft": cast.draft(cast.kela),
        "ta_draft": ta_draft, "text": text, "unbound": unbound,
    }  # fmt: skip


def _due(cast):
    """A document that has been destroyed, one proposed to be, and two that have fallen due."""
    destruction.destroyed(cast, destruction.due(cast, cast.kela, content=b"%PDF-1.7 gone"))
    destruction.proposed(cast, destruction.due(cast, content=b"%PDF-1.7 to go"))
    for who in (None, cast.kela):
        destruction.due(cast, who, content=f"%PDF-1.7 due {who}".encode())


def _overtaken(cast):
    """Two proposals of the wellbeing county for the same row, of which the other has been decided."""
    winner = cast.proposed_change(cast.hva)
    loser = cast.proposed_change(cast.hva)
    cast.decide(winner)
    return cast.fresh(loser)
