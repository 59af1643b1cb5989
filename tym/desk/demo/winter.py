"""The meetings 5/2025 and 1/2026 of the demo and how far the goals of 2025 came (domain 6.6, 6.8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from agreements.models import Change, ReviewOutcome
from steering import actions
from steering.actions import GoalInput, ItemInput
from steering.models import AgendaItem, Goal, NationalGoal
from tym.desk.demo import review
from tym.desk.demo.meetings import START, open_room, secretary
from tym.desk.demo.stage import Stage

FIFTH, TOLD, FIRST = date(2025, 12, 4), date(2026, 1, 20), date(2026, 2, 11)
# Goals of 2026: name, measure, unit, start, target, numbers of the national goals; without one, the reason.
GOALS = (
    ("Suunnitelmat lain määräajassa", "suunnitelmat enintään 3 kuukaudessa", "%", "87.6", "90.0", (3,), ""),
    ("TYM-asiakkaiden aktivointiaste", "palveluissa olevien osuus", "%", "41.2", "44.0", (2,), ""),
    ("Asiakkaita toteutunutta htv:tä kohti", "vuoden keskiarvo", "", "60.1", "58.0", (), "Seuraa TYM-lain 9 §:stä."),
    ("Työhön, palkkatukeen tai opintoihin", "osuus päättyneistä", "%", "23.4", "26.0", (2, 3), ""),
    ("Kunnat nimenneet yhteyshenkilön", "kuntia yhdestätoista", "", "9", "11", (5,), ""),
)
LOWER_IS_BETTER = "Asiakkaita toteutunutta htv:tä kohti"
# 12 §: the parties go the agreement through every year.
GONE_THROUGH = ItemInput(
    "Sopimuksen vuosittainen tarkistaminen",
    kind=AgendaItem.Kind.NOTE,
    explanation=(
        "Sopimuksessa on vanhentuneita viittauksia. TYM-lain yhteisrekisterinpitoa ja KEHA-keskuksen tehtäviä koskevat "
        "säännökset ovat 13 §:ssä, mutta sopimus viittaa 12 §:ään. Käyttöoikeuksia koskeva kohta on kirjoitettu ennen "
        "lain muutosta 437/2024."
    ),
    proposal="Sopijapuolten tarkistus merkitään tiedoksi. Koordinaattori laatii viittauksista muutosesityksen.",
)
# What came of the goals of 2025, in their order, and how it was computed.
OUTCOMES = (
    ("87.6", "361 / 412"),
    ("87.0", "3 741 / 4 300"),
    ("88.1", "363 / 412"),
    ("95.4", "Aikapainotettuna; vuoden lopun versiolla 93,6."),
)


def fifth_meeting(stage: Stage) -> None:
    """5/2025, 4.12.2025: the goals of 2026 by a tie, 3-3, that the chair decides; one dissent. Seat 2 is away."""
    by, on = secretary(stage), date(2025, 11, 20)
    told: dict[str, Any] = {"agreement": stage.agreement, "by": by, "on": on}
    goals = actions.propose_goals(
        **told, year=2026, guidance="Yhdyspintajaoston ohjaus on merkitty tiedoksi.", goals=_goals()
    )
    plan = actions.Plan(held_on=FIFTH, starts_at=START, place="Pori, kaupungintalo")
    meeting = actions.plan_meeting(**told, plan=plan)
    text = "Kolmannella neljänneksellä asiakkaita oli toteutunutta henkilötyövuotta kohti yli johtoryhmän rajan."
    actions.prepare_followup(meeting=meeting, by=by, on=on, text=text)
    room = open_room(stage, FIFTH, (goals.matter,), present=(1, 3, 4, 5, 6, 7))
    item = actions.take_up(item=room.item_of(goals.matter), by=by, on=FIFTH)
    seated = list(item.seatings.select_related("seat", "person"))
    against = {one.pk: "against" if one.seat.position in (5, 6, 7) else "for" for one in seated}
    actions.record_votes(item=item, by=by, on=FIFTH, choices=against)
    closed = actions.close_item(item=item, by=by, on=FIFTH, outcome="approve", sha256=goals.matter.sha256)
    kela = next(one.person for one in seated if one.seat.position == 7)
    actions.record_dissent(
        item=closed, person=kela, by=by, on=FIFTH, text="Aktivointiasteen tavoite on liian alhainen."
    )
    room.rest()
    room.end()


def _goals() -> list[GoalInput]:
    by_number = {goal.number: goal for goal in NationalGoal.objects.all()}
    return [
        GoalInput(
            name=name,
            measure=measure,
            target=Decimal(target),
            unit=unit,
            start=Decimal(start),
            lower_is_better=name == LOWER_IS_BETTER,
            national_goals=[by_number[number] for number in numbers],
            reason_for_none=reason,
        )
        for name, measure, unit, start, target, numbers, reason in GOALS
    ]


def outcomes_of_2025(stage: Stage) -> None:
    """Told when the year was over."""
    goals = Goal.objects.filter(goal_set__matter__agreement=stage.agreement, goal_set__year=2025)
    for goal, (value, note) in zip(goals.order_by("position", "pk"), OUTCOMES, strict=True):
        day = date(2025, 12, 31)
        actions.record_outcome(goal=goal, by=stage.coordinator, on=TOLD, day=day, value=Decimal(value), note=note)


def first_meeting_of_2026(stage: Stage, reviewed: ReviewOutcome, proposal: Change) -> None:
    """1/2026, 11.2.2026: § 2 annual report, § 3 adequacy, § 4 the agreement gone through, § 5 Kela's late proposal.

    Everybody is there and agrees: on the proposal negotiations start. The checkers are elected last.
    """
    by, on = secretary(stage), review.PREPARED
    judged = review.prepare(stage)
    plan = actions.Plan(held_on=FIRST, starts_at=START, place="Pori, kaupungintalo")
    meeting = actions.plan_meeting(agreement=stage.agreement, by=by, on=on, plan=plan)
    told: dict[str, Any] = {"meeting": meeting, "by": by, "on": on}
    last = [actions.add_item(**told, matter=matter) for matter in (judged.report, judged.matter)]
    last += [
        actions.add_item(**told, item=GONE_THROUGH, matter=reviewed.matter),
        actions.add_item(**told, matter=proposal.matter),
    ]
    checkers = meeting.items.get(standing=True, position=2)
    for _later in last:
        actions.move_item(item=checkers, by=by, on=on, up=False)
    room = open_room(stage, FIRST, (), present=range(1, 8))
    room.rest()
    room.end()
