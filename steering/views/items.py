"""How an item is handled: the usual case in one press, everything else by its own form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions as agreement_actions
from agreements import permissions as agreement_permissions
from agreements.access import Access
from agreements.models import Mandate, Matter
from agreements.permissions import require
from agreements.views.acts import Act, perform
from steering import actions, permissions, state
from steering.forms.items import (
    CloseForm,
    DisqualificationForm,
    DissentForm,
    TaskForm,
    UnanimousForm,
    UrgencyForm,
    VotesForm,
)
from steering.models import AgendaItem, Vote
from steering.views import shown
from steering.views.pages import SECTION, fill_in, open_item, press
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused
from tym.core.once import acts_once


def _adopts(item: AgendaItem) -> bool:
    """Whether the item's approval puts an annex in force."""
    return item.matter is not None and item.matter.kind == Matter.Kind.ANNEX_UPDATE


def _started(item: AgendaItem) -> dict[str, Any]:
    """What the forms of deciding begin with: the fingerprint of what is shown, and the day it is wanted from."""
    if item.matter is None:
        return {}
    change, redrafted = agreement_actions.proposals_of(item.matter)
    wanted = change.wanted_from if change else None
    # A start before the decision is a deviation that has to be asked for.
    coming = wanted if wanted and wanted >= item.meeting.held_on else None
    return {
        "sha256": item.matter.sha256,
        "redrafted_sha256": redrafted.sha256 if redrafted else "",
        "valid_from": coming,
    }


