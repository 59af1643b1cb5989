"""The demo is the worked example of a whole agreement: its figures are known beforehand."""

from collections import Counter
from datetime import date

import pytest

from agreements import completeness
from agreements.models import (
    Agreement,
    Change,
    Document,
    Mandate,
    Matter,
    ReviewStatement,
    SigningAct,
    SigningRound,
)
from agreements.notice import Notice
from agreements.outside import trusted_roots
from agreements.signatures import judge
from agreements.validity import signed_of
from staffing import summary
from staffing.content import load
from staffing.models import StaffingLine
from steering import state
from steering.models import AgendaItem, Meeting
from steering.standing import standing_of
from tests.cast import TODAY, sections_of
from tests.desk.conftest import demo
from tests.factories import AgreementFactory
from tests.pages import stored
from tym.accounts.models import User
from tym.desk.demo import data, notices

pytestmark = pytest.mark.django_db
NORTH, SOUTH = "TYM Satakunta", "TYM Etelä-Satakunta"


def table(title, day):
    lines = StaffingLine.objects.filter(version__document__agreement__short_title=title)
    return summary.table(load(lines.in_force(day)))


def figures(total):
    return f"{total.persons}/{total.person_years}".replace(".", ",")


@pytest.mark.parametrize(
    ("title", "day", "parties", "counted", "not_counted"),
    [
        (NORTH, date(2025, 1, 1), ["11/10,60", "7/6,30", "2/1,20"], "20/18,10", "1/1,00"),
        (NORTH, date(2025, 3, 31), ["11/10,60", "7/6,30", "2/1,20"], "20/18,10", "1/1,00"),
        (NORTH, date(2025, 4, 1), ["11/10,60", "9/7,80", "2/1,20"], "22/19,60", "1/1,00"),
        (NORTH, date(2026, 1, 1), ["11/10,60", "9/7,80", "2/1,20"], "22/19,60", "1/1,00"),
        (SOUTH, date(2025, 4, 1), ["5/5,00", "4/3,50", "1/0,60"], "10/9,10", "0/0,00"),
        (NORTH, date(2024, 12, 31), [], "0/0,00", "0/0,00"),
    ],
)
def test_staff_of_the_demo_adds_up(loaded, title, day, parties, counted, not_counted):
    shown = table(title, day)
    assert [figures(group.totals.counted) for group in shown.groups] == parties
    assert figures(shown.totals.counted) == counted
    assert figures(shown.totals.not_counted) == not_counted


def test_next_version_of_annex_2_waits_for_the_group(loaded):
    open_changes = Change.objects.filter(state=Change.State.PROPOSED, matter__kind="annex_update")
    change = open_changes.get()
    assert change.matter.agreement.short_title == NORTH
    assert change.wanted_from == date(2026, 1, 1)
    row = StaffingLine.objects.get(version__change=change)
    assert (row.base.person_years_text, row.person_years_text) == ("1,60", "2,00")


def test_one_agreement_of_the_demo_shows_its_signing_and_the_other_only_its_text(loaded):
    north, south = (Agreement.objects.get(short_title=title) for title in (NORTH, SOUTH))
    signed = signed_of([north, south], TODAY)
    assert signed[north.pk].day == date(2024, 12, 16)
    assert south.pk not in signed
    missing = {agreement.pk: completeness.look(agreement, TODAY)["missing"] for agreement in (north, south)}
    assert (missing[north.pk], [item.linked for item in missing[south.pk]][-1:]) == ([], [[]])


def test_decision_of_the_demo_is_told_with_its_section(loaded):
    decision = Matter.objects.get(decisions__isnull=False, kind="annex_update").decisions.get()
    assert (decision.decided_on, decision.section, decision.outcome) == (date(2025, 3, 20), "12", "approve")


def test_demo_loaded_twice_is_the_same_demo(empty_database, settings):
    """On a machine without a seal, where what is signed waits for it."""
    settings.TYM_SEAL_CERT = "/nonexistent.pem"
    first = demo()
    before = stored()
    second = demo()
    assert stored() == before
    assert (first.count("Loaded"), second.count("Loaded")) == (2, 0)
    assert Counter(Agreement.objects.values_list("short_title", flat=True)) == {NORTH: 1, SOUTH: 1}
    signing = SigningRound.objects.select_related("change").get()
    assert (signing.state, signing.change.state) == ("open", "proposed")


