"""The group's way of working, the coordinator's frame and working groups: put before the group, shown as decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import open_agreement
from agreements.models import Matter
from agreements.permissions import require
from agreements.views.acts import Act, perform
from steering import actions, permissions
from steering.forms.offices import FrameForm, RulesForm, WorkingGroupForm
from steering.models import Frame
from steering.rules import rules_on
from steering.views.offices import SECTION, back_to_list
from steering.views.pages import navigation
from tym.core.once import acts_once


@require_GET
def rule_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules in force on the day, each with its § or as a default."""
    access = open_agreement(request, pk)
    held = rules_on(access.agreement, access.day.on)
    waiting = access.agreement.matters.filter(kind=Matter.Kind.READING, decisions=None).exclude(sha256="")
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "day": access.day,
        "rules": held,
        "all_default": all(one.is_default for one in held),
        "waiting": list(waiting.prefetch_related("readings")),
        "may_prepare": permissions.can_prepare(access.mandates),
    }
    return TemplateResponse(request, "steering/rule_list.html", context | navigation(access))


@require_http_methods(["GET", "POST"])
@acts_once
def rules_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the way of working before the group."""
    access = open_agreement(request, pk)
    by = require(permissions.can_prepare(access.mandates))
    act = Act(
        title=_("Put the way of working before the steering group"),
        lead=access.agreement.short_title,
        back=reverse("steering:rule_list", args=[pk]),
        done=_("The matter is before the steering group."),
        note=_("The rules hold when the steering group has approved them."),
    )

    def do(**values: Any) -> None:
        rules, valid_from = RulesForm.split(values)
        actions.propose_readings(
            agreement=access.agreement, by=by, on=access.day.today, values=rules, valid_from=valid_from
        )

    held = rules_on(access.agreement, access.day.today)
    return perform(request, access, act, RulesForm(request.POST or None, held=held), do, section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def frame_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the frame of the coordinator's tasks before the group."""
    access = open_agreement(request, pk)
    by = require(permissions.can_prepare(access.mandates))
    act = Act(
        title=_("Put the frame of the coordinator's tasks before the steering group"),
        lead=access.agreement.short_title,
        back=back_to_list(pk),
        done=_("The matter is before the steering group."),
        note=_("The steering group sets the frame (agreement 7 §). The latest approved is in force."),
    )
    frame = Frame.objects.decided_by(access.agreement, access.day.today).last()
    return perform(
        request,
        access,
        act,
        FrameForm(request.POST or None, initial={"text": frame.text if frame else ""}),
        lambda **values: actions.propose_frame(agreement=access.agreement, by=by, on=access.day.today, **values),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def working_group_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the setting up of a working group before the group."""
    access = open_agreement(request, pk)
    by = require(permissions.can_prepare(access.mandates))
    act = Act(
        title=_("Put a working group before the steering group"),
        lead=access.agreement.short_title,
        back=back_to_list(pk),
        done=_("The matter is before the steering group."),
        note=_("Working groups and networks are set up under the steering group (agreement 7 §)."),
    )
    return perform(
        request,
        access,
        act,
        WorkingGroupForm(request.POST or None),
        lambda **values: actions.propose_working_group(
            agreement=access.agreement, by=by, on=access.day.today, **values
        ),
        section=SECTION,
    )
