"""Who gets which answer: every named address, every kind of person, reading and writing, cell by cell.

login: sent to sign in. ok: 200. go: done, and on to the next page. Numbers: refused, and nothing was written.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from agreements.actions.records import pdf_source
from agreements.compilation import compile_agreement
from agreements.models import Mandate
from staffing.models import StaffingLine
from tests import cast as casting
from tests.factories import RecordFactory
from tests.pages import rows_as_sent, stored, url_names
from tym.accounts.actions import add_person

PEOPLE = (
    "anonymous", "stranger", "former", "reader", "ta", "hva", "kela", "kela_main_user", "coordinator", "member",
)  # fmt: skip
DRAFTED = "LUONNOSLINTU"
# name, subject and arguments, method, then an answer for each of PEOPLE.
TABLE = """
agreements:agreement_list       -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
agreements:agreement_list       -                  POST login 405 405 405 405 405 405 405 405 405
agreements:own_page             -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
agreements:own_page             -                  POST login 405 405 405 405 405 405 405 405 405

agreements:agreement_detail     ours               GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:agreement_detail     ours               POST login 405 405 405 405 405 405 405 405 405
agreements:agreement_detail     theirs             GET  login ok  404 404 404 404 404 404 404 404
agreements:annex_detail         ours/number=2      GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:annex_detail         ours/number=0      GET  login 404 404 404 404 404 404 404 404 404
agreements:annex_detail         ours/number=9      GET  login 404 404 404 404 404 404 404 404 404
agreements:annex_detail         ours/number=2      POST login 405 405 405 405 405 405 405 405 405
agreements:annex_detail         theirs/number=2    GET  login ok  404 404 404 404 404 404 404 404
agreements:change_list          ours               GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_list          ours               POST login 405 405 405 405 405 405 405 405 405
agreements:change_list          theirs             GET  login ok  404 404 404 404 404 404 404 404

agreements:draft_start          ours/number=2      GET  login 405 405 405 405 405 405 405 405 405
agreements:draft_start          ours/number=2      POST login 404 404 403 go  go  go  go  403 403
agreements:draft_start          ours/number=3      POST login 404 404 403 go  go  go  go  403 403
agreements:draft_start          ours/number=1      POST login 404 404 403 go  go  go  go  go  403
agreements:draft_start          ours/number=0      POST login 404 404 403 go  go  go  go  go  403
agreements:draft_start          ours/number=9      POST login 404 404 404 404 404 404 404 404 404
agreements:draft_start          theirs/number=2    POST login go  404 404 404 404 404 404 404 404

agreements:consolidated_issue   ours               GET  login 405 405 405 405 405 405 405 405 405
agreements:consolidated_issue   ours_issued        POST login 404 404 go  go  go  go  go  go  go
agreements:consolidated_issue   theirs_issued      POST login go  404 404 404 404 404 404 404 404
agreements:record_download      our_record         GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:record_download      our_record         POST login 405 405 405 405 405 405 405 405 405
agreements:record_download      their_record       GET  login ok  404 404 404 404 404 404 404 404

agreements:change_detail        draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_detail        ta_draft           GET  login 404 404 404 ok  404 404 404 404 404
agreements:change_detail        common_draft       GET  login 404 404 404 404 404 404 404 ok  404
agreements:change_detail        proposed           GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_detail        adopted            GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:change_detail        theirs_proposed    GET  login ok  404 404 404 404 404 404 404 404
agreements:change_detail        proposed           POST login 405 405 405 405 405 405 405 405 405

agreements:draft_proposal       draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:draft_proposal       draft              POST login 404 404 404 404 404 go  go  404 404
agreements:draft_proposal       ta_draft           GET  login 404 404 404 ok  404 404 404 404 404
agreements:draft_proposal       ta_draft           POST login 404 404 404 go  404 404 404 404 404
agreements:draft_proposal       common_draft       POST login 404 404 404 404 404 404 404 go  404
agreements:draft_proposal       proposed           GET  login 404 404 409 409 409 409 409 409 409
agreements:draft_proposal       proposed           POST login 404 404 409 409 409 409 409 409 409
agreements:draft_proposal       adopted            POST login 404 404 409 409 409 409 409 409 409
agreements:draft_proposal       theirs_proposed    POST login 409 404 404 404 404 404 404 404 404

