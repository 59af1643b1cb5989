"""What the group decided in minutes kept elsewhere: the same act, for a matter of any kind, from the extract."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.actions.files import Upload
from agreements.models import Matter, Record
from steering import actions
from tests.cast import TODAY
from tests.steering.kit import other_matter
from tests.steering.office_kit import propose, submitted_goals
from tym.core.errors import NotAllowed, Refused, Stale

EXTRACT = Upload("ote.pdf", b"%PDF-1.4 ote", "application/pdf")
DAY = date(2025, 5, 20)


def record(cast, matter, outcome="approve", **differing):
    told = {"by": cast.coordinator, "on": TODAY, "decided_on": DAY, "section": "7", "extract": EXTRACT}
    return actions.record_elsewhere(matter=matter, outcome=outcome, **{"sha256": matter.sha256, **told, **differing})


def page(matter):
    return reverse("steering:decision_elsewhere", args=[matter.agreement_id, matter.pk])


@pytest.mark.parametrize(
    ("kind", "outcome"), [("goals", "approve"), ("cost", "reject"), ("working_group", "return"), ("frame", "table")]
)
def test_any_matter_is_decided_from_its_extract(cast, kind, outcome):
    decision = record(cast, other_matter(cast, kind), outcome, grounds="Perustelu.")
    assert (decision.outcome, decision.section, decision.decided_on, decision.party) == (outcome, "7", DAY, None)
    assert (decision.extract.kind, decision.extract.matter) == (Record.Kind.EXTRACT, decision.matter)


def test_goals_approved_elsewhere_are_in_use(cast):
    goal_set = submitted_goals(cast)
    record(cast, goal_set.matter)
    assert goal_set.matter.is_approved


def test_what_waits_on_an_agenda_is_decided_there(cast, group):
    matter = other_matter(cast)
    meeting = group.summoned(TODAY, matters=[matter])
    with pytest.raises(Refused):
        record(cast, matter)
    actions.cancel_meeting(meeting=meeting, by=cast.coordinator, on=TODAY, note="Sairaus.")
    assert record(cast, matter).outcome == "approve"


@pytest.mark.parametrize(
    "differing", [{"decided_on": date(2025, 6, 3)}, {"decided_on": date(2024, 12, 31)}, {"outcome": "negotiate"}]
)
def test_what_cannot_have_been_decided_is_refused(cast, differing):
    with pytest.raises(Refused):
        record(cast, other_matter(cast), **differing)


def test_it_is_decided_once_and_as_it_was_seen(cast):
    matter = other_matter(cast)
    with pytest.raises(Stale):
        record(cast, matter, sha256="0" * 64)
    record(cast, matter)
    with pytest.raises(Refused):
        record(cast, matter)


def test_nobody_records_her_own_appointment(cast):
    person = cast.coordinator.person
    matter = propose(cast, actions.Candidate("coordinator", actions.SeatHolder(person.name, person.email)))
    with pytest.raises(NotAllowed):
        record(cast, matter)
    answer = cast.client(cast.coordinator).get(page(matter))
    assert (answer.status_code, "hallintolaki 27 §" in answer.content.decode()) == (403, True)
    assert record(cast, matter, by=cast.holder("secretary")).outcome == "approve"


def test_page_asks_for_the_extract_and_keeps_what_was_typed(cast):
    matter = other_matter(cast, Matter.Kind.COST)
    client = cast.client(cast.coordinator)
    assert page(matter) in client.get(reverse("steering:meeting_list", args=[cast.agreement.pk])).content.decode()
    told = {"decided_on": "20.5.2025", "section": "17", "outcome": "approve", "sha256": matter.sha256, "checked": "on"}
    answer = client.post(page(matter), told)
    assert (answer.status_code, 'value="17"' in answer.content.decode()) == (200, True)
    assert not matter.decisions.exists()
    told["extract"] = SimpleUploadedFile("ote.pdf", EXTRACT.content, "application/pdf")
    assert client.post(page(matter), told).status_code == 302
    assert matter.decisions.get().extract.original_name == "ote.pdf"


def test_annex_update_has_its_own_page(cast):
    change = cast.proposed_change(cast.kela)
    answer = cast.client(cast.coordinator).get(page(change.matter))
    assert answer.headers["Location"] == reverse("agreements:change_decide", args=[change.pk])


def test_link_is_shown_to_those_who_may_record(cast):
    matter = submitted_goals(cast).matter
    year = reverse("steering:goal_year", args=[cast.agreement.pk, 2026])
    assert page(matter) in cast.client(cast.coordinator).get(year).content.decode()
    assert page(matter) not in cast.client(cast.member).get(year).content.decode()
