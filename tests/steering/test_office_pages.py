"""Pages of the people around the group: what they say, the acts through them, and how much they ask."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from agreements.models import Mandate, Matter
from steering import actions
from steering.models import Appointment, Event, Frame, MunicipalContact, WorkingGroup
from tests.cast import TODAY
from tests.pages import main_text, tree
from tests.steering import office_kit as kit


@pytest.fixture(autouse=True)
def _english(settings):
    """Sentences are told apart by their English words."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def address(name, cast, *args):
    return reverse(f"steering:{name}", args=[cast.agreement.pk, *args])


def page(cast, who="coordinator", name="office_list", *args, **query):
    return cast.client(getattr(cast, who)).get(address(name, cast, *args), query)


def act(cast, who, name, body, *args):
    """Fill in, look at the check page, confirm; the answer to the confirmation."""
    client, url = cast.client(getattr(cast, who)), address(name, cast, *args)
    checked = client.post(url, body)
    assert checked.status_code == 200, main_text(checked)
    assert tree(checked).xpath("//main//button[@name='confirm']"), main_text(checked)
    return client.post(url, {**body, "confirm": "1"})


PEOPLE = {
    "stand_in_name": "Antti Luvia",
    "stand_in_email": "antti.luvia@example.org",
    "valid_from": "1.7.2025",
    "valid_to": "31.12.2029",
}
NAMED = {"named_on": "2.6.2025", "organ": "Elinvoimajohtaja", "section": "12"}


def test_vacancies_are_told_with_clause_and_whose_move_it_is(cast):
    told = main_text(page(cast, "member"))
    assert "The coordinator has no stand-in." in told
    assert "The youth joint service has no lead." in told
    assert "act 381/2023 16 § 3 mom; next: employment authority" in told
    assert "There is no TYM coordinator." not in told
    assert "Not asked to name a contact person: Harjavalta, Kokemäki, Pori, Ulvila." in told


def test_from_proposal_to_office_through_the_pages(cast):
    kit.term_of(cast)
    assert act(cast, "coordinator", "appointment_propose", PEOPLE).status_code == 302
    appointment = Appointment.objects.get()
    assert "the steering group has not decided on the approval" in main_text(page(cast))
    kit.approve(cast, appointment.matter)
    told = main_text(page(cast))
    assert "to be named" in told
    assert "Waits for the naming" in told
    assert act(cast, "ta", "appointment_name", NAMED, appointment.pk).status_code == 302
    told = main_text(page(cast, on="2025-07-01"))
    assert "Named by Elinvoimajohtaja 2.6.2025 § 12" in told
    assert "Deviation" not in told
    assert "The coordinator has no stand-in." not in main_text(page(cast))
    body = {"last_day": "31.12.2025", "reason": "Siirtyi muualle."}
    assert act(cast, "ta", "appointment_end", body, appointment.pk).status_code == 302
    assert "Ends 31.12.2025: Siirtyi muualle." in main_text(page(cast, on="2025-07-01"))


def test_departure_is_told_beforehand_asks_for_a_reason_and_is_shown(cast):
    kit.term_of(cast)
    appointment = kit.put_forward(cast)
    url, client = address("appointment_name", cast, appointment.pk), cast.client(cast.ta)
    assert "The steering group has not approved the person." in main_text(client.get(url))
    refused = client.post(url, {**NAMED, "confirm": "1"})
    assert refused.status_code == 409
    assert "The rule rests on: agreement 7 §, act 381/2023 9 § 1 mom" in main_text(refused)
    assert tree(refused).get_element_by_id("id_organ").value == "Elinvoimajohtaja"
    assert act(cast, "ta", "appointment_name", {**NAMED, "deviation": "Kiire."}, appointment.pk).status_code == 302
    told = main_text(page(cast, on="2025-07-01"))
    assert "Deviation agreement 7 §" in told
    assert "Reason: Kiire." in told


