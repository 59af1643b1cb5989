"""What holds on a day. Rows have a start and never an end."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agreements import contents
from agreements.models import Clause
from agreements.state import document_on, documents_on
from staffing.actions import LineInput, replace_lines
from staffing.models import StaffingLine
from tests.cast import FIRST_DAY, TODAY, sections_of

START = date(2025, 9, 1)
DAY = timedelta(days=1)


def years(cast, party, day):
    return [str(line.person_years) for line in cast.lines(party, day)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST_DAY - DAY, []),
        (FIRST_DAY, ["1.20"]),
        (START - DAY, ["1.20"]),
        (START, ["0.70"]),
        (date(2031, 1, 1), ["0.70"]),
    ],
)
def test_row_holds_from_its_start_until_its_successors(cast, day, expected):
    cast.adopted_change(cast.kela, valid_from=START)
    assert years(cast, cast.kela.party, day) == expected


@pytest.mark.parametrize(("day", "titles"), [(START - DAY, ["työkykyneuvoja"]), (START, []), (date(2031, 1, 1), [])])
def test_removed_row_ends_and_never_comes_back(cast, day, titles):
    cast.adopted_change(cast.kela, lines=[], valid_from=START)
    assert [line.title for line in cast.lines(cast.kela.party, day)] == titles


def test_removed_row_stays_away_when_the_party_adds_another(cast):
    cast.adopted_change(cast.kela, lines=[], valid_from=START)
    cast.adopted_change(cast.kela, lines=[LineInput("neuvoja", 1, Decimal("1.00"))], valid_from=START + DAY)
    assert [line.title for line in cast.lines(cast.kela.party, START)] == []
    assert [line.title for line in cast.lines(cast.kela.party, START + DAY)] == ["neuvoja"]


def test_proposal_holds_nowhere(cast):
    cast.proposed_change(cast.kela)
    assert years(cast, cast.kela.party, date(2031, 1, 1)) == ["1.20"]


def test_draft_builds_on_what_is_decided_though_not_started(cast):
    cast.adopted_change(cast.kela, valid_from=START)
    change = cast.draft(cast.kela)
    (after,) = contents.document_changes(change)[0].changes
    assert (after.before.person_years, after.after.person_years) == (Decimal("0.70"), Decimal("0.20"))


def test_earlier_dated_change_of_other_rows_takes_nothing_away(cast):
    cast.adopted_change(cast.kela, valid_from=START)
    cast.adopted_change(cast.hva, valid_from=TODAY)
    own, others = cast.kela.party, cast.hva.party
    assert years(cast, others, TODAY) == ["2.00", "0.00"]
    assert years(cast, own, TODAY) == ["1.20"]
    assert (years(cast, own, START), years(cast, others, START)) == (["0.70"], ["2.00", "0.00"])


def test_three_versions_of_one_row_each_hold_in_their_time(cast):
    for day in (TODAY, START):
        line = cast.line(cast.ta.party, date(2031, 1, 1))
        rest = cast.lines(cast.ta.party)[1:]
        fewer = cast.input(line, person_years=line.person_years - 1)
        cast.adopted_change(cast.ta, lines=[fewer, *map(cast.input, rest)], valid_from=day)
    assert [years(cast, cast.ta.party, day)[0] for day in (FIRST_DAY, TODAY, START)] == ["6.00", "5.00", "4.00"]


def test_latest_decided_is_what_holds_in_the_end(cast):
    cast.adopted_change(cast.kela, valid_from=START)
    latest = StaffingLine.objects.of(cast.annex2).latest_decided()
    assert set(latest) == set(cast.lines(day=date(2031, 1, 1)))


def test_sections_in_force_are_the_ones_signed(cast):
    assert [clause.key for clause in sections_of(cast.main_text)] == ["s1", "s2", "s3"]
    assert Clause.objects.of(cast.main_text).in_force(FIRST_DAY - DAY).count() == 0


def test_documents_on_a_day_know_their_versions(cast):
    cast.adopted_change(cast.kela, valid_from=START)
    before, after = (documents_on(cast.agreement, day)[2] for day in (START - DAY, START))
    assert (before.version.number, [version.number for version in before.coming]) == (1, [2])
    assert (after.version.number, after.coming) == (2, ())
    assert document_on(cast.annex2, START).version == after.version


def test_no_version_holds_before_the_agreement(cast):
    assert [state.version for state in documents_on(cast.agreement, FIRST_DAY - DAY)] == [None] * 4


def test_validity_says_who_decided_when_and_on_what_clause(cast):
    cast.adopted_change(cast.kela, valid_from=START)
    said = document_on(cast.annex2, START).validity
    assert "Johtoryhmä" in said
    assert "2.6.2025" in said
    assert "1.9.2025" in said
    assert "12 §" in said


def test_change_page_shows_an_adopted_change_against_its_own_day(cast):
    change = cast.adopted_change(cast.kela, valid_from=START)
    cast.adopted_change(cast.hva, valid_from=START + DAY)
    (touched,) = contents.document_changes(change)
    assert sum(line.person_years for line in touched.before) == Decimal("10.50")
    assert sum(line.person_years for line in touched.after) == Decimal("10.00")
    assert touched.collisions == ()


def test_draft_that_returns_to_the_decided_rows_changes_nothing(cast):
    change = cast.draft(cast.kela)
    same = [cast.input(line) for line in cast.lines(cast.kela.party)]
    replace_lines(change=change, document=cast.annex2, by=cast.kela, on=TODAY, lines=same)
    assert [touched.changes for touched in contents.document_changes(change)] == [()]
