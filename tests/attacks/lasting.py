"""Attacks on the yearly review, the end of the agreement and disputes."""

from datetime import date, timedelta

from agreements.models import Dispute, DisputeEnd, DisputeNote, Record, ReviewOutcome, Termination
from tests.agreements import lasting_kit as kit
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, drop_guard, insert, update
from tests.cast import TODAY
from tests.factories import MatterFactory, RecordFactory


def review_matter(cast, agreement=None):
    return MatterFactory(agreement=agreement or cast.agreement, kind="review")


def outcome(cast, **told):
    told = {"agreement": cast.agreement, "year": kit.YEAR, "outcome": "no_change", "mandate": cast.coordinator, **told}
    return ReviewOutcome(**{"matter": told.pop("matter", None) or review_matter(cast), **told})


def termination(cast, **told):
    record = RecordFactory(agreement=cast.agreement, party=cast.kela.party, kind=Record.Kind.EXTRACT)
    told = {"party": cast.kela.party, "extract": record, "mandate": cast.kela, "last_day": TODAY, **told}
    return Termination(agreement=cast.agreement, organ="Hallitus", section="7", decided_on=TODAY, **told)


def a_dispute(cast, **told):
    told = {"party": cast.kela.party, "mandate": cast.kela, "subject": "Tilat", **told}
    return Dispute(agreement=cast.agreement, disputed_on=TODAY, **told)


def an_end(cast, dispute, **told):
    return DisputeEnd(**{"dispute": dispute, "outcome": "agreed", "on": TODAY, "said": "x", "mandate": cast.ta, **told})


@attack("agreements_statement_binds", INSERT)
def state_for_another(cast):
    return insert(kit.statement(cast, cast.kela, mandate=cast.hva))


@attack("agreements_statement_binds", INSERT, label="afterwards")
def state_after_the_outcome(cast):
    drop_guard("agreements_review_after_all")
    outcome(cast, year=kit.YEAR + 1).save()
    return insert(kit.statement(cast, cast.kela, year=kit.YEAR + 1))


@attack("agreements_review_after_all", INSERT)
def conclude_before_all_have_stated(cast):
    kit.state(cast, cast.kela)
    return insert(outcome(cast))


@attack("agreements_review_after_all", INSERT, label="matter")
def conclude_in_another_matter(cast):
    kit.all_stated(cast)
    return insert(outcome(cast, matter=MatterFactory(agreement=cast.agreement, kind="other")))


@attack("agreements_termination_by_party", INSERT)
def end_the_agreement_from_outside(cast):
    return insert(termination(cast, party=cast.stranger.party))


@attack("agreements_termination_by_party", INSERT, label="without an extract")
def end_the_agreement_on_somebody_elses_paper(cast):
    return insert(termination(cast, extract=RecordFactory(agreement=cast.agreement, party=cast.hva.party)))


@attack("agreements_agreement_ended_by_decision", UPDATE)
def end_the_agreement_without_a_decision(cast):
    return update(cast.agreement, valid_to=date(2026, 12, 31))


@attack("agreements_agreement_ended_by_decision", UPDATE, label="another day")
def move_the_end(cast):
    kit.terminated(cast)
    return update(cast.agreement, valid_to=date(2027, 12, 31))


@attack("agreements_dispute_by_party", INSERT)
def dispute_for_another(cast):
    return insert(a_dispute(cast, mandate=cast.hva))


@attack("agreements_disputenote_open", INSERT)
def note_after_the_end(cast):
    dispute = kit.dispute(cast)
    kit.ended(cast, dispute)
    return insert(DisputeNote(dispute=dispute, on=TODAY, body="x", mandate=cast.ta))


@attack("agreements_disputenote_open", INSERT, label="stranger")
def note_from_outside(cast):
    return insert(DisputeNote(dispute=kit.dispute(cast), on=TODAY, body="x", mandate=cast.stranger))


@attack("agreements_disputeend_here", INSERT)
def end_from_outside(cast):
    return insert(an_end(cast, kit.dispute(cast), mandate=cast.stranger))


# A row of each kind that is only added, and what somebody would make of it.
ROWS = {
    "reviewstatement": (lambda cast: kit.state(cast, cast.kela), {"said": "Muuta."}),
    "reviewoutcome": (lambda cast: kit.concluded(cast), {"outcome": "later"}),
    "termination": (lambda cast: kit.terminated(cast), {"organ": "Muu"}),
    "dispute": (lambda cast: kit.dispute(cast), {"disputed_on": TODAY - timedelta(days=400)}),
    "disputenote": (lambda cast: kit.noted(cast, kit.dispute(cast)), {"body": "Muuta."}),
    "disputeend": (lambda cast: kit.ended(cast, kit.dispute(cast)), {"said": "Muuta."}),
}


def _only_added(name, make, values):
    @attack(f"agreements_{name}_append_only", UPDATE)
    def rewrite(cast):
        return update(make(cast), **values)

    @attack(f"agreements_{name}_append_only", DELETE)
    def forget(cast):
        return delete(make(cast))


for _name, (_make, _values) in ROWS.items():
    _only_added(_name, _make, _values)


def _stated_twice(cast):
    kit.state(cast, cast.kela)
    return kit.statement(cast, cast.kela)


def _concluded_twice(cast):
    kit.concluded(cast)
    return outcome(cast)


def _one_matter_twice(cast):
    first = kit.concluded(cast)
    drop_guard("agreements_review_after_all")
    return outcome(cast, year=kit.YEAR + 1, matter=first.matter)


def _terminated_twice(cast):
    kit.terminated(cast)
    return termination(cast)


def _ended_twice(cast):
    dispute = kit.dispute(cast)
    kit.ended(cast, dispute)
    return an_end(cast, dispute)


def _unknown_outcome(cast):
    kit.all_stated(cast)
    return outcome(cast, outcome="perhaps")


CONSTRAINTS = {
    "agreements_statement_once_a_year": _stated_twice,
    "agreements_statement_says_what": lambda cast: kit.statement(cast, cast.kela, outcome="change"),
    "agreements_review_once_a_year": _concluded_twice,
    "agreements_review_outcome_known": _unknown_outcome,
    "agreements_reviewoutcome_matter_id_key": _one_matter_twice,
    "agreements_termination_after_decision": lambda cast: termination(cast, last_day=TODAY - timedelta(days=1)),
    "agreements_termination_agreement_id_key": _terminated_twice,
    "agreements_dispute_has_subject": lambda cast: a_dispute(cast, subject=""),
    "agreements_dispute_note_says": lambda cast: DisputeNote(
        dispute=kit.dispute(cast), on=TODAY, body="", mandate=cast.ta
    ),
    "agreements_dispute_end_known": lambda cast: an_end(cast, kit.dispute(cast), outcome="forgotten"),
    "agreements_disputeend_dispute_id_key": _ended_twice,
}
