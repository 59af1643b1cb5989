"""Drafts: starting one, what and why, and proposing it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements import actions, contents, permissions
from agreements.access import Access, open_change, open_document
from agreements.forms.changes import ProposalForm
from agreements.models import Change, Matter
from agreements.notice import Notice
from agreements.openings import Versions, proposal_at, saved
from agreements.views.changes import change_context
from tym.core.errors import Refused, Stale
from tym.core.once import acts_once


@require_POST
def draft_start(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Start a draft of a change to the document, or go on with the party's open one."""
    access, document = open_document(request, pk, number)
    by = permissions.require(permissions.can_draft(access.mandates, document))
    change = actions.draft_change(document=document, by=by, on=access.day.today)
    return redirect(contents.of(document)[0].edit_url, change.pk, document.number)


def open_draft(request: HttpRequest, pk: int) -> tuple[Access, Change, Any]:
    """A draft the person may edit, with the mandate for it; 404, 403, or Refused when it is no draft any more."""
    access, change = open_change(request, pk)
    if change.state != Change.State.DRAFT:
        raise Refused(_("This is no longer a draft, so it cannot be edited."))
    return access, change, permissions.require(permissions.can_edit(access.mandates, change))


@require_http_methods(["GET", "POST"])
def draft_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is changed, why and from when; then on to checking or back to the draft."""
    access, change, by = open_draft(request, pk)
    started: dict[str, Any] = {"what": change.what, "why": change.why, "wanted_from": change.wanted_from}
    started |= {"deviation": change.deviation, "revision": change.revision}
    form = ProposalForm(request.POST or None, initial=started, kind=change.kind)
    context = {"agreement": access.agreement, "section": "changes", "change": change, "form": form}
    wanted = form.day_typed if form.is_bound else change.wanted_from
    context |= counting_context(change, wanted, access.day.today)
    if request.method != "POST" or not form.is_valid() or "count" in request.POST:
        if "count" in request.POST:
            form.leave_other_errors("wanted_from")
        return TemplateResponse(request, "agreements/draft_proposal.html", context)
    try:
        actions.save_proposal(change=change, by=by, on=access.day.today, **form.cleaned_data)
    except Stale as stale:
        opened = proposal_at(change, form.cleaned_data["revision"])
        versions = Versions(_("Proposal"), opened, change, form.cleaned_data, saved(change), opened is not None)
        context |= {"stale": stale, "versions": [versions], "form": with_revision(form, change, kind=change.kind)}
        return TemplateResponse(request, "agreements/draft_proposal.html", context, status=409)
    return redirect("agreements:change_propose" if "check" in request.POST else "agreements:change_detail", change.pk)


def counting_context(change: Change, wanted: datetime.date | None, today: datetime.date) -> dict[str, Any]:
    """The three months of a proposal to change the text, were it received today; and the wording it would replace."""
    if change.kind != Matter.Kind.AMENDMENT:
        return {}
    rewords = actions.negotiated_wording(change)
    documents = contents.document_changes(change) if rewords else ()
    day = actions.counted_day(change, documents, change.told_arrival or today, rewords) or today
    return {"rewords": rewords, "counted": Notice(day, wanted)}


def with_revision(form: Any, change: Change, **kwargs: Any) -> Any:
    """The same form with what was typed, now starting from the stored state: saving again is a choice."""
    data = form.data.copy()
    data["revision"] = str(Change.objects.values_list("revision", flat=True).get(pk=change.pk))
    again = type(form)(data, **kwargs)
    again.is_valid()
    return again


@require_http_methods(["GET", "POST"])
@acts_once
def change_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Check before you confirm; confirming freezes the draft and puts it before the deciding body."""
    access, change, by = open_draft(request, pk)
    context = change_context(access, change) | {"by": by}
    context |= counting_context(change, change.wanted_from, access.day.today)
    if request.method != "POST":
        return TemplateResponse(request, "agreements/change_propose.html", context)
    revision = request.POST.get("revision", "")
    try:
        actions.propose_change(
            change=change, by=by, on=access.day.today, revision=int(revision) if revision.isdecimal() else -1
        )
    except Refused as refusal:
        context["refusal"] = refusal
        return TemplateResponse(request, "agreements/change_propose.html", context, status=409)
    told = _("The notice has been given. Every party sees it.") if change.kind == Matter.Kind.NOTICE else ""
    messages.success(request, told or _("The proposal has been made. Every party sees it."))
    return redirect(change)
