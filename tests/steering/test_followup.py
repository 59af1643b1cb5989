"""The follow-up of a meeting: offered once, shown with its grounds, kept as it was from the summons on."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from steering import actions
from steering.followup import followup_of
from steering.models import AgendaItem, Meeting
from steering.papers import minutes_source, summons_source
from steering.standing import standing_of
from tests.cast import TODAY
from tests.pages import main_text
from tests.staffing.figures_kit import counts, realised, vacancy
from tests.steering.office_kit import approved_goals, goal_input
from tym.core.errors import NotAllowed, Refused

pytestmark = pytest.mark.usefixtures("english")


def prepare(cast, meeting, text="Vaje on täytettävä.", by=None, on=TODAY):
    return actions.prepare_followup(meeting=meeting, by=by or cast.coordinator, on=on, text=text)


def page(cast, name, meeting):
    return reverse(f"steering:{name}", args=[cast.agreement.pk, meeting.pk])


def figure(told, title):
    """Of the whole year."""
    return next(one for one in told["times"][-1]["figures"] if one["title"] == title)


def test_followup_tells_staff_clients_gaps_and_goals_with_their_grounds(cast):
    counts(cast, clients=300)
    for by in (cast.ta, cast.hva, cast.kela):
        realised(cast, by, person_years=Decimal("2.00"))
    vacancy(cast, cast.hva)
    goal_set = approved_goals(cast, goal_input(target=Decimal("90.00")), year=2025)
    goal = goal_set.goals.get()
    actions.record_outcome(goal=goal, by=cast.coordinator, on=TODAY, value=Decimal("87.60"), day=TODAY, note="361/412")
    told = followup_of(cast.agreement, TODAY)
    assert [time["title"] for time in told["times"]] == ["Quarter 1/2025", "Year 2025 so far"]
    per = figure(told, "Clients per realised person-year")
    assert (per["text"], per["formula"]) == ("50,00", "300 / 6,00 = 50,00")
    assert "act 381/2023 9 §" in per["clause"]
    assert [(one["party"], one["person_years"]) for one in told["vacancies"]] == [(cast.hva.party.short_name, "1,00")]
    ((row,),) = [one["rows"] for one in told["goals"]]
    assert (row["target"], row["outcome"], row["state"]) == ("90,00", "87,60", "Not met")
    assert followup_of(cast.agreement, TODAY - timedelta(days=1))["goals"][0]["rows"][0]["outcome"] == ""


def test_agenda_offers_the_followup_once_and_the_coordinator_adds_her_words(cast, group):
    meeting, client = group.plan(TODAY + timedelta(days=14)), cast.client(cast.coordinator)
    agenda, form = meeting.get_absolute_url(), page(cast, "followup_prepare", meeting)
    assert "Prepare the follow-up" in main_text(client.get(agenda))
    assert "The agenda has no follow-up yet" in main_text(client.get(agenda))
    assert "Figures and goals as known on 2.6.2025" in main_text(client.get(form))
    client.post(form, {"text": "Vaje on täytettävä."})
    item = meeting.items.exclude(followup="").get()
    assert (item.kind, item.explanation, item.preparer) == ("note", "Vaje on täytettävä.", cast.coordinator.person.name)
    shown = client.get(agenda)
    assert f"{reverse('staffing:figures_detail', args=[cast.agreement.pk])}?vuosi=2025#luku-clients-2025" in (
        shown.content.decode()
    )
    assert "At each meeting" not in main_text(shown)
    assert "The agenda has no follow-up yet" not in main_text(shown)
    assert "Figures and goals as known on 2.6.2025" in main_text(client.get(item.get_absolute_url()))
    client.post(form, {"text": "Toisin."})
    assert meeting.items.exclude(followup="").get().explanation == "Toisin."


def test_what_was_summoned_with_stays_in_summons_and_minutes(cast, group):
    meeting = group.plan(TODAY)
    prepare(cast, meeting)
    meeting = actions.summon(
        meeting=meeting, by=cast.coordinator, on=TODAY, summoned_on=TODAY, deviation="Kiire.", send=False
    )
    counts(cast, clients=777)
    with pytest.raises(Refused, match="Take the item off"):
        prepare(cast, meeting)
    assert "777" not in summons_source(meeting).html
    meeting = group.open(meeting)
    for item in AgendaItem.objects.filter(meeting=meeting).select_related("meeting__agreement", "matter"):
        group.unanimous(item)
    meeting = group.end(meeting)
    people = [group.member(number) for number in (2, 3)]
    told = {"meeting": meeting, "by": cast.coordinator, "on": TODAY}
    actions.save_minutes(checkers=people, **told)
    minutes = actions.put_to_check(**told)
    html = minutes_source(standing_of(Meeting.objects.get(pk=meeting.pk), minutes)).html
    assert "Figures and goals as known on 2.6.2025" in html
    assert "Vaje on täytettävä." in html
    assert "777" not in html
    assert "Figures and goals" in main_text(cast.client(group.member(2)).get(page(cast, "minutes_detail", meeting)))


def test_followup_moves_with_its_item_unless_the_other_meeting_has_its_own(cast, group):
    later = group.plan(TODAY + timedelta(days=14))
    for own in (False, True):
        meeting = group.plan(TODAY)
        prepare(cast, meeting)
        told = {"meeting": meeting, "by": cast.coordinator, "on": TODAY}
        actions.summon(summoned_on=TODAY, deviation="Kiire.", send=False, **told)
        group.end(group.open(meeting, present=(1,)), moved_to=later)
        assert later.items.exclude(followup="").count() == 1
        assert later.items.filter(title="Follow-up of staff, clients and goals").count() == 1 + own


def test_followup_is_prepared_for_a_meeting_by_who_prepares_it(cast, group):
    with pytest.raises(NotAllowed):
        prepare(cast, group.plan(TODAY), by=group.mandate(group.member(1)))
    written = group.opened(TODAY, "Asia", kind="written", deadline=TODAY)
    with pytest.raises(Refused, match="added"):
        prepare(cast, written)
    assert "Prepare the follow-up" not in main_text(cast.client(cast.coordinator).get(written.get_absolute_url()))


def test_followup_takes_as_many_queries_for_three_as_for_one(cast, django_assert_num_queries):
    approved_goals(cast, year=2025)
    vacancy(cast, cast.hva)
    with django_assert_num_queries(12):
        followup_of(cast.agreement, TODAY)
    vacancy(cast, cast.kela)
    vacancy(cast, cast.ta)
    for by in (cast.ta, cast.hva, cast.kela):
        realised(cast, by)
    with django_assert_num_queries(12):
        followup_of(cast.agreement, TODAY)
