"""Attacks on matters, decisions, consents, mandates, and on what is never removed."""

from datetime import date

from django.utils import timezone

from agreements.models import Consent, Decision
from tests import factories
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.changes import OTHER_HASH, amendment
from tests.cast import TODAY


def decision(cast, matter, **values):
    told = {"organ": "Johtoryhmä", "decided_on": TODAY, "section": "1", "outcome": "return"}
    told |= {"sha256": matter.sha256, "mandate": cast.coordinator}
    return insert(Decision(matter=matter, **{**told, **values}))


def consent(mandate, matter, **values):
    told = {"party": mandate.party, "outcome": "given", "sha256": matter.sha256}
    return insert(Consent(matter=matter, mandate=mandate, **{**told, **values}))


@attack("agreements_matter_decided", UPDATE)
def retitle_what_is_decided(cast):
    return update(cast.adopted_change(cast.kela).matter, title="Toinen otsikko")


@attack("agreements_matter_decided", DELETE, also=("agreements_matter_kept",))
def remove_what_is_decided(cast):
    return delete(cast.adopted_change(cast.kela).matter)


def matter_stays(name, value):
    @attack("agreements_matter_same", UPDATE, label=name)
    def turn_a_matter_into_another(cast):
        return update(factories.MatterFactory(agreement=cast.agreement), **{name: value(cast)})


matter_stays("agreement", lambda cast: cast.second)
matter_stays("kind", lambda cast: "notice")
matter_stays("year", lambda cast: 2024)
matter_stays("number", lambda cast: 99)


@attack("agreements_matter_kept", DELETE)
def remove_a_matter(cast):
    return delete(factories.MatterFactory())


@attack("agreements_decision_of_what_was_submitted", INSERT)
def decide_something_else(cast):
    return decision(cast, cast.proposed_change(cast.kela).matter, sha256=OTHER_HASH)


@attack("agreements_decision_of_what_was_submitted", INSERT, label="nothing submitted")
def decide_a_draft(cast):
    return decision(cast, cast.draft(cast.kela).matter)


@attack("agreements_decision_competence", INSERT)
def let_the_group_decide_the_text(cast):
    return decision(cast, amendment(cast).matter, outcome="approve")


@attack("agreements_decision_competence", INSERT, label="notice")
def let_the_group_reject_a_notice(cast):
    who = cast.kela_main_user
    change = cast.propose(cast.draft_text(who, cast.annex3, wanted_from=TODAY), by=who)
    return decision(cast, change.matter, outcome="reject")


@attack("agreements_decision_competence", INSERT, label="appointment")
def let_the_group_appoint_itself(cast):
    appointment = factories.MatterFactory(
        agreement=cast.agreement, kind="group_appointment", sha256=OTHER_HASH, submitted_at=timezone.now()
    )
    return decision(cast, appointment, outcome="approve")


@attack("agreements_decision_negotiates", INSERT)
def negotiate_on_an_annex(cast):
    return decision(cast, cast.proposed_change(cast.kela).matter, outcome="negotiate")


@attack("agreements_decision_negotiates", INSERT, label="party")
def let_a_party_start_negotiations(cast):
    return decision(cast, amendment(cast).matter, outcome="negotiate", party=cast.ta.party, mandate=cast.ta)


@attack("agreements_decision_party", INSERT)
def let_a_party_of_another_agreement_decide(cast):
    return decision(cast, amendment(cast).matter, party=cast.stranger.party)


@attack("agreements_decision_mandate", INSERT)
def decide_on_a_mandate_of_another_agreement(cast):
    return decision(cast, cast.proposed_change(cast.kela).matter, mandate=cast.second_coordinator)


@attack("agreements_decision_append_only", UPDATE)
def rewrite_a_decision(cast):
    return update(cast.returned_change(cast.kela).matter.decisions.get(), grounds="Muut perustelut.")


@attack("agreements_decision_append_only", DELETE)
def remove_a_decision(cast):
    return delete(cast.returned_change(cast.kela).matter.decisions.get())


@attack("agreements_consent_of_what_was_seen", INSERT)
def consent_to_something_else(cast):
    return consent(cast.kela, cast.proposed_change(cast.kela_main_user).matter, sha256=OTHER_HASH)


def consent_not_binding(label, mandate, **values):
    @attack("agreements_consent_binds", INSERT, label=label)
    def consent_for_a_party_one_cannot_bind(cast):
        matter = cast.proposed_change(cast.kela_main_user).matter
        return consent(mandate(cast), matter, party=cast.kela.party)


