"""Rows of offices and goals that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from datetime import date

from steering.models import Appointment, Frame, GoalSet, Naming, NationalGoal, WorkingGroup
from tests.attacks.offices import asked, contact, matter_of, office, row, written
from tests.cast import TODAY
from tests.factories import UserFactory
from tests.steering import office_kit as kit

EARLIER = date(2025, 6, 1)
ATTACKS = {}


def breaks(name):
    def register(prepare):
        ATTACKS[name] = prepare
        return prepare

    return register


def under(name, model, **differing):
    """A row under a new matter of its kind, with what the constraint must not let in."""

    @breaks(name)
    def differ(cast):
        found = row(model, cast, matter_of(model, cast))
        for field, value in differing.items():
            setattr(found, field, value)
        return found


under("steering_appointment_office_known", Appointment, capacity="secretary")
under("steering_appointment_until_a_day", Appointment, valid_to=None)
under("steering_appointment_in_order", Appointment, valid_to=EARLIER)
under("steering_goalset_guidance_noted", GoalSet, guidance="")
under("steering_goalset_year_known", GoalSet, year=1999)
under("steering_frame_says_something", Frame, text="")
under("steering_workinggroup_in_order", WorkingGroup, valid_to=EARLIER)


def twice(name, model):
    @breaks(name)
    def write_a_second(cast):
        return row(model, cast, written(model, cast).matter)


twice("steering_goalset_matter_id_key", GoalSet)
twice("steering_frame_matter_id_key", Frame)
twice("steering_workinggroup_matter_id_key", WorkingGroup)


@breaks("steering_appointment_office_once")
def put_two_people_forward_for_one_office(cast):
    found = row(Appointment, cast, written(Appointment, cast).matter)
    found.person = UserFactory()
    return found


@breaks("steering_appointment_person_once")
def put_one_person_forward_for_two_offices(cast):
    found = row(Appointment, cast, written(Appointment, cast).matter)
    found.capacity = "coordinator"
    return found


def naming_of(cast, appointment, **told):
    told = {"party": cast.ta.party, "named_on": TODAY, "organ": "Lautakunta", "section": "1", **told}
    return Naming(appointment=appointment, **told)


@breaks("steering_naming_appointment_id_key")
def name_twice(cast):
    first = kit.named(cast)
    mandate = office(cast, first.appointment, valid_from=date(2035, 1, 1), valid_to=None)
    return naming_of(cast, first.appointment, mandate=mandate)


@breaks("steering_naming_mandate_id_key")
def give_one_mandate_for_two_namings(cast):
    first = kit.named(cast)
    # Nothing else stands in the way: the same person, office and days, approved.
    return naming_of(cast, kit.approved(cast), mandate=first.mandate)


@breaks("steering_naming_ended_with_reason")
def end_without_a_reason(cast):
    kit.term_of(cast)
    appointment = kit.approved(cast)
    return naming_of(cast, appointment, mandate=office(cast, appointment), ended_on=TODAY)


@breaks("steering_municipalcontact_once")
def ask_once_more_on_a_second_row(cast):
    return contact(cast, municipality=asked(cast).municipality)


@breaks("steering_municipalcontact_in_order")
def answer_before_being_asked(cast):
    return contact(cast, answered_on=EARLIER)


@breaks("steering_municipalcontact_answered")
def name_somebody_without_an_answer(cast):
    return contact(cast, name="Kunnan Henkilö")


@breaks("steering_nationalgoal_number_once")
def load_a_number_twice(cast):
    kit.national_goals(cast)
    return NationalGoal(first_year=2025, last_year=2027, number=1, text="Sama")


@breaks("steering_nationalgoal_years_in_order")
def end_before_it_begins(cast):
    return NationalGoal(first_year=2028, last_year=2027, number=1, text="Nurin")
