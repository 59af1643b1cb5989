"""Who gets which answer: every named address, every kind of person, reading and writing, cell by cell.

login: sent to sign in. ok: 200. go: done, and on to the next page. Numbers: refused, and nothing was written.
"""

from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from agreements import actions
from agreements.actions.files import Upload
from agreements.actions.records import pdf_source
from agreements.compilation import compile_agreement
from agreements.models import Correction, Invitation, Mandate
from staffing.models import StaffingLine, Vacancy
from tests import cast as casting
from tests.agreements import lasting_access, signing_access
from tests.agreements.access_table import PEOPLE, TABLE
from tests.agreements.proposal_kit import late_proposal, negotiated
from tests.cast import Cast
from tests.conftest import staged
from tests.costs import access_table as costs
from tests.desk import access_table as desk
from tests.factories import CorrectionFactory, InvitationFactory, RecordFactory
from tests.pages import NOT_BUSINESS, rows_as_sent, stored, url_names
from tests.registry import access_table as registry
from tests.staffing import review_access
from tests.staffing.figures_kit import FORMS, vacancy
from tests.staffing.point_kit import points_as_sent
from tests.steering import access_table as meetings
from tests.steering import office_access
from tests.steering.seat_kit import appointment_as_sent, drafted_notice, notice, person, seats_as_sent
from tym.accounts.actions import add_person

DRAFTED = "LUONNOSLINTU"


@dataclass(frozen=True)
class Row:
    name: str
    subject: str
    method: str
    answers: tuple[str, ...]

    @property
    def arguments(self):
        return dict(pair.split("=") for pair in self.subject.partition("/")[2].split(",") if pair)


TABLES = (
    TABLE, desk.TABLE, signing_access.TABLE, lasting_access.TABLE, meetings.TABLE, costs.TABLE, registry.TABLE,
    review_access.TABLE,
)  # fmt: skip
LINES = "".join(TABLES).splitlines()
ROWS = [Row(words[0], words[1], words[2], tuple(words[3:])) for line in LINES if (words := line.split())]


@pytest.fixture(scope="module")
def signed_in(django_db_setup, django_db_blocker):
    """Everyone of the table, signed in once for all rows: the cookies of each."""
    cookies = {}
    with staged(django_db_blocker, lambda: cookies.update(_sign_in(Cast()))):
        yield cookies


def _sign_in(cast):
    reader = cast.holder(Mandate.Capacity.READER)
    yesterday = cast.today - timedelta(days=1)
    former = cast.holder(Mandate.Capacity.MAIN_USER, cast.kela.party, may_bind_party=True, valid_to=yesterday)
    people = {"anonymous": None, "reader": _with_password(reader), "former": _with_password(former)}
    return {who: cast.client(people[who] if who in people else getattr(cast, who)).cookies for who in PEOPLE}


