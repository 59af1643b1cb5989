"""Rows of every model, and the addresses of the administration."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from agreements import actions as actions_of_agreements
from agreements import actions as agreement_actions
from agreements.models import Decision, Reading
from costs import actions
from costs.models import CostItem
from staffing.periods import Period
from steering import actions as steering_actions
from tests.agreements import lasting_kit as lasting
from tests.agreements import proposal_kit as proposals
from tests.agreements import signing_world
from tests.costs import kit as costs
from tests.factories import (
    CaseNumberFactory,
    CorrectionFactory,
    InvitationFactory,
    MatterFactory,
    OrganisationNameFactory,
    RecordFactory,
    UserFactory,
)
from tests.pages import busy
from tests.registry import kit as registry
from tests.staffing import figures_kit as figures
from tests.staffing import review_kit as reviews
from tests.steering import office_kit as offices
from tests.steering.kit import Group
from tests.steering.minutes_kit import Book
from tym.core.administration import site
from tym.desk.models import Feedback


def administrator():
    return UserFactory(name="Ylermi Ylläpitäjä", is_staff=True)


def models():
    return list(site._registry)


def address(model, page, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def fill(cast):
    """At least two rows of every model."""
    busy(cast)
    for number in range(3):
        CaseNumberFactory(matter=MatterFactory(agreement=cast.agreement), party=cast.kela.party)
        InvitationFactory(party=cast.kela.party, invited_by=cast.kela_main_user)
        OrganisationNameFactory(organisation=cast.kela.party.organisation, valid_from=date(2026, 1, 1 + number))
        RecordFactory(agreement=cast.agreement)
        Reading.objects.create(
            matter=MatterFactory(agreement=cast.agreement, kind="reading"),
            key="A1",
            value=str(number),
            valid_from=cast.today,
        )
        Feedback.objects.create(message="Palaute", email="lahettaja@example.org", due_on=cast.today)
    for decision in Decision.objects.all():
        CorrectionFactory(decision=decision, made_by=cast.coordinator)
    _signing(cast)
    late = proposals.late_proposal(cast)
    for by in (cast.kela, cast.hva):
        told = {"change": late, "by": by, "on": cast.today}
        agreement_actions.comment_on(body="Epäselvä.", **told)
        agreement_actions.agree_to_shorter_notice(party=by.party, sha256=late.sha256, **told)
    lasting.fill(cast)
    _costs(cast)
    _figures(cast)
    _group(cast)
    _offices(cast)
    registry.fill(cast)
    for year in (2023, 2024):
        reviews.stored(cast, year)


def _signing(cast):
    """Two rounds signed on paper, in the first of which somebody was replaced twice."""
    for number in range(2):
        signing = signing_world.opened(cast)
        for _time in range(2 - number):
            place = signing_world.places(signing)[0]
            (named,) = signing_world.named([cast.ta])
            actions_of_agreements.replace_signatory(place=place, by=cast.ta, on=cast.today, named=named, reason="syy")
        signing_world.bring(cast, signing)
        for who in (cast.ta, cast.kela):
            done = signing_world.fresh(signing)
            actions_of_agreements.acknowledge_copy(signing=done, party=who.party, by=who, on=cast.today)


def _costs(cast):
    day = costs.day(cast, 3, 2, 1)
    costs.day(cast, 1, 1, 1, held_on=date(2025, 5, 6))
    costs.split(cast, costs.approved(cast, "100"))
    held = {"kind": CostItem.Kind.DEVELOPMENT_DAY, "day": day, "payer": cast.kela.party}
    costs.split(cast, costs.item(cast, "900", **held))
    settlement = costs.settled(cast)
    for who in (cast.ta, cast.hva, cast.kela):
        costs.accept(cast, settlement, who)
    next_year = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": cast.today}
    actions.open_settlement(**told, **next_year)
    for year in (2023, 2024):
        actions.record_no_day(year=year, reason="Tilaa ei ollut.", **told)
        costs.sharing(cast, "6", "4")


def _figures(cast):
    for by in (cast.kela, cast.hva):
        figures.realised(cast, by, period=Period.month(2025, 4))
        figures.vacancy(cast, by)
        figures.confirm(cast, by)
    for number in (1, 2):
        counted = {"municipalities": dict.fromkeys(cast.agreement.municipalities.all(), 2)}
        figures.counts(cast, period=Period.quarter(2025 + number, 1), on=date(2027, 6, 2), **counted)


def _group(cast):
    group = Group(cast)
    for day in (cast.today, cast.today.replace(day=3)):
        group.full_meeting(day)
    _minutes(cast, group)


def _minutes(cast, group):
    for _number in range(2):
        book = Book(cast, group=group)
        book.noted()
        told = {"meeting": book.meeting, "by": cast.coordinator, "on": cast.today}
        steering_actions.note_minutes(text="Toinen huomautus.", **told)


def _offices(cast):
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": cast.today}
    offices.linked(cast)
    for number, capacity in enumerate(("stand_in", "youth_lead")):
        offices.named(cast, capacity)
        goal = offices.approved_goals(cast, year=2025 + number).goals.get()
        outcome = {"goal": goal, "day": cast.today, "value": Decimal(number), "by": cast.coordinator, "on": cast.today}
        steering_actions.record_outcome(**outcome)
        steering_actions.propose_frame(text=f"Raamit {number}", **told)
        steering_actions.propose_working_group(name="Ryhmä", task="Tehtävä", valid_from=cast.today, **told)
        places = cast.agreement.municipalities.all()
        steering_actions.record_event(held_on=cast.today, title="Keskustelu", municipalities=places, **told)
    steering_actions.ask_municipalities(municipalities=places, asked_on=cast.today, **told)
