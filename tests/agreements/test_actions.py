"""From draft to proposal and back: who may, whether, and what comes of it. Deciding: test_deciding.py."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements import actions, contents
from agreements.models import Change, Clause, Consent, Matter
from staffing.actions import LineInput, own_lines, replace_lines
from staffing.models import StaffingLine
from tests.cast import TODAY, sections_of
from tym.core.errors import NotAllowed, Refused, Stale

TOLD = {"what": "Mitä.", "why": "Miksi.", "wanted_from": None}


def rows(change):
    return list(StaffingLine.objects.filter(version__change=change))


def section(change, cast, by, **values):
    told = {"number": "", "heading": "Kohta", "body": "Teksti.", **values}
    return actions.save_clause(change=change, document=cast.annex1, by=by, on=TODAY, **told)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, Matter.Kind.AMENDMENT), (1, Matter.Kind.ANNEX_UPDATE), (2, Matter.Kind.ANNEX_UPDATE), (3, Matter.Kind.NOTICE)],
)
def test_document_decides_the_kind_of_change(cast, number, kind):
    change = actions.draft_change(document=cast.document(number), by=cast.kela, on=TODAY)
    assert (change.state, change.kind, change.party) == ("draft", kind, cast.kela.party)


def test_draft_gives_back_the_partys_open_draft(cast):
    first = actions.draft_change(document=cast.annex2, by=cast.kela, on=TODAY)
    assert actions.draft_change(document=cast.annex2, by=cast.kela_main_user, on=TODAY) == first
    assert actions.draft_change(document=cast.annex2, by=cast.hva, on=TODAY) != first
    assert actions.draft_change(document=cast.annex1, by=cast.kela, on=TODAY) != first


def test_draft_starts_anew_once_the_last_one_is_proposed(cast):
    proposed = cast.proposed_change(cast.kela)
    assert actions.draft_change(document=cast.annex2, by=cast.kela, on=TODAY) != proposed


def test_matters_are_numbered_by_agreement_and_year(cast):
    first, second = cast.draft(cast.kela), cast.draft(cast.hva)
    later = actions.draft_change(document=cast.annex1, by=cast.ta, on=date(2026, 1, 2))
    references = [change.matter.reference for change in (first, second, later)]
    assert references == ["3/2025", "4/2025", "1/2026"]


@pytest.mark.parametrize("who", ["coordinator", "member", "stranger"])
def test_only_a_partys_people_draft_staff_rows(cast, who):
    with pytest.raises(NotAllowed):
        actions.draft_change(document=cast.annex2, by=getattr(cast, who), on=TODAY)


def test_nobody_drafts_the_day_after_the_office_ended(cast):
    actions.end_mandate(mandate=cast.kela, by=cast.system, last_day=TODAY)
    actions.draft_change(document=cast.annex2, by=cast.kela, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.draft_change(document=cast.annex2, by=cast.kela, on=date(2025, 6, 3))


OTHERS = ("ta", "coordinator", "member", "stranger")


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["replace", "save", "propose", "withdraw", "redraft"])
def test_nobody_else_handles_kelas_change(cast, verb, who):
    change = cast.returned_change(cast.kela) if verb == "redraft" else cast.draft(cast.kela)
    by = getattr(cast, who)
    verbs = {
        "replace": lambda: replace_lines(change=change, document=cast.annex2, by=by, on=TODAY, lines=[]),
        "save": lambda: actions.save_proposal(change=change, by=by, on=TODAY, **TOLD),
        "propose": lambda: actions.propose_change(change=change, by=by, on=TODAY),
        "withdraw": lambda: actions.withdraw_change(change=change, by=by, on=TODAY),
        "redraft": lambda: actions.redraft_change(change=change, by=by, on=TODAY),
    }
    before = cast.fresh(change)
    with pytest.raises(NotAllowed):
        verbs[verb]()
    assert (cast.fresh(change).state, cast.fresh(change).revision) == (before.state, before.revision)


def test_another_partys_row_is_refused_though_it_is_in_force(cast):
    change = cast.draft(cast.kela)
    theirs = cast.input(cast.line(cast.hva.party), persons=9)
    with pytest.raises(NotAllowed):
        replace_lines(change=change, document=cast.annex2, by=cast.kela, on=TODAY, lines=[theirs])
    assert [row.party for row in rows(change)] == [cast.kela.party]


@pytest.mark.parametrize("verb", ["replace", "save", "propose", "section"])
def test_older_form_is_stale_and_writes_nothing(cast, verb):
    document = cast.annex1 if verb == "section" else cast.annex2
    change = cast.draft_text(cast.kela, document) if verb == "section" else cast.draft(cast.kela)
    old = {"revision": change.revision - 1}
    first = {"revision": 0}
    verbs = {
        "replace": lambda: replace_lines(change=change, document=document, by=cast.kela, on=TODAY, lines=[], **first),
        "save": lambda: actions.save_proposal(change=change, by=cast.kela, on=TODAY, **TOLD, **old),
        "propose": lambda: actions.propose_change(change=change, by=cast.kela, on=TODAY, **old),
        "section": lambda: section(change, cast, cast.kela, key=actions.draft_clauses(change, document)[-1].key, **old),
    }
    with pytest.raises(Stale):
        verbs[verb]()
    now = cast.fresh(change)
    assert (now.state, now.revision, now.what) == ("draft", change.revision, change.what)


def test_save_with_the_revision_of_the_form_counts_one_further(cast):
    change = cast.draft(cast.kela)
    actions.save_proposal(change=change, by=cast.kela, on=TODAY, revision=change.revision, **TOLD)
    assert cast.fresh(change).revision == change.revision + 1


def test_rows_left_out_are_removed_and_rows_added_are_new(cast):
    first, second = cast.lines(cast.ta.party)
    added = LineInput("uusi tehtävä", 1, Decimal("1.00"))
    change = cast.draft(cast.ta, lines=[cast.input(second, persons=3), added])
    told = {(row.title, row.base_id, row.removed) for row in rows(change)}
    assert told == {
        (second.title, second.pk, False),
        ("uusi tehtävä", None, False),
        (first.title, first.pk, True),
    }
    assert [line.title for line in own_lines(change, cast.annex2)] == [second.title, "uusi tehtävä"]


def test_proposal_freezes_hashes_and_submits(cast):
    change = cast.draft(cast.kela, wanted_from=date(2025, 8, 1))
    done = cast.propose(change, by=cast.kela_main_user)
    assert (done.state, done.received_on, done.proposed_by) == ("proposed", TODAY, cast.kela_main_user)
    assert done.sha256 == done.matter.sha256 == contents.fingerprint(done, contents.document_changes(done))


@pytest.mark.parametrize(("who", "yes"), [("kela", ["kela"]), ("kela_main_user", [])])
def test_proposing_is_consenting_for_those_who_may_bind(cast, who, yes):
    change = cast.proposed_change(getattr(cast, who))
    consents = [(consent.mandate, consent.sha256) for consent in change.matter.consents.all()]
    assert consents == [(getattr(cast, name), change.sha256) for name in yes]


def test_text_of_an_annex_needs_no_partys_own_yes(cast):
    change = cast.propose(cast.draft_text(cast.ta, cast.annex1), by=cast.ta)
    assert contents.parties_concerned(contents.document_changes(change)) == []
    assert not change.matter.consents.exists()


def test_nothing_is_proposed_of_nothing(cast):
    change = cast.draft(cast.kela, lines=[cast.input(line) for line in cast.lines(cast.kela.party)])
    with pytest.raises(Refused):
        actions.propose_change(change=change, by=cast.kela, on=TODAY)


@pytest.mark.parametrize("missing", ["what", "why"])
def test_nothing_is_proposed_without_its_reason(cast, missing):
    change = cast.draft(cast.kela, **{missing: "  "})
    with pytest.raises(Refused):
        actions.propose_change(change=change, by=cast.kela, on=TODAY)


@pytest.mark.parametrize("state", ["proposed", "adopted", "rejected", "returned", "withdrawn"])
@pytest.mark.parametrize("verb", ["replace", "save", "propose"])
def test_what_is_no_draft_is_not_edited(cast, verb, state):
    change = in_state(cast, state)
    verbs = {
        "replace": lambda: replace_lines(change=change, document=cast.annex2, by=cast.kela, on=TODAY, lines=[]),
        "save": lambda: actions.save_proposal(change=change, by=cast.kela, on=TODAY, **TOLD),
        "propose": lambda: actions.propose_change(change=change, by=cast.kela, on=TODAY),
    }
    with pytest.raises(Refused):
        verbs[verb]()
    assert cast.fresh(change).state == state


def in_state(cast, state):
    """Kela's change of Annex 2 in the state."""
    change = cast.draft(cast.kela)
    if state == "draft":
        return change
    change = cast.propose(change, by=cast.kela)
    if state == "withdrawn":
        actions.withdraw_change(change=change, by=cast.kela, on=TODAY)
    elif state != "proposed":
        cast.decide(change, {"adopted": "approve", "rejected": "reject", "returned": "return"}[state])
    return cast.fresh(change)


