"""The main job in a real browser, from signing in to the PDF: by mouse, without JavaScript, by keyboard alone."""

from pathlib import Path

import pytest

from agreements.models import Change
from tests.browser.hands import Keyboard, Mouse
from tests.browser.walking import Walk

KELA, COORDINATOR = "sanna.vehmassalmi@kela.example", "katja.lavia@pori.example"


@pytest.mark.parametrize(
    ("hands", "scripts"),
    [(Mouse, True), (Mouse, False), (Keyboard, True)],
    ids=["mouse", "without JavaScript", "keyboard alone"],
)
@pytest.mark.usefixtures("demo")
def test_a_change_goes_from_the_liaison_through_the_decision_into_force_and_print(new_page, hands, scripts):
    page = new_page(java_script_enabled=scripts)
    walk = Walk(page, hands)
    walk.sign_in(KELA)
    walk.open_annex_2()
    walk.draft_rows()
    walk.propose()
    walk.sign_out()
    walk.sign_in(COORDINATOR)
    walk.open_change(Change.objects.latest("pk").matter.title)
    walk.record_decision()
    page.goto("/")
    walk.open_annex_2()
    assert "1,20" in walk.figures_on("31.12.2025")
    assert "1,50" in walk.figures_on("1.1.2026")
    file = walk.download()
    assert file.suggested_filename.endswith(".pdf")
    assert Path(file.path()).read_bytes().startswith(b"%PDF-")