def test_preparer_names_from_the_extract_on_one_page(cast):
    kit.term_of(cast)
    appointment = kit.approved(cast)
    url, client = address("appointment_name", cast, appointment.pk), cast.client(cast.coordinator)
    without = client.post(url, {**NAMED, "checked": "on"})
    assert without.status_code == 200
    assert tree(without).xpath("//*[@id='id_extract'][@aria-invalid='true']")
    extract = SimpleUploadedFile("ote.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    assert client.post(url, {**NAMED, "extract": extract, "checked": "on"}).status_code == 302
    assert Mandate.objects.filter(agreement=cast.agreement, capacity="stand_in").exists()


def test_youth_lead_through_the_pages(cast):
    body = {
        "youth_lead_name": "Emmi Yyteri", "youth_lead_email": "emmi@example.org", "valid_from": "1.1.2025",
    }  # fmt: skip
    assert act(cast, "ta", "youth_lead_propose", body).status_code == 302
    appointment = Appointment.objects.get()
    assert (appointment.valid_to, appointment.matter.kind) == (None, Matter.Kind.YOUTH_LEAD)
    assert act(cast, "ta", "appointment_name", NAMED, appointment.pk).status_code == 302
    told = main_text(page(cast))
    assert "to be told to the steering group for information" in told
    assert "The youth joint service has no lead." not in told
    kit.approve(cast, appointment.matter, "note")
    assert "to be told to the steering group" not in main_text(page(cast))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"stand_in_email": ""}, "stand_in_email"),
        ({"stand_in_name": ""}, "stand_in_name"),
        ({"valid_to": "30.6.2025"}, "valid_to"),
        ({"valid_from": "31.2.2025"}, "valid_from"),
        ({"stand_in_title": "131052-308T"}, "stand_in_title"),
    ],
)
def test_error_stands_beside_its_field_and_what_was_typed_stays(cast, body, field):
    response = cast.client(cast.coordinator).post(address("appointment_propose", cast), {**PEOPLE, **body})
    shown = tree(response)
    assert shown.get_element_by_id(f"id_{field}").get("aria-invalid") == "true"
    assert shown.get_element_by_id("id_valid_from").value == {**PEOPLE, **body}["valid_from"]
    assert shown.xpath(f"//a[@href='#id_{field}']")
    assert not Appointment.objects.exists()


def test_nobody_put_forward_is_refused_on_the_page(cast):
    body = {"valid_from": "1.7.2025", "valid_to": "31.12.2029", "confirm": "1"}
    response = cast.client(cast.coordinator).post(address("appointment_propose", cast), body)
    assert response.status_code == 409
    assert "at least one office" in main_text(response)


def test_municipalities_are_asked_and_answer(cast):
    places = {place.name: place.pk for place in cast.agreement.municipalities.all()}
    body = {"municipalities": [places["Pori"], places["Ulvila"], places["Kokemäki"]], "asked_on": "2.6.2025"}
    checked = cast.client(cast.coordinator).post(address("municipalities_ask", cast), body)
    assert "Kokemäki, Pori, Ulvila" in main_text(checked)
    assert act(cast, "coordinator", "municipalities_ask", body).status_code == 302
    contacts = {contact.municipality.name: contact for contact in MunicipalContact.objects.all()}
    for name, person in (("Pori", "Niina Nimetty"), ("Ulvila", "")):
        told = {"answered_on": "2.6.2025", "name": person}
        assert act(cast, "ta", "contact_answer", told, contacts[name].pk).status_code == 302
    told = main_text(page(cast))
    assert "Asked: 3 of 4. Contact person named: 1. Answered that it names nobody: 1. No answer yet: 1." in told
    assert "Not asked to name a contact person: Harjavalta." in told
    assert "Niina Nimetty" in told


def test_form_of_asking_offers_those_not_asked_yet(cast):
    (pori,) = cast.agreement.municipalities.filter(name="Pori")
    actions.ask_municipalities(
        agreement=cast.agreement, by=cast.coordinator, on=TODAY, municipalities=[pori], asked_on=TODAY
    )
    boxes = tree(page(cast, "coordinator", "municipalities_ask")).xpath("//input[@type='checkbox']")
    assert {box.get("value"): box.checked for box in boxes}[str(pori.pk)] is False
    assert sum(box.checked for box in boxes) == 3


def test_event_frame_and_working_group_through_the_pages(cast):
    places = [str(place.pk) for place in cast.agreement.municipalities.all()]
    body = {"held_on": "2.6.2025", "title": "Keskustelu", "municipalities": places}
    assert act(cast, "hva", "event_record", body).status_code == 302
    assert act(cast, "coordinator", "frame_propose", {"text": "Johtaa verkostoa."}).status_code == 302
    group = {"name": "Nuorten ryhmä", "task": "Selvittää.", "valid_from": "2.6.2025"}
    assert act(cast, "coordinator", "working_group_propose", group).status_code == 302
    told = main_text(page(cast))
    assert "2.6.2025 Keskustelu" in told
    assert "has not set the frame" in told
    assert "No working group has been set up." in told
    for row in (Frame.objects.get(), WorkingGroup.objects.get()):
        kit.approve(cast, row.matter)
    told = main_text(page(cast))
    assert "Johtaa verkostoa." in told
    assert "The steering group approved it 2.6.2025" in told
    assert "Nuorten ryhmä" in told
    assert Event.objects.get().municipalities.count() == 4