@pytest.mark.parametrize("state", ["draft", "proposed"])
def test_proposer_takes_it_back(cast, state):
    change = in_state(cast, state)
    assert actions.withdraw_change(change=change, by=cast.kela_main_user, on=TODAY).state == "withdrawn"


@pytest.mark.parametrize("state", ["adopted", "rejected", "returned", "withdrawn"])
def test_what_has_ended_is_not_taken_back(cast, state):
    change = in_state(cast, state)
    with pytest.raises(Refused):
        actions.withdraw_change(change=change, by=cast.kela, on=TODAY)


@pytest.mark.parametrize("state", ["draft", "proposed", "adopted"])
def test_only_what_ended_without_adoption_is_taken_up_again(cast, state):
    change = in_state(cast, state)
    with pytest.raises(NotAllowed):
        actions.redraft_change(change=change, by=cast.kela, on=TODAY)


@pytest.mark.parametrize(("state", "same_matter"), [("returned", True), ("rejected", False), ("withdrawn", False)])
def test_redraft_copies_what_was_proposed(cast, state, same_matter):
    change = in_state(cast, state)
    new = actions.redraft_change(change=change, by=cast.kela, on=TODAY)
    assert (new.matter == change.matter) is same_matter
    assert (new.state, new.what, new.why, new.redraft_of) == ("draft", change.what, change.why, change)
    assert [(row.base, row.person_years) for row in rows(new)] == [(row.base, row.person_years) for row in rows(change)]


