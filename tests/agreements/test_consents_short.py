"""Lists of changes say whose consent is given and whose is missing, and what waits for the reader."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions
from agreements.models import Mandate
from tests.cast import TODAY
from tests.pages import main_text, text_of, tree

WAITS, GIVEN, MISSING = (
    "Waits for your consent",
    "The consent of %(party)s has been given",
    "The consent of %(party)s is missing",
)


@pytest.fixture
def places(cast):
    """Every page that lists proposals: the front page, the agreement, its annex and its changes."""
    return {
        "front": reverse("agreements:agreement_list"),
        "agreement": cast.agreement.get_absolute_url(),
        "annex": cast.annex2.get_absolute_url(),
        "changes": reverse("agreements:change_list", args=[cast.agreement.pk]),
    }


def said(cast, who, url):
    """The tags of consent on the page, in its order."""
    ours = {_(WAITS), *(_(sentence) % {"party": "Kelan"} for sentence in (GIVEN, MISSING))}
    tags = tree(cast.client(who).get(url)).xpath("//main//*[contains(@class, 'tag ')]")
    return [text for tag in tags if (text := text_of(tag)) in ours]


@pytest.fixture
def unbound(cast):
    """Proposed for Kela by one who may not bind it."""
    return cast.proposed_change(cast.kela_main_user)


@pytest.mark.parametrize("place", ["front", "agreement", "annex", "changes"])
def test_reader_is_told_what_waits_for_her_and_others_for_whom(cast, places, unbound, place):
    missing = _(MISSING) % {"party": "Kelan"}
    told = {who: said(cast, getattr(cast, who), places[place]) for who in ("kela", "kela_main_user", "ta", "member")}
    assert told == {"kela": [_(WAITS)], "kela_main_user": [missing], "ta": [missing], "member": [missing]}


@pytest.mark.parametrize("place", ["agreement", "annex", "changes"])
def test_given_consent_is_told(cast, places, unbound, place):
    actions.give_consent(change=unbound, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=unbound.sha256)
    for who in (cast.kela, cast.hva):
        assert said(cast, who, places[place]) == [_(GIVEN) % {"party": "Kelan"}]
        assert said(cast, who, places["front"]) == []


def test_consent_to_what_was_proposed_before_does_not_count(cast, places, unbound):
    actions.give_consent(change=unbound, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=unbound.sha256)
    cast.decide(unbound, "return")
    again = actions.redraft_change(change=unbound, by=cast.kela_main_user, on=TODAY)
    actions.save_proposal(change=again, by=cast.kela_main_user, on=TODAY, what="Toisin", why="Syy", wanted_from=None)
    cast.propose(again, by=cast.kela_main_user)
    assert said(cast, cast.kela, places["front"]) == [_(WAITS)]


def test_nothing_waits_on_a_draft_or_a_change_that_has_ended(cast, places):
    cast.draft(cast.kela_main_user)
    withdrawn = cast.proposed_change(cast.kela_main_user)
    actions.withdraw_change(change=withdrawn, by=cast.kela_main_user, on=TODAY)
    assert {place: said(cast, cast.kela, url) for place, url in places.items()} == {place: [] for place in places}


def test_removed_row_needs_the_consent_of_its_party(cast, places):
    cast.proposed_change(cast.kela_main_user, lines=[])
    assert said(cast, cast.kela, places["front"]) == [_(WAITS)]


def test_right_that_has_ended_gives_nothing_to_consent(cast, places, unbound, clock):
    actions.end_own_mandate(mandate=cast.kela, by=cast.kela_main_user, on=TODAY, last_day=TODAY)
    reader = {"agreement": cast.agreement, "capacity": Mandate.Capacity.READER, "party": cast.kela.party}
    actions.grant_mandate(**reader, person=cast.kela.person, valid_from=TODAY, by=cast.system)
    clock.day = TODAY.replace(day=3)
    assert said(cast, cast.kela, places["front"]) == [_(MISSING) % {"party": "Kelan"}]


def test_municipal_contact_sees_no_proposal_on_the_front_page(cast, places, unbound):
    contact = cast.holder(Mandate.Capacity.MUNICIPAL_CONTACT, cast.ta.party)
    assert unbound.matter.title in main_text(cast.client(cast.member).get(places["front"]))
    assert unbound.matter.title not in main_text(cast.client(contact).get(places["front"]))


@pytest.mark.parametrize("place", ["front", "agreement", "annex", "changes"])
def test_queries_do_not_grow_with_proposals(cast, places, unbound, place):
    client = cast.client(cast.kela)

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(places[place])
        return len(seen)

    one = count()
    for who in (cast.ta, cast.hva, cast.kela):
        cast.proposed_change(who)
    assert count() == one