def test_missing_and_double_liaison_are_told(cast):
    actions.offices.stop_mandate(cast.kela, last_day=date(2025, 5, 31), by=cast.system)
    told = main_text(page(cast))
    assert "Kela has no liaison. (agreement 8 §; next: Kela)" in told
    assert cast.ta.person.name in told


def test_rules_are_proposed_and_shown_with_their_section(cast):
    assert "has not adopted its way of working" in main_text(page(cast, "member", "rule_list"))
    fields = {"meeting_quorum": "", "meeting_chair_required": "yes", "meeting_each_party": "no"}
    fields |= {
        "meeting_summons_days": "3",
        "meeting_tie": "chair",
        "meeting_minutes": "at_once",
        "valid_from": "2.6.2025",
    }
    assert act(cast, "coordinator", "rules_propose", fields).status_code == 302
    told = main_text(page(cast, "member", "rule_list"))
    assert "Before the steering group" in told
    assert "default" in told
    kit.approve(cast, Matter.objects.get(kind="reading"))
    told = main_text(page(cast, "member", "rule_list"))
    assert "Steering group 2.6.2025 § 6" in told
    assert "Fewer than 4 days" in told
    assert "has not adopted its way of working" not in told
    values = {reading.key: reading.value for reading in Matter.objects.get(kind="reading").readings.all()}
    assert values == {
        "meeting.quorum": "over_half", "meeting.chair_required": "yes", "meeting.each_party": "no",
        "meeting.summons_days": "3", "meeting.tie": "chair", "meeting.minutes": "at_once",
    }  # fmt: skip


@pytest.mark.parametrize("days", ["0", "61", "x", "²", "-1"])
def test_days_of_summons_that_are_none_are_refused(cast, days):
    fields = {"meeting_quorum": "", "meeting_chair_required": "no", "meeting_each_party": "no", "meeting_tie": "chair"}
    fields |= {"meeting_summons_days": days, "meeting_minutes": "at_once", "valid_from": "2.6.2025", "confirm": "1"}
    response = cast.client(cast.coordinator).post(address("rules_propose", cast), fields)
    assert tree(response).get_element_by_id("id_meeting_summons_days").get("aria-invalid") == "true"
    assert tree(response).get_element_by_id("id_meeting_summons_days").value == days
    assert not Matter.objects.filter(kind="reading").exists()


def queries(cast, name, *args):
    client = cast.client(cast.coordinator)
    client.get(address(name, cast, *args))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address(name, cast, *args)).status_code == 200
    return len(caught)


def grow(cast, place):
    """One more of everything the page shows."""
    municipality = cast.agreement.municipalities.order_by("name")[place]
    actions.ask_municipalities(
        agreement=cast.agreement, by=cast.coordinator, on=TODAY, municipalities=[municipality], asked_on=TODAY
    )
    actions.record_event(
        agreement=cast.agreement, by=cast.ta, on=TODAY, held_on=TODAY, title="A", municipalities=[municipality]
    )
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY}
    group = actions.propose_working_group(name=f"R{place}", task="T", valid_from=TODAY, **told)
    kit.approve(cast, group)
    one = kit.candidate(name=f"Ehdokas {place}", email=f"ehdokas{place}@example.org")
    first = date(2025 + place, 7, 1)
    matter = kit.propose(cast, one, valid_from=first, valid_to=date(2026 + place, 6, 30))
    kit.approve(cast, matter)
    kit.name(cast, matter.appointments.get())
    kit.put_forward(cast)
    kit.approve(
        cast, actions.propose_readings(values={"meeting.summons_days": str(5 + place)}, valid_from=TODAY, **told)
    )
    actions.propose_readings(values={"meeting.quorum": "over_half"}, valid_from=TODAY, **told)
    actions.propose_frame(text="x", **told)


@pytest.mark.parametrize("name", ["office_list", "rule_list"])
def test_queries_do_not_grow_with_rows(cast, name):
    kit.term_of(cast)
    grow(cast, 0)
    one = queries(cast, name)
    grow(cast, 1)
    grow(cast, 2)
    assert queries(cast, name) == one
