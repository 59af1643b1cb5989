"""Eight people press the button at once: one wins, the others are told, nothing is lost. Real threads, both engines."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from agreements import actions
from agreements.models import Change
from staffing.actions import replace_lines
from tests.cast import TODAY
from tym.core.errors import Refused, Stale

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8


def at_once(*acts):
    """What each act gave, or the refusal it met; all start together, each on a connection of its own."""
    start = Barrier(len(acts), timeout=20)

    def act(do):
        try:
            start.wait()
            return do()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(act, acts))


def kinds(results):
    return Counter(type(result).__name__ for result in results)


def test_one_of_eight_decisions_wins(cast):
    change = cast.proposed_change(cast.kela)
    results = at_once(*[lambda: cast.decide(change)] * CROWD)
    assert kinds(results) == {"Decision": 1, "Refused": CROWD - 1}
    assert change.matter.decisions.count() == 1
    assert change.versions.get().number == 2


def test_one_of_eight_proposals_wins(cast):
    change = cast.draft(cast.kela)
    results = at_once(*[lambda: actions.propose_change(change=change, by=cast.kela, on=TODAY)] * CROWD)
    assert kinds(results) == {"Change": 1, "Refused": CROWD - 1}
    assert change.matter.consents.count() == 1


def test_one_of_eight_saves_of_the_same_form_wins(cast):
    change = cast.draft(cast.kela)

    def save(text):
        return lambda: actions.save_proposal(
            change=change, by=cast.kela, on=TODAY, what=text, why=text, wanted_from=None, revision=change.revision
        )

    results = at_once(*[save(f"Teksti {n}") for n in range(CROWD)])
    assert kinds(results) == {"Change": 1, "Stale": CROWD - 1}
    (won,) = [result for result in results if not isinstance(result, Stale)]
    saved = cast.fresh(change)
    assert (saved.what, saved.revision) == (won.what, change.revision + 1)


def test_eight_people_of_a_party_start_one_draft(cast):
    results = at_once(
        *[lambda: actions.draft_change(document=cast.annex2, by=cast.kela, on=TODAY)] * (CROWD // 2),
        *[lambda: actions.draft_change(document=cast.annex2, by=cast.kela_main_user, on=TODAY)] * (CROWD // 2),
    )
    assert len(set(results)) == 1
    assert Change.objects.filter(party=cast.kela.party, state="draft").count() == 1


def test_rows_of_two_parties_are_saved_proposed_and_decided_at_once(cast):
    parties = (cast.kela, cast.hva, cast.ta)
    drafts = [actions.draft_change(document=cast.annex2, by=by, on=TODAY) for by in parties]
    wanted = [[cast.input(line, note="samaan aikaan") for line in cast.lines(by.party)] for by in parties]

    def save(change, by, lines):
        return lambda: replace_lines(change=change, document=cast.annex2, by=by, on=TODAY, lines=lines)

    at_once(*[save(*each) for each in zip(drafts, parties, wanted, strict=True)])
    for change, by in zip(drafts, parties, strict=True):
        actions.save_proposal(change=change, by=by, on=TODAY, what="Mitä.", why="Miksi.", wanted_from=None)
        cast.propose(change, by=by)
    results = at_once(*[lambda change=change: cast.decide(change) for change in drafts])
    assert kinds(results) == {"Decision": 3}
    assert {line.note for line in cast.lines()} == {"samaan aikaan"}
    assert {change.versions.get().number for change in drafts} == {2, 3, 4}


def test_same_row_decided_twice_at_once_is_decided_once(cast):
    first, second = cast.proposed_change(cast.kela), cast.proposed_change(cast.kela, what="Toinen.")
    results = at_once(lambda: cast.decide(first), lambda: cast.decide(second))
    assert kinds(results) == {"Decision": 1, "Refused": 1}
    (refusal,) = [result for result in results if isinstance(result, Refused)]
    assert len(refusal.collisions) == 1
    assert [line.person_years for line in cast.lines(cast.kela.party)] == [Decimal("0.70")]


def test_decision_and_withdrawal_at_once_leave_one_end(cast):
    change = cast.proposed_change(cast.kela)
    results = at_once(
        lambda: cast.decide(change), lambda: actions.withdraw_change(change=change, by=cast.kela, on=TODAY)
    )
    assert kinds(results)["Refused"] == 1
    ended = cast.fresh(change)
    assert (ended.state == "adopted") == (change.matter.decisions.count() == 1)
    assert ended.state in {"adopted", "withdrawn"}
