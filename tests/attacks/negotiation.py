"""Attacks on proposals to change the text: their three months, wordings, comments."""

from datetime import timedelta

from django.utils import timezone

from agreements import actions
from agreements.models import Change, Comment, ShorterNotice
from tests.agreements import proposal_kit as kit
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, drop_guard, insert, update
from tests.attacks.rows import adopt_by_force
from tests.cast import TODAY
from tests.factories import ChangeFactory, MatterFactory

MONTH = timedelta(days=30)


@attack("agreements_change_one_open", INSERT)
def start_a_second_annex_update_in_one_matter(cast):
    matter = cast.proposed_change(cast.kela).matter
    return insert(Change(matter=matter, party=cast.hva.party))


@attack("agreements_change_counted", UPDATE)
def propose_the_text_without_counting(cast):
    draft = cast.draft_text(cast.ta, cast.main_text)
    told = {"sha256": "f" * 64, "proposed_at": timezone.now(), "received_on": TODAY}
    return update(draft, state="proposed", **told)


@attack("agreements_change_counted_once", UPDATE)
def count_again(cast):
    return update(kit.proposal(cast), earliest_from=TODAY, counted_from=TODAY - MONTH)


@attack("agreements_change_in_time", UPDATE, also=("agreements_change_signed",))
def change_the_text_too_soon(cast):
    return adopt_by_force(kit.approve(cast, kit.late_proposal(cast)), kit.WANTED)


@attack("agreements_change_in_time", UPDATE, also=("agreements_change_signed",), label="before the wanted day")
def change_the_text_sooner_than_agreed(cast):
    change = kit.approve(cast, kit.late_proposal(cast))
    for by in (cast.ta, cast.hva, cast.kela):
        actions.agree_to_shorter_notice(change=change, party=by.party, by=by, on=TODAY, sha256=change.sha256)
    return adopt_by_force(change, kit.WANTED - timedelta(days=1))


@attack("agreements_change_negotiated", UPDATE)
def end_what_was_never_negotiated(cast):
    return update(kit.proposal(cast), state="ended", ended_because="syy")


@attack("agreements_shorternotice_binds", INSERT)
def shorten_without_a_right(cast):
    change = kit.late_proposal(cast)
    return insert(ShorterNotice(change=change, party=cast.kela.party, mandate=cast.hva, sha256=change.sha256))


@attack("agreements_shorternotice_binds", INSERT, label="in time")
def shorten_what_is_in_time(cast):
    change = kit.proposal(cast, wanted_from=kit.EARLIEST)
    return insert(ShorterNotice(change=change, party=cast.kela.party, mandate=cast.kela, sha256=change.sha256))


def shortened(cast):
    change = kit.late_proposal(cast)
    told = {"party": cast.kela.party, "by": cast.kela, "on": TODAY, "sha256": change.sha256}
    return actions.agree_to_shorter_notice(change=change, **told)


@attack("agreements_shorternotice_append_only", UPDATE)
def pass_a_consent_on(cast):
    return update(shortened(cast), given_at=timezone.now())


@attack("agreements_shorternotice_append_only", DELETE)
def forget_a_consent(cast):
    return delete(shortened(cast))


@attack("agreements_comment_on_proposal", INSERT)
def comment_on_an_annex(cast):
    return insert(Comment(change=cast.proposed_change(cast.kela), body="x", made_by=cast.kela))


@attack("agreements_comment_on_proposal", INSERT, label="stranger")
def comment_from_outside(cast):
    return insert(Comment(change=kit.proposal(cast), body="x", made_by=cast.stranger))


def commented(cast):
    return actions.comment_on(change=kit.proposal(cast), by=cast.kela, on=TODAY, body="Epäselvä.")


@attack("agreements_comment_resolved_once", UPDATE)
def rewrite_a_comment(cast):
    told = {"resolved_by": cast.kela, "resolved_at": timezone.now()}
    return update(commented(cast), body="Muuta.", **told)


@attack("agreements_comment_kept", DELETE)
def forget_a_comment(cast):
    return delete(commented(cast))


def _draft(cast, **told):
    return ChangeFactory.build(matter=MatterFactory(agreement=cast.agreement, kind="amendment"), **told)


def _beside(cast, party):
    """A second draft of the same side in one matter."""
    first = ChangeFactory(matter=MatterFactory(agreement=cast.agreement, kind="amendment"), party=party)
    return ChangeFactory.build(matter=first.matter, party=party)


def _proposed_beside(cast):
    """A second proposal in one matter, past the guard that lets a change start only as a draft."""
    change = kit.proposal(cast)
    drop_guard("agreements_change_starts_as_draft")
    told = {"sha256": change.sha256, "proposed_at": timezone.now(), "received_on": TODAY}
    counted = {"counted_from": TODAY, "earliest_from": kit.EARLIEST}
    return ChangeFactory.build(matter=change.matter, party=cast.kela.party, state="proposed", **told, **counted)


def _shortened_again(cast):
    given = shortened(cast)
    return ShorterNotice(change=given.change, party=given.party, mandate=given.mandate, sha256=given.sha256)


CONSTRAINTS = {
    "agreements_change_one_proposed": _proposed_beside,
    "agreements_change_one_draft_a_party": lambda cast: _beside(cast, cast.kela.party),
    "agreements_change_one_common_draft": lambda cast: _beside(cast, None),
    "agreements_change_counted_whole": lambda cast: _draft(cast, counted_from=TODAY),
    "agreements_change_ended_told": lambda cast: _draft(cast, ended_because="syy"),
    "agreements_shorternotice_once": _shortened_again,
    "agreements_comment_on_a_section": lambda cast: Comment(
        change=kit.proposal(cast), key="s1", body="x", made_by=cast.kela
    ),
    "agreements_comment_resolved_whole": lambda cast: _half_resolved(cast),
}


def _half_resolved(cast):
    drop_guard("agreements_comment_on_proposal")
    return Comment(change=kit.proposal(cast), body="x", made_by=cast.kela, resolved_by=cast.kela)
