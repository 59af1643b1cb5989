"""Municipalities and their contacts (8 §); the way of working, the frame, working groups (7 §)."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from agreements.models import Matter, Municipality
from steering import actions, rules
from steering.models import Event, Frame, MunicipalContact, WorkingGroup
from tests.cast import TODAY
from tests.steering import office_kit as kit
from tym.core.errors import NotAllowed, Refused

State = MunicipalContact.State


@pytest.fixture(autouse=True)
def _english():
    """Refusals are told apart by their English words."""
    with translation.override("en"):
        yield


def ask(cast, *names, by=None, asked_on=TODAY):
    area = cast.agreement.municipalities.all()
    return actions.ask_municipalities(
        agreement=cast.agreement,
        by=by or cast.coordinator,
        on=TODAY,
        municipalities=area.filter(name__in=names) if names else area,
        asked_on=asked_on,
    )


def answer(cast, contact, name="", *, answered_on=TODAY, by=None):
    return actions.record_contact(
        contact=contact, by=by or cast.coordinator, on=TODAY, answered_on=answered_on, name=name
    )


def test_municipality_is_asked_answers_nobody_or_a_name_and_is_asked_again(cast):
    (contact,) = ask(cast, "Pori")
    assert contact.state == State.ASKED
    assert answer(cast, contact).state == State.NONE
    assert answer(cast, contact, "  Niina   Nimetty ").name == "Niina Nimetty"
    assert answer(cast, contact, "Niina Nimetty").state == State.NAMED
    (again,) = ask(cast, "Pori")
    assert (again.pk, again.state, again.name) == (contact.pk, State.ASKED, "")
    assert {past.name for past in contact.history.all()} == {"", "Niina Nimetty"}


def test_whole_area_is_asked_in_one_act(cast):
    assert len(ask(cast)) == cast.agreement.area.count() == MunicipalContact.objects.count()


def test_what_asking_is_not(cast):
    with pytest.raises(Refused, match="not of the area") as refused:
        actions.ask_municipalities(
            agreement=cast.agreement,
            by=cast.coordinator,
            on=TODAY,
            municipalities=Municipality.objects.filter(name="Eurajoki"),
            asked_on=TODAY,
        )
    assert "3 §" in refused.value.clause
    with pytest.raises(Refused, match="Choose"):
        ask(cast, "Ei sellaista")
    with pytest.raises(Refused, match="future"):
        ask(cast, "Pori", asked_on=TODAY + timedelta(days=1))
    assert not MunicipalContact.objects.exists()


def test_what_answering_is_not(cast):
    (contact,) = ask(cast, "Pori")
    with pytest.raises(Refused, match="before the question"):
        answer(cast, contact, answered_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        answer(cast, contact, answered_on=TODAY + timedelta(days=1))
    assert MunicipalContact.objects.get().state == State.ASKED


@pytest.mark.parametrize(("who", "may"), [("coordinator", True), ("ta", True), ("hva", False), ("member", False)])
def test_who_asks_and_records_the_answer(cast, who, may):
    by, (contact,) = getattr(cast, who), ask(cast, "Pori")
    if may:
        assert ask(cast, "Ulvila", by=by)
        assert answer(cast, contact, "Nimi", by=by)
        return
    with pytest.raises(NotAllowed):
        ask(cast, "Ulvila", by=by)
    with pytest.raises(NotAllowed):
        answer(cast, contact, "Nimi", by=by)


def event(cast, by=None, **told):
    told = {"held_on": TODAY, "title": "Keskustelu", "municipalities": cast.agreement.municipalities.all(), **told}
    return actions.record_event(agreement=cast.agreement, by=by or cast.hva, on=TODAY, **told)


def test_event_with_municipalities_is_recorded(cast):
    found = event(cast, place="Pori", notes="Puhuttiin.")
    assert found.municipalities.count() == cast.agreement.area.count()
    assert (found.mandate, found.place) == (cast.hva, "Pori")
    with pytest.raises(Refused, match="future"):
        event(cast, held_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="area"):
        event(cast, municipalities=Municipality.objects.filter(name="Eurajoki"))
    with pytest.raises(NotAllowed):
        event(cast, by=cast.member)
    assert Event.objects.count() == 1


ADOPTED = {"meeting.quorum": "5", "meeting.summons_days": "10"}


def readings(cast, values=ADOPTED, by=None, valid_from=TODAY):
    return actions.propose_readings(
        agreement=cast.agreement, by=by or cast.coordinator, on=TODAY, values=values, valid_from=valid_from
    )


def test_defaults_hold_until_the_group_adopts_its_rules(cast):
    held = rules.rules_on(cast.agreement, TODAY)
    assert {one.rule.key: one.value for one in held} == {
        "meeting.quorum": "over_half", "meeting.chair_required": "no", "meeting.each_party": "no",
        "meeting.summons_days": "7", "meeting.tie": "chair", "meeting.minutes": "two_checkers",
    }  # fmt: skip
    assert all(one.is_default and one.decision is None for one in held)


def test_adopted_rules_hold_from_their_day_with_their_section(cast):
    matter = readings(cast, valid_from=kit.NEXT)
    assert matter.kind == Matter.Kind.READING
    assert rules.values_on(cast.agreement, kit.NEXT)["meeting.quorum"] == "over_half"
    decision = kit.approve(cast, matter)
    assert rules.values_on(cast.agreement, kit.NEXT - timedelta(days=1))["meeting.quorum"] == "over_half"
    held = {one.rule.key: one for one in rules.rules_on(cast.agreement, kit.NEXT)}
    assert (held["meeting.quorum"].value, held["meeting.quorum"].decision) == ("5", decision)
    assert (held["meeting.summons_days"].in_words, held["meeting.summons_days"].is_short) == ("10 days before", False)
    assert held["meeting.tie"].is_default
    assert rules.values_on(cast.second, kit.NEXT)["meeting.quorum"] == "over_half"


def test_later_decision_takes_the_place_of_the_earlier(cast):
    kit.approve(cast, readings(cast))
    kit.approve(cast, readings(cast, {"meeting.summons_days": "3"}))
    held = {one.rule.key: one for one in rules.rules_on(cast.agreement, TODAY)}
    assert (held["meeting.summons_days"].value, held["meeting.summons_days"].is_short) == ("3", True)
    assert held["meeting.quorum"].value == "5"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"meeting.quorum": "all"},
        {"unheard": "yes"},
        {"meeting.summons_days": "0"},
        {"meeting.summons_days": "61"},
        {"meeting.summons_days": "²"},
    ],
)
def test_what_is_not_a_rule(cast, values):
    with pytest.raises(Refused):
        readings(cast, values)
    assert not Matter.objects.filter(kind="reading").exists()


def test_latest_approved_frame_is_in_force(cast):
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY}
    first, second = (actions.propose_frame(text=text, **told) for text in ("Ensimmäinen", "Toinen"))
    assert not Frame.objects.decided_by(cast.agreement, TODAY).exists()
    kit.approve(cast, second, decided_on=TODAY)
    kit.approve(cast, first, decided_on=date(2025, 2, 12))
    assert [frame.text for frame in Frame.objects.decided_by(cast.agreement, TODAY)] == ["Ensimmäinen", "Toinen"]
    assert [frame.text for frame in Frame.objects.decided_by(cast.agreement, date(2025, 2, 12))] == ["Ensimmäinen"]
    assert not Frame.objects.decided_by(cast.second, TODAY).exists()
    with pytest.raises(Refused, match="Write"):
        actions.propose_frame(text="  ", **told)


def test_working_group_is_set_up_by_the_group(cast):
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY, "name": "Nuoret", "task": "Selvittää"}
    matter = actions.propose_working_group(valid_from=TODAY, members="A\nB", **told)
    assert not WorkingGroup.objects.decided_by(cast.agreement, TODAY).exists()
    kit.approve(cast, matter)
    assert WorkingGroup.objects.decided_by(cast.agreement, TODAY).get().members == "A\nB"
    with pytest.raises(Refused, match="before the first"):
        actions.propose_working_group(valid_from=TODAY, valid_to=TODAY - timedelta(days=1), **told)


@pytest.mark.parametrize("who", ["ta", "hva", "member", "stranger"])
def test_others_do_not_prepare_what_the_group_decides(cast, who):
    told = {"agreement": cast.agreement, "by": getattr(cast, who), "on": TODAY}
    with pytest.raises(NotAllowed):
        readings(cast, by=told["by"])
    with pytest.raises(NotAllowed):
        actions.propose_frame(text="x", **told)
    with pytest.raises(NotAllowed):
        actions.propose_working_group(name="x", task="y", valid_from=TODAY, **told)
