"""Attacks on what lies under a matter of the group, and on namings, municipal contacts and events."""

from datetime import date, timedelta

from django.utils import timezone

from agreements.actions import submit_matter
from agreements.actions.mandates import give_mandate
from steering import actions
from steering.models import (
    Appointment,
    Event,
    Frame,
    GoalSet,
    MunicipalContact,
    Naming,
    WorkingGroup,
)
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.histories import MADE
from tests.cast import TODAY
from tests.factories import MatterFactory, MunicipalityFactory
from tests.steering import office_kit as kit

LATER = TODAY + timedelta(days=1)
# What lies under a matter of its own kind: that kind, and a row as it would be written.
UNDER = {
    Appointment: (
        "appointment",
        lambda cast: {
            "capacity": "stand_in",
            "person": cast.nobody,
            "valid_from": kit.NEXT,
            "valid_to": kit.TERM_ENDS,
        },
    ),
    GoalSet: ("goals", lambda cast: {"year": 2030, "guidance": "luettu"}),
    Frame: ("frame", lambda cast: {"text": "Raamit"}),
    WorkingGroup: ("working_group", lambda cast: {"name": "Ryhmä", "task": "Tehtävä", "valid_from": TODAY}),
}


def row(model, cast, matter):
    """A row of the model under the matter, not saved."""
    return model(matter=matter, **UNDER[model][1](cast))


def matter_of(model, cast, **told):
    return MatterFactory(agreement=cast.agreement, kind=UNDER[model][0], **told)


def frozen_matter(model, cast):
    return matter_of(model, cast, sha256="c" * 64, submitted_at=timezone.now())


def written(model, cast):
    """A row under a matter in preparation."""
    found = row(model, cast, matter_of(model, cast))
    found.save()
    return found


def submitted(model, cast):
    """A row under a matter put before the group."""
    if model is GoalSet:
        return kit.submitted_goals(cast)
    found = written(model, cast)
    submit_matter(found.matter, sha256="b" * 64, by=cast.coordinator)
    return found


def attacks_on_what_lies_under_a_matter(model):
    table = model._meta.db_table

    @attack(f"{table}_before_submitting", INSERT)
    def add_afterwards(cast):
        return insert(row(model, cast, frozen_matter(model, cast)))

    @attack(f"{table}_before_submitting", UPDATE)
    def move_under_what_was_submitted(cast):
        return update(written(model, cast), matter=frozen_matter(model, cast))

    @attack(f"{table}_submitted", UPDATE)
    def move_away_from_what_was_submitted(cast):
        return update(submitted(model, cast), matter=matter_of(model, cast))

    @attack(f"{table}_submitted", DELETE)
    def remove_what_was_submitted(cast):
        return delete(submitted(model, cast))

    @attack(f"{table}_of_its_kind", INSERT)
    def add_under_another_kind(cast):
        return insert(row(model, cast, MatterFactory(agreement=cast.agreement, kind="other")))

    @attack(f"{table}_of_its_kind", UPDATE)
    def move_under_another_kind(cast):
        return update(written(model, cast), matter=MatterFactory(agreement=cast.agreement, kind="other"))


for under in UNDER:
    attacks_on_what_lies_under_a_matter(under)


@attack("steering_appointment_youth_apart", INSERT)
def approve_the_youth_lead(cast):
    matter = matter_of(Appointment, cast)
    return insert(Appointment(matter=matter, capacity="youth_lead", person=cast.nobody, valid_from=kit.NEXT))


@attack("steering_appointment_youth_apart", UPDATE)
def only_tell_of_the_stand_in(cast):
    matter = MatterFactory(agreement=cast.agreement, kind="youth_lead")
    return update(written(Appointment, cast), matter=matter)


def office(cast, appointment, **differing):
    """The mandate that a naming of the appointment gives."""
    names = ("person", "capacity", "valid_from", "valid_to")
    told = {name: getattr(appointment, name) for name in names}
    return give_mandate(agreement=appointment.matter.agreement, by=cast.ta, **{**told, **differing})


def naming(cast, appointment, **differing):
    told = {"party": cast.ta.party, "named_on": TODAY, "organ": "Lautakunta", "section": "1"}
    mandate = differing.pop("mandate", None) or office(cast, appointment)
    return insert(Naming(appointment=appointment, mandate=mandate, **{**told, **differing}))


@attack("steering_naming_of_what_was_put_forward", INSERT)
def name_before_telling_the_group(cast):
    return naming(cast, written(Appointment, cast), deviation="kiire")


@attack("steering_naming_by_authority", INSERT)
def let_the_county_name(cast):
    kit.term_of(cast)
    return naming(cast, kit.approved(cast), party=cast.hva.party)


@attack("steering_naming_by_authority", INSERT, label="elsewhere")
def let_another_agreements_authority_name(cast):
    kit.term_of(cast)
    return naming(cast, kit.approved(cast), party=cast.stranger.party)


@attack("steering_naming_approved_first", INSERT)
def name_without_approval(cast):
    kit.term_of(cast)
    return naming(cast, kit.put_forward(cast))


@attack("steering_naming_approved_first", INSERT, label="before")
def name_before_approval(cast):
    kit.term_of(cast)
    return naming(cast, kit.approved(cast), named_on=TODAY - timedelta(days=1))