class World:
    """The people and subjects of the table; each subject is made when a row asks for it."""

    def __init__(self, cast, cookies):
        self.cast, self.cookies = cast, cookies

    def client(self, who):
        client = Client()
        client.cookies = copy(self.cookies[who])
        return client

    def subject(self, name):
        if name in meetings.STATES:
            return getattr(meetings.Meetings(self.cast), name)().agreement
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
            "coming": lambda: self.cast.adopted_change(self.cast.kela, valid_from=self.cast.today + timedelta(days=30)),
            "amendment": lambda: self._amendment(),
            "corrected": lambda: self._corrected(),
            "late": lambda: late_proposal(self.cast),
            "negotiated": lambda: self._negotiated(),
            "on_behalf": lambda: self._on_behalf(),
            "signed": lambda: self._signed(),
            "our_vacancy": lambda: vacancy(self.cast).party.agreement,
            "notice_draft": lambda: drafted_notice(self.cast, self.cast.kela, member=person("Uusi Jäsen")),
            "given": lambda: notice(self.cast, self.cast.kela, member=person("Uusi Jäsen")),
            "our_invitation": lambda: self._invitation().party.agreement,
            "theirs_proposed": lambda: self.cast.fresh(self.cast.stranger.party.changes.get(state="proposed")),
            **signing_access.subjects(self.cast),
            **lasting_access.subjects(self.cast),
            **office_access.subjects(self.cast),
            **costs.subjects(self.cast),
            **registry.subjects(self.cast),
            **review_access.subjects(self.cast),
        }[name]()

    def _amendment(self):
        return self.cast.propose(self.cast.draft_text(self.cast.ta, self.cast.main_text), by=self.cast.ta)

    def _negotiated(self):
        change = negotiated(self.cast)
        told = {"change": change, "on": self.cast.today, "by": self.cast.kela, "body": "Kelan kommentti."}
        actions.comment_on(**told)
        return change

    def _corrected(self):
        change = self.cast.adopted_change(self.cast.kela)
        CorrectionFactory(decision=change.matter.decisions.get(), made_by=self.cast.coordinator)
        return change

    def _on_behalf(self):
        notice = Upload("ilmoitus.pdf", b"%PDF-1.7 x", "application/pdf")
        told = {"document": self.cast.annex2, "party": self.cast.hva.party, "arrived_on": self.cast.today}
        return actions.record_on_behalf(by=self.cast.coordinator, on=self.cast.today, notice=notice, **told)

    def _signed(self):
        told = {"signatory": self._signatory(), "field": "signed_on", "was": "", "becomes": "9.12.2024"}
        CorrectionFactory(made_by=self.cast.coordinator, **told)
        return self.cast.agreement

    def _signatory(self):
        return self.cast.kela.party.signatories.first()

    def _invitation(self):
        return InvitationFactory(party=self.cast.kela.party, invited_by=self.cast.kela_main_user)

    def named(self, page, name, subject):
        """What stands in the address for "?"."""
        if page.startswith("costs:"):
            return costs.named(self.cast)[name]()
        if page.startswith("registry:"):
            return registry.named(self.cast)[name]()
        return {
            **meetings.named(self.cast),
            "invitation_pk": lambda: Invitation.objects.get(party=self.cast.kela.party).pk,
            "signatory_pk": lambda: self._signatory().pk,
            "comment_pk": lambda: subject.comments.get().pk,
            "vacancy_pk": lambda: Vacancy.objects.get(party__agreement=subject).pk,
            "mandate_pk": lambda: self.cast.kela.pk,
            "term_pk": lambda: subject.terms.get().pk,
            "decision_pk": lambda: subject.matter.decisions.get().pk,
            "correction_pk": lambda: Correction.objects.get(decision__matter=subject.matter).pk,
            "place_pk": signing_access.place_pk,
            "dispute_pk": lasting_access.dispute_pk,
            "related_pk": lasting_access.related_pk,
            "key": lambda: actions.draft_clauses(subject, self.cast.annex1)[0].key,
            **office_access.named(self.cast),
            **review_access.named(),
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
        **{name: lambda told=told: told for name, told in lasting_access.bodies(_file()).items()},
        "agreements:draft_proposal": lambda: {"what": "Mitä", "why": "Miksi", "revision": subject.revision},
        "agreements:draft_clause": lambda: {"heading": "Otsikko", "body": "Teksti", "revision": subject.revision},
        "agreements:change_propose": lambda: {"revision": subject.revision},
        "agreements:change_consent": lambda: {"sha256": subject.sha256},
        "agreements:clause_move": lambda: {"revision": subject.revision, "to": "up"},
        "agreements:clause_remove": lambda: {"revision": subject.revision},
        "agreements:clause_restore": lambda: {"revision": subject.revision},
        "agreements:clauses_number": lambda: {"revision": subject.revision},
        "agreements:collision_settle": lambda: {"revision": subject.revision, "keep": "mine"},
        **{f"agreements:{name}": lambda name=name: ACTS[name] for name in ACTS},
        **signing_access.bodies(subject, _file()),
        **office_access.bodies(subject),
        **costs.bodies(subject),
        **registry.bodies(subject),
        **review_access.bodies(subject),
        **{f"staffing:{name}": lambda name=name: FORMS[name] for name in FORMS},
        "steering:draft_seats": lambda: seats_as_sent(subject, subject.versions.get().document),
        "steering:group_appoint": lambda: appointment_as_sent(Cast(), extract=_file()),
        "steering:term_close": lambda: {"last_day": "31.8.2025", "reason": "Uusi alue.", "confirm": "1"},
        "staffing:draft_lines": lambda: rows_as_sent(subject, subject.versions.get().document),
        "staffing:draft_points": lambda: points_as_sent(subject, subject.versions.get().document),
        "staffing:draft_totals": lambda: rows_as_sent(subject, subject.versions.get().document),
        "staffing:lines_import": lambda: {"mode": "replace", "pasted": "neuvoja\t1\t1,00"},
    }
    return bodies.get(row.name, dict)()


