"""Eight people of a party send their pages at once: what they wrote apart is kept, what they wrote over is shown."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from agreements import actions
from staffing.actions import LineInput, own_lines, replace_lines
from tests.cast import TODAY
from tests.pages import rows_as_sent, stored, tree, typed

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8


@pytest.fixture
def clients(cast):
    """Eight browsers: of Kela's liaison and main user, and of six more main users."""
    more = [cast.holder("main_user", cast.kela.party) for _person in range(CROWD - 2)]
    return [cast.client(editor) for editor in (cast.kela, cast.kela_main_user, *more)]


def send_at_once(clients, url, bodies):
    """The answers; all are sent together, each over a connection of its own."""
    start = Barrier(len(clients), timeout=20)

    def send(client, body):
        try:
            start.wait()
            return client.post(url, body)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as crowd:
        return list(crowd.map(send, clients, bodies))


def statuses(answers):
    return Counter(answer.status_code for answer in answers)


def rows_of(draft, cast):
    """Eight rows in a draft of Kela, and the form that shows them."""
    lines = [LineInput(f"neuvoja {n}", 1, Decimal("1.00")) for n in range(CROWD)]
    replace_lines(change=draft, document=cast.annex2, by=cast.kela, on=TODAY, lines=lines)
    return reverse("staffing:draft_lines", args=[draft.pk, 2]), rows_as_sent(cast.fresh(draft), cast.annex2)


def test_different_rows_of_one_draft_are_all_kept(cast, clients):
    draft = actions.draft_change(document=cast.annex2, by=cast.kela, on=TODAY)
    url, body = rows_of(draft, cast)

    answers = send_at_once(clients, url, [body | {f"rows-{n}-note": f"kirjoittaja {n}"} for n in range(CROWD)])

    assert statuses(answers) == {302: CROWD}
    notes = {line.title: line.note for line in own_lines(cast.fresh(draft), cast.annex2)}
    assert notes == {f"neuvoja {n}": f"kirjoittaja {n}" for n in range(CROWD)}


def test_of_eight_versions_of_one_row_one_wins_and_seven_keep_their_text(cast, clients):
    draft = actions.draft_change(document=cast.annex2, by=cast.kela, on=TODAY)
    url, body = rows_of(draft, cast)

    answers = send_at_once(clients, url, [body | {"rows-0-note": f"kirjoittaja {n}"} for n in range(CROWD)])

    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    (won,) = [n for n, answer in enumerate(answers) if answer.status_code == 302]
    assert own_lines(cast.fresh(draft), cast.annex2)[0].note == f"kirjoittaja {won}"
    for n, answer in enumerate(answers):
        if n != won:
            assert typed(answer)["rows-0-note"] == f"kirjoittaja {n}"
            assert f"kirjoittaja {won}" in tree(answer).find_class("compare")[0].text_content()


def section(cast, change, key):
    return next(clause for clause in actions.draft_clauses(cast.fresh(change), cast.main_text) if clause.key == key)


def written_sections(cast):
    """A draft of the agreement text with eight sections of its own; their keys, addresses and forms."""
    change = actions.draft_change(document=cast.main_text, by=cast.kela, on=TODAY)
    told = {"change": change, "document": cast.main_text, "by": cast.kela, "on": TODAY}
    keys = [actions.add_clause(**told, number="", heading=f"K{n}", body="x", after="s3").key for n in range(CROWD)]
    urls = [reverse("agreements:draft_clause", args=[change.pk, 0, key]) for key in keys]
    form = typed(cast.client(cast.kela).get(urls[0]))
    return change, keys, urls, [form | {"heading": f"K{n}"} for n in range(CROWD)]


def test_different_sections_of_one_text_are_all_kept(cast, clients):
    change, keys, urls, forms = written_sections(cast)
    start = Barrier(CROWD, timeout=20)

    def send(n):
        try:
            start.wait()
            return clients[n].post(urls[n], forms[n] | {"body": f"Kirjoittaja {n}."})
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(crowd.map(send, range(CROWD)))

    assert statuses(answers) == {302: CROWD}
    assert [section(cast, change, key).body for key in keys] == [f"Kirjoittaja {n}." for n in range(CROWD)]


def test_of_eight_versions_of_one_section_one_wins_and_seven_keep_their_text(cast, clients):
    change = actions.draft_change(document=cast.main_text, by=cast.kela, on=TODAY)
    url = reverse("agreements:draft_clause", args=[change.pk, 0, "s2"])
    form = typed(cast.client(cast.kela).get(url))

    answers = send_at_once(clients, url, [form | {"body": f"Kirjoittaja {n}."} for n in range(CROWD)])

    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    (won,) = [n for n, answer in enumerate(answers) if answer.status_code == 302]
    assert section(cast, change, "s2").body == f"Kirjoittaja {won}."
    for n, answer in enumerate(answers):
        if n != won:
            opened, now, mine = (box.text_content() for box in tree(answer).find_class("compare")[0])
            assert typed(answer)["body"].strip() == f"Kirjoittaja {n}."
            assert "Sopijat on lueteltu alla." in opened
            assert f"Kirjoittaja {won}." in now
            assert f"Kirjoittaja {n}." in mine


def test_form_pressed_eight_times_at_once_acts_once_and_leads_on(cast):
    """The very same form of one person, as an impatient mouse sends it."""
    change, client = cast.draft(cast.kela), cast.client(cast.kela)
    url = reverse("agreements:change_propose", args=[change.pk])
    form = typed(client.get(url))

    answers = send_at_once([client] * CROWD, url, [form] * CROWD)

    assert {(answer.status_code, answer.get("Location")) for answer in answers} == {(302, change.get_absolute_url())}
    assert cast.fresh(change).state == "proposed"
    assert change.matter.consents.count() == 1


def test_feedback_sent_eight_times_at_once_is_kept_once(cast, client):
    url = reverse("desk:feedback_give")
    form = typed(client.get(url)) | {"message": "Taulukko ei lue otsikoita."}

    answers = send_at_once([client] * CROWD, url, [form] * CROWD)

    assert len({answer["Location"] for answer in answers}) == 1
    assert len(stored()["desk_feedback"]) == 1