@attack("steering_naming_approved_first", INSERT, label="rejected")
def name_whom_the_group_rejected(cast):
    kit.term_of(cast)
    appointment = kit.put_forward(cast)
    kit.approve(cast, appointment.matter, "reject")
    return naming(cast, appointment)


@attack("steering_naming_within_term", INSERT)
def name_beyond_the_term(cast):
    kit.term_of(cast)
    return naming(cast, kit.approved(cast, valid_to=kit.TERM_ENDS + timedelta(days=1)))


@attack("steering_naming_within_term", INSERT, label="closed")
def name_beyond_a_term_closed_early(cast):
    term = kit.term_of(cast)
    update(term, closed_on=date(2027, 1, 31), closing_reason="uusi alue")()
    return naming(cast, kit.approved(cast))


@attack("steering_naming_within_term", INSERT, label="none")
def name_without_a_term(cast):
    # The cast's term ends on 31.12.2029.
    return naming(cast, kit.approved(cast, valid_from=date(2030, 1, 2), valid_to=date(2030, 12, 31)))


@attack("steering_naming_gives_the_office", INSERT)
def name_one_and_let_another_in(cast):
    kit.term_of(cast)
    appointment = kit.approved(cast)
    return naming(cast, appointment, mandate=office(cast, appointment, person=cast.nobody))


@attack("steering_naming_gives_the_office", INSERT, label="longer")
def name_until_a_day_and_let_in_for_good(cast):
    kit.term_of(cast)
    appointment = kit.approved(cast)
    return naming(cast, appointment, mandate=office(cast, appointment, valid_to=None))


def naming_stays(name, value):
    @attack("steering_naming_ended_once", UPDATE, label=name)
    def rewrite_a_naming(cast):
        return update(kit.named(cast), **{name: value(cast)})


naming_stays("named_on", lambda cast: date(2025, 1, 1))
naming_stays("organ", lambda cast: "Toinen")
naming_stays("section", lambda cast: "99")
naming_stays("case_number", lambda cast: "X")
naming_stays("deviation", lambda cast: "keksitty")
naming_stays("party", lambda cast: cast.hva.party)
naming_stays("mandate", lambda cast: cast.member)
naming_stays("appointment", lambda cast: kit.put_forward(cast))


@attack("steering_naming_ended_once", UPDATE)
def end_an_office_twice(cast):
    found = kit.named(cast)
    actions.end_appointment(naming=found, by=cast.ta, on=TODAY, last_day=date(2026, 1, 31), reason="eläke")
    return update(found, ended_on=date(2027, 1, 31))


@attack("steering_naming_kept", DELETE)
def remove_a_naming(cast):
    return delete(kit.named(cast))


def contact(cast, **told):
    municipality = cast.agreement.municipalities.get(name="Pori")
    return MunicipalContact(**{"agreement": cast.agreement, "municipality": municipality, "asked_on": TODAY, **told})


def asked(cast):
    return actions.ask_municipalities(
        agreement=cast.agreement,
        by=cast.coordinator,
        on=TODAY,
        municipalities=[cast.agreement.municipalities.get(name="Pori")],
        asked_on=TODAY,
    )[0]


@attack("steering_municipalcontact_of_area", INSERT)
def ask_a_municipality_of_elsewhere(cast):
    return insert(contact(cast, municipality=cast.second.municipalities.get()))


@attack("steering_municipalcontact_same", UPDATE)
def answer_for_another_municipality(cast):
    return update(asked(cast), municipality=cast.agreement.municipalities.get(name="Ulvila"))


@attack("steering_municipalcontact_same", UPDATE, label="agreement")
def carry_an_answer_to_another_agreement(cast):
    return update(asked(cast), agreement=cast.second)


@attack("steering_municipalcontact_kept", DELETE)
def unask(cast):
    return delete(asked(cast))


def event(cast):
    return actions.record_event(
        agreement=cast.agreement,
        by=cast.ta,
        on=TODAY,
        held_on=TODAY,
        title="Keskustelutilaisuus",
        municipalities=cast.agreement.municipalities.all(),
    )


PLACES = Event.municipalities.through


@attack("steering_event_append_only", UPDATE)
def rewrite_an_event(cast):
    return update(event(cast), title="Muu")


@attack("steering_event_append_only", DELETE)
def forget_an_event(cast):
    return delete(event(cast))


@attack("steering_event_municipalities_append_only", UPDATE)
def change_who_was_there(cast):
    there = PLACES.objects.filter(event=event(cast)).first()
    return update(there, municipality=MunicipalityFactory(name="Muualla"))


@attack("steering_event_municipalities_append_only", DELETE)
def forget_who_was_there(cast):
    return delete(PLACES.objects.filter(event=event(cast)).first())


@attack("steering_event_municipalities_of_area", INSERT)
def add_a_municipality_of_elsewhere(cast):
    return insert(PLACES(event=event(cast), municipality=cast.second.municipalities.get()))


MADE |= {
    "Naming": kit.named,
    "MunicipalContact": asked,
    "NationalGoal": lambda cast: kit.linked(cast, 1)[0],
}
