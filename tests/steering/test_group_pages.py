"""The group's own page, the appointment, closing, and a party's seats in a draft, as people meet them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Record
from steering.content import drafted
from steering.models import SeatLine, Term
from tests.cast import TODAY
from tests.pages import main_text, stored, tree
from tests.steering.seat_kit import (
    appoint,
    appointment_as_sent,
    close,
    drafted_notice,
    notice,
    offices,
    person,
    present,
    revise,
    seated,
    seats_as_sent,
    term,
)

FROM = date(2025, 7, 1)


def url(name, *args):
    return reverse(f"steering:{name}", args=args)


@pytest.fixture
def group_url(cast):
    return url("group_detail", cast.agreement.pk)


@pytest.fixture
def appoint_url(cast):
    return url("group_appoint", cast.agreement.pk, 1)


def field(response, name):
    """The value in the form's field as a person sees it."""
    (found,) = tree(response).xpath(f"//main//*[@name='{name}']")
    return found.value


def summary(response):
    """{address of the field: sentence} of the error summary."""
    links = tree(response).xpath("//*[@id='error-summary']//a")
    return {link.get("href"): link.text_content() for link in links}


@pytest.mark.parametrize("who", ["ta", "hva", "kela", "coordinator", "member", "chair", "deputy"])
def test_everybody_of_the_agreement_sees_the_group(cast, group_url, who):
    said = main_text(cast.client(getattr(cast, who)).get(group_url))
    for told in ("1.1.2025–31.12.2029", "Pirjo Puheenjohtaja", "Kaarlo Kelavara", "388/2024"):
        assert told in said
    assert "@example.org" not in said


def test_group_of_another_day(cast, group_url):
    notice(cast, cast.hva, place=1, member=person("Kesän Jäsen"), wanted_from=FROM)
    client = cast.client(cast.kela)
    seats = "//table[1]//tbody"
    before, after = (tree(client.get(f"{group_url}?on={day}")).xpath(seats)[0] for day in ("2025-06-30", "2025-07-01"))
    assert ("Jari Jäsen" in before.text_content(), "Jari Jäsen" in after.text_content()) == (True, False)
    assert "Kesän Jäsen" in after.text_content()
    none = tree(client.get(f"{group_url}?on=2024-12-31")).get_element_by_id("main")
    assert none.xpath(".//*[contains(@class, 'notice--warn')]")


def test_page_offers_what_the_person_may_do(cast, group_url):
    start = reverse("agreements:draft_start", args=[cast.agreement.pk, 3])
    may = {
        who: [address in cast.client(getattr(cast, who)).get(group_url).content.decode() for address in addresses]
        for addresses in [[start, url("group_appoint", cast.agreement.pk, 1), f"toimikausi/{term(cast).pk}/paata"]]
        for who in ("ta", "kela", "coordinator", "member")
    }
    assert may == {
        "ta": [True, True, True],
        "kela": [True, False, False],
        "coordinator": [False, True, True],
        "member": [False, False, False],
    }


def test_queries_of_the_group_do_not_grow(cast, group_url):
    client = cast.client(cast.ta)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{group_url}?on=2030-05-05").status_code == 200
        return len(seen)

    appoint(cast, present(cast)[:1])
    count()
    one = count()
    appoint(cast, present(cast), first=date(2035, 1, 1))
    close_free = count()
    assert close_free == one


def test_queries_of_the_seats_in_a_draft_do_not_grow(cast):
    def count(who, change):
        client = cast.client(who)
        client.get(url("draft_seats", change.pk, 3))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url("draft_seats", change.pk, 3)).status_code == 200
        return len(seen)

    one = count(cast.kela, drafted_notice(cast, cast.kela, member=person("Yksi")))
    assert count(cast.hva, drafted_notice(cast, cast.hva, member=person("Kaksi"))) == one


def extract():
    return SimpleUploadedFile("ote.pdf", b"%PDF-1.7 x", content_type="application/pdf")


def test_appointment_is_recorded_from_the_form(cast, appoint_url):
    sent = appointment_as_sent(cast, extract=extract(), **{"seats-0-member_name": "Uusi Puheenjohtaja"})
    sent["seats-0-member_email"] = "uusi@example.org"
    response = cast.client(cast.coordinator).post(appoint_url, sent, follow=True)
    assert response.redirect_chain
    made = Term.objects.get(agreement=cast.agreement, valid_from=date(2030, 1, 1))
    assert made.matter.decisions.get().extract.kind == Record.Kind.EXTRACT
    assert seated(cast, date(2030, 1, 1))[1][0] == "Uusi Puheenjohtaja"
    change = made.matter.changes.get()
    page = main_text(cast.client(cast.kela).get(change.get_absolute_url()))
    assert "Kaupunginhallitus" in page


