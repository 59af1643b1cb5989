"""Appointments: put before the group, approved, named by the authority, ended (agreement 7 §, act 9 §, C6)."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from agreements.models import Mandate, Matter, Record
from steering import actions
from steering.models import Appointment, Naming
from tests.cast import TODAY
from tests.factories import PartyFactory
from tests.steering import office_kit as kit
from tym.core.errors import NotAllowed, Refused
from tym.core.uploads import Upload

YESTERDAY = TODAY - timedelta(days=1)
EXTRACT = Upload("ote.pdf", b"%PDF-1.7 ote", "application/pdf")


@pytest.fixture(autouse=True)
def _english():
    """Refusals are told apart by their English words."""
    with translation.override("en"):
        yield


def held(cast, capacity, day=kit.NEXT):
    return Mandate.objects.in_force(day).filter(agreement=cast.agreement, capacity=capacity)


def test_approved_and_then_named_gives_the_office_for_the_days_put_forward(cast):
    naming = kit.named(cast)
    (mandate,) = held(cast, "stand_in")
    assert naming.mandate == mandate
    assert (mandate.person.name, mandate.valid_from, mandate.valid_to) == ("Antti Luvia", kit.NEXT, kit.TERM_ENDS)
    assert (naming.party, naming.organ, naming.section, naming.deviation) == (
        cast.ta.party, "Elinvoimajohtaja", "12", "",
    )  # fmt: skip
    assert not held(cast, "stand_in", TODAY).exists()
    assert not held(cast, "stand_in", kit.TERM_ENDS + timedelta(days=1)).exists()


def test_coordinator_and_stand_in_are_put_forward_together(cast):
    pair = [kit.candidate("coordinator", "Katja Lavia", "katja@example.org"), kit.candidate()]
    matter = kit.propose(cast, *pair)
    assert matter.kind == Matter.Kind.APPOINTMENT
    assert "Katja Lavia" in matter.title
    assert "Antti Luvia" in matter.title
    assert {row.capacity for row in matter.appointments.all()} == {"coordinator", "stand_in"}


@pytest.mark.parametrize("who", ["coordinator", "ta"])
def test_preparers_and_the_authority_put_people_forward(cast, who):
    assert kit.propose(cast, by=getattr(cast, who)).submitted_at


@pytest.mark.parametrize("who", ["hva", "kela", "kela_main_user", "member"])
def test_others_do_not_put_people_forward(cast, who):
    with pytest.raises(NotAllowed):
        kit.propose(cast, by=getattr(cast, who))
    assert not Appointment.objects.exists()


def test_same_words_give_the_same_fingerprint_and_others_another(cast):
    first, same = kit.propose(cast), kit.propose(cast)
    assert first.sha256 == same.sha256
    assert kit.propose(cast, valid_to=date(2029, 6, 30)).sha256 != first.sha256


@pytest.mark.parametrize(
    ("candidates", "period", "says"),
    [
        ((), {}, "at least one"),
        (("coordinator", "youth_lead"), {}, "of her own"),
        (("coordinator", "stand_in"), {}, "another person"),
        (("stand_in",), {"valid_to": None}, "last day"),
        (("stand_in",), {"valid_to": date(2025, 6, 30)}, "before the first"),
    ],
)
def test_what_cannot_be_put_forward(cast, candidates, period, says):
    told = {"valid_from": kit.NEXT, "valid_to": kit.TERM_ENDS, **period}
    people = [kit.candidate(capacity) for capacity in candidates]
    with pytest.raises(Refused, match=says):
        actions.propose_appointment(agreement=cast.agreement, by=cast.coordinator, on=TODAY, candidates=people, **told)
    assert not Matter.objects.filter(kind__in=["appointment", "youth_lead"]).exists()


def test_naming_without_approval_needs_a_reason_and_is_kept_as_a_deviation(cast):
    kit.term_of(cast)
    appointment = kit.put_forward(cast)
    with pytest.raises(Refused, match="not approved") as refused:
        kit.name(cast, appointment)
    assert "9 §" in refused.value.clause
    assert not held(cast, "stand_in").exists()
    assert kit.name(cast, appointment, deviation="Virka oli täytettävä heti.").deviation == "Virka oli täytettävä heti."
    assert held(cast, "stand_in").exists()


def test_naming_on_the_day_of_the_approval_is_after_it(cast):
    kit.term_of(cast)
    assert kit.name(cast, kit.approved(cast), named_on=TODAY).deviation == ""


def test_naming_the_day_before_the_approval_needs_a_reason(cast):
    kit.term_of(cast)
    appointment = kit.approved(cast)
    with pytest.raises(Refused, match=r"1\.6\.2025, is before the steering group's approval, 2\.6\.2025"):
        kit.name(cast, appointment, named_on=YESTERDAY)
    assert kit.name(cast, appointment, named_on=YESTERDAY, deviation="Kiire.").deviation == "Kiire."


@pytest.mark.parametrize("outcome", ["reject", "return", "table"])
def test_only_an_approval_is_one(cast, outcome):
    kit.term_of(cast)
    appointment = kit.put_forward(cast)
    kit.approve(cast, appointment.matter, outcome)
    with pytest.raises(Refused, match="not approved"):
        kit.name(cast, appointment)


@pytest.mark.parametrize(("last", "fits"), [(date(2029, 12, 31), True), (date(2030, 1, 1), False)])
def test_office_lasts_for_the_term_at_the_most(cast, last, fits):
    kit.term_of(cast)
    appointment = kit.approved(cast, valid_to=last)
    if fits:
        assert kit.name(cast, appointment)
        return
    with pytest.raises(Refused, match=r"term, which ends 31\.12\.2029") as refused:
        kit.name(cast, appointment)
    assert "7 §" in refused.value.clause
    assert kit.name(cast, appointment, deviation="Jatkuvuus.").deviation == "Jatkuvuus."


def test_both_departures_are_told_at_once(cast):
    with pytest.raises(Refused, match=r"not approved.*no term"):
        kit.name(cast, kit.put_forward(cast, valid_from=date(2030, 1, 2), valid_to=date(2030, 12, 31)))


def test_reason_where_there_is_nothing_to_explain_is_not_a_deviation(cast):
    kit.term_of(cast)
    assert kit.name(cast, kit.approved(cast), deviation="varmuuden vuoksi").deviation == ""


def test_two_coordinators_at_once_are_refused_kindly(cast):
    kit.term_of(cast)
    with pytest.raises(Refused, match=r"Kaisa Koordinaattori is .* until further notice. There is one at a time"):
        kit.name(cast, kit.approved(cast, "coordinator"))
    assert [mandate.person for mandate in held(cast, "coordinator")] == [cast.coordinator.person]


def test_second_stand_in_is_refused_until_the_first_has_ended(cast):
    first = kit.named(cast)
    other = kit.candidate(name="Toinen Varahenkilö", email="toinen@example.org")
    matter = kit.propose(cast, other, valid_from=date(2026, 1, 1))
    kit.approve(cast, matter)
    with pytest.raises(Refused, match=r"until 31\.12\.2029"):
        kit.name(cast, matter.appointments.get())
    actions.end_appointment(naming=first, by=cast.ta, on=TODAY, last_day=date(2025, 12, 31), reason="Siirtyi muualle.")
    assert kit.name(cast, matter.appointments.get())
    assert [m.person.name for m in held(cast, "stand_in", date(2026, 1, 1))] == ["Toinen Varahenkilö"]


def test_office_once_granted_by_command_gives_way_to_the_same_persons_naming(cast):
    kit.term_of(cast)
    own = kit.candidate("coordinator", cast.coordinator.person.name, cast.coordinator.person.email)
    matter = kit.propose(cast, own)
    kit.approve(cast, matter)
    kit.name(cast, matter.appointments.get())
    days = held(cast, "coordinator", TODAY).get(), held(cast, "coordinator").get()
    assert [(m.valid_from, m.valid_to) for m in days] == [
        (date(2025, 1, 1), kit.NEXT - timedelta(days=1)), (kit.NEXT, kit.TERM_ENDS),
    ]  # fmt: skip
    assert {m.person for m in days} == {cast.coordinator.person}


def test_nobody_stands_in_for_herself(cast):
    kit.term_of(cast)
    own = kit.candidate("stand_in", cast.coordinator.person.name, cast.coordinator.person.email)
    matter = kit.propose(cast, own)
    kit.approve(cast, matter)
    with pytest.raises(Refused, match="another person"):
        kit.name(cast, matter.appointments.get())


def test_named_once(cast):
    naming = kit.named(cast)
    with pytest.raises(Refused, match="named already"):
        kit.name(cast, naming.appointment)


def test_naming_is_not_of_tomorrow(cast):
    kit.term_of(cast)
    with pytest.raises(Refused, match="future"):
        kit.name(cast, kit.approved(cast), named_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("who", ["hva", "kela", "member"])
def test_others_do_not_name(cast, who):
    kit.term_of(cast)
    with pytest.raises(NotAllowed):
        kit.name(cast, kit.approved(cast), by=getattr(cast, who))


def test_preparer_records_a_naming_only_from_the_extract(cast):
    kit.term_of(cast)
    appointment = kit.approved(cast)
    with pytest.raises(Refused, match="extract"):
        kit.name(cast, appointment, by=cast.coordinator)
    naming = kit.name(cast, appointment, by=cast.coordinator, extract=EXTRACT)
    assert (naming.extract.kind, naming.extract.party) == (Record.Kind.EXTRACT, cast.ta.party)


def test_youth_lead_is_named_by_the_authority_and_only_noted_by_the_group(cast):
    appointment = kit.put_forward(cast, "youth_lead", by=cast.ta, valid_to=None)
    assert appointment.matter.kind == Matter.Kind.YOUTH_LEAD
    with pytest.raises(Refused, match="cannot decide"):
        kit.approve(cast, appointment.matter)
    # Named first, told afterwards: no approval, no term, and no deviation.
    assert kit.name(cast, appointment).deviation == ""
    assert held(cast, "youth_lead").get().valid_to is None
    assert kit.approve(cast, appointment.matter, "note")


def test_youth_lead_may_be_the_coordinator_too(cast):
    own = kit.candidate("youth_lead", cast.coordinator.person.name, cast.coordinator.person.email)
    matter = kit.propose(cast, own, valid_to=None)
    assert kit.name(cast, matter.appointments.get()).mandate.person == cast.coordinator.person


def ended(cast, naming, **told):
    told = {"last_day": date(2026, 3, 31), "reason": "Eläke.", **told}
    return actions.end_appointment(naming=naming, by=told.pop("by", cast.ta), on=told.pop("on", TODAY), **told)


def test_office_ends_early_with_its_reason_and_the_right_with_it(cast):
    naming = ended(cast, kit.named(cast))
    assert (naming.ended_on, naming.ending_reason) == (date(2026, 3, 31), "Eläke.")
    assert held(cast, "stand_in", date(2026, 3, 31)).exists()
    assert not held(cast, "stand_in", date(2026, 4, 1)).exists()
    assert naming.history.latest().history_user == cast.ta.person


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"reason": "  "}, "reason"),
        ({"last_day": YESTERDAY}, "afterwards"),
        ({"last_day": kit.TERM_ENDS}, r"ends on 31\.12\.2029 already"),
    ],
)
def test_what_ending_is_not(cast, told, says):
    naming = kit.named(cast)
    with pytest.raises(Refused, match=says):
        ended(cast, naming, **told)
    assert Naming.objects.get(pk=naming.pk).ended_on is None


def test_office_ends_once(cast):
    naming = ended(cast, kit.named(cast))
    with pytest.raises(Refused, match="already"):
        ended(cast, naming, last_day=date(2026, 1, 31))


def test_office_never_taken_up_is_free_for_another(cast):
    naming = ended(cast, kit.named(cast), last_day=TODAY, reason="Perui ennen alkua.")
    assert not held(cast, "stand_in").exists()
    other = kit.candidate(name="Toinen Varahenkilö", email="toinen@example.org")
    matter = kit.propose(cast, other)
    kit.approve(cast, matter)
    assert kit.name(cast, matter.appointments.get()).mandate.valid_from == naming.mandate.valid_from


def test_others_do_not_end_an_office(cast):
    naming = kit.named(cast)
    with pytest.raises(NotAllowed):
        ended(cast, naming, by=cast.hva)


def test_office_of_another_agreement_is_out_of_reach(cast):
    naming = kit.named(cast)
    with pytest.raises(NotAllowed):
        ended(cast, naming, by=cast.stranger)
    with pytest.raises(NotAllowed):
        kit.name(cast, kit.put_forward(cast), by=cast.stranger, deviation="x")


def test_authority_that_appointed_the_group_is_the_one_that_names(cast):
    """With several authorities only the one agreed on names (act 9 §)."""
    party = PartyFactory(agreement=cast.agreement, role="employment_authority", order=9, short_name="Toinen alue")
    kit.term_of(cast)
    liaison = cast.holder("liaison", party)
    appointment = kit.approved(cast)
    with pytest.raises(NotAllowed):
        kit.name(cast, appointment, by=liaison)
    assert kit.name(cast, appointment).party == cast.ta.party