agreements:change_propose       draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_propose       draft              POST login 404 404 404 404 404 go  go  404 404
agreements:change_propose       ta_draft           GET  login 404 404 404 ok  404 404 404 404 404
agreements:change_propose       ta_draft           POST login 404 404 404 go  404 404 404 404 404
agreements:change_propose       proposed           POST login 404 404 409 409 409 409 409 409 409
agreements:change_propose       adopted            POST login 404 404 409 409 409 409 409 409 409
agreements:change_propose       theirs_proposed    POST login 409 404 404 404 404 404 404 404 404

staffing:draft_lines            draft/number=2     GET  login 404 404 404 404 404 ok  ok  404 404
staffing:draft_lines            draft/number=2     POST login 404 404 404 404 404 go  go  404 404
staffing:draft_lines            ta_draft/number=2  GET  login 404 404 404 ok  404 404 404 404 404
staffing:draft_lines            ta_draft/number=2  POST login 404 404 404 go  404 404 404 404 404
staffing:draft_lines            draft/number=1     GET  login 404 404 404 404 404 404 404 404 404
staffing:draft_lines            text_draft/number=1 GET login 404 404 404 404 404 404 404 404 404
staffing:draft_lines            proposed/number=2  GET  login 404 404 409 409 409 409 409 409 409
staffing:draft_lines            proposed/number=2  POST login 404 404 409 409 409 409 409 409 409
staffing:draft_lines            adopted/number=2   POST login 404 404 409 409 409 409 409 409 409
staffing:draft_lines            theirs_proposed/number=2 POST login 409 404 404 404 404 404 404 404 404

agreements:draft_text           text_draft/number=1 GET login 404 404 404 404 404 ok  ok  404 404
agreements:draft_text           text_draft/number=1 POST login 405 405 405 405 405 405 405 405 405
agreements:draft_text           common_draft/number=1 GET login 404 404 404 404 404 404 404 ok 404
agreements:draft_text           draft/number=2     GET  login 404 404 404 404 404 404 404 404 404
agreements:draft_text           adopted/number=2   GET  login 404 404 409 409 409 409 409 409 409
agreements:draft_text           theirs_proposed/number=2 GET login 409 404 404 404 404 404 404 404 404
agreements:draft_clause         text_draft/number=1,key=uusi GET login 404 404 404 404 404 ok ok 404 404
agreements:draft_clause         text_draft/number=1,key=uusi POST login 404 404 404 404 404 go go 404 404
agreements:draft_clause         text_draft/number=1,key=olematon GET login 404 404 404 404 404 404 404 404 404
agreements:draft_clause         common_draft/number=1,key=uusi POST login 404 404 404 404 404 404 404 go 404
agreements:draft_clause         adopted/number=2,key=uusi POST login 404 404 409 409 409 409 409 409 409
agreements:draft_clause         theirs_proposed/number=2,key=uusi POST login 409 404 404 404 404 404 404 404 404

agreements:change_withdraw      draft              GET  login 404 404 404 404 404 ok  ok  404 404
agreements:change_withdraw      draft              POST login 404 404 404 404 404 go  go  404 404
agreements:change_withdraw      ta_draft           POST login 404 404 404 go  404 404 404 404 404
agreements:change_withdraw      proposed           GET  login 404 404 403 403 403 ok  ok  403 403
agreements:change_withdraw      proposed           POST login 404 404 403 403 403 go  go  403 403
agreements:change_withdraw      adopted            POST login 404 404 403 403 403 403 403 403 403
agreements:change_withdraw      theirs_proposed    POST login go  404 404 404 404 404 404 404 404

agreements:change_redraft       returned           GET  login 405 405 405 405 405 405 405 405 405
agreements:change_redraft       returned           POST login 404 404 403 403 403 go  go  403 403
agreements:change_redraft       draft              POST login 404 404 404 404 404 403 403 404 404
agreements:change_redraft       ta_draft           POST login 404 404 404 403 404 404 404 404 404
agreements:change_redraft       proposed           POST login 404 404 403 403 403 403 403 403 403
agreements:change_redraft       adopted            POST login 404 404 403 403 403 403 403 403 403
agreements:change_redraft       theirs_proposed    POST login 403 404 404 404 404 404 404 404 404

