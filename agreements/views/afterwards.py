"""What happens to a change after its decision: revoking before the start, and putting recording errors right."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import actions, permissions
from agreements.access import Access, open_change
from agreements.forms.acts import CorrectionForm, RevokeForm
from agreements.models import Change, Decision
from agreements.views.acts import Act, perform
from agreements.views.changes import ORGAN
from agreements.views.corrections import offering
from tym.core.once import acts_once


@require_http_methods(["GET", "POST"])
@acts_once
def change_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The steering group takes back an approval that has not started."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_revoke(access.mandates, change, access.day.today))
    act = Act(
        title=_("Revoke before coming into force"),
        lead=str(change),
        back=change.get_absolute_url(),
        done=_("The revocation has been recorded."),
        note=_("Both decisions stay visible. The rows can be changed again."),
    )
    return perform(
        request,
        access,
        act,
        RevokeForm(request.POST or None),
        lambda **values: actions.revoke_change(
            change=change, by=by, on=access.day.today, organ=ORGAN, sha256=change.sha256, **values
        ),
        change=change,
    )


def _decision(request: HttpRequest, pk: int, decision_pk: int) -> tuple[Access, Change, Decision]:
    access, change = open_change(request, pk)
    decision = (
        change.matter.decisions.select_related("matter").prefetch_related("corrections").filter(pk=decision_pk).first()
    )
    if decision is None:
        raise Http404
    return access, change, decision


@require_http_methods(["GET", "POST"])
@acts_once
def decision_correct(request: HttpRequest, pk: int, decision_pk: int) -> HttpResponse:
    """Offer a correction of what was recorded; a second person confirms it."""
    access, change, decision = _decision(request, pk, decision_pk)
    by = permissions.require(permissions.can_correct(access.mandates, decision))
    act = offering(str(change), change.get_absolute_url())
    return perform(
        request,
        access,
        act,
        CorrectionForm(request.POST or None),
        lambda **values: actions.correct_decision(decision=decision, by=by, on=access.day.today, **values),
        change=change,
    )