def test_redraft_twice_is_one_draft(cast):
    change = cast.returned_change(cast.kela)
    new = actions.redraft_change(change=change, by=cast.kela, on=TODAY)
    assert actions.redraft_change(change=change, by=cast.kela_main_user, on=TODAY) == new


def test_redraft_keeps_municipalities_and_removals(cast):
    first, second = cast.lines(cast.ta.party)
    change = cast.returned_change(cast.ta, lines=[cast.input(second, persons=5)])
    new = actions.redraft_change(change=change, by=cast.ta, on=TODAY)
    told = {(row.base, row.removed, tuple(place.name for place in row.municipalities.all())) for row in rows(new)}
    assert told >= {(second, False, ("Harjavalta", "Kokemäki"))}
    assert {(row.base, row.removed) for row in rows(new)} == {(second, False), (first, True)}


def test_redraft_starts_from_what_was_decided_meanwhile(cast):
    returned = cast.returned_change(cast.kela)
    adopted = cast.adopted_change(cast.kela)
    new = actions.redraft_change(change=returned, by=cast.kela, on=TODAY)
    assert [row.base for row in rows(new)] == rows(adopted)
    cast.decide(cast.propose(new, by=cast.kela))


def test_redraft_proposed_unchanged_is_proposed_again(cast):
    new = actions.redraft_change(change=cast.returned_change(cast.kela), by=cast.kela, on=TODAY)
    assert cast.propose(new, by=cast.kela).state == "proposed"


