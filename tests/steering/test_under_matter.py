"""What lies under a matter, as the page on which it is handled draws it; and no template asks for what is not there."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from agreements.models import Matter
from steering import actions
from steering.under import lies_under
from tests.cast import TODAY
from tests.steering import office_kit as kit
from tests.steering.test_office_pages import address, grow
from tests.test_pages import noticed

MADE = {
    "appointment": (lambda cast, told: kit.propose(cast), "Antti Luvia"),
    "youth_lead": (lambda cast, told: kit.put_forward(cast, "youth_lead", valid_to=None).matter, "1.7.2025–"),
    "goals": (lambda cast, told: kit.submitted_goals(cast).matter, "Suunnitelmat ajallaan"),
    "frame": (lambda cast, told: actions.propose_frame(text="Raamit tässä", **told), "Raamit tässä"),
    "working_group": (
        lambda cast, told: actions.propose_working_group(name="Ryhmä A", task="T", valid_from=TODAY, **told), "Ryhmä A",
    ),
    "reading": (
        lambda cast, told: actions.propose_readings(values={"meeting.tie": "chair"}, valid_from=TODAY, **told),
        "2.6.2025",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_what_a_matter_proposes_is_drawn(cast, kind, monkeypatch):
    make, says = MADE[kind]
    matter = make(cast, {"agreement": cast.agreement, "by": cast.coordinator, "on": TODAY})
    assert matter.kind == kind
    undefined = noticed(monkeypatch)
    context = {"under": lies_under(matter), "agreement": cast.agreement, "may_prepare": None}
    assert says in render_to_string("steering/_under_matter.html", context)
    assert undefined == set()


def test_other_matters_draw_nothing(cast):
    found = lies_under(Matter(agreement=cast.agreement, kind="other"))
    assert set(found.values()) == {None}
    assert not render_to_string("steering/_under_matter.html", {"under": found}).strip()


def test_queries_under_goals_do_not_grow(cast):
    def asked(year, count):
        goals = [kit.goal_input(name=str(n), national_goals=kit.linked(cast, 1)) for n in range(count)]
        matter = kit.submitted_goals(cast, *goals, year=year).matter
        with CaptureQueriesContext(connection) as caught:
            render_to_string("steering/_under_matter.html", {"under": lies_under(matter), "agreement": cast.agreement})
        return len(caught)

    assert asked(2026, 1) == asked(2027, 3)


@pytest.mark.parametrize("who", ["coordinator", "ta", "member"])
def test_no_template_asks_for_what_is_not_there(cast, who, monkeypatch):
    kit.term_of(cast)
    grow(cast, 0)
    kit.draft_goals(cast, year=2025)
    kit.approved_goals(cast, year=2026)
    undefined, client = noticed(monkeypatch), cast.client(getattr(cast, who))
    for name, *args in (
        ("office_list",),
        ("rule_list",),
        ("goal_year", 2025),
        ("goal_year", 2026),
        ("goal_year", 2027),
    ):
        assert client.get(address(name, cast, *args)).status_code == 200
    assert undefined == set()
