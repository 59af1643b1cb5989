"""Three parties keep one annex: deciding one party's rows leaves the others' proposals as they were, and says so."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agreements import actions, contents
from staffing.actions import LineInput, own_lines, replace_lines
from staffing.content import drafted
from tests.agreements.test_concurrency import CROWD, at_once, kinds
from tests.cast import TODAY
from tests.pages import main_text

DECIDED = "Toisen sopijapuolen rivejä on tällä välin päätetty"


def test_decision_on_one_partys_rows_leaves_the_others_proposal_and_consent(cast):
    proposed = cast.proposed_change(cast.hva)
    consents = list(proposed.matter.consents.values_list("party", "sha256", "given_at"))
    before = contents.fingerprint(proposed, contents.document_changes(proposed))
    assert consents
    assert DECIDED not in main_text(cast.client(cast.hva).get(proposed.get_absolute_url()))

    other = cast.adopted_change(cast.kela)

    after = cast.fresh(proposed)
    assert (after.state, after.sha256) == ("proposed", proposed.sha256)
    assert contents.fingerprint(after, contents.document_changes(after)) == before
    assert list(proposed.matter.consents.values_list("party", "sha256", "given_at")) == consents
    page = cast.client(cast.hva).get(proposed.get_absolute_url())
    assert f"{DECIDED}; ehdotus ei muutu" in main_text(page)
    assert other.get_absolute_url() in page.content.decode()
    assert cast.decide(proposed).outcome == "approve"


def test_draft_says_the_same(cast):
    draft = cast.draft(cast.ta)
    cast.adopted_change(cast.kela)

    for url in (draft.get_absolute_url(), reverse("staffing:draft_lines", args=[draft.pk, 2])):
        assert f"{DECIDED}; luonnoksesi ei muutu" in main_text(cast.client(cast.ta).get(url))


def test_partys_own_decision_and_one_from_before_are_not_told(cast):
    cast.adopted_change(cast.hva)
    first, _second = cast.proposed_change(cast.kela), cast.decide(cast.proposed_change(cast.kela, lines=[]))

    assert contents.decided_meanwhile(cast.fresh(first)) == []


def test_what_has_ended_says_nothing(cast):
    returned = cast.returned_change(cast.hva)
    cast.adopted_change(cast.kela)

    assert contents.decided_meanwhile(cast.fresh(returned)) == []


@pytest.mark.django_db(transaction=True)
def test_eight_editors_of_three_parties_lose_nothing(cast):
    """Each adds a row on a page opened before the others saved; all rows of all three parties are there afterwards."""
    parties = (cast.ta, cast.hva, cast.kela)
    drafts = {by: actions.draft_change(document=cast.annex2, by=by, on=TODAY) for by in parties}
    starts = {by: drafted(drafts[by], cast.annex2) for by in parties}
    editors = [(parties[n % 3], f"rivi {n}") for n in range(CROWD)]

    def save(by, name):
        change, start = drafts[by], starts[by]
        return replace_lines(
            change=change,
            document=cast.annex2,
            by=by,
            on=TODAY,
            lines=[*map(LineInput.of, start.own), LineInput(name, 1, Decimal("1.00"))],
            revision=change.revision,
            ground=start.ground,
        )

    results = at_once(*[lambda by=by, name=name: save(by, name) for by, name in editors])

    assert kinds(results) == {"list": CROWD}
    for by in parties:
        names = [line.title for line in own_lines(cast.fresh(drafts[by]), cast.annex2)]
        added = [name for whose, name in editors if whose == by]
        assert sorted(names) == sorted([line.title for line in starts[by].own] + added)
