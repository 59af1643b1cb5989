"""Attacks on invitations, corrections, main users and revocations."""

from datetime import date, timedelta

from django.utils import timezone

from agreements import history
from agreements.models import Decision
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.cast import TODAY, sections_of
from tests.factories import CorrectionFactory, InvitationFactory, MunicipalityFactory
from tym.desk.models import Feedback

LATER = date(2025, 9, 1)


def invitation(cast, **values):
    return InvitationFactory(party=cast.kela.party, invited_by=cast.kela_main_user, **values)


@attack("agreements_invitation_once", UPDATE)
def use_a_cancelled_invitation(cast):
    return update(invitation(cast, cancelled_at=timezone.now()), cancelled_at=None)


def invitation_stays(name, value):
    @attack("agreements_invitation_once", UPDATE, label=name)
    def turn_an_invitation_into_another(cast):
        return update(invitation(cast), **{name: value(cast)})


invitation_stays("party", lambda cast: cast.hva.party)
invitation_stays("email", lambda cast: "toinen@example.org")
invitation_stays("capacity", lambda cast: "main_user")
invitation_stays("may_bind_party", lambda cast: True)
invitation_stays("secret_sha256", lambda cast: "a" * 64)
invitation_stays("expires_on", lambda cast: date(2030, 1, 1))


@attack("agreements_invitation_kept", DELETE)
def remove_an_invitation(cast):
    return delete(invitation(cast))


def feedback():
    return Feedback.objects.create(message="Palaute", due_on=TODAY)


@attack("desk_feedback_answered_once", UPDATE)
def rewrite_feedback(cast):
    return update(feedback(), message="Muuta")


@attack("desk_feedback_kept", DELETE)
def remove_feedback(cast):
    return delete(feedback())


@attack("agreements_mandate_main_user_stays", UPDATE)
def end_the_last_main_user(cast):
    return update(cast.kela_main_user, valid_to=TODAY)


@attack("agreements_municipality_name_stays", UPDATE, also=("staffing_municipality_name_stays",))
def rename_a_municipality_of_an_area(cast):
    return update(cast.agreement.municipalities.get(name="Ulvila"), name="Uusi nimi")


@attack("agreements_municipality_name_stays", UPDATE, label="mandate")
def rename_a_municipality_that_has_a_contact(cast):
    municipality = MunicipalityFactory()
    cast.holder("municipal_contact", cast.ta.party, municipality=municipality)
    return update(municipality, name="Uusi nimi")


@attack("staffing_municipality_name_stays", UPDATE, also=("agreements_municipality_name_stays",))
def rename_a_municipality_of_staff_rows(cast):
    return update(cast.agreement.municipalities.get(name="Ulvila"), name="Uusi nimi")


def correction(cast, **values):
    decision = cast.adopted_change(cast.kela).matter.decisions.get()
    return CorrectionFactory.build(decision=decision, made_by=cast.coordinator, **values)


def kept(cast):
    decision = cast.adopted_change(cast.kela).matter.decisions.get()
    return CorrectionFactory(decision=decision, made_by=cast.coordinator)


@attack("agreements_correction_starts_open", INSERT)
def correct_alone(cast):
    return insert(correction(cast, confirmed_by=cast.kela, confirmed_at=timezone.now()))


@attack("agreements_correction_second_person", UPDATE)
def confirm_ones_own_correction(cast):
    return update(kept(cast), confirmed_by=cast.coordinator, confirmed_at=timezone.now())


@attack("agreements_correction_second_person", UPDATE, label="rewritten")
def rewrite_a_correction(cast):
    return update(kept(cast), becomes="99")


@attack("agreements_correction_second_person", UPDATE, label="turned to another signatory")
def turn_a_correction_to_another_signatory(cast):
    mine, other = cast.kela.party.signatories.all()
    made = CorrectionFactory(signatory=mine, field="signed_on", becomes="9.12.2024", made_by=cast.coordinator)
    return update(made, signatory=other)


@attack("agreements_signatory_day_stays", UPDATE)
def sign_on_another_day(cast):
    signatory = cast.kela.party.signatories.first()
    signatory.signed_on = TODAY
    history.save(signatory, by=cast.coordinator, reason="signed before")
    return update(signatory, signed_on=None)


@attack("agreements_correction_kept", DELETE)
def remove_a_correction(cast):
    return delete(kept(cast))


@attack("agreements_change_revoked_by_decision", UPDATE)
def revoke_without_a_decision(cast):
    return update(cast.adopted_change(cast.kela, valid_from=LATER), state="revoked")


@attack("agreements_change_revoked_by_decision", UPDATE, label="too late")
def revoke_what_has_started(cast):
    change = cast.adopted_change(cast.kela, valid_from=TODAY)
    revocation(cast, change)
    return update(change, state="revoked")


def revocation(cast, change):
    return Decision.objects.create(
        matter=change.matter,
        organ="Johtoryhmä",
        decided_on=TODAY,
        section="2",
        outcome="revoke",
        grounds="syy",
        sha256=change.sha256,
        mandate=cast.coordinator,
    )


@attack("staffing_staffingline_revoked_alone", UPDATE)
def revoke_lines_on_which_others_build(cast):
    change = cast.adopted_change(cast.kela, valid_from=LATER)
    cast.adopted_change(cast.kela, valid_from=LATER + timedelta(days=30))
    revocation(cast, change)
    return update(change, state="revoked")


@attack("agreements_clause_revoked_alone", UPDATE)
def revoke_text_on_which_others_build(cast):
    first = _adopted_text(cast, LATER)
    _adopted_text(cast, LATER + timedelta(days=30))
    revocation(cast, first)
    return update(first, state="revoked")


def _adopted_text(cast, valid_from):
    draft = cast.draft_text(cast.ta, cast.annex1, key=sections_of(cast.annex1)[0].key, body=f"Teksti {valid_from}.")
    change = cast.propose(draft, by=cast.ta)
    cast.decide(change, "approve", valid_from=valid_from)
    return cast.fresh(change)
