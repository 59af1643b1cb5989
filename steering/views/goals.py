"""Goals of a year: looked at, prepared, put before the group, followed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access, open_agreement
from agreements.forms.acts import ConfirmForm
from agreements.permissions import require
from agreements.views.acts import Act, perform
from steering import actions, permissions
from steering.actions.goals import goal_sha256, set_sha256
from steering.followed import shown
from steering.forms.goals import GoalForm, GuidanceForm, OutcomeForm, SubmitForm
from steering.models import Goal, GoalSet
from steering.views.offices import SECTION
from steering.views.pages import navigation
from tym.core.errors import Refused
from tym.core.once import acts_once

FIRST_YEAR, LAST_YEAR = 2025, 2199


def back_to_year(pk: int, year: int) -> str:
    return reverse("steering:goal_year", args=[pk, year])


def _open_year(request: HttpRequest, pk: int, year: int) -> Access:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return open_agreement(request, pk)


@require_GET
def goal_year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The goals of the year with their outcomes. What is being prepared is seen by those who prepare it."""
    access = _open_year(request, pk, year)
    prepares = permissions.can_prepare(access.mandates)
    sets = GoalSet.objects.of_year(access.agreement, year).select_related("matter")
    sets = sets.prefetch_related("goals__outcomes", "goals__national_goals", "matter__decisions")
    found = [one for one in map(shown, sets) if prepares or not one.is_draft]
    approved = any(one.is_approved for one in found)
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "year": year,
        "sets": found,
        "is_overdue": not approved and access.day.today.year >= year,
        "may_prepare": prepares,
        "may_start": prepares and not any(one.is_draft or one.decision is None or one.is_approved for one in found),
        "earlier": year - 1 if year > FIRST_YEAR else None,
        "later": year + 1 if year < LAST_YEAR and year <= access.day.today.year else None,
    }
    return TemplateResponse(request, "steering/goal_year.html", context | navigation(access))


