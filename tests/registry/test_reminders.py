"""What the front page reminds a party's own people of, and nobody else."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.files import Upload, keep_for_agreement
from registry import actions
from registry.duties import duties_on
from tests.agreements.test_views import MOST_QUERIES
from tests.pages import text_of, tree
from tests.registry import kit


def told(cast, who="kela"):
    """The lines for the party's own, with where each leads."""
    page = tree(cast.client(getattr(cast, who)).get("/"))
    lines = page.xpath("//main//li[contains(@class, 'card')]//ul/li[span[contains(@class, 'tag--warn')]]/a")
    prefix = reverse("registry:duty_list", args=[cast.agreement.pk])
    return {line.get("href").removeprefix(prefix): text_of(line) for line in lines if prefix in line.get("href")}


def test_findings_are_counted_for_the_party_itself_without_names(cast):
    kit.right(cast, person="Salli Salainen", granted_on=None, trained_on=None)
    kit.right(cast, person="Lasse Lähtijä", left_on=date(2025, 5, 1))
    assert told(cast) == {"kayttooikeudet/3/": "2 havaintoa käyttöoikeuksissa"}
    assert told(cast, "kela_main_user") == told(cast)
    assert [told(cast, who) for who in ("hva", "coordinator", "member", "kela_seat", "stranger")] == [{}] * 5


def test_what_has_not_been_confirmed_within_a_year_is_told_until_it_is(cast, clock):
    assert told(cast) == {}
    clock.day = date(2026, 1, 2)
    by = {"party": cast.kela.party, "by": cast.kela, "on": clock.day}
    own = [duty.key for duty in duties_on(clock.day) if duty.yearly]
    assert told(cast) == {
        "kayttooikeudet/3/vahvista/": "Käyttöoikeuksien vuosivahvistus on tekemättä",
        "velvollisuudet/3/": f"{len(own)} velvollisuuden vuosivahvistus on tekemättä",
    }
    actions.confirm_duties(**by, duties=own[1:])
    actions.confirm_counts(**by, granted=2, outside=0, applied=0, untrained=0, left=0)
    assert told(cast) == {"velvollisuudet/3/": "1 velvollisuuden vuosivahvistus on tekemättä"}
    assert set(told(cast, "hva")) == {"kayttooikeudet/2/vahvista/", "velvollisuudet/2/"}


def test_what_has_come_since_the_last_package_is_told_to_who_took_it(cast):
    kit.copies(cast)
    actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)
    hidden = cast.draft(cast.hva).matter
    upload = {"upload": Upload("a.pdf", b"%PDF-1.7 news", "application/pdf"), "on": cast.today, "kind": "evidence"}
    keep_for_agreement(cast.agreement, by=cast.hva, party=cast.hva.party, matter=hidden, **upload)
    assert told(cast) == {}
    keep_for_agreement(cast.agreement, by=cast.hva, party=cast.hva.party, **upload)
    assert told(cast) == {"arkisto/": "Edellisen arkistopaketin jälkeen on tullut uutta"}
    assert told(cast, "hva") == {}
    kit.copies(cast)
    actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)
    assert told(cast) == {}
    cast.adopted_change(cast.ta, valid_from=cast.today)
    assert set(told(cast)) == {"arkisto/"}


def test_front_page_asks_as_little_for_many_people_as_for_one(cast):
    client = cast.client(cast.kela)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    kit.right(cast)
    queries()
    before = queries()
    for number in range(2):
        kit.right(cast, person=f"Henkilö {number}")
        kit.check(cast, cast.ta)
    kit.sweep(cast)
    kit.copies(cast)
    actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)
    assert queries() == before
    assert before <= MOST_QUERIES
