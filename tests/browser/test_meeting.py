"""A meeting in a real browser: planned, called, opened, voted in by name, and its item closed, without JavaScript."""

from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from steering.models import AgendaItem, Meeting
from tests.browser.hands import Mouse
from tests.steering.kit import Group

CHECK = "Check before you confirm"


def follow(page, role, name):
    page.locator("main").get_by_role(role, name=_(name), exact=True).first.click()


def confirm(page):
    follow(page, "button", CHECK)
    follow(page, "button", "Confirm")
    expect(page.get_by_role("status")).to_be_visible()


def test_meeting_goes_from_its_plan_to_a_vote_and_a_closed_item(cast, new_page):
    group = Group(cast)
    page = new_page(cast.coordinator, java_script_enabled=False)
    hands = Mouse(page)
    page.goto(reverse("steering:meeting_list", args=[cast.agreement.pk]))
    follow(page, "link", "Plan a meeting")
    hands.write(_("Day"), "2.6.2025")
    follow(page, "button", "Save")
    follow(page, "link", "Add to the agenda")
    hands.write(_("Title"), "Asiakasmäärän raja")
    follow(page, "button", "Save")
    follow(page, "link", "Call the meeting")
    hands.write(_("Day of the summons"), "12.5.2025")
    confirm(page)
    follow(page, "link", "Open the meeting")
    hands.write(_("Opened at"), "12.00")
    people = [group.member(number) for number in (1, 2, 3, 4, 6)] + [group.deputy(7)]
    for person in people:
        page.locator(f"input[name=present][value='{person.pk}']").check()
    follow(page, "button", "Save")
    vote(page, against=(3, 6))
    follow(page, "link", "Record the outcome")
    page.locator("input[value=approve]").check()
    confirm(page)
    expect(page.locator("main")).to_contain_text(str(group.deputy(7)))
    item = AgendaItem.objects.get(title="Asiakasmäärän raja", meeting=Meeting.objects.get())
    assert (item.outcome, item.present, item.votes.filter(choice="against").count()) == ("approve", 6, 2)


def vote(page, against):
    """By name, of the last item."""
    page.locator("li.card h3 a").last.click()
    follow(page, "button", "Take up for a vote or another outcome")
    follow(page, "link", "Record the vote")
    for seating in AgendaItem.objects.get(state="handled").seatings.select_related("seat"):
        choice = "against" if seating.seat.position in against else "for"
        page.locator(f"input[name=vote_{seating.pk}][value={choice}]").check()
    follow(page, "button", "Save")
    expect(page.get_by_role("button", name=_("Decided unanimously as proposed"))).to_have_count(0)
