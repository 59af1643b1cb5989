"""The main job as a person does it, in words of the user: draft, propose, decide, look, print."""

from django.utils.translation import gettext as _
from playwright.sync_api import expect

from agreements.models import Decision
from tym.desk.demo import data

CHECK = "Check before you confirm"
WHAT, WHY = "Kelan asiantuntijan työaika pitenee.", "Kuntoutuksen neuvontaa tarvitaan enemmän."
PDF_PATIENCE_MS = 60_000


class Walk:
    """One page of the browser, the hands that work it, and what they do in words of the user."""

    def __init__(self, page, hands):
        self.page, self.hands = page, hands(page)

    def expect_heading(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def expect_told(self, text):
        expect(self.page.get_by_role("status")).to_contain_text(text)

    def sign_in(self, email):
        self.page.goto("/")
        for kind, text in (("email", email), ("password", data.PASSWORD)):
            label = self.page.locator(f"label[for='{self.page.locator(f'input[type={kind}]').get_attribute('id')}']")
            self.hands.write(label.inner_text().strip(), text)
        self.hands.press("button", _("Sign in"))
        self.expect_heading(_("Your agreements"))

    def sign_out(self):
        self.hands.press("button", _("Sign out"))
        self.expect_heading(_("Sign in"))

    def open_annex_2(self):
        self.hands.press("link", "TYM Satakunta")
        annex = self.page.locator("a[href*='/liitteet/2/']").first
        self.hands.press("link", annex.inner_text().strip())

    def draft_rows(self, party="Kelan", person_years="1,50"):
        self.hands.press("button", _("Edit the staff rows of %(party)s") % {"party": party})
        self.hands.write(_("Person-years"), person_years)
        self.hands.press("button", _("Save draft"))
        self.expect_told(_("The staff rows have been saved in the draft."))

    def propose(self, what=WHAT, person_years="1,50"):
        self.hands.press("link", _("Propose annex update"))
        self.hands.write(_("What is changed"), what)
        self.hands.write(_("Why"), WHY)
        self.hands.write(_("Wanted in force from"), "1.1.2026")
        self.hands.press("button", _(CHECK))
        self.expect_heading(_(CHECK))
        for text in (what, WHY, "1.1.2026", person_years):
            expect(self.page.locator("main")).to_contain_text(text)
        self.hands.press("button", _("Confirm"))
        self.expect_told(_("The proposal has been made. Every party sees it."))

    def open_change(self, title):
        self.page.goto("/")
        self.hands.press("link", "TYM Satakunta")
        self.hands.press("link", _("Changes"))
        self.hands.press("link", title)

    def record_decision(self):
        self.hands.press("link", _("Record the steering group's decision"))
        self.hands.write(_("Day of the meeting"), "20.11.2025")
        self.hands.write(_("Section of the minutes (§)"), "31")
        self.hands.choose(Decision.Outcome.APPROVE.label)
        self.hands.press("button", _(CHECK))
        self.expect_heading(_(CHECK))
        expect(self.page.locator("main")).to_contain_text("20.11.2025")
        self.hands.press("button", _("Confirm"))
        self.expect_told(_("The decision has been recorded."))

    def show_day(self, day):
        self.hands.write(_("Show state on day"), day)
        self.hands.press("button", _("Show"))
        expect(self.page.get_by_label(_("Show state on day"))).to_have_value(day)

    def figures_on(self, day):
        """The last row of the annex page that day, in words of the table."""
        self.show_day(day)
        return self.page.get_by_role("row", name="palveluasiantuntija, kuntoutus").first.inner_text()

    def download(self):
        self.hands.press("link", _("Agreement"))
        # Drawing takes seconds, and more on a busy machine.
        self.page.set_default_timeout(PDF_PATIENCE_MS)
        with self.page.expect_download() as started:
            self.hands.press("button", _("Download consolidated copy (PDF)"))
        return started.value
