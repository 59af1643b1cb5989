"""Recording errors of days, and the second person who confirms any correction (hallintolaki 51-52 §)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import actions, permissions
from agreements.access import Access, open_agreement, open_change
from agreements.forms.acts import ConfirmForm, DayCorrectionForm
from agreements.models import Correction, Signatory
from agreements.views.acts import Act, perform
from tym.core.once import acts_once


def offering(lead: str, back: str) -> Act:
    """The act of offering a correction, whatever is corrected."""
    return Act(
        title=_("Correct a recording error"),
        lead=lead,
        back=back,
        done=_("The correction waits for a second person."),
        note=_("What was first recorded stays visible. The correction counts when another person has confirmed it."),
    )


@require_http_methods(["GET", "POST"])
@acts_once
def arrival_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a correction of the day on which a party's notice arrived."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_correct_day(access.mandates, change))
    return perform(
        request,
        access,
        offering(f"{change}, {Correction.Field.ARRIVED_ON.label}", change.get_absolute_url()),
        DayCorrectionForm(request.POST or None),
        lambda **values: actions.correct_day(of=change, by=by, on=access.day.today, **values),
        change=change,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def correction_confirm(request: HttpRequest, pk: int, correction_pk: int) -> HttpResponse:
    """A second person looks at a correction of a change or of its decision, and confirms it."""
    access, change = open_change(request, pk)
    corrections = Correction.objects.filter(Q(decision__matter=change.matter) | Q(change=change))
    found = corrections.select_related("decision", "change", "made_by__person").filter(pk=correction_pk).first()
    return _confirm(request, access, found, change.get_absolute_url(), change=change)


def _signatory(request: HttpRequest, pk: int, signatory_pk: int) -> tuple[Access, Signatory]:
    access = open_agreement(request, pk)
    found = Signatory.objects.filter(party__agreement=access.agreement).select_related("party")
    signatory = found.prefetch_related("corrections").filter(pk=signatory_pk).first()
    if signatory is None:
        raise Http404
    return access, signatory


def _page_of(signatory: Signatory) -> str:
    return reverse("agreements:party_detail", args=[signatory.party.agreement_id, signatory.party.order])


@require_http_methods(["GET", "POST"])
@acts_once
def signing_correct(request: HttpRequest, pk: int, signatory_pk: int) -> HttpResponse:
    """Offer a correction of the day on which a signatory signed the original."""
    access, signatory = _signatory(request, pk, signatory_pk)
    by = permissions.require(permissions.can_correct_day(access.mandates, signatory))
    return perform(
        request,
        access,
        offering(f"{signatory}, {access.agreement}", _page_of(signatory)),
        DayCorrectionForm(request.POST or None),
        lambda **values: actions.correct_day(of=signatory, by=by, on=access.day.today, **values),
        section="agreement",
    )


@require_http_methods(["GET", "POST"])
@acts_once
def signing_confirm(request: HttpRequest, pk: int, signatory_pk: int) -> HttpResponse:
    """A second person confirms the correction of a day of signing that waits."""
    access, signatory = _signatory(request, pk, signatory_pk)
    waiting = signatory.corrections.filter(confirmed_at=None).select_related("signatory", "made_by__person").first()
    return _confirm(request, access, waiting, _page_of(signatory), section="agreement")


def _confirm(
    request: HttpRequest, access: Access, correction: Correction | None, back: str, **context: Any
) -> HttpResponse:
    if correction is None:
        raise Http404
    by = permissions.require(permissions.can_confirm_correction(access.mandates, correction))
    told = {"field": correction.get_field_display(), "was": correction.was or "–", "becomes": correction.becomes}
    act = Act(
        title=_("Confirm a correction"),
        lead=_("%(field)s: %(was)s becomes %(becomes)s.") % told,
        back=back,
        done=_("The correction has been confirmed."),
        note=_("Reason: %(reason)s Made by: %(who)s.")
        % {"reason": correction.reason, "who": correction.made_by.person},
    )
    return perform(
        request,
        access,
        act,
        ConfirmForm(request.POST or None),
        lambda: actions.confirm_correction(correction=correction, by=by, on=access.day.today),
        **context,
    )
