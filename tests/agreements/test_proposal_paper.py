"""The paper of a proposal to change the text: before, after, marked, why; the same file each time."""

import lxml.html
import pytest
from django.utils.translation import gettext as _

from agreements import actions, stages
from agreements.proposal_paper import proposal_source
from tests.agreements import proposal_kit as kit
from tests.agreements.texts_kit import text_body
from tests.cast import TODAY
from tests.pages import text_of
from tests.verapdf import check
from tym.core.errors import Refused
from tym.core.pdf import render_pdf


def source_of(cast, change):
    return proposal_source(change, stages.life_of(change, list(cast.agreement.parties.all()), [], ()))


def test_paper_tells_before_after_and_marked_with_words_and_days(cast):
    change = kit.late_proposal(cast)
    shown = text_of(lxml.html.fromstring(source_of(cast, change).html))
    told = (change.what, change.why, "1.8.2025", "1.5.2025", "2.9.2025", "Uusi sanamuoto.", _("Late").lower())
    assert [words for words in told if words not in shown] == []
    assert all(_(heading) in shown for heading in ("Marked", "Before", "After"))


def test_paper_prints_only_the_words_that_change(cast):
    draft = cast.draft_text(cast.ta, cast.main_text, key="s1", body="Uusi sanamuoto.", heading="Mitä nyt sovitaan")
    told = {"change": draft, "document": cast.main_text, "by": cast.ta, "on": TODAY}
    kept = text_body(cast, "s2")
    actions.save_clause(key="s2", number="2a", heading="Ketkä sopivat", body=kept, **told)
    actions.remove_clause(key="s3", **told)
    actions.add_clause(number="4", heading="Seuranta", body="1) Vuosittain.\n2) Aina.", after="s2", **told)
    shown = text_of(lxml.html.fromstring(source_of(cast, cast.propose(draft, by=cast.ta)).html))
    assert "lueteltu alla" not in shown
    assert _("The words of the section do not change.") in shown
    assert f"{_('Before')}: 1 Mitä sovitaan" in shown
    assert f"{_('Before')} {_('There was no such section.')} {_('After')}: 4 Seuranta" in shown
    assert f"{_('After')} {_('The section is deleted.')}" in shown
    assert shown.count("Vuosittain.") == 1


def test_paper_stays_the_same_when_the_proposal_moves_on(cast):
    change = kit.late_proposal(cast)
    first = source_of(cast, change).fingerprint
    assert source_of(cast, kit.start(cast, change)).fingerprint == first


def test_paper_is_made_of_proposals_to_change_the_text_only(cast):
    change = cast.proposed_change(cast.kela)
    with pytest.raises(Refused):
        actions.issue_proposal(change=change, life=None, by=cast.kela, on=TODAY)


@pytest.mark.verapdf
def test_paper_is_archivable_accessible_and_without_complaints(cast, caplog):
    drawn = render_pdf(source_of(cast, kit.late_proposal(cast)))
    assert [record.message for record in caplog.records if record.name == "tym.core.pdf"] == []
    check(drawn, "3a", "ua1")
