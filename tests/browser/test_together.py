"""Forms that a real browser must be able to send: it adds an Origin, cookies and files that a test client does not."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from agreements.models import Agreement, Change, Mandate, Record
from tests.browser.hands import Mouse
from tests.browser.walking import WHAT, Walk
from tym.accounts.models import User
from tym.desk.models import Feedback

PASSWORD = "pitka-salasana-77"
FILE = {"name": "ilmoitus.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 ilmoitus"}


def send(page, name="Confirm"):
    page.locator("main").get_by_role("button", name=_(name), exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without JavaScript"])
def test_newcomer_comes_in_by_her_invitation(cast, new_page, scripts):
    page = new_page(cast.kela_main_user, java_script_enabled=scripts)
    page.goto(reverse("agreements:person_invite", args=[cast.agreement.pk, cast.kela.party.order]))
    page.locator("#id_name").fill("Uusi Ihminen")
    page.locator("#id_email").fill("uusi@example.org")
    page.locator("input[value=reader]").check()
    send(page, "Check before you confirm")
    send(page)
    expect(page.get_by_role("status")).to_contain_text(_("The invitation has been made."))
    link = re.search(r"/kutsut/\S+", mail.outbox[-1].body).group()

    guest = new_page(java_script_enabled=scripts)
    guest.goto(link)
    assert link.strip("/").rsplit("/", 1)[-1] not in guest.url
    guest.locator("#id_password").fill(PASSWORD)
    guest.locator("#id_again").fill(PASSWORD)
    send(guest, "Accept the invitation")
    expect(guest.get_by_role("status")).to_contain_text(_("Welcome. Your mandate is in force from today."))
    assert Mandate.objects.filter(person__email="uusi@example.org", capacity="reader").exists()


def test_person_with_a_sign_in_accepts_after_signing_in(cast, new_page, client):
    cast.client(cast.kela_main_user).post(
        reverse("agreements:person_invite", args=[cast.agreement.pk, cast.kela.party.order]),
        {"name": "Jari Jäsen", "email": cast.member.person.email, "capacity": "reader", "confirm": "1"},
    )
    page = new_page(cast.member)
    page.goto(re.search(r"/kutsut/\S+", mail.outbox[-1].body).group())
    send(page, "Accept the invitation")
    expect(page.get_by_role("status")).to_contain_text(_("Welcome. Your mandate is in force from today."))
    assert Mandate.objects.filter(person=cast.member.person, party=cast.kela.party, capacity="reader").exists()


def test_coordinator_records_a_notice_with_its_file(cast, new_page):
    page = new_page(cast.coordinator)
    page.goto(reverse("agreements:record_on_behalf", args=[cast.agreement.pk, 2]))
    page.locator("#id_party").select_option(label=str(cast.hva.party))
    page.locator("#id_notice").set_input_files(FILE)
    page.locator("#id_arrived_on").fill("2.6.2025")
    page.locator("#id_checked").check()
    send(page)
    expect(page.get_by_role("status")).to_be_visible()
    change = Change.objects.get(notice__isnull=False)
    assert page.url.endswith(change.get_absolute_url())
    assert bytes(change.notice.file.content) == FILE["buffer"]


def test_signed_original_is_entered_and_offered(cast, new_page):
    page = new_page(cast.coordinator)
    page.goto(reverse("agreements:original_enter", args=[cast.agreement.pk]))
    page.locator("#id_upload").set_input_files(FILE)
    page.get_by_label(_("on paper")).check()
    page.locator("#id_checked").check()
    send(page)
    expect(page.get_by_role("link", name=_("Download signed original"))).to_be_visible()
    assert Record.objects.filter(agreement=Agreement.objects.get(pk=cast.agreement.pk), kind="signed_original").exists()


def test_anyone_gives_feedback(new_page):
    page = new_page()
    page.goto(reverse("desk:feedback_give"))
    page.locator("#id_message").fill("Taulukon otsikot eivät kuulu.")
    send(page, "Send the feedback")
    expect(page.get_by_role("heading", level=1)).to_have_text(_("Your feedback has been received"))
    assert Feedback.objects.filter(message="Taulukon otsikot eivät kuulu.").exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without JavaScript"])
def test_latest_day_to_propose_is_told_while_the_wanted_day_is_written(cast, new_page, scripts):
    draft = cast.draft_text(cast.ta, cast.main_text, key="s1")
    page = new_page(cast.ta, java_script_enabled=scripts)
    page.goto(reverse("agreements:draft_proposal", args=[draft.pk]))
    counted = page.locator("#counted")
    for typed, told in (("31.5.2026", "28.2.2026"), ("31.2.2026", "31.2.2026"), ("31.8.2025", _("Late"))):
        page.locator("#id_wanted_from").fill(typed)
        if not scripts:
            send(page, "Count the days for the wanted day")
        expect(counted).to_contain_text(told)
    expect(page.locator("#id_what")).to_have_value("Htv-määrä muuttuu.")
    assert Change.objects.get(pk=draft.pk).wanted_from is None


@pytest.mark.usefixtures("demo")
def test_three_people_keep_the_agreement_in_three_browsers_at_once(new_page):
    """Kela and the county write, propose and look while the coordinator decides; each act falls between the others'."""
    emails = ("sanna.vehmassalmi@kela.example", "kari.noormarkku@satahva.example", "katja.lavia@pori.example")
    kela, county, coordinator = (Walk(new_page(User.objects.get(email=email)), Mouse) for email in emails)
    agreement = Agreement.objects.get(short_title="TYM Satakunta")
    annex, party = agreement.documents.get(number=2), agreement.parties.get(role="wellbeing_county")
    theirs = {"what": "Hyvinvointialueen työaika lyhenee.", "person_years": "0,50"}
    for walk in (kela, county):
        walk.page.goto(annex.get_absolute_url())
    kela.draft_rows()
    county.draft_rows(party.genitive, theirs["person_years"])
    kela.propose()
    county.propose(**theirs)
    updates = Change.objects.filter(state="proposed", matter__kind="annex_update")
    proposed = {change.party.role: change.get_absolute_url() for change in updates}
    for walk, other, what in ((county, "kela", WHAT), (kela, "wellbeing_county", theirs["what"])):
        walk.page.goto(proposed[other])
        expect(walk.page.locator("main")).to_contain_text(what)
        coordinator.page.goto(proposed[other])
        coordinator.record_decision()
    for walk in (kela, county, coordinator):
        walk.page.goto(f"{annex.get_absolute_url()}?on=2026-01-01")
        for figure in ("1,50", theirs["person_years"]):
            expect(walk.page.locator("main table").first).to_contain_text(figure)