def _fill_in(request: HttpRequest, access: Access, act: Act, form: BaseForm, do: Any) -> HttpResponse:
    """A form of something in preparation: saved at once, without the check that a legal act has."""
    context = {"agreement": access.agreement, "section": SECTION, "act": act, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except Refused as refusal:
            context["refusal"] = refusal
            return TemplateResponse(request, "steering/draft_form.html", context, status=409)
        messages.success(request, act.done)
        return redirect(act.back)
    return TemplateResponse(request, "steering/draft_form.html", context)


def _draft(access: Access, year: int) -> GoalSet:
    """The set of the year that is being prepared; without one the page does not exist."""
    sets = GoalSet.objects.of_year(access.agreement, year).select_related("matter__agreement")
    goal_set = sets.filter(matter__sha256="").first()
    if goal_set is None:
        raise Http404
    return goal_set


def _act(title: str, pk: int, year: int, done: str, note: str = "") -> Act:
    lead = _("Goals of the year %(year)s") % {"year": year}
    return Act(title=title, lead=lead, back=back_to_year(pk, year), done=done, note=note)


@require_http_methods(["GET", "POST"])
@acts_once
def goals_start(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Start preparing the goals of the year."""
    access = _open_year(request, pk, year)
    by = require(permissions.can_prepare(access.mandates))
    act = _act(_("Prepare the goals of the year"), pk, year, _("Now write the goals."))
    return _fill_in(
        request,
        access,
        act,
        GuidanceForm(request.POST or None),
        lambda guidance: actions.draft_goals(
            agreement=access.agreement, by=by, on=access.day.today, year=year, guidance=guidance
        ),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def guidance_edit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The guidance, while the goals are in preparation."""
    access = _open_year(request, pk, year)
    by = require(permissions.can_prepare(access.mandates))
    goal_set = _draft(access, year)
    return _fill_in(
        request,
        access,
        _act(_("Edit the guidance"), pk, year, _("The guidance has been saved.")),
        GuidanceForm(request.POST or None, initial={"guidance": goal_set.guidance}),
        lambda guidance: actions.save_guidance(goal_set=goal_set, by=by, on=access.day.today, guidance=guidance),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def goal_add(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One more goal."""
    access = _open_year(request, pk, year)
    by = require(permissions.can_prepare(access.mandates))
    goal_set = _draft(access, year)
    return _fill_in(
        request,
        access,
        _act(_("Add a goal"), pk, year, _("The goal has been saved.")),
        GoalForm(request.POST or None, year=year),
        lambda **values: actions.save_goal(
            goal_set=goal_set, by=by, on=access.day.today, values=GoalForm.values(values)
        ),
    )


def _goal(request: HttpRequest, pk: int, goal_pk: int, *, is_draft: bool) -> tuple[Access, Goal]:
    """A goal in preparation, which exists for those who prepare it, or one put before the group."""
    access = open_agreement(request, pk)
    goals = Goal.objects.filter(goal_set__matter__agreement=access.agreement)
    goal = goals.select_related("goal_set__matter__agreement").filter(pk=goal_pk).first()
    if goal is None or (not goal.goal_set.matter.sha256) is not is_draft:
        raise Http404
    if is_draft and not permissions.can_prepare(access.mandates):
        raise Http404
    return access, goal


@require_http_methods(["GET", "POST"])
@acts_once
def goal_edit(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """A goal, while it is in preparation."""
    access, goal = _goal(request, pk, goal_pk, is_draft=True)
    by = require(permissions.can_prepare(access.mandates))
    year = goal.goal_set.year
    initial = {**GoalForm.initial_of(goal), "seen": goal_sha256(goal)}
    return _fill_in(
        request,
        access,
        _act(_("Edit the goal"), pk, year, _("The goal has been saved.")),
        GoalForm(request.POST or None, year=year, initial=initial),
        lambda **values: actions.save_goal(
            goal_set=goal.goal_set,
            goal=goal,
            by=by,
            on=access.day.today,
            values=GoalForm.values(values),
            seen=values["seen"] or None,
        ),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def goal_remove(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """Take a goal out while it is in preparation."""
    access, goal = _goal(request, pk, goal_pk, is_draft=True)
    by = require(permissions.can_prepare(access.mandates))
    act = Act(
        title=_("Remove the goal"),
        lead=goal.name,
        back=back_to_year(pk, goal.goal_set.year),
        done=_("The goal has been removed."),
    )
    return perform(
        request,
        access,
        act,
        ConfirmForm(request.POST or None),
        lambda: actions.remove_goal(goal=goal, by=by, on=access.day.today),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def goals_submit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Put the goals of the year before the group."""
    access = _open_year(request, pk, year)
    by = require(permissions.can_prepare(access.mandates))
    goal_set = _draft(access, year)
    goals = list(goal_set.goals.prefetch_related("national_goals"))
    act = _act(
        _("Put the goals before the steering group"),
        pk,
        year,
        _("The goals are before the steering group."),
        _("The goals cannot be changed after this. %(count)s goals: %(names)s.")
        % {"count": len(goals), "names": "; ".join(goal.name for goal in goals)},
    )
    return perform(
        request,
        access,
        act,
        SubmitForm(request.POST or None, initial={"seen": set_sha256(goal_set, goals)}),
        lambda seen: actions.submit_goals(goal_set=goal_set, by=by, on=access.day.today, sha256=seen),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def outcome_record(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """How far an approved goal has come."""
    access, goal = _goal(request, pk, goal_pk, is_draft=False)
    by = require(permissions.can_prepare(access.mandates))
    act = Act(
        title=_("Record an outcome"),
        lead=f"{goal.name}, {goal.measure}",
        back=back_to_year(pk, goal.goal_set.year),
        done=_("The outcome has been recorded."),
        note=_("Earlier outcomes stay. The latest one counts."),
    )
    return perform(
        request,
        access,
        act,
        OutcomeForm(request.POST or None),
        lambda **values: actions.record_outcome(goal=goal, by=by, on=access.day.today, **values),
        section=SECTION,
    )