agreements:change_consent       proposed/order=3   GET  login 404 404 403 403 403 ok  403 403 403
agreements:change_consent       proposed/order=3   POST login 404 404 403 403 403 go  403 403 403
agreements:change_consent       proposed/order=1   POST login 404 404 403 go  403 403 403 403 403
agreements:change_consent       proposed/order=2   POST login 404 404 403 403 go  403 403 403 403
agreements:change_consent       proposed/order=9   GET  login 404 404 404 404 404 404 404 404 404
agreements:change_consent       draft/order=3      POST login 404 404 404 404 404 403 403 404 404
agreements:change_consent       ta_draft/order=1   POST login 404 404 404 403 404 404 404 404 404
agreements:change_consent       adopted/order=3    POST login 404 404 403 403 403 403 403 403 403
agreements:change_consent       theirs_proposed/order=1 POST login go 404 404 404 404 404 404 404 404

agreements:change_decide        proposed           GET  login 404 404 403 403 403 403 403 ok  403
agreements:change_decide        proposed           POST login 404 404 403 403 403 403 403 go  403
agreements:change_decide        draft              POST login 404 404 404 404 404 403 403 404 404
agreements:change_decide        ta_draft           POST login 404 404 404 403 404 404 404 404 404
agreements:change_decide        common_draft       POST login 404 404 404 404 404 404 404 403 404
agreements:change_decide        adopted            POST login 404 404 403 403 403 403 403 403 403
agreements:change_decide        theirs_proposed    GET  login 403 404 404 404 404 404 404 404 404
agreements:change_decide        theirs_proposed    POST login 403 404 404 404 404 404 404 404 404

account_login                   -                  GET  ok    go  go  go  go  go  go  go  go  go
account_login                   -                  POST ok    go  go  go  go  go  go  go  go  go
account_logout                  -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
account_logout                  -                  POST login login login login login login login login login login
account_signup                  -                  GET  ok    go  go  go  go  go  go  go  go  go
account_signup                  -                  POST ok    go  go  go  go  go  go  go  go  go
account_change_password         -                  GET  login ok  ok  ok  ok  ok  ok  ok  ok  ok
account_change_password         -                  POST login ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password          -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password          -                  POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_done     -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_done     -                  POST 405   405 405 405 405 405 405 405 405 405
account_reset_password_from_key -/uidb36=1,key=x   GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_from_key -/uidb36=1,key=x   POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_from_key_done -             GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_reset_password_from_key_done -             POST 405   405 405 405 405 405 405 405 405 405
account_inactive                -                  GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
account_inactive                -                  POST 405   405 405 405 405 405 405 405 405 405
"""


@dataclass(frozen=True)
class Row:
    name: str
    subject: str
    method: str
    answers: tuple[str, ...]

    @property
    def arguments(self):
        return dict(pair.split("=") for pair in self.subject.partition("/")[2].split(",") if pair)


ROWS = [Row(words[0], words[1], words[2], tuple(words[3:])) for line in TABLE.splitlines() if (words := line.split())]


class World:
    """The people and subjects of the table; each subject is made when a row asks for it."""

    def __init__(self, cast):
        self.cast = cast
        reader = cast.holder(Mandate.Capacity.READER)
        yesterday = cast.today - timedelta(days=1)
        former = cast.holder(Mandate.Capacity.MAIN_USER, cast.kela.party, may_bind_party=True, valid_to=yesterday)
        self.people = {"anonymous": None, "reader": _with_password(reader), "former": _with_password(former)}

    def client(self, who):
        return self.cast.client(self.people[who] if who in self.people else getattr(self.cast, who))

    def subject(self, name):
        return {
            "-": lambda: None,
            "ours": lambda: self.cast.agreement,
            "theirs": lambda: self.cast.second,
            "ours_issued": lambda: self._issued(self.cast.agreement).agreement,
            "theirs_issued": lambda: self._issued(self.cast.second).agreement,
            "our_record": lambda: self._issued(self.cast.agreement),
            "their_record": lambda: self._issued(self.cast.second),
            "draft": lambda: self.cast.draft(self.cast.kela),
            "ta_draft": lambda: self.cast.draft(self.cast.ta, what=DRAFTED),
            "text_draft": lambda: self.cast.draft_text(self.cast.kela, self.cast.annex1),
            "common_draft": lambda: self.cast.draft_text(self.cast.coordinator, self.cast.annex1, body=DRAFTED),
            "proposed": lambda: self.cast.proposed_change(self.cast.kela),
            "adopted": lambda: self.cast.adopted_change(self.cast.kela),
            "returned": lambda: self.cast.returned_change(self.cast.kela),
            "theirs_proposed": lambda: self.cast.fresh(self.cast.stranger.party.changes.get()),
        }[name]()

    def _issued(self, agreement):
        """Today's copy, kept without drawing it, which would take seconds."""
        source = pdf_source(compile_agreement(agreement, self.cast.today))
        return RecordFactory(agreement=agreement, on=self.cast.today, source_sha256=source.fingerprint)


