"""Who did it, on which mandate, and why: told for every change of a tracked row, for good."""

import pytest
from django.db import IntegrityError, transaction

from agreements import actions, history
from agreements.guards import TRACKED
from agreements.models import Organisation
from tests.cast import TODAY
from tym.core.errors import Stale


@pytest.fixture
def walk(cast):
    """Draft, save, propose, consent, return, redraft, propose, decide: by four people. The adopted change."""
    draft = cast.draft(cast.kela_main_user)
    proposed = cast.propose(draft, by=cast.kela_main_user)
    actions.give_consent(change=proposed, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=proposed.sha256)
    cast.decide(proposed, "return")
    again = actions.redraft_change(change=proposed, by=cast.kela, on=TODAY)
    cast.decide(cast.propose(again, by=cast.kela))
    taken_back = cast.draft(cast.hva)
    actions.withdraw_change(change=taken_back, by=cast.hva, on=TODAY)
    return cast.fresh(again)


def lines():
    return [line for model in TRACKED for line in model.history.all()]


def test_every_line_has_an_actor_and_a_reason(cast, walk):
    assert len(lines()) > 60
    assert [line for line in lines() if not (line.history_user_id and line.history_change_reason)] == []


def test_every_line_of_a_person_has_her_mandate(cast, walk):
    by_people = [line for line in lines() if line.history_user != cast.system.person]
    assert len(by_people) > 20
    assert [line for line in by_people if line.mandate is None or line.mandate.person_id != line.history_user_id] == []


def test_last_line_tells_the_row_as_it_is(cast, walk):
    for model in TRACKED:
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._default_manager.all():
            last = row.history.latest()
            assert {name: getattr(last, name) for name in names} == {name: getattr(row, name) for name in names}


def test_timeline_of_a_change_names_each_step(cast, walk):
    told = [(line.history_change_reason, line.history_user, line.mandate) for line in walk.history.order_by("pk")]
    kela, group = (cast.kela.person, cast.kela), (cast.coordinator.person, cast.coordinator)
    assert told == [("redrafted", *kela), ("saved", *kela), ("proposed", *kela), ("adopted", *group)]
    first = [line.history_change_reason for line in walk.redraft_of.history.order_by("pk")]
    assert first == ["drafted", "saved", "saved", "proposed", "returned"]


def test_each_save_is_one_line(cast):
    change = cast.draft(cast.kela)
    before = change.history.count()
    actions.save_proposal(change=change, by=cast.kela, on=TODAY, what="a", why="b", wanted_from=None)
    assert change.history.count() == before + 1


@pytest.mark.parametrize(
    ("stamped", "said"), [({}, "history_change_reason"), ({"_change_reason": "vain syy"}, "history without an actor")]
)
def test_save_without_actor_or_reason_is_refused(db, stamped, said):
    organisation = Organisation(name="Tekijätön")
    vars(organisation).update(stamped)
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        organisation.save()
    assert not Organisation.objects.filter(name="Tekijätön").exists()


def test_refused_action_leaves_no_line(cast):
    change = cast.proposed_change(cast.kela)
    before = len(lines())
    with pytest.raises(Stale):
        cast.decide(change, sha256="f" * 64)
    assert len(lines()) == before


def test_save_of_named_fields_undoes_nobody_elses_change(cast):
    organisation = cast.kela.party.organisation
    stale = Organisation.objects.get(pk=organisation.pk)
    organisation.name = "Kela uudella nimellä"
    history.save(organisation, by=cast.system, reason="renamed", fields=["name"])
    stale.business_id = "0246246-0"
    history.save(stale, by=cast.system, reason="numbered", fields=["business_id"])
    assert Organisation.objects.get(pk=organisation.pk).name == "Kela uudella nimellä"
