"""A draft of Annex 2: whose rows it holds, what it builds on, and what happens to it when others decide."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from agreements import contents
from agreements.actions import draft_change, redraft_change
from staffing.actions import LineInput, own_lines, replace_lines
from staffing.content import drafted
from staffing.merging import opened_rows
from staffing.models import StaffingLine
from tym.core.errors import NotAllowed, Refused, Stale

ADVISER = LineInput("neuvoja", 2, Decimal("1.50"), "Porin toimipiste")


@pytest.fixture
def draft(cast):
    return draft_change(document=cast.annex2, by=cast.kela, on=cast.today)


@pytest.fixture
def save(cast, draft):
    """Makes Kela's rows in the draft be exactly these."""

    def save(*lines, change=draft, by=cast.kela, **started):
        return replace_lines(change=change, document=cast.annex2, by=by, on=cast.today, lines=lines, **started)

    return save


def titles(lines):
    return [line.title for line in lines]


def written(change):
    return StaffingLine.objects.filter(version__change=change)


def test_own_lines_are_the_partys_own(cast, draft):
    assert own_lines(draft, cast.annex2) == cast.lines(cast.kela.party)


def test_unchanged_rows_do_not_enter_the_draft(cast, draft, save):
    save(cast.input(cast.line(cast.kela.party)))

    assert not written(draft).exists()


def test_changed_row_names_the_row_it_replaces(cast, draft, save):
    before = cast.line(cast.kela.party)

    (row,) = save(cast.input(before, persons=3))

    assert (row.base, row.key, row.persons, row.position) == (before, before.key, 3, before.position)


def test_changed_municipalities_alone_are_a_change(cast, draft, save):
    save(cast.input(cast.line(cast.kela.party), municipalities=list(cast.agreement.municipalities.all())))

    assert own_lines(draft, cast.annex2)[0].places == "Harjavalta, Kokemäki, Pori, Ulvila"


def test_row_left_out_is_removed(cast, draft, save):
    before = cast.line(cast.kela.party)

    (row,) = save()

    assert (row.base, row.removed) == (before, True)
    assert own_lines(draft, cast.annex2) == []


def test_removed_row_can_be_put_back(cast, draft, save):
    before = cast.line(cast.kela.party)
    save()
    save(cast.input(before))

    assert own_lines(draft, cast.annex2) == [before]


def test_new_rows_come_last_in_the_order_given(cast, save, draft):
    old = cast.input(cast.line(cast.kela.party))

    save(old, ADVISER, LineInput("avustaja", 1, Decimal("1.00")))

    assert titles(own_lines(draft, cast.annex2)) == [old.title, "neuvoja", "avustaja"]


def test_new_row_of_a_later_party_does_not_come_between_its_old_ones(cast):
    """Places are numbered through all parties when the agreement is founded."""
    change = draft_change(document=cast.annex2, by=cast.hva, on=cast.today)
    old = [cast.input(line) for line in cast.lines(cast.hva.party)]

    replace_lines(change=change, document=cast.annex2, by=cast.hva, on=cast.today, lines=[*old, ADVISER])

    assert titles(own_lines(change, cast.annex2)) == [*titles(old), "neuvoja"]


def test_new_row_keeps_its_key_when_it_is_saved_again(cast, draft, save):
    old = cast.input(cast.line(cast.kela.party))
    (first,) = save(old, ADVISER)

    (again,) = save(old, cast.input(first, persons=4))

    assert (again.key, again.persons, again.base) == (first.key, 4, None)


def test_another_partys_row_is_refused(cast, save, draft):
    with pytest.raises(NotAllowed):
        save(cast.input(cast.line(cast.ta.party)))
    assert not written(draft).exists()


def test_another_partys_row_is_refused_by_the_database(cast, draft):
    """Also when somebody gets past the action."""
    version = draft.versions.get()
    with pytest.raises(DatabaseError, match="only its own party's rows"), transaction.atomic():
        StaffingLine.objects.create(
            version=version, party=cast.ta.party, title="x", persons=1, person_years=Decimal("1.00")
        )


