"""A button pressed twice acts once, and the second press is answered kindly: over every legal act."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import gettext as _

from agreements import actions, contents
from agreements.models import Correction, Invitation
from staffing.actions import own_lines
from tests.agreements import signing_world
from tests.agreements.test_access import ROWS
from tests.pages import rows_as_sent, stored, tree, typed
from tests.staffing.point_kit import points_as_sent
from tym.core.uploads import Upload
from tym.desk.models import Feedback

DONE = "This had been done already. The page shows how things stand now."
DECIDED = {"decided_on": "2.6.2025", "section": "4", "grounds": "Syy on tämä."}
CONFIRM = {"confirm": "1", "checked": "on"}


def address(name, *args):
    return reverse(name if ":" in name else f"agreements:{name}", args=args)


def upload():
    return SimpleUploadedFile("liite.pdf", b"%PDF-1.7 x", content_type="application/pdf")


class Acts:
    """Each legal act: who does it, at which address, with what; `page` is where its button stands, if elsewhere."""

    def __init__(self, cast):
        self.cast = cast

    def propose(self):
        return self.cast.kela, address("change_propose", self.cast.draft(self.cast.kela).pk), {}

    def withdraw(self):
        return self.cast.kela, address("change_withdraw", self.cast.proposed_change(self.cast.kela).pk), {}

    def redraft(self):
        change = self.cast.returned_change(self.cast.kela)
        return self.cast.kela, address("change_redraft", change.pk), {}, change.get_absolute_url()

    def amend(self):
        change = self.cast.proposed_change(self.cast.kela)
        return self.cast.coordinator, address("change_amend", change.pk), {}, change.get_absolute_url()

    def consent(self):
        change = self.cast.proposed_change(self.cast.kela_main_user)
        return self.cast.kela, address("change_consent", change.pk, 3), {}

    def decide(self):
        change = self.cast.proposed_change(self.cast.kela)
        return self.cast.coordinator, address("change_decide", change.pk), {**DECIDED, "outcome": "return", **CONFIRM}

    def revoke(self):
        return self.cast.coordinator, address("change_revoke", self._coming().pk), DECIDED | CONFIRM

    def correct(self):
        change = self._coming()
        told = {"field": "section", "becomes": "21", "reason": "näppäily", **CONFIRM}
        return self.cast.coordinator, address("decision_correct", change.pk, change.matter.decisions.get().pk), told

    def confirm_correction(self):
        change = self._coming()
        told = {"field": "section", "becomes": "21", "reason": "näppäily"}
        decision = change.matter.decisions.get()
        actions.correct_decision(decision=decision, by=self.cast.coordinator, on=self.cast.today, **told)
        return (
            self.cast.chair,
            address("correction_confirm", change.pk, Correction.objects.get(decision=decision).pk),
            CONFIRM,
        )

    def record_on_behalf(self):
        told = {"party": self.cast.hva.party.pk, "notice": upload, "arrived_on": "2.6.2025", **CONFIRM}
        return self.cast.coordinator, address("record_on_behalf", self.cast.agreement.pk, 2), told

    def party_decide(self):
        told = {**DECIDED, "organ": "Lautakunta", "outcome": "approve", "extract": upload, **CONFIRM}
        return self.cast.coordinator, address("party_decide", self._amendment().pk, 1), told

    def adopt(self):
        change = self._amendment()
        for party in self.cast.agreement.parties.all():
            told = {"organ": "Lautakunta", "decided_on": self.cast.today, "section": "5", "outcome": "approve"}
            file = Upload("ote.pdf", b"%PDF-1.7 x", "application/pdf")
            actions.decide_for_party(
                change=change, party=party, by=self.cast.coordinator, on=self.cast.today, sha256=change.sha256,
                extract=file, **told,
            )  # fmt: skip
        signing_world.completed(self.cast, change=self.cast.fresh(change), valid_from=date(2025, 10, 1))
        return self.cast.coordinator, address("amendment_adopt", change.pk), {"valid_from": "1.10.2025", **CONFIRM}

    def original(self):
        told = {"upload": upload, **CONFIRM}
        return self.cast.coordinator, address("original_enter", self.cast.agreement.pk), told

    def invite(self):
        told = {"name": "Uusi", "email": "uusi@example.org", "capacity": "reader", **CONFIRM}
        return self.cast.kela_main_user, address("person_invite", self.cast.agreement.pk, 3), told

    def cancel(self):
        told = {"name": "Uusi", "email": "uusi@example.org", "capacity": "reader"}
        main_user = self.cast.kela_main_user
        actions.invite_person(party=main_user.party, by=main_user, on=self.cast.today, link=str, **told)
        pk, invitation = self.cast.agreement.pk, Invitation.objects.get(email="uusi@example.org")
        return main_user, address("invitation_cancel", pk, invitation.pk), {}, address("people_list", pk)

    def end(self):
        reader = self.cast.holder("reader", party=self.cast.kela.party)
        url = address("mandate_end", self.cast.agreement.pk, reader.pk)
        return self.cast.kela_main_user, url, {"last_day": "5.6.2025", **CONFIRM}

    def bind(self):
        return self.cast.kela_main_user, address("mandate_bind", self.cast.agreement.pk, self.cast.kela.pk), CONFIRM

    def rename(self):
        told = {"name": "Uusi nimi", "valid_from": "1.1.2026", **CONFIRM}
        return self.cast.kela, address("party_rename", self.cast.agreement.pk, 3), told

    def settle(self):
        draft = actions.redraft_change(
            change=self.cast.returned_change(self.cast.kela), by=self.cast.kela, on=self.cast.today
        )
        self.cast.adopted_change(self.cast.kela)
        (touched,) = contents.document_changes(self.cast.fresh(draft))
        url = address("collision_settle", draft.pk, 2, touched.collisions[0].before.key)
        told = {"keep": "mine", "revision": self.cast.fresh(draft).revision}
        return self.cast.kela, url, told, draft.get_absolute_url()

    def move_section(self):
        change = self._text()
        page, told = address("draft_text", change.pk, 0), {"revision": change.revision, "to": "down"}
        return self.cast.ta, address("clause_move", change.pk, 0, "s1"), told, page

    def remove_section(self):
        return self.cast.ta, address("clause_remove", self._text().pk, 0, "s1"), {}

    def number_sections(self):
        change = self._text()
        page = address("draft_text", change.pk, 0)
        return self.cast.ta, address("clauses_number", change.pk, 0), {"revision": change.revision}, page

    def save_rows(self):
        change = actions.draft_change(document=self.cast.annex2, by=self.cast.kela, on=self.cast.today)
        told = rows_as_sent(change, self.cast.annex2, **{"rows-0-note": "uusi tieto"})
        return self.cast.kela, address("staffing:draft_lines", change.pk, 2), told

    def save_points(self):
        change = actions.draft_change(document=self.cast.annex1, by=self.cast.kela, on=self.cast.today)
        told = points_as_sent(change, self.cast.annex1, **{"points-0-opening": "ma–pe 9–15"})
        return self.cast.kela, address("staffing:draft_points", change.pk, 1), told

    def save_section(self):
        return self.cast.ta, address("draft_clause", self._text().pk, 0, "s1"), {"body": "Uusi sanamuoto."}

    def add_section(self):
        return self.cast.ta, address("draft_clause", self._text().pk, 0, "uusi"), {"body": "Uusi sanamuoto."}

    def save_proposal(self):
        change = self.cast.draft(self.cast.kela)
        return self.cast.kela, address("draft_proposal", change.pk), {"what": "Mitä", "why": "Miksi"}

    def save_details(self):
        told = {"business_id": "0246246-0", **CONFIRM}
        return self.cast.kela, address("party_edit", self.cast.agreement.pk, 3), told

    def give_feedback(self):
        return self.cast.kela, address("desk:feedback_give"), {"message": "Taulukko ei kuulu."}

    def answer_feedback(self):
        feedback = Feedback.objects.create(message="Taulukko", due_on=self.cast.today)
        self.cast.coordinator.person.is_staff = True
        self.cast.coordinator.person.save()
        return self.cast.coordinator, address("desk:feedback_answer", feedback.pk), {"answer": "Korjattu."}

    def _coming(self):
        return self.cast.adopted_change(self.cast.kela, valid_from=self.cast.today + timedelta(days=30))

    def _amendment(self):
        return self.cast.propose(self.cast.draft_text(self.cast.ta, self.cast.main_text), by=self.cast.ta)

    def _text(self):
        return actions.draft_change(document=self.cast.main_text, by=self.cast.ta, on=self.cast.today)


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
