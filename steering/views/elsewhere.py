"""What the group decided in minutes kept elsewhere, for a matter of any kind."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import actions as agreement_actions
from agreements.access import Access
from agreements.models import Matter
from agreements.views.acts import Act, perform
from steering import actions, permissions
from steering.forms.items import ElsewhereForm
from steering.views.pages import SECTION, open_meetings
from tym.core.once import acts_once


def _matter(access: Access, matter_pk: int) -> Matter:
    submitted = access.agreement.matters.exclude(sha256="").exclude(kind=Matter.Kind.ORIGINAL)
    matter = submitted.filter(pk=matter_pk).first()
    if matter is None:
        raise Http404
    return matter


@require_http_methods(["GET", "POST"])
@acts_once
def decision_elsewhere(request: HttpRequest, pk: int, matter_pk: int) -> HttpResponse:
    """ "Kirjaa päätös ulkopuolisesta pöytäkirjasta". An annex update has its own page: it also asks for the start."""
    access = open_meetings(request, pk)
    matter = _matter(access, matter_pk)
    by = permissions.require_recording(access.mandates, matter)
    if matter.kind == Matter.Kind.ANNEX_UPDATE:
        change = agreement_actions.proposals_of(matter)[0]
        return redirect("agreements:change_decide", change.pk) if change else redirect("steering:meeting_list", pk)
    form = ElsewhereForm(
        request.POST or None,
        request.FILES or None,
        outcomes=agreement_actions.outcomes_of(matter),
        initial={"sha256": matter.sha256},
    )
    act = Act(
        title=_("Record a decision from minutes kept elsewhere"),
        lead=f"{matter.title} ({matter.get_kind_display()}, {matter.reference})",
        back=reverse("steering:meeting_list", args=[pk]),
        done=_("The decision has been recorded."),
        note=_("The decision takes effect here as if the item had been closed in a meeting."),
    )
    told: dict[str, Any] = {"matter": matter, "by": by, "on": access.day.today}
    return perform(
        request, access, act, form, lambda **typed: actions.record_elsewhere(**told, **typed), section=SECTION
    )