def test_unknown_key_is_refused(save):
    with pytest.raises(NotAllowed):
        save(LineInput("x", 1, Decimal("1.00"), key="f" * 32))


def test_same_row_twice_is_refused(cast, save):
    row = cast.input(cast.line(cast.kela.party))
    with pytest.raises(Refused):
        save(row, row)


@pytest.mark.parametrize("who", ["ta", "coordinator", "stranger"])
def test_only_the_partys_people_write(cast, save, who):
    with pytest.raises(NotAllowed):
        save(ADVISER, by=getattr(cast, who))


def test_more_person_years_than_persons_is_refused_by_the_database(cast, save):
    with pytest.raises(DatabaseError), transaction.atomic():
        save(cast.input(cast.line(cast.kela.party), persons=1, person_years=Decimal("1.01")))


def test_colleagues_save_makes_the_older_one_stale(cast, draft, save):
    row = cast.input(cast.line(cast.kela.party))
    save(row, ADVISER, revision=draft.revision, by=cast.kela_main_user)
    opened = cast.fresh(draft).revision
    (adviser,) = [line for line in own_lines(draft, cast.annex2) if line.title == ADVISER.title]
    save(row, cast.input(adviser, persons=5), revision=opened, by=cast.kela_main_user)

    with pytest.raises(Stale):
        save(row, cast.input(adviser, persons=6), revision=opened)
    assert [line.persons for line in own_lines(draft, cast.annex2)] == [2, 5]


def test_what_only_one_of_two_touched_is_kept(cast, draft, save):
    """Hers changes the first row, adds one; the colleague's changed the second, added one and removed the third."""
    old = cast.input(cast.line(cast.kela.party))
    save(old, ADVISER, LineInput("avustaja", 1, Decimal("1.00")), LineInput("poistuva", 1, Decimal("1.00")))
    opened, first = cast.fresh(draft).revision, own_lines(draft, cast.annex2)
    rows = [cast.input(line) for line in first]
    save(rows[0], replace(rows[1], persons=7), rows[2], LineInput("kollegan", 1, Decimal("1.00")))

    save(replace(rows[0], persons=8), *rows[1:3], rows[3], LineInput("oma", 1, Decimal("1.00")), revision=opened)

    now = {line.title: line.persons for line in own_lines(draft, cast.annex2)}
    assert now == {old.title: 8, "neuvoja": 7, "avustaja": 1, "kollegan": 1, "oma": 1}


def test_start_is_read_from_history_not_from_what_is_stored_now(cast, draft, save):
    row = cast.input(cast.line(cast.kela.party))
    save(replace(row, persons=3))
    opened = cast.fresh(draft).revision
    save(replace(row, persons=4, municipalities=list(cast.agreement.municipalities.all())))
    now = drafted(draft, cast.annex2)

    start = opened_rows(cast.fresh(draft), cast.annex2, now, revision=opened, ground=now.ground)

    assert [(line.persons, line.places) for line in start.values()] == [(3, "")]
    later = opened_rows(cast.fresh(draft), cast.annex2, now, revision=opened + 1, ground=now.ground)
    assert [(line.persons, line.places) for line in later.values()] == [(4, "Harjavalta, Kokemäki, Pori, Ulvila")]
    for revision, ground in ((opened + 2, now.ground), (-1, now.ground), (opened, "0" * 16)):
        assert opened_rows(cast.fresh(draft), cast.annex2, now, revision=revision, ground=ground) is None


def test_row_decided_meanwhile_makes_the_save_stale(cast, draft, save):
    """Its row would otherwise be left out, and so removed, by somebody who never saw it."""
    proposed = cast.proposed_change(cast.kela)
    draft = draft_change(document=cast.annex2, by=cast.kela, on=cast.today)
    seen = drafted(draft, cast.annex2)
    cast.decide(proposed)

    with pytest.raises(Stale):
        save(change=draft, ground=seen.ground)
    assert not written(draft).exists()