def test_demo_if_empty_leaves_other_agreements_alone(empty_database):
    AgreementFactory(title="Toinen")
    told = demo("--if-empty")
    assert Agreement.objects.get().title == "Toinen"
    assert data.PASSWORD not in told


def test_demo_prints_sign_ins_that_work(loaded, client):
    told = loaded
    assert data.PASSWORD in told
    for email in ("sanna.vehmassalmi@kela.example", "katja.lavia@pori.example"):
        assert email in told
        assert client.login(request=None, email=email, password=data.PASSWORD)
    assert not User.objects.get(is_system=True).has_usable_password()


@pytest.mark.parametrize("title", [NORTH, SOUTH])
def test_every_party_of_the_demo_can_act(loaded, title):
    """A main user and a liaison who may bind, both with a sign-in that is printed; and who leads the whole."""
    told = loaded
    agreement = Agreement.objects.get(short_title=title)
    held = Mandate.objects.in_force(TODAY).filter(agreement=agreement)
    assert agreement.parties.count() == 3
    for party in agreement.parties.all():
        [main_user] = held.filter(party=party, capacity="main_user")
        [liaison] = held.filter(party=party, capacity="liaison")
        assert liaison.may_bind_party
        assert held.filter(party=party, capacity__in=Mandate.OF_A_SEAT).exists()
        for mandate in (main_user, liaison):
            assert f"  {mandate.person.email} " in told
            assert mandate.person.check_password(data.PASSWORD)
    led_by = {mandate.capacity: mandate.person for mandate in held.filter(party=None)}
    assert set(led_by) - {"secretary"} == {"coordinator", "stand_in", "youth_lead"}
    assert f"  {led_by['coordinator'].email} " in told


def test_people_of_the_south_alone_are_told_apart(loaded):
    lines = [line for line in loaded.splitlines() if "@rauma.example" in line]
    assert len(lines) == 3
    assert all("Etelä-Satakunta)" in line for line in lines)


def test_county_and_kela_see_both_agreements_and_the_authority_its_own(loaded, client):
    seen = {}
    for email in ("kari.noormarkku@satahva.example", "jenni.kortela@rauma.example", "katja.lavia@pori.example"):
        client.force_login(User.objects.get(email=email))
        page = client.get("/").content.decode()
        seen[email.partition(".")[0]] = {title for title in (f">{NORTH}<", f">{SOUTH}<") if title in page}
    assert {name: len(titles) for name, titles in seen.items()} == {"kari": 2, "jenni": 1, "katja": 1}


def test_meetings_of_the_demo_end_as_the_story_tells(loaded):
    found = Meeting.objects.filter(agreement__short_title=NORTH, year=2025).order_by("number")
    meetings = {meeting.number: meeting for meeting in found.select_related("agreement")}
    states = [meeting.state for meeting in meetings.values()]
    assert states == ["ended", "ended", "not_quorate", "ended", "ended"]
    sixth = AgendaItem.objects.get(meeting=meetings[1], section=6)
    assert (sixth.present, sixth.needed, sixth.seatings.filter(as_deputy=True).count()) == (7, 4, 1)
    assert votes(AgendaItem.objects.get(meeting=meetings[2], section=11)) == (4, 2, True, False)
    assert set(meetings[3].items.values_list("outcome", flat=True)) == {"moved", "dropped"}
    tie = meetings[5].items.get(matter__kind="goals")
    assert votes(tie) == (3, 3, True, True)
    assert [str(row.person) for row in tie.dissents.all()] == ["Sanna Vehmassalmi"]
    assert (tie.outcome, tie.present) == ("approve", 6)
    followed = meetings[5].items.exclude(followup="").get().followed
    quarter = followed["times"][2]["figures"][4]
    assert (quarter["text"], quarter["over"]) == ("63,54", True)


