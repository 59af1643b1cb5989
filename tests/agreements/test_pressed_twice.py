"""A button pressed twice acts once, and the second press is answered kindly: over every legal act."""

import pytest
from django.contrib.messages import get_messages
from django.urls import URLResolver, get_resolver
from django.utils.translation import gettext as _

from agreements import actions
from agreements.models import Invitation
from staffing.actions import own_lines
from tests.agreements.pressed_kit import Acts
from tests.agreements.test_access import ROWS
from tests.pages import stored, tree, typed

DONE = "This had been done already. The page shows how things stand now."
NAMES = [name for name in vars(Acts) if not name.startswith("_")]
# These look at what is stored: the same content is done, another is a conflict with three versions.
COMPARED = {"save_rows", "save_section", "add_section", "save_proposal", "save_details"}
# What another person may well do too, for herself.
FOR_ANYBODY = {"amend", "redraft", "consent", "record_on_behalf", "original", "end", "bind", "give_feedback", *COMPARED}


class Press:
    """One act, ready to be pressed as often as one likes: the page is opened once."""

    def __init__(self, cast, name):
        self.by, self.url, told, *page = getattr(Acts(cast), name)()
        self.client = cast.client(self.by)
        opened = typed(self.client.get(*page or [self.url]))
        token = {"csrfmiddlewaretoken": opened["csrfmiddlewaretoken"]}
        self.sent = {**(token if page else opened), **told}

    def __call__(self, client=None, **differing):
        body = {name: value() if callable(value) else value for name, value in (self.sent | differing).items()}
        answer = (client or self.client).post(self.url, body)
        return answer, [str(message) for message in get_messages(answer.wsgi_request)]


def colleague(cast, by):
    """Somebody else with the same rights."""
    if by.capacity in ("coordinator", "chair"):
        other = cast.holder("secretary")
    else:
        other = cast.holder("main_user", by.party, may_bind_party=True)
    other.person.is_staff = by.person.is_staff
    other.person.save()
    return other


@pytest.mark.parametrize("name", NAMES)
def test_second_press_changes_nothing_and_leads_on(cast, name):
    press = Press(cast, name)
    first, told = press()
    assert first.status_code == 302, first.content.decode()
    assert _(DONE) not in told
    before = stored()

    second, told = press()

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert stored() == before
    assert _(DONE) in told or name in COMPARED


@pytest.mark.parametrize("name", NAMES)
def test_another_person_is_not_told_that_she_has_done_it(cast, name):
    press = Press(cast, name)
    press()

    answer, told = press(client=cast.client(colleague(cast, press.by)))

    assert _(DONE) not in told
    assert answer.status_code in ((302, 403, 409) if name in FOR_ANYBODY else (403, 409))


@pytest.mark.parametrize(
    ("name", "differing", "status"),
    [
        ("propose", {"revision": "0"}, 409),
        ("decide", {"section": "5"}, 403),
        ("revoke", {"grounds": "Toinen syy."}, 403),
        ("correct", {"becomes": "22"}, 409),
        ("party_decide", {"section": "5"}, 409),
        ("adopt", {"valid_from": "1.11.2025"}, 403),
        ("rename", {"name": "Kolmas nimi"}, 409),
        ("invite", {"name": "Toinen"}, 409),
        ("end", {"last_day": "6.6.2025"}, 409),
        ("settle", {"keep": "decided"}, 409),
        ("answer_feedback", {"answer": "Ei korjata."}, 409),
        ("save_rows", {"rows-0-note": "muu tieto"}, 409),
        ("save_points", {"points-0-opening": "muu aika"}, 409),
        ("save_section", {"body": "Kolmas sanamuoto."}, 409),
        ("save_proposal", {"what": "Muuta"}, 409),
        ("save_details", {"business_id": "", "legal_person": "Muu"}, 409),
    ],
)
def test_other_content_is_an_act_of_its_own(cast, name, differing, status):
    press = Press(cast, name)
    press()
    before = stored()

    answer, told = press(**differing)

    assert answer.status_code == status
    assert _(DONE) not in told
    assert stored() == before


def test_press_that_was_refused_is_tried_again(cast):
    press = Press(cast, "propose")
    draft = cast.kela.party.changes.get(state="draft")
    rows = [cast.input(line) for line in own_lines(draft, cast.annex2)]
    actions.save_proposal(change=draft, by=cast.kela, on=cast.today, what="Muu", why="Miksi", wanted_from=None)
    assert rows
    refusals = [press()[0].status_code for _time in range(2)]
    assert refusals == [409, 409]


def test_same_act_on_a_page_opened_again_is_an_act_of_its_own(cast):
    """An invitation that was cancelled is made again with the same words."""
    first, again = Press(cast, "invite"), None
    first()
    invitation = Invitation.objects.get(email="uusi@example.org")
    actions.cancel_invitation(invitation=invitation, by=cast.kela_main_user, on=cast.today)

    again = Press(cast, "invite")
    _answer, told = again()

    assert _(DONE) not in told
    assert Invitation.objects.filter(email="uusi@example.org").count() == 2


@pytest.mark.parametrize(
    ("name", "field", "old", "theirs", "mine"),
    [
        ("save_section", "body", "Sopijat tarjoavat palvelun yhdessä.", "Kollegan sanamuoto.", "Oma sanamuoto."),
        ("save_proposal", "what", "Htv-määrä muuttuu.", "Kollegan esitys.", "Oma esitys."),
        ("save_details", "legal_person", "–", "Kollegan Oy", "Oma Oy"),
    ],
)
def test_conflict_shows_three_versions_and_one_press_saves_hers_on_purpose(cast, name, field, old, theirs, mine):
    press = Press(cast, name)
    press(client=cast.client(colleague(cast, press.by)), **{field: theirs})

    answer, _told = press(**{field: mine})

    assert answer.status_code == 409
    boxes = [box.text_content() for box in tree(answer).find_class("compare")[0]]
    assert [text in box for text, box in zip((old, theirs, mine), boxes, strict=True)] == [True] * 3
    button = tree(answer).xpath("//button[@form='editing']")[0]
    pressed = {button.get("name"): button.get("value")} if button.get("name") else {}
    assert press.client.post(press.url, {**typed(answer), **pressed}).status_code == 302
    assert mine in press.client.get(press.url).content.decode()


# An address that takes a post and neither acts once nor compares needs its reason here.
KEPT_OTHERWISE = {
    "agreements:draft_start": "gives back the party's open draft",
    "agreements:proposal_issue": "the same source is issued once; asked again, it gives the same paper",
    "agreements:consolidated_issue": "the same source is issued once; asked again, it gives today's copy",
    "agreements:invitation_accept": "the link works once",
    "agreements:draft_proposal": "compares with what is stored",
    "agreements:draft_clause": "compares with what is stored",
    "agreements:party_edit": "compares with what is stored",
    "agreements:file_verify": "writes nothing",
    "staffing:draft_lines": "compares with what is stored",
    "staffing:draft_totals": "writes nothing",
    "staffing:lines_import": "writes nothing: the preview posts to draft_lines",
}


def views(patterns=None, namespace=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}", pattern.callback


def test_every_address_that_takes_a_post_is_safe_to_press_twice():
    taking = {row.name for row in ROWS if row.method == "POST" and set(row.answers) - {"405", "login"}}
    ours = {name: view for name, view in views() if name in taking and not name.startswith(("account_", "admin:"))}
    assert {name for name, view in ours.items() if not hasattr(view, "acts_once")} == set(KEPT_OTHERWISE)