consent_not_binding("main user", lambda cast: cast.kela_main_user)
consent_not_binding("another party", lambda cast: cast.hva)
consent_not_binding("another agreement", lambda cast: cast.stranger)


@attack("agreements_consent_append_only", UPDATE)
def turn_a_yes_into_a_no(cast):
    return update(cast.proposed_change(cast.kela).matter.consents.get(), outcome="refused")


@attack("agreements_consent_append_only", DELETE)
def remove_a_consent(cast):
    return delete(cast.proposed_change(cast.kela).matter.consents.get())


@attack("agreements_mandate_one_at_a_time", INSERT)
def seat_a_second_coordinator(cast):
    return insert(
        factories.MandateFactory.build(
            agreement=cast.agreement, person=cast.nobody, capacity="coordinator", valid_from=date(2026, 1, 1)
        )
    )


@attack("agreements_mandate_one_at_a_time", UPDATE, also=("agreements_mandate_same",))
def stretch_an_office_into_the_next_ones(cast):
    before = cast.holder("stand_in", valid_from=date(2025, 1, 1), valid_to=date(2025, 3, 31))
    cast.holder("stand_in", valid_from=date(2025, 4, 1))
    return update(before, valid_to=date(2025, 4, 1))


@attack("agreements_mandate_own_agreement", INSERT)
def act_for_a_party_of_another_agreement(cast):
    return insert(
        factories.MandateFactory.build(agreement=cast.agreement, person=cast.nobody, party=cast.stranger.party)
    )


@attack("agreements_mandate_own_agreement", UPDATE, also=("agreements_mandate_same",))
def move_a_mandate_to_a_party_of_another_agreement(cast):
    return update(cast.member, party=cast.stranger.party)


def mandate_stays(name, value):
    @attack("agreements_mandate_same", UPDATE, label=name)
    def turn_a_mandate_into_another(cast):
        return update(cast.member, **{name: value(cast)})


mandate_stays("person", lambda cast: cast.nobody)
mandate_stays("capacity", lambda cast: "deputy")
mandate_stays("slot", lambda cast: "stand_in")
mandate_stays("party", lambda cast: cast.kela.party)
mandate_stays("valid_from", lambda cast: date(2025, 1, 2))


@attack("agreements_mandate_same", UPDATE, label="agreement", also=("agreements_mandate_own_agreement",))
def move_a_mandate_to_another_agreement(cast):
    return update(cast.member, agreement=cast.second)


@attack("agreements_mandate_same", UPDATE, label="reopened")
def reopen_an_office_that_has_ended(cast):
    return update(cast.holder("reader", valid_to=date(2025, 3, 31)), valid_to=None)


@attack("agreements_agreement_same", UPDATE)
def move_the_first_day_of_an_agreement(cast):
    return update(cast.agreement, valid_from=date(2020, 1, 1))


def party_stays(name, value):
    @attack("agreements_party_same", UPDATE, label=name)
    def turn_a_party_into_another(cast):
        return update(cast.hva.party, **{name: value(cast)})


party_stays("role", lambda cast: "employment_authority")
party_stays("organisation", lambda cast: factories.OrganisationFactory())
party_stays("agreement", lambda cast: factories.AgreementFactory())


def document_stays(name, value):
    @attack("agreements_document_same", UPDATE, label=name)
    def turn_a_document_into_another(cast):
        return update(cast.annex1, **{name: value(cast)})


document_stays("kind", lambda cast: "other")
document_stays("number", lambda cast: 7)
document_stays("agreement", lambda cast: factories.AgreementFactory())


def never_removed(table, factory):
    @attack(f"agreements_{table}_never_removed", DELETE)
    def remove_a_row_that_nothing_needs(cast):
        return delete(factory())


never_removed("agreement", factories.AgreementFactory)
never_removed("party", factories.PartyFactory)
never_removed("mandate", factories.MandateFactory)
never_removed("document", factories.DocumentFactory)
never_removed("organisation", factories.OrganisationFactory)
never_removed("casenumber", factories.CaseNumberFactory)
never_removed("signatory", factories.SignatoryFactory)


@attack("agreements_record_append_only", UPDATE)
def put_another_file_under_a_record(cast):
    return update(factories.RecordFactory(), file=factories.StoredFileFactory())


@attack("agreements_record_append_only", DELETE)
def remove_a_record(cast):
    return delete(factories.RecordFactory())
