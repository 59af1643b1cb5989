"""The text of a draft, section by section, and the text of any change before, after and marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions, contents, markup, text
from agreements.access import Access, open_change
from agreements.comparison import between, title
from agreements.forms.texts import ClauseForm, NewClauseForm
from agreements.models import Change, Clause, Document
from agreements.openings import Versions, saved
from agreements.stages import tell_stages
from agreements.views.drafts import open_draft, with_revision
from tym.core.errors import Refused, Stale
from tym.core.once import acts_once

NEW = "uusi"
MARKED, BESIDE, BEFORE, AFTER, EARLIER = "merkitty", "rinnakkain", "ennen", "jalkeen", "edellinen"


def _text_document(change: Change, number: int) -> Document:
    version = change.versions.select_related("document").filter(document__number=number).first()
    if version is None or text.TEXT not in contents.of(version.document):
        raise Http404
    return version.document


@require_GET
def draft_text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The sections of the draft's text, each with what can be done to it."""
    access, change, _by = open_draft(request, pk)
    return _sections_page(request, access, change, _text_document(change, number))


def _sections_page(
    request: HttpRequest, access: Access, change: Change, document: Document, refusal: Refused | None = None
) -> HttpResponse:
    items = text.drafted(change, document)
    clauses = [item.clause for item in items if item.state != "removed"]
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "items": items,
        "more": contents.addable(document, change),
        "first": clauses[0].pk if clauses else None,
        "last": clauses[-1].pk if clauses else None,
        "problems": text.problems(clauses),
        "overtaken": any(item.overtaken for item in items),
        "refusal": refusal,
    }
    return TemplateResponse(request, "agreements/draft_text.html", context, status=409 if refusal else 200)


def _press(request: HttpRequest, pk: int, number: int, act: Callable[..., str]) -> HttpResponse:
    """One press of a button on the page of sections; a stale or impossible one shows the page as it now is."""
    access, change, by = open_draft(request, pk)
    document = _text_document(change, number)
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() else -1
    try:
        told = act(change=change, document=document, by=by, on=access.day.today, revision=revision)
    except Refused as refusal:
        change.refresh_from_db(fields=["revision"])
        return _sections_page(request, access, change, document, refusal)
    messages.success(request, told)
    return redirect("agreements:draft_text", change.pk, document.number)


