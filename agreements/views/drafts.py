"""Drafts: starting one, its text, what and why, and proposing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements import actions, contents, markup, permissions
from agreements.access import Access, open_change, open_document
from agreements.forms.changes import ClauseForm, ProposalForm
from agreements.models import Change, Clause, Document
from agreements.views.changes import change_context
from tym.core.errors import Refused, Stale

NEW = "uusi"


@require_POST
def draft_start(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Start a draft of a change to the document, or go on with the party's open one."""
    access, document = open_document(request, pk, number)
    by = permissions.require(permissions.can_draft(access.mandates, document))
    change = actions.draft_change(document=document, by=by, on=access.day.today)
    return redirect(contents.of(document).edit_url, change.pk, document.number)


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
    started = {"what": change.what, "why": change.why, "wanted_from": change.wanted_from, "revision": change.revision}
    form = ProposalForm(request.POST or None, initial=started)
    context = {"agreement": access.agreement, "section": "changes", "change": change, "form": form}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "agreements/draft_proposal.html", context)
    try:
        actions.save_proposal(change=change, by=by, on=access.day.today, **form.cleaned_data)
    except Stale as stale:
        context |= {"stale": stale, "stored": started, "form": _with_revision(form, change)}
        return TemplateResponse(request, "agreements/draft_proposal.html", context, status=409)
    return redirect("agreements:change_propose" if "check" in request.POST else "agreements:change_detail", change.pk)


def _with_revision(form: Any, change: Change) -> Any:
    """The same form with what was typed, now starting from the stored state: saving again is a choice."""
    data = form.data.copy()
    data["revision"] = str(Change.objects.values_list("revision", flat=True).get(pk=change.pk))
    again = type(form)(data)
    again.is_valid()
    return again


@require_http_methods(["GET", "POST"])
def change_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Check before you confirm; confirming freezes the draft and puts it before the deciding body."""
    access, change, by = open_draft(request, pk)
    context = change_context(access, change) | {"by": by}
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
    messages.success(request, _("The proposal has been made. Every party sees it."))
    return redirect(change)


def _text_document(change: Change, number: int) -> Document:
    version = change.versions.select_related("document").filter(document__number=number).first()
    if version is None or contents.of(version.document).model is not Clause:
        raise Http404
    return version.document


@require_http_methods(["GET"])
def draft_text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text of the draft, section by section, each with a way to edit it."""
    access, change, _by = open_draft(request, pk)
    document = _text_document(change, number)
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "clauses": actions.draft_clauses(change, document),
    }
    return TemplateResponse(request, "agreements/draft_text.html", context)


def _revision(request: HttpRequest) -> int:
    """The saved state from which the button was pressed."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() else -1


@require_POST
def clause_move(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Move a section one place up or down."""
    access, change, by = open_draft(request, pk)
    document = _text_document(change, number)
    up = request.POST.get("to") == "up"
    actions.move_clause(
        change=change, document=document, key=key, up=up, by=by, on=access.day.today, revision=_revision(request)
    )
    return redirect("agreements:draft_text", change.pk, document.number)


@require_http_methods(["GET", "POST"])
def clause_remove(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Check, then take a section out of the draft's text."""
    access, change, by = open_draft(request, pk)
    document = _text_document(change, number)
    clause = next((clause for clause in actions.draft_clauses(change, document) if clause.key == key), None)
    if clause is None:
        raise Http404
    if request.method == "POST":
        actions.remove_clause(
            change=change, document=document, key=key, by=by, on=access.day.today, revision=_revision(request)
        )
        messages.success(request, _("The section has been removed from the draft."))
        return redirect("agreements:draft_text", change.pk, document.number)
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "clause": clause,
    }
    return TemplateResponse(request, "agreements/clause_remove.html", context)


@require_http_methods(["GET", "POST"])
def draft_clause(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Edit one section of the draft's text, with a preview."""
    access, change, by = open_draft(request, pk)
    document = _text_document(change, number)
    clause = next((clause for clause in actions.draft_clauses(change, document) if clause.key == key), None)
    if clause is None and key != NEW:
        raise Http404
    started = {name: getattr(clause, name, "") for name in ("number", "heading", "body")}
    form = ClauseForm(request.POST or None, initial=started | {"revision": change.revision})
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "clause": clause,
        "form": form,
    }
    if request.method == "POST" and "preview" in request.POST:
        context["preview"] = markup.render(request.POST.get("body", "")[: markup.LONGEST_TEXT])
    elif request.method == "POST" and form.is_valid():
        return _save_clause(request, access, context, by)
    return TemplateResponse(request, "agreements/draft_clause.html", context)


def _save_clause(request: HttpRequest, access: Access, context: dict[str, Any], by: Any) -> HttpResponse:
    change, document, clause, form = context["change"], context["document"], context["clause"], context["form"]
    try:
        actions.save_clause(
            change=change,
            document=document,
            by=by,
            on=access.day.today,
            key=clause.key if clause else "",
            **form.cleaned_data,
        )
    except Stale as stale:
        context |= {"stale": stale, "stored": clause, "form": _with_revision(form, change)}
        return TemplateResponse(request, "agreements/draft_clause.html", context, status=409)
    messages.success(request, _("The draft has been saved."))
    return redirect("agreements:draft_text", change.pk, document.number)
