"""Pages of the goals of a year: prepared, put before the group, followed, told when overdue."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from steering import actions
from steering.models import Goal, GoalOutcome, GoalSet
from tests.cast import TODAY
from tests.pages import main_text, tree, typed
from tests.steering import office_kit as kit
from tests.steering.test_office_pages import act, address, page, queries


@pytest.fixture(autouse=True)
def _english(settings):
    """Sentences are told apart by their English words."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


GOAL = {"name": "Tarkistukset ajallaan", "measure": "osuus", "unit": "%", "start": "87,6", "target": "90"}


def send(cast, name, body, *args, who="coordinator"):
    return cast.client(getattr(cast, who)).post(address(name, cast, *args), body)


def test_goals_through_the_pages(cast):
    national = kit.linked(cast, 3)[0]
    assert send(cast, "goals_start", {"guidance": "Ohjetta ei ole annettu."}, 2025).status_code == 302
    assert send(cast, "goal_add", {**GOAL, "national_goals": [national.pk]}, 2025).status_code == 302
    told = main_text(page(cast, "coordinator", "goal_year", 2025))
    assert "In preparation" in told
    assert "87,60" in told
    assert national.text in told
    assert "(our wording)" in told
    url, client = address("goals_submit", cast, 2025), cast.client(cast.coordinator)
    first = client.get(url)
    checked = client.post(url, typed(first))
    assert client.post(url, typed(checked, confirm="1")).status_code == 302
    goal_set = GoalSet.objects.get()
    assert "Before the steering group" in main_text(page(cast, "member", "goal_year", 2025))
    kit.approve(cast, goal_set.matter)
    goal = goal_set.goals.get()
    body = {"value": "88,5", "day": "2.6.2025", "note": "3741/4300"}
    assert act(cast, "coordinator", "outcome_record", body, goal.pk).status_code == 302
    told = main_text(page(cast, "member", "goal_year", 2025))
    assert "Approved 2.6.2025 § 6" in told
    assert "88,50" in told
    assert "Not met" in told
    assert GoalOutcome.objects.get().value == Decimal("88.50")


def test_what_is_prepared_is_seen_by_those_who_prepare_it(cast):
    goal_set = kit.draft_goals(cast, kit.goal_input(name="VALMISTELLAAN"), year=2025)
    assert "VALMISTELLAAN" in main_text(page(cast, "coordinator", "goal_year", 2025))
    assert "VALMISTELLAAN" not in main_text(page(cast, "member", "goal_year", 2025))
    assert page(cast, "member", "goal_edit", goal_set.goals.get().pk).status_code == 404


@pytest.mark.parametrize(("year", "overdue"), [(2025, True), (2026, False)])
def test_overdue_goals_are_told(cast, year, overdue):
    told = main_text(page(cast, "member", "goal_year", year))
    assert (f"has not approved the goals of {year}" in told) is overdue
    kit.approved_goals(cast, year=year)
    assert "has not approved" not in main_text(page(cast, "member", "goal_year", year))


@pytest.mark.parametrize("year", [1999, 2024, 2200, 2**40])
def test_year_out_of_all_bounds_is_not_found(cast, year):
    assert page(cast, "coordinator", "goal_year", year).status_code == 404
    assert send(cast, "goals_start", {"guidance": "x"}, year).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"target": "paljon"}, "target"),
        ({"target": "1,234"}, "target"),
        ({"target": "-1"}, "target"),
        ({"name": ""}, "name"),
        ({"reason_for_none": ""}, "national_goals"),
        ({"measure": "131052-308T"}, "measure"),
    ],
)
def test_error_of_a_goal_stands_beside_its_field(cast, body, field):
    kit.national_goals(cast)
    goal_set = kit.draft_goals(cast, year=2025)
    response = send(cast, "goal_add", {**GOAL, "reason_for_none": "9 §", **body}, 2025)
    assert response.status_code == 200
    assert tree(response).xpath(f"//a[starts-with(@href, '#id_{field}')]")
    assert tree(response).get_element_by_id("id_unit").value == "%"
    assert goal_set.goals.count() == 1


def test_goal_is_edited_and_removed(cast):
    goal = kit.draft_goals(cast, year=2025).goals.get()
    form = page(cast, "coordinator", "goal_edit", goal.pk)
    sent = {name: value for name, value in typed(form, name="Uusi nimi").items() if value}
    assert send(cast, "goal_edit", sent, goal.pk).status_code == 302
    stale = send(cast, "goal_edit", {**sent, "name": "Toisen nimi"}, goal.pk)
    assert stale.status_code == 409
    assert tree(stale).get_element_by_id("id_name").value == "Toisen nimi"
    assert Goal.objects.get().name == "Uusi nimi"
    assert send(cast, "guidance_edit", {"guidance": "Muu"}, 2025).status_code == 302
    assert GoalSet.objects.get().guidance == "Muu"
    assert act(cast, "coordinator", "goal_remove", {"x": "1"}, goal.pk).status_code == 302
    assert not Goal.objects.exists()


def test_goals_changed_meanwhile_are_not_submitted(cast):
    goal_set = kit.draft_goals(cast, year=2025)
    seen = typed(page(cast, "coordinator", "goals_submit", 2025))
    actions.save_guidance(goal_set=goal_set, by=cast.coordinator, on=TODAY, guidance="muu")
    response = send(cast, "goals_submit", {**seen, "confirm": "1"}, 2025)
    assert response.status_code == 409
    assert not GoalSet.objects.get().matter.sha256


def test_submitted_goals_have_no_forms(cast):
    goal = kit.submitted_goals(cast, year=2025).goals.get()
    assert page(cast, "coordinator", "goal_edit", goal.pk).status_code == 404
    assert page(cast, "coordinator", "goal_add", 2025).status_code == 404
    assert reverse("steering:goals_start", args=[cast.agreement.pk, 2025]) not in main_text(
        page(cast, "coordinator", "goal_year", 2025)
    )
    response = send(cast, "goals_start", {"guidance": "x"}, 2025)
    assert response.status_code == 409


def test_queries_of_goals_do_not_grow_with_rows(cast):
    linked = kit.linked(cast, 1, 2, 3)
    kit.approved_goals(cast, kit.goal_input(national_goals=linked[:1]), year=2025)
    kit.approved_goals(cast, *[kit.goal_input(name=str(n), national_goals=linked) for n in range(3)], year=2026)
    for goal in Goal.objects.all():
        for value in (1, 2):
            actions.record_outcome(goal=goal, by=cast.coordinator, on=TODAY, day=TODAY, value=Decimal(value))
    assert queries(cast, "goal_year", 2026) == queries(cast, "goal_year", 2025)