def test_proposed_rows_are_frozen(cast, save):
    proposed = cast.proposed_change(cast.kela)

    with pytest.raises(Refused) as refusal:
        save(change=proposed)
    assert type(refusal.value) is Refused


@pytest.mark.parametrize("order", [("kela", "ta"), ("ta", "kela")])
def test_two_parties_drafts_are_both_adopted_and_neither_is_lost(cast, order):
    proposed = {who: cast.proposed_change(getattr(cast, who)) for who in ("kela", "ta")}

    for who in order:
        cast.decide(proposed[who])

    years = [str(line.person_years) for line in cast.lines()]
    assert years == ["5.50", "0.80", "2.50", "0.00", "0.70"]


def test_same_row_decided_twice_is_refused_and_both_are_shown(cast):
    row = cast.line(cast.kela.party)
    first = cast.proposed_change(cast.kela, lines=[cast.input(row, persons=3)])
    second = cast.proposed_change(cast.kela, lines=[cast.input(row, persons=4)])
    cast.decide(first)

    with pytest.raises(Refused) as refusal:
        cast.decide(second)

    (collision,) = refusal.value.collisions
    assert (collision.before.persons, collision.after.persons) == (3, 4)
    assert cast.line(cast.kela.party).persons == 3


def test_draft_shows_what_was_decided_in_the_place_of_its_row(cast):
    row = cast.line(cast.kela.party)
    first = cast.proposed_change(cast.kela, lines=[cast.input(row, persons=3)])
    second = cast.draft(cast.kela, lines=[cast.input(row, persons=4)])
    cast.decide(first)

    now = drafted(second, cast.annex2)

    assert ([line.persons for line in now.own], [line.persons for line in now.overtaken]) == ([4], [3])


def test_saving_an_overtaken_draft_builds_on_what_was_decided(cast, save):
    row = cast.line(cast.kela.party)
    first = cast.proposed_change(cast.kela, lines=[cast.input(row, persons=3)])
    second = cast.draft(cast.kela, lines=[cast.input(row, persons=4)])
    cast.decide(first)

    (saved,) = save(*map(LineInput.of, own_lines(second, cast.annex2)), change=second)

    assert (saved.base.persons, saved.persons) == (3, 4)
    assert drafted(second, cast.annex2).overtaken == ()


def test_row_removed_by_a_decision_meanwhile_can_be_adopted_anew(cast, save):
    """The old key has its successor; with it the database would refuse the adoption."""
    row = cast.line(cast.kela.party)
    first = cast.proposed_change(cast.kela, lines=[])
    second = cast.draft(cast.kela, lines=[cast.input(row, persons=4)])
    cast.decide(first)

    (saved,) = save(*map(LineInput.of, own_lines(second, cast.annex2)), change=second)

    assert (saved.base, saved.key == row.key) == (None, False)


def test_returned_change_is_redrafted_with_its_rows(cast):
    returned = cast.returned_change(cast.kela)

    again = redraft_change(change=returned, by=cast.kela, on=cast.today)

    assert own_lines(again, cast.annex2)[0].person_years == Decimal("0.70")


def test_comparison_tells_cells_and_sums(cast, save, draft):
    row = cast.line(cast.kela.party)
    save(cast.input(row, persons=3, uses_typpi=False), ADVISER)

    (document,) = contents.document_changes(draft)
    compared = document.compared()

    changed, added = compared.lines
    assert (changed.change.kind, added.change.kind) == ("changed", "added")
    assert changed.fields == {"persons", "uses_typpi", "counts"}
    assert (changed.cells["persons"].before, changed.cells["persons"].after) == ("2", "3")
    assert not any(cell.changed for cell in added.cells.values())
    (kela,) = compared.parties
    assert (kela.before.counted.persons, kela.after.counted.persons, kela.after.not_counted.persons) == (2, 2, 3)
    assert (compared.before.counted.persons, compared.after.counted.persons) == (12, 12)
