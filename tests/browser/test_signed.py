"""A change of the agreement text walked by its three parties in a real browser, to a signed file in each one's hands.

Every click must be answered in seconds (`PATIENCE_MS`); only drawing the file to be signed is given more.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import expect
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from agreements.models import Change, Decision, SigningRound
from agreements.sealing import seal_certificate
from steering import actions
from steering.models import AgendaItem
from tests.agreements import signing_kit as kit
from tests.browser.hands import Mouse
from tests.browser.walking import CHECK, PDF_PATIENCE_MS
from tests.cast import Capacity
from tests.steering.kit import Group
from tests.verapdf import check

MEETING, DECIDED, STARTS = date(2025, 6, 12), date(2025, 6, 18), date(2025, 10, 1)
NEW_TEXT = "Johtoryhmä kokoontuu viisi kertaa vuodessa."
WHAT = "Johtoryhmän kokousten määrä nousee neljästä viiteen."
EXTRACT = {"name": "ote.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 ote"}


class Party:
    """A person at her own browser. What she presses is in the main part of the page."""

    def __init__(self, mandate, new_page):
        self.mandate, self.page = mandate, new_page(mandate.person)
        self.hands = Mouse(self.page)

    def press(self, role, name, more=""):
        """A link or button with these words; `more` is what a screen reader alone reads after them."""
        words = re.compile(rf"^{re.escape(_(name))}\s*{re.escape(more)}$")
        self.page.locator("main").get_by_role(role, name=words).first.click()

    def confirm(self):
        self.press("button", CHECK)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(_(CHECK))
        self.press("button", "Confirm")

    def told(self, text):
        expect(self.page.get_by_role("status").first).to_contain_text(_(text))

    def look_at(self, thing):
        self.page.goto(thing.get_absolute_url())

    def download(self, name):
        with self.page.expect_download() as started:
            self.press("link", name)
        return Path(started.value.path()).read_bytes()


@pytest.fixture
def parties(cast, new_page):
    """The liaisons of the three parties, Kela's second signatory and the coordinator, each with a browser."""
    second = cast.holder(Capacity.SIGNATORY, cast.kela.party)
    second.person.set_password(cast.password)
    second.person.save()
    return [Party(one, new_page) for one in (cast.ta, cast.hva, cast.kela, second, cast.coordinator)]


def test_three_parties_take_a_change_of_the_text_to_a_signed_file(cast, parties, clock, settings, tmp_path):
    authority, county, kela, second, coordinator = parties
    change = propose(authority)
    clock.day = MEETING
    open_negotiations(coordinator, change, Group(cast))
    clock.day = DECIDED
    for party, section in ((authority, "71"), (county, "212"), (kela, "8")):
        record_own_decision(party, change, section)
    signing = open_signing(coordinator, change, (authority, county, kela, second))
    for party in (authority, county, kela, second):
        sign(party, signing, cast.password)
    second.told("Everybody has signed, and the file has been sealed.")
    put_in_force(coordinator, change)
    files = [fetch_own_copy(party, signing) for party in (authority, county, kela)]
    assert len(set(files)) == 1
    clock.day = STARTS
    verify(kela, files[0], tmp_path / "allekirjoitettu.pdf")
    county.look_at(cast.agreement)
    expect(county.page.locator("main")).to_contain_text(NEW_TEXT)
    expect(county.page.locator("main")).not_to_contain_text(_("The signed copy has not been fetched by"))
    assert_others_accept(files[0], Path(settings.TYM_SEAL_CERT))


def propose(party):
    """Section 3 written anew, with its reasons, in time for 1.10.2025."""
    party.look_at(party.mandate.agreement)
    party.press("button", "Propose change to agreement text")
    party.press("link", "3 Miten johdetaan")
    party.hands.write(_("Text"), NEW_TEXT)
    party.press("button", "Save draft")
    party.told("The draft has been saved.")
    party.press("link", "Go to the draft")
    party.press("link", "Write the proposal to change the text")
    party.hands.write(_("What is changed"), WHAT)
    party.hands.write(_("Why"), "Asioita on enemmän kuin neljään kokoukseen mahtuu.")
    party.hands.write(_("Wanted in force from"), "1.10.2025")
    party.press("button", CHECK)
    expect(party.page.locator("main ins")).to_contain_text("viisi")
    party.press("button", "Confirm")
    party.told("The proposal has been made. Every party sees it.")
    return Change.objects.get(matter__kind="amendment", state="proposed", party=party.mandate.party)