def test_day_within_the_term_revises_it_and_an_emptied_seat_is_left_out(cast, appoint_url):
    names = [f"{who}_{what}" for who in ("member", "deputy") for what in ("name", "email", "title")]
    emptied = {f"seats-1-{name}": "" for name in ("party", *names)}
    sent = appointment_as_sent(cast, valid_from="1.9.2025", **emptied)
    assert cast.client(cast.ta).post(appoint_url, sent).status_code == 302
    assert [name for name, _deputy in seated(cast, date(2025, 9, 1)).values()] == [
        "Pirjo Puheenjohtaja", "Ville Varapuheenjohtaja", "Jari Jäsen", "Kirsi Kelajäsen",
    ]  # fmt: skip
    assert offices(cast, "Tuula Työjäsen", date(2025, 9, 1)) == []


def test_error_in_one_seat_is_linked_and_nothing_typed_is_lost(cast, appoint_url):
    """The fifth of seven seats; the file is asked for again with a sentence."""
    sent = appointment_as_sent(cast, organ="Lautakunta", extract=extract(), **{"seats-TOTAL_FORMS": 9})
    for place in (5, 6):
        more = {"party": cast.kela.party.pk, "role": "member", "member_name": f"Jäsen {place}", "member_email": ""}
        sent |= {f"seats-{place}-{name}": value for name, value in more.items()}
    sent |= {"seats-4-member_email": "ei osoite"}
    client, before = cast.client(cast.ta), stored()
    response = client.post(appoint_url, sent)
    assert response.status_code == 200
    assert stored() == before
    (address,) = summary(response)
    assert address == "#id_seats-4-member_email"
    assert tree(response).xpath(f"//*[@id='{address[1:]}'][@aria-invalid='true']")
    kept = {
        name: value
        for name, value in sent.items()
        if name not in ("extract", "checked") and not name.endswith(("FORMS", "-key"))
    }
    assert {name: field(response, name) or "" for name in kept} == {name: str(value) for name, value in kept.items()}
    assert "liitä se uudelleen" in main_text(response) or "attach it again" in main_text(response)


def test_refused_appointment_keeps_what_was_typed(cast, appoint_url):
    sent = appointment_as_sent(cast, valid_from="31.12.2029", organ="Lautakunta")
    sent["seats-1-role"] = "chair"
    response = cast.client(cast.ta).post(appoint_url, sent | {"valid_from": "1.1.2030"})
    assert response.status_code == 409
    assert (field(response, "organ"), field(response, "seats-1-role")) == ("Lautakunta", "chair")
    assert "7 §" in main_text(response)


@pytest.mark.parametrize(
    "forged",
    [
        {"seats-TOTAL_FORMS": "x"},
        {"seats-TOTAL_FORMS": "999999"},
        {"seats-TOTAL_FORMS": "0"},
        {"seats-0-party": "999999"},
        {"seats-0-party": "x"},
        {"seats-0-role": "secretary"},
        {"seats-0-member_name": "nolla\x00merkki"},
        {"seats-0-member_name": "x" * 151},
        {"seats-0-member_title": "131052-308T"},
        {"valid_from": "31.2.2030"},
        {"valid_from": "1.1.9999"},
        {"decided_on": "3.6.2025"},
        {"checked": ""},
        {"section": "x" * 13},
        {"seats-0-member_email": "kela@example.org"},
    ],
)
def test_bad_appointment_writes_nothing_and_breaks_nothing(cast, appoint_url, forged):
    client, before = cast.client(cast.ta), stored()
    response = client.post(appoint_url, appointment_as_sent(cast, **forged))
    assert response.status_code in (200, 400, 409)
    assert stored() == before


def test_party_of_another_agreement_is_no_choice(cast, appoint_url):
    client, before = cast.client(cast.ta), stored()
    sent = appointment_as_sent(cast, **{"seats-0-party": cast.stranger.party.pk})
    assert client.post(appoint_url, sent).status_code == 200
    assert stored() == before


def test_term_of_another_agreement_is_not_found(cast):
    theirs = Term.objects.get(agreement=cast.second)
    assert cast.client(cast.ta).get(url("term_close", cast.agreement.pk, theirs.pk)).status_code == 404


