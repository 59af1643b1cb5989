"""Pages that are looked at: how much they ask of the database, and what they say of another day."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions
from agreements.models import Change, Mandate
from staffing.actions import LineInput, own_lines, replace_lines
from tests import cast as casting
from tests import founding
from tests.factories import UserFactory, system
from tests.pages import busy, main_text, text_of, tree

MOST_QUERIES = 12
Capacity = Mandate.Capacity


@dataclass(frozen=True)
class Scaled:
    """An agreement with so many of everything, and pages of it."""

    agreement: object
    draft: Change
    text: Change
    proposed: Change
    first: Mandate
    coordinator: Mandate

    def pages(self):
        """Name of the page: who looks, address."""
        agreement, draft, proposed = self.agreement.pk, self.draft.pk, self.proposed.pk
        return {
            "list": (self.first, reverse("agreements:agreement_list")),
            "own page": (self.first, reverse("agreements:own_page")),
            "agreement": (self.first, reverse("agreements:agreement_detail", args=[agreement])),
            "agreement, other day": (self.first, f"{self.agreement.get_absolute_url()}?on=2025-01-01"),
            "annex": (self.first, reverse("agreements:annex_detail", args=[agreement, 2])),
            "changes": (self.first, reverse("agreements:change_list", args=[agreement])),
            "change": (self.first, reverse("agreements:change_detail", args=[proposed])),
            "draft": (self.first, reverse("agreements:change_detail", args=[draft])),
            "proposal": (self.first, reverse("agreements:draft_proposal", args=[draft])),
            "rows": (self.first, reverse("staffing:draft_lines", args=[draft, 2])),
            "sections": (self.first, reverse("agreements:draft_text", args=[self.text.pk, 0])),
            "section": (self.first, reverse("agreements:draft_clause", args=[self.text.pk, 0, "s1"])),
            "check": (self.first, reverse("agreements:change_propose", args=[draft])),
            "withdraw": (self.first, reverse("agreements:change_withdraw", args=[draft])),
            "consent": (self.first, reverse("agreements:change_consent", args=[proposed, 1])),
            "decision": (self.coordinator, reverse("agreements:change_decide", args=[proposed])),
        }


def scaled(size, person):
    """An agreement with `size` parties, annexes, sections, rows a party, offices, open changes, consents, decisions."""
    parsed = founding.parsed(
        title="Sopimus",
        cities=("Kaupunki", "Hyvinvointialue", "Kela"),
        sections=[(str(n), f"Kohta {n}", f"{n} Osa", f"Teksti {n}.") for n in range(1, size + 1)],
    )
    service, staffing, composition = parsed.annexes
    signers = tuple(signer for signer in parsed.signatories if signer.party_order <= size)
    annexes = (staffing, service, composition)[:size]
    parsed = replace(parsed, parties=parsed.parties[:size], annexes=annexes, signatories=signers)
    change = founding.founded(parsed, f"TYM {size}", ())
    agreement = change.matter.agreement
    area = actions.set_area(agreement=agreement, names=[f"Kunta {n}" for n in range(size)], by=system())
    _rows(change, size, area)
    actions.adopt_original(change=change, by=system())
    return _story(agreement, _liaisons(agreement, size, person), size)


def _rows(change, size, area):
    lines = [
        LineInput(f"Tehtävä {n}", 4, Decimal(3), municipalities=area, party=party, uses_typpi=n > 1)
        for party in change.matter.agreement.parties.all()
        for n in range(1, size + 1)
    ]
    document = change.matter.agreement.documents.get(number=2)
    replace_lines(change=change, document=document, by=system(), on=casting.FIRST_DAY, lines=lines)


def _liaisons(agreement, size, person):
    people = [person, *UserFactory.create_batch(size - 1)]
    parties = agreement.parties.order_by("order")
    for party in parties:
        _grant(agreement, UserFactory(), Capacity.SIGNATORY, party)
    return [
        _grant(agreement, someone, Capacity.LIAISON, party, may_bind_party=True)
        for someone, party in zip(people, parties, strict=True)
    ]


def _grant(agreement, person, capacity, party=None, **more):
    return actions.grant_mandate(
        agreement=agreement, person=person, capacity=capacity, party=party, valid_from=casting.FIRST_DAY, by=system(),
        **more,
    )  # fmt: skip


def _story(agreement, liaisons, size):
    cast, document = casting.Cast(), agreement.documents.get(number=2)
    coordinator = _grant(agreement, UserFactory(), Capacity.COORDINATOR)
    for liaison in liaisons[1:]:
        _proposed(cast, liaison, document)
    first = liaisons[0]
    proposed = _proposed(cast, first, document)
    for _round in range(size):
        cast.decide(proposed, "return", by=coordinator)
        again = actions.redraft_change(change=proposed, by=first, on=cast.today)
        proposed = cast.propose(again, by=first)
    for liaison in liaisons[1:]:
        actions.give_consent(change=proposed, party=liaison.party, by=liaison, on=cast.today, sha256=proposed.sha256)
    draft = _drafted(cast, first, document)
    text = cast.draft_text(first, agreement.documents.get(number=0), key="s1")
    return Scaled(agreement, draft, text, proposed, first, coordinator)


def _drafted(cast, liaison, document):
    change = actions.draft_change(document=document, by=liaison, on=cast.today)
    lines = [cast.input(line, persons=line.persons + 1) for line in own_lines(change, document)]
    replace_lines(change=change, document=document, by=liaison, on=cast.today, lines=lines)
    actions.save_proposal(change=change, by=liaison, on=cast.today, what="Mitä", why="Miksi", wanted_from=None)
    return cast.fresh(change)


def _proposed(cast, liaison, document):
    return cast.propose(_drafted(cast, liaison, document), by=liaison)


def queries(who, url):
    client = casting.Cast().client(who)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    return len(seen)


def test_pages_ask_as_little_of_a_large_agreement_as_of_a_small_one(db):
    """1 against 3 of everything; sign-in and session are counted in."""
    assert connection.features.supports_json_field  # Django asks SQLite once a process.
    one, person = scaled(1, UserFactory()), UserFactory()
    _other, _another, three = (scaled(3, person) for _time in range(3))
    small = {name: queries(*page) for name, page in one.pages().items()}
    large = {name: queries(*page) for name, page in three.pages().items()}
    assert large == small
    assert {name: count for name, count in large.items() if count > MOST_QUERIES} == {}


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2024-12-31", "The agreement is not in force on %(on)s. By its text it comes into force on %(first)s."),
        ("31.12.2024", "The agreement is not in force on %(on)s. By its text it comes into force on %(first)s."),
        ("2025-01-01", "By its text the agreement is in force from %(first)s until further notice."),
        ("2031-05-05", "By its text the agreement is in force from %(first)s until further notice."),
    ],
)
def test_agreement_page_says_what_holds_on_the_day(cast, on, sentence):
    shown = main_text(cast.client(cast.kela).get(cast.agreement.get_absolute_url(), {"on": on}))
    assert _(sentence) % {"on": "31.12.2024", "first": "1.1.2025"} in shown


def test_agreement_page_has_its_contents_parties_offices_and_annexes(cast):
    response = cast.client(cast.kela).get(cast.agreement.get_absolute_url())
    shown, html = main_text(response), response.content.decode()
    for party in cast.agreement.parties.select_related("organisation"):
        assert party.organisation.name in shown
    for part in casting.PARTS:
        assert part in shown
    for number, heading, _part, _body in casting.SECTIONS:
        assert f'<a href="#s{number}">{number} {heading}</a>' in html
        assert f'id="s{number}"' in html
    assert "Kaisa Koordinaattori" in shown
    # Text and two annexes; Annex 3 rests on the appointment of the group.
    assert shown.count(_("It is part of the agreement as signed.")) == 3


def test_agreement_page_of_another_day_shows_the_offices_of_that_day(cast):
    ended = cast.holder(Capacity.YOUTH_LEAD, valid_to=date(2025, 3, 31))
    client, url = cast.client(cast.kela), cast.agreement.get_absolute_url()
    assert ended.person.name in main_text(client.get(url, {"on": "2025-03-31"}))
    assert ended.person.name not in main_text(client.get(url, {"on": "2025-04-01"}))
    assert _("Nobody held an office on this day.") in main_text(client.get(url, {"on": "2024-12-31"}))


def test_annex_page_shows_rows_and_totals_of_the_day(cast):
    """0,50 person-years less on Kela's row from 1.7.2025."""
    cast.adopted_change(cast.kela, valid_from=date(2025, 7, 1))
    client, url = cast.client(cast.member), cast.annex2.get_absolute_url()
    before, from_then = client.get(url, {"on": "2025-06-30"}), client.get(url, {"on": "2025-07-01"})
    assert [_total(before), _total(from_then)] == ["9,70", "9,20"]
    told = {"number": 2, "day": "1.7.2025"}
    assert _("Version %(number)s has been approved and comes into force on %(day)s.") % told in main_text(before)
    in_force = told | {"of_document": _("of Annex %(label)s") % {"label": 2}}
    assert _("Version %(number)s %(of_document)s is in force from %(day)s.") % in_force in main_text(from_then)
    early = main_text(client.get(url, {"on": "2024-12-31"}))
    assert _("No version is in force on this day.") in early
    assert _("The annex has no content on this day.") in early