def open_negotiations(coordinator, change, group):
    """On the agenda of a meeting, which is called and opened beside; in it the group starts negotiations."""
    meeting = group.plan(MEETING, starts_at=time(12))
    coordinator.look_at(meeting)
    coordinator.press("button", "Add to the agenda", f": {change.matter.title}")
    expect(coordinator.page.locator("ol.cards")).to_contain_text(change.matter.title)
    told = {"by": group.cast.coordinator, "on": MEETING}
    group.open(actions.summon(meeting=meeting, summoned_on=MEETING, deviation="Kiireellinen.", **told))
    coordinator.look_at(AgendaItem.objects.get(matter=change.matter))
    coordinator.press("button", "Decided unanimously as proposed")
    coordinator.look_at(change)
    expect(coordinator.page.locator("h1")).to_contain_text(_("Negotiating"))


def record_own_decision(party, change, section):
    """Its organ, day, § and case number, and the extract as a file."""
    party.look_at(change)
    party.press("link", "Record the party's own decision", f": {party.mandate.party.short_name}")
    party.hands.write(_("Deciding body"), "Hallitus")
    party.hands.write(_("Day of the decision"), "18.6.2025")
    party.hands.write(_("Section of the decision (§)"), section)
    party.hands.write(_("Case number"), f"2025/{section}")
    party.hands.choose(str(Decision.Outcome.APPROVE.label))
    party.page.get_by_label(_("Extract of the minutes")).set_input_files(EXTRACT)
    party.page.get_by_label(_("I have checked what I have filled in.")).check()
    party.press("button", "Confirm")
    party.told("The party's decision has been recorded.")


def open_signing(coordinator, change, signers):
    """In this service. Each signatory is chosen where her account is offered first and nobody has been yet."""
    coordinator.look_at(change)
    coordinator.press("link", "Open signing")
    coordinator.hands.choose(str(SigningRound.Way.IN_APP.label))
    form = coordinator.page.locator("form#editing")
    for signer in signers:
        person = signer.mandate.person
        lines = form.locator(f"select[name$=_person]:has(option[value='{person.pk}']:not(:checked))")
        line = next(one for one in lines.all() if not one.input_value())
        name = line.get_attribute("name").removesuffix("_person")
        line.select_option(str(person.pk))
        form.locator(f"[name={name}_name]").fill(person.name)
        form.locator(f"[name={name}_title]").fill("johtaja")
        form.locator(f"[name={name}_basis]").fill("hallintosääntö 5 §")
    coordinator.page.set_default_timeout(PDF_PATIENCE_MS)
    coordinator.confirm()
    coordinator.told("The text and annexes have been frozen and wait to be signed.")
    return SigningRound.objects.get(change=change)


def sign(party, signing, password):
    party.look_at(signing)
    expect(party.page.locator("main")).to_contain_text(_("Your signature is waited for."))
    party.press("link", "Read and sign")
    party.hands.write(_("Your password again"), password)
    party.press("button", "Sign the agreement")
    party.told("You have signed.")


def put_in_force(coordinator, change):
    coordinator.look_at(change)
    coordinator.press("link", "Put the amended text in force")
    coordinator.confirm()
    coordinator.told("The amended text has been put in force.")


def fetch_own_copy(party, signing):
    party.look_at(signing)
    content = party.download("Download signed agreement (PDF)")
    party.press("button", "Acknowledge receipt of own copy", f": {party.mandate.party.short_name}")
    party.told("The receipt of your own copy has been recorded.")
    return content


def verify(party, content, path):
    """The verification page on the file as it was downloaded."""
    path.write_bytes(content)
    party.press("link", "Check a signed file")
    party.page.get_by_label(_("File to check")).set_input_files(path)
    party.press("button", "Check")
    words = _("This is version %(number)s of the text of %(agreement)s, in force from %(day)s. It is unchanged.")
    told = {"number": 2, "day": "1.10.2025", "agreement": party.mandate.agreement.title}
    expect(party.page.locator("main")).to_contain_text(words % told)


def assert_others_accept(content, certificate):
    """Poppler, pyHanko's own validation and veraPDF, which know nothing of this service."""
    told = kit.poppler_says(content)
    assert told.count("Signature #") == told.count("Signature is Valid") == 1
    assert "Total document signed" in told
    with ThreadPoolExecutor(1) as beside:  # Playwright keeps an event loop in this thread, pyHanko starts its own.
        status = beside.submit(pyhanko_says, content, certificate).result()
    assert status.bottom_line, status.summary()
    check(content, "3a", "ua1")


def pyhanko_says(content, certificate):
    [signature] = PdfFileReader(BytesIO(content)).embedded_signatures
    trusted = ValidationContext(trust_roots=[seal_certificate(certificate)])
    return validate_pdf_signature(signature, signer_validation_context=trusted)