def _file():
    return SimpleUploadedFile("liite.pdf", b"%PDF-1.7 x", content_type="application/pdf")


DECIDED = {"decided_on": "2.6.2025", "section": "4", "grounds": "Syy on tämä.", "confirm": "1", "checked": "on"}
ACTS = {
    "person_invite": {"name": "Uusi", "email": "uusi@example.org", "capacity": "reader", "confirm": "1"},
    "mandate_end": {"last_day": "2.6.2025", "confirm": "1"},
    "mandate_bind": {"confirm": "1"},
    "party_edit": {"business_id": "0246246-0", "confirm": "1"},
    "party_rename": {"name": "Uusi nimi", "valid_from": "1.1.2026", "confirm": "1"},
    "original_enter": {"upload": _file(), "way": "unknown", "names": "Asta Alku", "checked": "on"},
    "record_on_behalf": {"notice": _file(), "arrived_on": "2.6.2025", "party": "PARTY", "checked": "on"},
    "change_revoke": DECIDED,
    "decision_correct": {"field": "section", "becomes": "77", "reason": "näppäily", "confirm": "1"},
    "correction_confirm": {"confirm": "1"},
    "arrival_correct": {"becomes": "28.5.2025", "reason": "näppäily", "confirm": "1"},
    "signing_correct": {"becomes": "9.12.2024", "reason": "näppäily", "confirm": "1"},
    "signing_confirm": {"confirm": "1"},
    "party_decide": {**DECIDED, "organ": "Lautakunta", "outcome": "approve", "extract": _file()},
    "comment_add": {"body": "Tämä kohta on epäselvä.", "document": "", "key": ""},
    "negotiations_end": {"reason": "Kustannuksista ei sovittu.", "confirm": "1"},
    "notice_shorten": {"confirm": "1"},
    "amendment_adopt": {"valid_from": "1.8.2025", "confirm": "1"},
}


def answer(response):
    if response.status_code == 302:
        return "login" if response["Location"].startswith(reverse("account_login")) else "go"
    return "ok" if response.status_code == 200 else str(response.status_code)


def asked(world, row, url, body, who):
    """The answer, with what must never be in it or behind it. The database is as before afterwards."""
    written = []
    with transaction.atomic():
        client = world.client(who)
        for value in body.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        with connection.execute_wrapper(partial(_note_writing, written)):
            response = getattr(client, row.method.lower())(url, body)
        got, told = answer(response), response.content.decode(errors="replace") + response.get("Location", "")
        # Looking at every row takes time, so only when something was written that may have stayed.
        after = stored() if written and got not in ("go", "login", "ok") else None
        if who != "stranger" and casting.CANARY in told:
            got += "+canary"
        if who not in ("ta", "coordinator") and DRAFTED in told:
            got += "+draft"
        transaction.set_rollback(True)
    return f"{got}+wrote" if after is not None and after != stored() else got


def _note_writing(written, execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql for table in NOT_BUSINESS):
        written.append(sql)
    return execute(sql, params, many, context)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.subject}-{row.method}")
def test_every_person_gets_the_answer_of_the_table(signed_in, cast, row, clock):
    clock.day = review_access.DAYS.get(row.name, clock.day)
    world = World(cast, signed_in)
    subject = world.subject(row.subject.partition("/")[0])
    given = {
        name: world.named(row.name, name, subject) if value == "?" else value for name, value in row.arguments.items()
    }
    arguments = given | ({"pk": subject.pk} if subject else {})
    url, body = reverse(row.name, kwargs=arguments), sent(row, subject) if row.method == "POST" else {}
    if row.name.startswith("steering:") and row.method == "POST":
        body = meetings.sent_of_rows(row.name.partition(":")[2], cast) or body
    if body.get("party") == "PARTY":
        body = body | {"party": cast.hva.party.pk}
    answers = {who: asked(world, row, url, body, who) for who in PEOPLE}
    assert answers == dict(zip(PEOPLE, row.answers, strict=True))


def test_every_address_has_its_rows():
    """A new page comes with its rows, for reading and for writing. The administration: see tests/administration."""
    names = {name for name in url_names() if not name.startswith("admin:")}
    assert {(row.name, row.method) for row in ROWS} == {(name, way) for name in names for way in ("GET", "POST")}


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
