"""Constraints of the models, each attacked once past every form and action. Triggers: tests/core/test_guards.py."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from tests import factories as f
from tests.attacks import (
    cost_constraints,
    insert,
    minutes_constraints,
    office_constraints,
    registry_constraints,
    seat_constraints,
    signing_constraints,
    steering_constraints,
)
from tests.attacks.amended import CONSTRAINTS as AMENDED
from tests.attacks.destruction import CONSTRAINTS as DESTRUCTION
from tests.attacks.lasting import CONSTRAINTS as LASTING
from tests.attacks.negotiation import CONSTRAINTS as NEGOTIATION
from tests.attacks.related import CONSTRAINTS as RELATED
from tests.attacks.reviews import CONSTRAINTS as REVIEWS
from tests.attacks.staffing import CONSTRAINTS as STAFFING
from tests.cast import TODAY
from tym.desk.models import Feedback

ROOMS = ("accounts", "agreements", "core", "costs", "desk", "registry", "staffing", "steering")
ATTACKS = {}


def constraints():
    """Name of every constraint of ours, with its table and the columns SQLite names in its stead."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or model.__name__.startswith("Historical"):
            continue
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            fields = getattr(constraint, "fields", ())
            found[constraint.name] = [f"{table}.{model._meta.get_field(name).column}" for name in fields]
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                found[f"{table}_{field.column}_key"] = [f"{table}.{field.column}"]
    # Django asks for unique=True on a sign-in name; our own rule, whatever the case, says more.
    del found["accounts_user_email_key"]
    return found


def breaks(name):
    def register(prepare):
        ATTACKS[name] = prepare
        return prepare

    return register


def row(name, factory, /, **values):
    """A row built by its factory, with what the constraint must not let in."""
    ATTACKS[name] = lambda cast: factory.build(
        **{key: value(cast) if callable(value) else value for key, value in values.items()}
    )


def matter(cast):
    return cast.proposed_change(cast.kela).matter


def version(cast):
    return cast.draft(cast.kela).versions.get()


row("accounts_user_email_once", f.UserFactory, email="KELA@example.org")
row("accounts_user_one_system", f.UserFactory, is_system=True)
row("agreements_organisation_name_key", f.OrganisationFactory, name="Kansaneläkelaitos")
row("agreements_municipality_name_key", f.MunicipalityFactory, name="Pori")
row("agreements_agreement_period_in_order", f.AgreementFactory, valid_to=date(2024, 12, 31))
row(
    "agreements_area_municipality_once", f.AreaMunicipalityFactory, agreement=lambda cast: cast.agreement,
    municipality=lambda cast: cast.agreement.municipalities.first(),
)  # fmt: skip


def party(name, **values):
    told = {"agreement": lambda cast: cast.agreement, "organisation": lambda cast: f.OrganisationFactory()}
    row(f"agreements_party_{name}", f.PartyFactory, short_name="Uusi", **{**told, **values})


party("organisation_once", organisation=lambda cast: cast.hva.party.organisation)
party("order_once", order=1)
party("one_kela", role="kela")
party("role_of_the_act", role="ministry")
party("someone_signs", min_signers=0)
row("agreements_signatory_order_once", f.SignatoryFactory, party=lambda cast: cast.kela.party, order=1)


def mandate(name, **values):
    told = {"agreement": lambda cast: cast.agreement, "person": lambda cast: cast.nobody}
    row(f"agreements_mandate_{name}", f.MandateFactory, **{**told, **values})


mandate("binds_own_party", may_bind_party=True)
mandate("party_named", capacity="liaison", slot="")
mandate("single_office", capacity="stand_in", slot="")


def matters(name, **values):
    row(f"agreements_matter_{name}", f.MatterFactory, **{"agreement": lambda cast: cast.agreement, **values})


matters("number_once", number=1)
matters("one_original", kind="original")
matters("submitted_whole", sha256="f" * 64)
row(
    "agreements_case_number_once",
    f.CaseNumberFactory,
    matter=lambda cast: f.CaseNumberFactory(party=cast.kela.party, matter=matter_of_original(cast)).matter,
    party=lambda cast: cast.kela.party,
)


def matter_of_original(cast):
    return cast.agreement.matters.get(kind="original")


