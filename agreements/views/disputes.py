"""Disputes between the parties (13 §): opened, negotiated, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions, permissions
from agreements.access import Access, open_agreement
from agreements.forms.lasting import DisputeForm, EndDisputeForm, NoteForm
from agreements.lasting import Disputed
from agreements.models import Dispute
from agreements.views.acts import Act, perform
from agreements.views.lasting import party_of
from tym.core.errors import Refused
from tym.core.once import acts_once


def _open(request: HttpRequest, pk: int, dispute_pk: int) -> tuple[Access, Disputed]:
    """The dispute of the agreement, or 404."""
    access = open_agreement(request, pk)
    permissions.require(permissions.can_read_disputes(access.mandates))
    found = access.agreement.disputes.select_related("party", "end__mandate__person", "mandate__person")
    dispute: Dispute | None = found.filter(pk=dispute_pk).first()
    if dispute is None:
        raise Http404
    return access, Disputed(dispute, getattr(dispute, "end", None))


@require_http_methods(["GET", "POST"])
@acts_once
def dispute_open(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A party says what is disputed and since when."""
    access = open_agreement(request, pk)
    party = party_of(access, order)
    by = permissions.require(permissions.can_open_dispute(access.mandates, party))
    act = Act(
        title=_("Open a dispute"),
        lead=party.short_name,
        back=reverse("agreements:lasting_detail", args=[access.agreement.pk]),
        done=_("The dispute has been opened. Every party sees it."),
        note=_("A dispute is first negotiated. If that fails, the administrative court decides it (agreement 13 §)."),
    )
    told: dict[str, Any] = {"party": party, "by": by, "on": access.day.today}
    form = DisputeForm(request.POST or None)
    return perform(request, access, act, form, lambda **v: actions.open_dispute(**told, **v), section="agreement")


@require_GET
def dispute_detail(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """The dispute, its last day for the court, and the log of its negotiations."""
    access, disputed = _open(request, pk, dispute_pk)
    return _page(request, access, disputed, NoteForm())


def _page(
    request: HttpRequest, access: Access, disputed: Disputed, form: NoteForm, refusal: Refused | None = None
) -> HttpResponse:
    is_open = disputed.end is None
    context = {
        "agreement": access.agreement,
        "section": "agreement",
        "disputed": disputed,
        "notes": disputed.dispute.notes.select_related("mandate__person", "mandate__party"),
        "form": form,
        "refusal": refusal,
        "may_note": is_open and permissions.can_note_dispute(access.mandates),
        "may_end": is_open and permissions.can_end_dispute(access.mandates),
    }
    status = 409 if form.errors or refusal else 200
    return TemplateResponse(request, "agreements/dispute_detail.html", context, status=status)


@require_POST
@acts_once
def dispute_note(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """A note of the negotiations."""
    access, disputed = _open(request, pk, dispute_pk)
    by = permissions.require(permissions.can_note_dispute(access.mandates))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, access, disputed, form)
    try:
        actions.note_dispute(dispute=disputed.dispute, by=by, on=access.day.today, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, access, disputed, form, refusal)
    messages.success(request, _("The note has been added. Every party sees it."))
    return redirect(disputed.dispute)


@require_http_methods(["GET", "POST"])
@acts_once
def dispute_end(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """How the dispute ended."""
    access, disputed = _open(request, pk, dispute_pk)
    by = permissions.require(permissions.can_end_dispute(access.mandates))
    act = Act(
        title=_("End the dispute"),
        lead=str(disputed.dispute),
        back=disputed.dispute.get_absolute_url(),
        done=_("The end of the dispute has been recorded."),
        note=_("After this nothing is added to the log of the negotiations."),
    )
    told: dict[str, Any] = {"dispute": disputed.dispute, "by": by, "on": access.day.today}
    form = EndDisputeForm(request.POST or None)
    return perform(request, access, act, form, lambda **v: actions.end_dispute(**told, **v), section="agreement")