def _with_password(mandate):
    return add_person(name=mandate.person.name, email=mandate.person.email, password=casting.PASSWORD)


def sent(row, subject):
    """A body that would be accepted from whoever may send it."""
    if row.name == "agreements:change_decide":
        told = {"decided_on": "2.6.2025", "section": "4", "outcome": "return", "grounds": "Puuttuu tietoja."}
        return {**told, "sha256": subject.sha256, "confirm": "1"}
    bodies = {
        "agreements:draft_proposal": lambda: {"what": "Mitä", "why": "Miksi", "revision": subject.revision},
        "agreements:draft_clause": lambda: {"heading": "Otsikko", "body": "Teksti", "revision": subject.revision},
        "agreements:change_propose": lambda: {"revision": subject.revision},
        "agreements:change_consent": lambda: {"sha256": subject.sha256},
        "staffing:draft_lines": lambda: rows_as_sent(subject, subject.versions.get().document),
    }
    return bodies.get(row.name, dict)()


def answer(response):
    if response.status_code == 302:
        return "login" if response["Location"].startswith(reverse("account_login")) else "go"
    return "ok" if response.status_code == 200 else str(response.status_code)


def asked(world, row, url, body, who):
    """The answer, with what must never be in it or behind it. The database is as before afterwards."""
    with transaction.atomic():
        client = world.client(who)
        before = stored() if row.method == "POST" else None
        response = getattr(client, row.method.lower())(url, body)
        got, told = answer(response), response.content.decode(errors="replace") + response.get("Location", "")
        if before and got not in ("go", "login", "ok") and stored() != before:
            got += "+wrote"
        if who != "stranger" and casting.CANARY in told:
            got += "+canary"
        if who not in ("ta", "coordinator") and DRAFTED in told:
            got += "+draft"
        transaction.set_rollback(True)
    return got


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.subject}-{row.method}")
def test_every_person_gets_the_answer_of_the_table(cast, row):
    world = World(cast)
    subject = world.subject(row.subject.partition("/")[0])
    arguments = row.arguments | ({"pk": subject.pk} if subject else {})
    url, body = reverse(row.name, kwargs=arguments), sent(row, subject) if row.method == "POST" else {}
    answers = {who: asked(world, row, url, body, who) for who in PEOPLE}
    assert answers == dict(zip(PEOPLE, row.answers, strict=True))


def test_every_address_has_its_rows():
    """A new page comes with its rows, for reading and for writing."""
    assert {(row.name, row.method) for row in ROWS} == {(name, way) for name in url_names() for way in ("GET", "POST")}


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**25])
@pytest.mark.parametrize("path", ["/sopimukset/{}/", "/sopimukset/{}/muutokset/", "/muutokset/{}/", "/asiakirjat/{}/"])
def test_number_no_row_can_have_is_not_found(cast, path, number):
    assert cast.client(cast.kela).get(path.format(number)).status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63, 10**25])
def test_annex_or_party_number_no_row_can_have_is_not_found(cast, number):
    change, client = cast.proposed_change(cast.kela), cast.client(cast.kela)
    assert client.get(f"{cast.agreement.get_absolute_url()}liitteet/{number}/").status_code == 404
    assert client.get(f"{change.get_absolute_url()}suostumus/{number}/").status_code == 404


def test_party_row_of_another_party_is_refused_with_its_key(cast):
    """Kela's liaison posts the county's row as if it were Kela's own."""
    change = cast.draft(cast.kela)
    taken = cast.line(cast.hva.party)
    body = rows_as_sent(
        change, cast.annex2, more=[{"key": taken.key, "title": "Vallattu", "persons": 1, "person_years": 1}]
    )
    client, before = cast.client(cast.kela), stored()
    response = client.post(reverse("staffing:draft_lines", args=[change.pk, 2]), body)
    assert response.status_code == 403
    assert stored() == before
    assert not StaffingLine.objects.filter(title="Vallattu").exists()