def _total(response):
    """Person-years of all TYM staff, as the table says them."""
    cells = tree(response).xpath("(//table)[1]/tbody[last()]//tr[th[@scope='row']][1]/td")
    return text_of(cells[1])


BAD_DAYS = {
    "abc": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "2026-13-45": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "2026-02-31": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "31.2.2026": "31.2.2026",
    "1.4.25": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "--": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "٣١.١.٢٠٢٦": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "x" * 5000: "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "9" * 5000: "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "\0": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
    "<script>alert(1)</script>": "Write the day as dd.mm.yyyy, for example 1.4.2025.",
}


@pytest.mark.parametrize("on", BAD_DAYS, ids=range(len(BAD_DAYS)))
def test_day_that_is_no_day_gets_a_sentence_and_todays_page(cast, on):
    client = cast.client(cast.kela)
    for url in (cast.agreement.get_absolute_url(), cast.annex2.get_absolute_url()):
        response = client.get(url, {"on": on})
        assert response.status_code == 200
        assert _(BAD_DAYS[on]) in main_text(response)
        assert b"<script>" not in response.content
        assert not response.context["day"].query


def test_no_page_breaks_on_any_day(cast):
    changes = busy(cast)
    client = cast.client(cast.kela)
    urls = ["/", "/oma-sivu/", cast.agreement.get_absolute_url(), f"{cast.agreement.get_absolute_url()}muutokset/"]
    urls += [cast.document(number).get_absolute_url() for number in (1, 2, 3)]
    urls += [change.get_absolute_url() for name, change in changes.items() if name not in ("ta_draft", "text")]
    days = ["0001-01-01", "9999-12-31", "2026-W10-1", "20260301", "2024-12-31", *BAD_DAYS]
    broken = [(url, on) for url in urls for on in days if client.get(url, {"on": on}).status_code != 200]
    assert broken == []


def test_day_stays_with_the_links_of_the_page(cast):
    html = cast.client(cast.kela).get(cast.agreement.get_absolute_url(), {"on": "1.3.2026"}).content.decode()
    assert f'href="{cast.annex2.get_absolute_url()}?on=2026-03-01"' in html
    assert f'action="{cast.agreement.get_absolute_url()}kooste/?on=2026-03-01"' in html
