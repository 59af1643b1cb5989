"""The follow-up of a meeting: the figures and goals of the day, and the coordinator's words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.permissions import require
from agreements.views.acts import Act
from steering import actions, permissions
from steering.followup import followup_of
from steering.forms.meetings import FollowUpForm
from steering.models import AgendaItem
from steering.views.pages import fill_in, open_one
from tym.core.once import acts_once


@require_http_methods(["GET", "POST"])
@acts_once
def followup_prepare(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """What would be kept with the item now, and what the coordinator says of it."""
    access, meeting = open_one(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(access.mandates))
    known = meeting.items.exclude(followup="").first()
    form = FollowUpForm(request.POST or None, initial={"text": known.explanation if known else ""})
    act = Act(
        title=_("Prepare the follow-up"),
        lead=_("Meeting %(meeting)s") % {"meeting": meeting},
        back=meeting.get_absolute_url(),
        done=_("The follow-up is on the agenda with the figures and goals of today."),
        note=_("What is shown below is kept with the item. Once the group has been summoned it stays as it is."),
    )

    def prepare(**told: Any) -> AgendaItem:
        return actions.prepare_followup(meeting=meeting, by=by, on=access.day.today, **told)

    now = followup_of(access.agreement, access.day.today)
    return fill_in(request, access, act, form, prepare, above="steering/_followup.html", followup=now)
