"""The administration as axe sees it and as the keyboard works it. The browser's own complaints are failures."""

from agreements.models import Change
from tests.administration.kit import address, administrator
from tests.browser.hands import Keyboard
from tests.browser.test_accessibility import assert_none, visited
from tests.cast import Cast
from tests.pages import busy


def test_pages_of_the_administration(new_page):
    cast = Cast()
    change = busy(cast)["adopted"]
    rows = [address(Change, page, change.pk) for page in ("change", "history")]
    paths = ["/yllapito/", address(Change, "changelist"), *rows, "/yllapito/agreements/municipality/add/"]
    assert_none(visited(new_page(administrator()), paths))


def test_list_is_searched_and_opened_by_keyboard(new_page):
    page = new_page(administrator())
    page.goto("/")
    hands = Keyboard(page)
    hands.press("link", "Ylläpito")
    hands.press("link", "Valtuudet")
    hands.write("Hae", "Katja Kela")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Katja*")
    hands.press("link", "Katja Kela, yhteyshenkilö, Kela")
    hands.press("link", "Historia")
    page.get_by_role("heading", level=1, name="Historia").wait_for()
