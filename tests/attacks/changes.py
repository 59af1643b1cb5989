"""Attacks on changes and versions: their path, their freeze, and adoption without what it needs."""

from datetime import date, timedelta

from django.utils import timezone

from agreements import actions
from agreements.models import Change, Matter, Version
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.rows import Staff, adopt_by_force, approve, proposed
from tests.cast import TODAY
from tests.factories import ChangeFactory, MatterFactory

OTHER_HASH = "f" * 64


def amendment(cast):
    return cast.propose(cast.draft_text(cast.ta, cast.main_text), by=cast.ta)


def original_draft(cast):
    """The agreement as signed of a third agreement, still a draft."""
    return ChangeFactory(matter=MatterFactory(kind=Matter.Kind.ORIGINAL))


@attack("agreements_change_starts_as_draft", INSERT)
def start_further_on(cast):
    return insert(Change(matter=MatterFactory(), state="withdrawn"))


@attack("agreements_change_path", UPDATE)
def go_back_to_draft(cast):
    return update(cast.proposed_change(cast.kela), state="draft")


@attack("agreements_change_ended", UPDATE)
def touch_what_has_ended(cast):
    return update(cast.adopted_change(cast.kela), deviation="jälkikäteen")


@attack("agreements_change_ended", UPDATE, label="start", also=("agreements_change_deviation_told",))
def move_the_start_of_what_is_adopted(cast):
    return update(cast.adopted_change(cast.kela), valid_from=TODAY - timedelta(days=30))


@attack("agreements_change_kept", DELETE)
def remove_a_change(cast):
    return delete(ChangeFactory())


def frozen_value(name, value):
    @attack("agreements_change_frozen", UPDATE, label=name)
    def rewrite_a_proposal(cast):
        return update(cast.proposed_change(cast.kela), **{name: value(cast)})


frozen_value("what", lambda cast: "Jotain muuta.")
frozen_value("why", lambda cast: "Muusta syystä.")
frozen_value("sha256", lambda cast: OTHER_HASH)
frozen_value("wanted_from", lambda cast: date(2026, 1, 1))
frozen_value("received_on", lambda cast: date(2025, 1, 2))
frozen_value("revision", lambda cast: 99)
frozen_value("proposed_by", lambda cast: cast.hva)
frozen_value("proposed_at", lambda cast: timezone.now())


def stays(name, value):
    @attack("agreements_change_same_matter", UPDATE, label=name)
    def change_whose_change_it_is(cast):
        return update(cast.draft(cast.kela), **{name: value(cast)})


stays("matter", lambda cast: MatterFactory(agreement=cast.agreement))
stays("party", lambda cast: cast.hva.party)
stays("drafted_by", lambda cast: cast.kela_main_user)
stays("redraft_of", lambda cast: cast.draft(cast.ta))


@attack("agreements_change_revision", UPDATE)
def overwrite_with_an_older_draft(cast):
    return update(cast.draft(cast.kela), revision=0)


@attack("agreements_change_original_only_signed", UPDATE)
def propose_the_original(cast):
    return update(
        original_draft(cast), state="proposed", sha256=OTHER_HASH, proposed_at=timezone.now(), received_on=TODAY
    )


@attack("agreements_change_original_only_signed", UPDATE, label="skipped proposal")
def adopt_without_a_proposal(cast):
    returned = cast.returned_change(cast.kela)
    redraft = actions.redraft_change(change=returned, by=cast.kela, on=TODAY)
    approve(cast, returned)
    return adopt_by_force(redraft, sha256=returned.sha256, proposed_at=timezone.now(), received_on=TODAY)


@attack("agreements_change_group_approved", UPDATE)
def adopt_without_the_group(cast):
    return adopt_by_force(cast.proposed_change(cast.kela))


@attack("agreements_change_parties_decided", UPDATE, also=("agreements_change_signed",))
def adopt_text_without_the_parties(cast):
    return adopt_by_force(amendment(cast), TODAY + timedelta(days=100))


@attack("agreements_change_notice_given", UPDATE)
def adopt_a_composition_without_notice(cast):
    draft = cast.draft_text(cast.kela_main_user, cast.annex3, wanted_from=TODAY)
    return adopt_by_force(cast.propose(draft, by=cast.kela_main_user))


@attack("agreements_change_rejected_by_decision", UPDATE)
def reject_without_a_decision(cast):
    return update(cast.proposed_change(cast.kela), state="rejected")


@attack("agreements_change_returned_by_decision", UPDATE)
def return_without_a_decision(cast):
    return update(cast.proposed_change(cast.kela), state="returned")


@attack("agreements_change_not_before_agreement", UPDATE)
def start_before_the_agreement(cast):
    # A new row: it replaces nothing that itself starts later.
    change = proposed(cast, Staff, new=True)
    approve(cast, change)
    return adopt_by_force(change, date(2024, 12, 31), deviation="syy")


@attack("agreements_change_deviation_told", UPDATE)
def start_before_the_decision_in_silence(cast):
    change = cast.proposed_change(cast.kela)
    approve(cast, change)
    return adopt_by_force(change, TODAY - timedelta(days=1))


@attack("agreements_change_party_of_agreement", INSERT)
def change_for_a_party_of_another_agreement(cast):
    return insert(Change(matter=MatterFactory(agreement=cast.agreement), party=cast.stranger.party))


@attack("agreements_version_draft_only", INSERT)
def add_a_document_to_a_proposal(cast):
    return insert(Version(change=cast.proposed_change(cast.kela), document=cast.annex1))


@attack("agreements_version_draft_only", INSERT, label="number")
def number_a_draft(cast):
    return insert(Version(change=cast.draft(cast.kela), document=cast.annex1, number=2))


@attack("agreements_version_numbered", UPDATE)
def renumber_what_is_adopted(cast):
    return update(cast.adopted_change(cast.kela).versions.get(), number=9)


@attack("agreements_version_numbered", UPDATE, label="document")
def move_a_draft_to_another_document(cast):
    return update(cast.draft(cast.kela).versions.get(), document=cast.annex1)


@attack("agreements_version_kept", DELETE)
def remove_a_version_of_a_proposal(cast):
    return delete(cast.proposed_change(cast.kela).versions.get())


@attack("agreements_version_same_agreement", INSERT)
def change_a_document_of_another_agreement(cast):
    return insert(Version(change=cast.draft(cast.kela), document=cast.document(2, cast.second)))


@attack("agreements_version_same_agreement", INSERT, label="main text")
def change_the_text_by_an_annex_update(cast):
    return insert(Version(change=cast.draft(cast.kela), document=cast.main_text))


@attack("agreements_version_same_agreement", INSERT, label="composition")
def change_the_composition_by_an_annex_update(cast):
    return insert(Version(change=cast.draft(cast.kela), document=cast.annex3))