@breaks("agreements_decision_group_final_once")
def decide_twice(cast):
    change = cast.adopted_change(cast.kela)
    return f.DecisionFactory.build(matter=change.matter, mandate=cast.coordinator, outcome="reject")


@breaks("agreements_decision_party_final_once")
def decide_twice_as_a_party(cast):
    told = {
        "matter": cast.propose(cast.draft_text(cast.ta, cast.main_text), by=cast.ta).matter,
        "mandate": cast.ta,
        "party": cast.ta.party,
        "outcome": "approve",
    }
    f.DecisionFactory(**told)
    return f.DecisionFactory.build(**told)


@breaks("agreements_decision_outcome_known")
def decide_something_unheard_of(cast):
    return f.DecisionFactory.build(matter=matter(cast), mandate=cast.coordinator, outcome="perhaps")


@breaks("agreements_consent_once")
def consent_twice(cast):
    return f.ConsentFactory.build(matter=matter(cast), mandate=cast.kela)


@breaks("agreements_consent_known")
def consent_halfway(cast):
    main_users = cast.proposed_change(cast.kela_main_user)
    return f.ConsentFactory.build(matter=main_users.matter, mandate=cast.kela, outcome="perhaps")


def document(name, **values):
    row(f"agreements_document_{name}", f.DocumentFactory, **{"agreement": lambda cast: cast.agreement, **values})


document("number_once", number=2)
document("main_text_is_zero", number=0, kind="other", agreement=lambda cast: f.AgreementFactory())


def change(name, **values):
    told = {"matter": lambda cast: f.MatterFactory(agreement=cast.agreement)}
    row(f"agreements_change_{name}", f.ChangeFactory, **{**told, **values})


change("proposed_whole", sha256="f" * 64)
change("proposed_is_hashed", state="proposed")
change("adopted_has_start", state="adopted", sha256="f" * 64, proposed_at=timezone.now(), received_on=TODAY)

change("notice_whole", arrived_on=TODAY)
row(
    "agreements_version_once_a_change",
    f.VersionFactory,
    change=lambda cast: cast.draft(cast.kela),
    document=lambda cast: cast.annex2,
)
row(
    "agreements_version_number_once",
    f.VersionFactory,
    change=lambda cast: cast.draft(cast.kela),
    document=lambda cast: cast.annex1,
    number=1,
)
row(
    "agreements_version_from_one",
    f.VersionFactory,
    change=lambda cast: cast.draft(cast.kela),
    document=lambda cast: cast.annex1,
    number=0,
)


@breaks("agreements_record_source_once")
def issue_the_same_source_twice(cast):
    issued = f.RecordFactory(agreement=cast.agreement, source_sha256="f" * 64)
    return f.RecordFactory.build(agreement=issued.agreement, file=issued.file, source_sha256="f" * 64)


@breaks("desk_feedback_answered_whole")
def answer_by_nobody(cast):
    return Feedback(message="Palaute", due_on=TODAY, answer="Vastaus")


@breaks("agreements_correction_one_open")
def correct_one_thing_twice(cast):
    first = f.CorrectionFactory(decision=decision_of(cast), made_by=cast.coordinator)
    return f.CorrectionFactory.build(decision=first.decision, made_by=cast.coordinator)


def correction_of(cast, **of):
    return f.CorrectionFactory.build(decision=None, made_by=cast.coordinator, **of)


@breaks("agreements_correction_signing_one_open")
def correct_one_signing_twice(cast):
    of = {"signatory": cast.kela.party.signatories.first(), "field": "signed_on"}
    f.CorrectionFactory(made_by=cast.coordinator, **of)
    return correction_of(cast, **of)


@breaks("agreements_correction_arrival_one_open")
def correct_one_arrival_twice(cast):
    of = {"change": cast.adopted_change(cast.kela), "field": "arrived_on"}
    f.CorrectionFactory(made_by=cast.coordinator, **of)
    return correction_of(cast, **of)


@breaks("agreements_correction_of_one")
def correct_the_day_of_a_decision_as_a_signing(cast):
    return correction_of(cast, signatory=cast.kela.party.signatories.first(), field="section")