def test_term_is_closed_after_checking(cast, group_url):
    client, closing = cast.client(cast.ta), url("term_close", cast.agreement.pk, term(cast).pk)
    sent = {"last_day": "31.8.2025", "reason": "Alue muuttuu."}
    assert client.post(closing, sent).status_code == 200
    assert term(cast).closed_on is None
    client.post(closing, sent | {"confirm": "1"})
    assert term(cast).closed_on == date(2025, 8, 31)
    assert "Alue muuttuu." in main_text(client.get(group_url))


def named(name, email, who="member"):
    return {f"seats-0-{who}_name": name, f"seats-0-{who}_email": email}


def test_seats_are_saved_in_the_draft(cast):
    change = drafted_notice(cast, cast.kela)
    client, editing = cast.client(cast.kela), url("draft_seats", change.pk, 3)
    page = main_text(client.get(editing))
    assert "Pirjo Puheenjohtaja" in page
    sent = seats_as_sent(
        change, cast.annex3, **{"seats-0-member_name": "Uusi", "seats-0-member_email": "u@example.org"}
    )
    assert client.post(editing, sent).status_code == 302
    assert drafted(change, cast.annex3).own[0].member.name == "Uusi"


def test_stale_draft_shows_both(cast):
    change = drafted_notice(cast, cast.kela)
    editing = url("draft_seats", change.pk, 3)
    mine = seats_as_sent(change, cast.annex3, **{"seats-0-member_name": "Minun Nimeni"})
    theirs = seats_as_sent(
        change, cast.annex3, **{"seats-0-deputy_name": "Tallennettu Vara", "seats-0-deputy_email": ""}
    )
    assert cast.client(cast.kela_main_user).post(editing, theirs).status_code == 302
    mine["seats-0-member_email"] = "m@example.org"
    response = cast.client(cast.kela).post(editing, mine)
    assert response.status_code == 409
    assert "Tallennettu Vara" in main_text(response)
    assert field(response, "seats-0-member_name") == "Minun Nimeni"
    again = {**mine, "revision": field(response, "revision"), "ground": field(response, "ground")}
    assert cast.client(cast.kela).post(editing, again).status_code == 302
    assert drafted(change, cast.annex3).own[0].member.name == "Minun Nimeni"


def test_seat_decided_meanwhile_loses_nothing_typed(cast):
    change = drafted_notice(cast, cast.hva)
    sent = seats_as_sent(change, cast.annex3, **{"seats-1-member_name": "Minun Nimeni", "seats-1-member_email": ""})
    seats = present(cast)
    revise(cast, [*seats[:3], seats[4]], first=FROM)
    response = cast.client(cast.hva).post(url("draft_seats", change.pk, 3), sent)
    assert response.status_code == 409
    assert field(response, "seats-1-member_name") == "Minun Nimeni"


def test_refused_seat_keeps_what_was_typed(cast):
    change = drafted_notice(cast, cast.kela)
    sent = seats_as_sent(change, cast.annex3, **{"seats-0-member_name": "Joku Muu", "seats-0-member_title": "johtaja"})
    client, before = cast.client(cast.kela), stored()
    response = client.post(url("draft_seats", change.pk, 3), sent)
    assert (response.status_code, field(response, "seats-0-member_title")) == (409, "johtaja")
    assert stored() == before


def test_seat_of_another_party_is_refused(cast):
    change = drafted_notice(cast, cast.kela)
    key = SeatLine.objects.get(member=cast.chair.person).key
    client, before = cast.client(cast.kela), stored()
    forged = seats_as_sent(change, cast.annex3, **{"seats-0-key": key})
    assert client.post(url("draft_seats", change.pk, 3), forged).status_code == 403
    assert stored() == before


@pytest.mark.parametrize(
    "forged", [{"seats-TOTAL_FORMS": "x"}, {"revision": "x"}, {"ground": ""}, {"seats-0-member_name": ""},
               {"seats-0-member_name": "nolla\x00merkki"}, {"seats-0-deputy_name": "", "seats-0-deputy_title": "x"}]
)  # fmt: skip
def test_bad_seats_write_nothing(cast, forged):
    change = drafted_notice(cast, cast.kela)
    client, before = cast.client(cast.kela), stored()
    sent = seats_as_sent(change, cast.annex3, **forged)
    assert client.post(url("draft_seats", change.pk, 3), sent).status_code in (200, 400)
    assert stored() == before


def test_closed_group_is_said_on_its_page(cast, group_url):
    close(cast, TODAY)
    later = tree(cast.client(cast.kela).get(f"{group_url}?on=2025-06-03")).get_element_by_id("main")
    assert later.xpath(".//*[contains(@class, 'notice--warn')]")