@require_POST
@acts_once
def clause_move(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """One place up or down."""

    def act(**draft: Any) -> str:
        actions.move_clause(key=key, up=request.POST.get("to") == "up", **draft)
        return _("The section has been moved.")

    return _press(request, pk, number, act)


@require_POST
@acts_once
def clause_restore(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """A removed section comes back as it has been decided."""

    def act(**draft: Any) -> str:
        actions.restore_clause(key=key, **draft)
        return _("The section is in the text again.")

    return _press(request, pk, number, act)


@require_POST
@acts_once
def clauses_number(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """All sections get the numbers 1, 2, 3 … in their order."""

    def act(**draft: Any) -> str:
        count = actions.number_clauses(**draft)
        told = ngettext("%(count)s section got a new number.", "%(count)s sections got a new number.", count)
        return told % {"count": count}

    return _press(request, pk, number, act)


@require_http_methods(["GET", "POST"])
@acts_once
def clause_remove(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Check, then take the section out of the draft's text."""
    if request.method != "POST":
        return _check_removal(request, pk, number, key)

    def act(**draft: Any) -> str:
        actions.remove_clause(key=key, **draft)
        return _("The section has been removed from the draft.")

    return _press(request, pk, number, act)


def _check_removal(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    access, change, _by = open_draft(request, pk)
    document = _text_document(change, number)
    clause = _of_key(actions.draft_clauses(change, document), key)
    if clause is None:
        raise Http404
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "title": title(clause),
        "html": markup.render(clause.body),
        "is_new": clause.version.change_id == change.pk and clause.base_id is None,
    }
    return TemplateResponse(request, "agreements/draft_clause_remove.html", context)


def _of_key(clauses: list[Clause], key: str) -> Clause | None:
    return next((clause for clause in clauses if clause.key == key), None)


@require_http_methods(["GET", "POST"])
def draft_clause(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Edit one section of the draft's text, or write a new one, with a preview."""
    access, change, by = open_draft(request, pk)
    document = _text_document(change, number)
    clauses = actions.draft_clauses(change, document)
    clause = _of_key(clauses, key)
    gone = clause is None and key != NEW
    if gone and request.method != "POST":
        raise Http404
    form = _clause_form(request, change, clause, clauses)
    context: dict[str, Any] = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "key": key,
        "clause": clause,
        "title": title(clause),
        "form": form,
    }
    if gone:
        stale = Stale(_("The section is not in the draft any more. Nothing you wrote is lost."))
        return _conflict(request, context, stale)
    if request.method == "POST" and "preview" in request.POST:
        context["preview"] = markup.render(request.POST.get("body", "")[: markup.LONGEST_TEXT])
    elif request.method == "POST" and form.is_valid():
        return _save(request, access, context, by)
    return TemplateResponse(request, "agreements/draft_clause.html", context)


def _clause_form(request: HttpRequest, change: Change, clause: Clause | None, clauses: list[Clause]) -> ClauseForm:
    started = {name: getattr(clause, name, "") for name in ("number", "heading", "body")}
    started |= {"revision": change.revision, "ground": _ground(change, clause)}
    if clause is None:
        return NewClauseForm(request.POST or None, clauses=clauses, initial=started)
    return ClauseForm(request.POST or None, initial=started)


def _ground(change: Change, clause: Clause | None) -> int | None:
    """The decided row from which the draft of a section starts."""
    if clause is None:
        return None
    return clause.base_id if clause.version.change_id == change.pk else clause.pk


def _save(request: HttpRequest, access: Access, context: dict[str, Any], by: Any) -> HttpResponse:
    change, clause, form = context["change"], context["clause"], context["form"]
    draft = {"change": change, "document": context["document"], "by": by, "on": access.day.today}
    try:
        if clause is None:
            actions.add_clause(**draft, **form.written)
        else:
            actions.save_clause(**draft, key=clause.key, **form.cleaned_data)
    except Refused as refusal:
        return _conflict(request, context, refusal)
    messages.success(request, _("The draft has been saved."))
    return redirect("agreements:draft_text", change.pk, context["document"].number)


def _conflict(request: HttpRequest, context: dict[str, Any], stale: Refused) -> HttpResponse:
    """What was typed, ready to be saved again over what is stored, which is shown too."""
    change, clause, form = context["change"], context["clause"], context["form"]
    form.is_valid()
    clauses = actions.draft_clauses(change, context["document"])
    if any(row.version.change_id == change.pk and _says(row, form) for row in clauses):
        messages.info(request, _("This has been saved already. Nothing was done twice."))
        return redirect("agreements:draft_text", change.pk, context["document"].number)
    stored = _of_key(clauses, clause.key) if clause else None
    again = with_revision(form, change, clauses=clauses) if clause is None else with_revision(form, change)
    again.data["ground"] = str(_ground(change, stored) or "")
    if "after" not in again.data and clauses:
        again.data["after"] = clauses[-1].key
    versions = _versions(context, stored) if context["key"] != NEW else None
    context |= {"stale": stale, "versions": [versions] if versions else [], "form": again, "is_new": clause is None}
    return TemplateResponse(request, "agreements/draft_clause.html", context, status=409)


def _versions(context: dict[str, Any], stored: Clause | None) -> Versions:
    """The section as it was when the page was opened, as it is stored now and as it was typed."""
    change, form = context["change"], context["form"]
    started = {name: form.cleaned_data.get(name) for name in ("revision", "ground")}
    try:
        opened, is_known = actions.opened_clause(change, context["document"], context["key"], **started), True
    except LookupError:
        opened, is_known = None, False
    mine = Clause(**{name: form.data.get(name, "") for name in ("number", "heading", "body")})
    by = stored.version.change if stored else change
    return Versions(str(mine), opened, stored, mine, saved(by), is_known)


def _says(clause: Clause, form: ClauseForm) -> bool:
    """Whether the section already is what was typed: the button was pressed twice."""
    typed = form.cleaned_data if form.is_valid() else {}
    body = typed.get("body", "").replace("\r\n", "\n").strip("\n")
    return (clause.number, clause.heading, clause.body) == (typed.get("number"), typed.get("heading"), body)


@require_GET
def change_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text: marked, side by side, before, or after; another wording also against the one before it."""
    access, change = open_change(request, pk)
    tell_stages([change])
    earlier = change.reworded
    views = {MARKED: _("Marked"), BESIDE: _("Side by side"), BEFORE: _("Before"), AFTER: _("After")}
    if earlier:
        views[EARLIER] = _("Against the previous wording")
    asked = request.GET.get("nakyma", MARKED)
    view = asked if asked in views else MARKED
    wording = {one.document: one for one in contents.document_changes(earlier)} if earlier and view == EARLIER else {}
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "matter": change.matter,
        "documents": [_shown(touched, view, wording) for touched in contents.document_changes(change)],
        "view": view,
        "views": views.items(),
        "earlier": earlier if view == EARLIER else None,
        "marked": "" if view in (MARKED, BESIDE, EARLIER) else f"?nakyma={MARKED}",
    }
    return TemplateResponse(request, "agreements/compare.html", context)


def _shown(
    touched: contents.DocumentChange, view: str, wording: dict[Document, contents.DocumentChange]
) -> dict[str, Any]:
    """One document of the change. `whole`: all of it before or after, when that is asked for.

    wording: documents as another wording has them, to be compared with.
    """
    rows = {BEFORE: touched.before, AFTER: touched.after}.get(view)
    is_text, other = touched.content is text.TEXT, wording.get(touched.document)
    return {
        "touched": touched,
        "content": between(other.after, touched.after) if is_text and other else touched.compared(),
        "is_text": is_text,
        "whole": touched.content.present(rows) if rows is not None else None,
    }