@breaks("agreements_correction_confirmed_whole")
def confirm_by_nobody(cast):
    return f.CorrectionFactory.build(
        decision=decision_of(cast), made_by=cast.coordinator, confirmed_by=cast.kela, confirmed_at=None
    )


def decision_of(cast):
    return cast.adopted_change(cast.kela).matter.decisions.get()


@breaks("agreements_organisation_one_name_a_day")
def take_two_names_on_one_day(cast):
    first = f.OrganisationNameFactory(organisation=cast.kela.party.organisation)
    return f.OrganisationNameFactory.build(organisation=first.organisation)


def invitation(name, **values):
    told = {"party": lambda cast: cast.kela.party, "invited_by": lambda cast: cast.kela_main_user}
    row(name, f.InvitationFactory, **{**told, **values})


invitation("agreements_invitation_used_or_cancelled", mandate=lambda cast: cast.kela, cancelled_at=timezone.now())
invitation(
    "agreements_invitation_secret_sha256_key",
    secret_sha256=lambda cast: f.InvitationFactory(party=cast.kela.party, invited_by=cast.kela_main_user).secret_sha256,
)
invitation(
    "agreements_invitation_mandate_id_key",
    mandate=lambda cast: (
        f.InvitationFactory(party=cast.kela.party, invited_by=cast.kela_main_user, mandate=cast.kela).mandate
    ),
)


@breaks("agreements_clause_once_a_version")
def write_a_section_twice(cast):
    written = cast.draft_text(cast.ta, cast.annex1).versions.get()
    key = f.ClauseFactory(version=written).key
    return f.ClauseFactory.build(version=written, key=key)


@breaks("agreements_clause_removes_something")
def remove_no_section(cast):
    return f.ClauseFactory.build(version=cast.draft_text(cast.ta, cast.annex1).versions.get(), removed=True)


def line(name, **values):
    told = {"version": version, "party": lambda cast: cast.kela.party}
    row(name, f.StaffingLineFactory, **{**told, **values})


line("staffing_staffingline_once_a_version", key=lambda cast: cast.line(cast.kela.party).key)
line("staffing_staffingline_removes_something", removed=True)
line("staffing_line_person_years_not_negative", person_years=Decimal("-0.01"))
line("staffing_line_person_years_within_persons", persons=1, person_years=Decimal("1.01"))
ATTACKS |= STAFFING | AMENDED | NEGOTIATION | LASTING | RELATED
ATTACKS |= cost_constraints.ATTACKS
ATTACKS |= registry_constraints.ATTACKS | DESTRUCTION
ATTACKS |= office_constraints.ATTACKS
ATTACKS |= seat_constraints.ATTACKS
ATTACKS |= steering_constraints.BREAKS | signing_constraints.BREAKS
ATTACKS |= minutes_constraints.BREAKS | REVIEWS


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_constraint_refuses(cast, name):
    statement = insert(ATTACKS[name](cast))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        statement()
    said = str(refused.value)
    if name.endswith("_key") and connection.vendor == "postgresql":
        assert f'unique constraint "{name.removesuffix("key")}' in said
    else:
        columns = constraints()[name]
        assert name in said or (connection.vendor == "sqlite" and said.endswith(f": {', '.join(columns)}")), said


def test_every_constraint_has_an_attack():
    assert set(ATTACKS) == set(constraints())


@pytest.mark.parametrize("field", ["persons", "position"])
def test_counts_are_never_negative(cast, field):
    low = f.StaffingLineFactory.build(
        version=version(cast), party=cast.kela.party, person_years=Decimal("-5"), **{field: -5}
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(low)()


def test_every_choice_field_of_law_is_known_to_the_models():
    """A capacity or kind that is renamed would leave constraints written in words behind."""
    told = {model.__name__: model for model in apps.get_app_config("agreements").get_models()}
    for words, choices in (
        ("agreements_party_role_of_the_act", told["Party"].Role),
        ("agreements_decision_outcome_known", told["Decision"].Outcome),
        ("agreements_consent_known", told["Consent"].Outcome),
    ):
        (check,) = [
            c
            for model in told.values()
            for c in model._meta.constraints
            if c.name == words and isinstance(c, models.CheckConstraint)
        ]
        assert set(check.condition.children[0][1]) == set(choices.values)