def test_notices_of_the_demo_are_one_in_time_and_one_late(loaded):
    proposals = Change.objects.filter(matter__kind="amendment").select_related("matter").order_by("received_on")
    told = []
    for change in proposals:
        notice = Notice(change.counted_from, change.wanted_from)
        told.append((change.counted_from, change.wanted_from, notice.latest, notice.is_late, change.earliest_from))
    assert told == [
        (date(2025, 9, 15), date(2026, 1, 1), date(2025, 10, 1), False, date(2025, 12, 15)),
        (date(2025, 11, 30), date(2026, 2, 1), date(2025, 11, 1), True, date(2026, 3, 1)),
    ]
    assert [change.state for change in proposals] == ["adopted", "proposed"]
    decisions = [change.matter.decisions.get(party=None) for change in proposals]
    assert [(one.decided_on, one.outcome, one.party) for one in decisions] == [
        (date(2025, 10, 2), "negotiate", None),
        (date(2026, 2, 11), "negotiate", None),
    ]


def test_text_of_the_demo_is_decided_signed_sealed_and_in_force_from_its_day(loaded):
    signing = SigningRound.objects.select_related("change__matter", "end__record__file", "frozen__file").get()
    own = signing.change.matter.decisions.exclude(party=None).order_by("decided_on")
    assert [(one.party.role, one.outcome, bool(one.section and one.case_number)) for one in own] == [
        (role, "approve", True) for role in (data.AUTHORITY, data.COUNTY, data.KELA)
    ]
    signed = SigningAct.objects.filter(place__round=signing, kind="signed").order_by("on")
    assert [act.mandate.person.name for act in signed] == [one.name for one in data.SIGNATORIES]
    assert [receipt.party.role for receipt in signing.receipts.order_by("pk")] == [data.AUTHORITY, data.COUNTY]
    verdict = judge(bytes(signing.end.record.file.content), bytes(signing.frozen.file.content), trusted_roots())
    assert verdict.accepted, verdict.reason
    assert [one.trusted for one in verdict.signatures] == [True]
    text = Document.objects.get(agreement__short_title=NORTH, number=0)
    old, new = notices.SHARE
    for day, there, gone in ((date(2025, 12, 31), old, new), (date(2026, 1, 1), new, old)):
        [body] = [section.body for section in sections_of(text, day) if section.number == "9"]
        assert there in body
        assert gone not in body


def test_review_of_2025_and_the_dispute_of_the_demo_end_as_the_story_tells(loaded):
    agreement = Agreement.objects.get(short_title=NORTH)
    review = agreement.review_outcomes.get()
    assert (review.year, review.outcome) == (2025, "proposal")
    stated = ReviewStatement.objects.filter(party__agreement=agreement).order_by("party__order")
    assert [one.outcome for one in stated] == ["change", "change", "keep"]
    dispute = agreement.disputes.get()
    assert (dispute.notes.count(), dispute.end.outcome) == (1, "agreed")


def test_first_meeting_of_2026_has_the_sections_of_the_story(loaded):
    items = AgendaItem.objects.filter(meeting__agreement__short_title=NORTH, meeting__year=2026).order_by("section")
    kinds = [(item.section, item.matter and item.matter.kind, item.outcome) for item in items.select_related("matter")]
    assert kinds[1:5] == [
        (2, "report", "approve"),
        (3, "adequacy", "approve"),
        (4, "review", "note"),
        (5, "amendment", "negotiate"),
    ]


def votes(item):
    """For, against, carried, decided by the chair."""
    rules = state.rules_on(item.meeting.agreement, item.meeting.held_on)
    given, seated = list(item.votes.select_related("seat")), list(item.seatings.select_related("seat"))
    result = state.result_of(item, given, seated, rules)
    return result.in_favour, result.against, result.carried, result.by_chair


def test_minutes_of_the_demo_stand_at_every_stage(loaded):
    held = Meeting.objects.filter(agreement__short_title=NORTH, year=2025).order_by("number")
    standings = [standing_of(one, getattr(one, "minutes", None)) for one in held.select_related("minutes")]
    assert [one.is_signed for one in standings] == [True, True, False, False, False]
    assert [one.is_put for one in standings] == [True, True, False, True, False]
    assert [str(row.person) for row in standings[3].unchecked] == ["Sanna Vehmassalmi"]