def _page(request: HttpRequest, access: Access, item: AgendaItem, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    form = context.pop("form", None) or UnanimousForm(starts=_adopts(item), initial=_started(item))
    context |= shown.item_context(access, item) | {"form": form}
    return TemplateResponse(request, "steering/item_detail.html", context, status=status)


@require_GET
def item_detail(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """All that is decided on: proposal, before and after, who decides. The usual case is one press here."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    return _page(request, access, item)


@require_POST
@acts_once
def item_unanimous(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """ "Päätettiin yksimielisesti ehdotuksen mukaan": taken up and closed in one act."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    form = UnanimousForm(request.POST, starts=_adopts(item), initial=_started(item))
    if not form.is_valid():
        return _page(request, access, item, form=form)
    try:
        actions.decide_unanimously(item=item, by=by, on=access.day.today, **form.cleaned_data)
    except Refused as refusal:
        access, item = open_item(request, pk, meeting_pk, item_pk)
        return _page(request, access, item, form=form, refusal=refusal, status=409)
    messages.success(request, _("The item has been closed: decided unanimously as proposed."))
    return redirect("steering:meeting_detail", pk, meeting_pk)


@require_POST
@acts_once
def item_take_up(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Freeze who acts in the seats; a temporary chair may be chosen."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    chosen = request.POST.get("elected", "")
    people = shown.item_context(access, item)["elect"] if chosen else []
    elected = next((person for person in people if str(person.pk) == chosen), None)
    return press(
        request,
        item.get_absolute_url(),
        _("The item has been taken up."),
        lambda: actions.take_up(item=item, by=by, on=access.day.today, elected=elected),
    )


@require_POST
@acts_once
def item_put_back(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Undo the taking up."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    return press(
        request,
        item.get_absolute_url(),
        _("The item has been put back. Votes recorded so far do not count."),
        lambda: actions.put_back(item=item, by=by, on=access.day.today),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def item_close(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Any other outcome: fill in, check, confirm."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    form = CloseForm(
        request.POST or None, outcomes=actions.outcomes_of(item), starts=_adopts(item), initial=_started(item)
    )
    act = Act(
        title=_("Record the outcome"),
        lead=str(item),
        back=item.get_absolute_url(),
        done=_("The item has been closed."),
        note=_("A closed item is not changed any more; a correction is a new item."),
    )

    def close(
        counter_proposal: str, counter_by: str, seconded_by: str, redrafted_sha256: str, **told: Any
    ) -> AgendaItem:
        counter = (counter_proposal, counter_by, seconded_by)
        if told["outcome"] == AgendaItem.Outcome.AMENDED and item.matter:
            told["sha256"] = redrafted_sha256
        return actions.close_item(item=item, by=by, on=access.day.today, counter=counter, **told)

    return perform(request, access, act, form, close, section=SECTION)


@require_POST
@acts_once
def item_redraft(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """ "Laadi muutettuna": begin the change that the group approves in the place of the proposal."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    change = next(iter(agreement_actions.proposals_of(item.matter)), None) if item.matter else None
    if change is None:
        raise NotAllowed(_("There is no proposal that could be redrafted."))
    by = require(agreement_permissions.can_amend(access.mandates, change))
    return redirect(agreement_actions.amend_change(change=change, by=by, on=access.day.today))


@require_POST
@acts_once
def vote_cast(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """One's own vote or view."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    seatings = item.seatings.select_related("item__meeting", "person", "seat")
    own = next((one for one in seatings if permissions.can_vote(access.mandates, one)), None)
    if own is None:
        raise NotAllowed(_("You do not act in a seat for this item."))
    by = require(permissions.can_vote(access.mandates, own))
    choice = request.POST.get("choice", "")

    def cast() -> None:
        if choice not in Vote.Choice.values:
            raise Refused(_("Choose how you vote."))
        actions.cast_vote(seating=own, by=by, on=access.day.today, choice=choice)

    return press(request, item.get_absolute_url(), _("Your vote has been recorded."), cast)


@require_http_methods(["GET", "POST"])
@acts_once
def vote_record(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """The secretary records everybody's vote by name."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    seatings = list(item.seatings.select_related("seat", "person"))
    given = {vote.seat_id: vote.choice for vote in item.votes.all()}
    form = VotesForm(request.POST or None, seatings=seatings, given=given)
    act = Act(_("Record the vote"), str(item), item.get_absolute_url(), _("The votes have been recorded."))

    def record(**_told: Any) -> list[Vote]:
        return actions.record_votes(item=item, by=by, on=access.day.today, choices=form.choices())

    return fill_in(request, access, act, form, record)


def _people(access: Access, item: AgendaItem) -> QuerySet[User]:
    """Whom one may name: a preparer everybody who takes part, others only themselves."""
    if permissions.can_prepare_meeting(access.mandates) is None:
        return User.objects.filter(pk=access.mandates[0].person_id)
    seats = state.seats_on(item.meeting.agreement_id, item.meeting.held_on)
    seated = {key for seat in seats for key in (seat.member_id, seat.deputy_id)}
    offices = Mandate.objects.in_force(access.day.today).filter(agreement=access.agreement, capacity__in=shown.INVITED)
    there = item.meeting.attendances.values("person")
    return User.objects.filter(Q(pk__in=seated) | Q(pk__in=offices.values("person")) | Q(pk__in=there)).order_by("name")


@require_http_methods(["GET", "POST"])
@acts_once
def disqualification_declare(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """ "Ilmoita esteellisyydestä"."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    own = access.mandates[0].person_id
    by = require(permissions.can_declare_disqualification(access.mandates, item, own))
    form = DisqualificationForm(request.POST or None, people=_people(access, item))
    act = Act(
        title=_("Tell of disqualification"),
        lead=str(item),
        back=item.get_absolute_url(),
        done=_("It has been recorded. The group decides on it in the meeting."),
        note=_(
            "Employment by one's own party does not alone show disqualification. The group decides the matter "
            "(act 434/2003 28–29 §)."
        ),
    )
    told: dict[str, Any] = {"item": item, "by": by, "on": access.day.today}
    return perform(
        request,
        access,
        act,
        form,
        lambda **typed: actions.declare_disqualification(**told, **typed),
        section=SECTION,
    )


@require_POST
@acts_once
def disqualification_decide(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int, row_pk: int) -> HttpResponse:
    """What the group decided on it."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    row = shown.one_of(item.disqualifications.select_related("item__meeting"), row_pk)
    told: dict[str, Any] = {"disqualification": row, "by": by, "on": access.day.today}
    return press(
        request,
        item.get_absolute_url(),
        _("The group's decision on the disqualification has been recorded."),
        lambda: actions.decide_disqualification(disqualified=request.POST.get("decided") == "yes", **told),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def disqualification_except(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int, row_pk: int) -> HttpResponse:
    """The group cannot decide without her, and the matter cannot wait (hallintolaki 30 §)."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = permissions.require_handling(access.mandates, item)
    row = shown.one_of(item.disqualifications.select_related("item__meeting", "person"), row_pk)
    act = Act(
        title=_("Disqualified, but the matter cannot wait"),
        lead=f"{row.person}: {item}",
        back=item.get_absolute_url(),
        done=_("The group's decision on the disqualification has been recorded."),
        note=_(
            "A disqualified person takes part only when the group is not quorate without her, no deputy is to be had "
            "and the matter cannot wait (act 434/2003 30 §). The reason is written in the minutes."
        ),
    )
    told: dict[str, Any] = {"disqualification": row, "by": by, "on": access.day.today}
    form = UrgencyForm(request.POST or None)
    return perform(
        request, access, act, form, lambda **typed: actions.except_disqualified(**told, **typed), section=SECTION
    )


@require_http_methods(["GET", "POST"])
@acts_once
def dissent_record(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """ "Ilmoita eriävä mielipide"."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = require(permissions.can_dissent(access.mandates, item, access.mandates[0].person_id))
    form = DissentForm(request.POST or None, people=_people(access, item))
    act = Act(_("Record dissent"), str(item), item.get_absolute_url(), _("The dissent has been recorded."))
    told: dict[str, Any] = {"item": item, "by": by, "on": access.day.today}
    return perform(request, access, act, form, lambda **typed: actions.record_dissent(**told, **typed), section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def task_add(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """What follows from the item."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    form = TaskForm(request.POST or None)
    act = Act(_("Add to the execution list"), str(item), item.get_absolute_url(), _("The task has been added."))
    told: dict[str, Any] = {"item": item, "by": by, "on": access.day.today}
    return fill_in(request, access, act, form, lambda **typed: actions.add_task(**told, **typed))


@require_POST
@acts_once
def task_finish(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int, task_pk: int) -> HttpResponse:
    """Tick off what has been done."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    task = shown.one_of(item.tasks.select_related("item__meeting"), task_pk)
    listed = request.POST.get("from") == "list"
    return press(
        request,
        reverse("steering:task_list", args=[pk]) if listed else item.get_absolute_url(),
        _("The task is done."),
        lambda: actions.finish_task(task=task, by=by, on=access.day.today),
    )