def test_redraft_of_an_old_return_gives_the_open_one_of_the_matter(cast):
    first = cast.returned_change(cast.kela)
    second = cast.propose(actions.redraft_change(change=first, by=cast.kela, on=TODAY), by=cast.kela)
    cast.decide(second, "return")
    third = actions.redraft_change(change=second, by=cast.kela, on=TODAY)
    assert actions.redraft_change(change=first, by=cast.kela, on=TODAY) == third


def test_redraft_of_an_old_return_opens_a_matter_when_its_own_is_decided(cast):
    first = cast.returned_change(cast.kela)
    second = cast.propose(actions.redraft_change(change=first, by=cast.kela, on=TODAY), by=cast.kela)
    cast.decide(second)
    again = actions.redraft_change(change=first, by=cast.kela, on=TODAY)
    assert again.matter != first.matter


def test_consent_is_the_partys_and_once(cast):
    change = cast.proposed_change(cast.kela_main_user)
    told = {"change": change, "party": cast.kela.party, "by": cast.kela, "on": TODAY, "sha256": change.sha256}
    assert actions.give_consent(**told) == actions.give_consent(**told)
    assert Consent.objects.filter(matter=change.matter).count() == 1


@pytest.mark.parametrize("who", ["kela_main_user", "hva", "coordinator", "member", "stranger"])
def test_consent_is_refused_from_those_who_may_not_bind(cast, who):
    change = cast.proposed_change(cast.kela_main_user)
    with pytest.raises(NotAllowed):
        actions.give_consent(
            change=change, party=cast.kela.party, by=getattr(cast, who), on=TODAY, sha256=change.sha256
        )


def test_consent_is_to_what_was_seen(cast):
    change = cast.proposed_change(cast.kela_main_user)
    with pytest.raises(Stale):
        actions.give_consent(change=change, party=cast.kela.party, by=cast.kela, on=TODAY, sha256="f" * 64)


@pytest.mark.parametrize("state", ["draft", "adopted", "rejected", "returned", "withdrawn"])
def test_consent_is_only_to_what_is_proposed(cast, state):
    change = in_state(cast, state)
    with pytest.raises(Refused):
        actions.give_consent(change=change, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=change.sha256)


def test_section_is_rewritten_under_its_key_and_a_new_one_comes_last(cast):
    (old,) = sections_of(cast.annex1)
    change = cast.draft_text(cast.ta, cast.annex1, key=old.key, body="a\r\nb\n")
    new = section(change, cast, cast.ta, heading="Lisä")
    rewritten = Clause.objects.get(version__change=change, key=old.key)
    assert (rewritten.base, rewritten.body, rewritten.position) == (old, "a\nb", old.position)
    assert (new.base, new.position > old.position) == (None, True)


def test_section_saved_as_it_was_is_no_change(cast):
    (old,) = sections_of(cast.annex1)
    change = cast.draft_text(cast.ta, cast.annex1, key=old.key, body="muu")
    told = {"number": old.number, "heading": old.heading, "body": old.body, "key": old.key}
    assert section(change, cast, cast.ta, **told) == old
    assert not Clause.objects.filter(version__change=change).exists()


def test_section_without_words_is_refused(cast):
    change = cast.draft_text(cast.ta, cast.annex1)
    with pytest.raises(ValidationError):
        section(change, cast, cast.ta, heading=" ", body="\n")


def test_drafts_of_others_are_not_seen(cast):
    draft, proposed = cast.draft(cast.kela), cast.proposed_change(cast.hva)

    def seen(who):
        found = set(Change.objects.visible_to(who.person, TODAY))
        return draft in found, proposed in found

    everybody = (cast.kela_main_user, cast.ta, cast.coordinator, cast.stranger)
    assert [seen(who) for who in everybody] == [(True, True), (False, True), (False, True), (False, False)]
