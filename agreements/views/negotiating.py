"""Negotiations on a proposal to change the text (12 §): one page with every section, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions, contents, permissions, text
from agreements.access import Access, open_change
from agreements.comparison import ClauseChange, anchor
from agreements.forms.acts import ConfirmForm
from agreements.forms.negotiating import CommentForm, EndForm
from agreements.models import Change, Comment, Document, Matter
from agreements.rivals import rivals_of
from agreements.stages import life_of, tell_stages
from agreements.views.acts import Act, perform
from tym.core.formats import format_day
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed

WHOLE = "kokonaisuus"


def _open(request: HttpRequest, pk: int) -> tuple[Access, Change]:
    """A proposal to change the text that has left its draft, or 404."""
    access, change = open_change(request, pk)
    if change.matter.kind != Matter.Kind.AMENDMENT or change.state == Change.State.DRAFT:
        raise Http404
    return access, change


@require_GET
def negotiation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every touched section marked, with what has been said to it and other wordings of it."""
    access, change = _open(request, pk)
    return _page(request, access, change, CommentForm())


def _page(request: HttpRequest, access: Access, change: Change, form: CommentForm) -> HttpResponse:
    documents = contents.document_changes(change)
    parties = list(access.agreement.parties.all())
    comments = _comments(access, change)
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "matter": change.matter,
        "life": life_of(change, parties, list(change.matter.decisions.all()), access.mandates),
        "rivals": rivals_of(change, documents),
        "sections": [section for touched in documents for section in _sections(touched, comments)],
        "whole": WHOLE,
        "general": comments.get((None, ""), []),
        "wordings": _wordings(access, change),
        "form": form,
        "may_comment": permissions.can_comment(access.mandates, change),
        "may_offer": permissions.can_offer_wording(access.mandates, change),
        "may_end": permissions.can_end_negotiations(access.mandates, change),
    }
    return TemplateResponse(request, "agreements/negotiation.html", context, status=409 if form.errors else 200)


def _sections(touched: contents.DocumentChange, comments: dict[Any, list[Any]]) -> list[dict[str, Any]]:
    """Each changed section of a text, marked. Rows that are no text are shown on the page of the change."""
    if touched.content is not text.TEXT:
        return []
    return [
        _section(item, touched.document, comments.get((touched.document.pk, item.change.row.key), []))
        for item in touched.compared().items
    ]


def _section(item: ClauseChange, document: Document, comments: list[dict[str, Any]]) -> dict[str, Any]:
    unsettled = sum(said["it"].resolved_at is None for said in comments)
    return {"item": item, "document": document, "comments": comments, "open": unsettled}


def _comments(access: Access, change: Change) -> dict[Any, list[dict[str, Any]]]:
    """What has been said, by document and section, open ones first. One query."""
    found: dict[Any, list[dict[str, Any]]] = {}
    said = change.comments.select_related("made_by__person", "made_by__party", "resolved_by__person")
    for comment in sorted(said, key=lambda comment: (comment.resolved_at is not None, comment.pk)):
        comment.change = change
        may_resolve = not comment.resolved_at and permissions.can_resolve(access.mandates, comment) is not None
        found.setdefault((comment.document_id, comment.key), []).append({"it": comment, "may_resolve": may_resolve})
    return found


def _wordings(access: Access, change: Change) -> list[Change]:
    """Every wording of the matter that the reader may see, oldest first."""
    person = access.mandates[0].person
    seen = Change.objects.visible_to(person, access.day.today).filter(matter=change.matter)
    wordings = list(seen.select_related("matter", "party").order_by("pk"))
    tell_stages(wording for wording in wordings if wording != change)
    return wordings


@require_POST
def proposal_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal as a PDF for the meeting; the one already made when nothing in it has changed."""
    access, change = _open(request, pk)
    life = life_of(change, list(access.agreement.parties.all()), [], access.mandates)
    try:
        record = actions.issue_proposal(change=change, life=life, by=access.mandates[0], on=access.day.today)  # type: ignore[arg-type]  # a proposal has a life
    except PdfFailed as failure:
        context = {"agreement": access.agreement, "section": "changes", "failure": failure, "day": access.day}
        return TemplateResponse(request, "agreements/pdf_failed.html", context, status=503)
    return redirect(record)


@require_POST
@acts_once
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment on a section, or on the whole proposal."""
    access, change = _open(request, pk)
    by = permissions.require(permissions.can_comment(access.mandates, change))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, access, change, form)
    number, key = form.cleaned_data["document"], form.cleaned_data["key"]
    document = access.agreement.documents.filter(number=number).first() if key else None
    if key and document is None:
        raise Http404
    actions.comment_on(
        change=change, by=by, on=access.day.today, body=form.cleaned_data["body"], document=document, key=key
    )
    messages.success(request, _("The comment has been added. Every party sees it."))
    return _back_to(change, document, key)


def _back_to(change: Change, document: Document | None, key: str) -> HttpResponse:
    """The page of negotiations, at the section that was commented on."""
    page = reverse("agreements:negotiation_detail", args=[change.pk])
    return redirect(f"{page}#{anchor(document.pk, key) if document else WHOLE}")


@require_POST
@acts_once
def comment_resolve(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """What a comment asked for has been settled."""
    access, change = _open(request, pk)
    comment = Comment.objects.select_related("made_by", "change__matter").filter(change=change, pk=comment_pk).first()
    if comment is None:
        raise Http404
    by = permissions.require(permissions.can_resolve(access.mandates, comment))
    actions.resolve_comment(comment=comment, by=by, on=access.day.today)
    messages.success(request, _("The comment has been marked resolved."))
    return _back_to(change, comment.document, comment.key)


@require_POST
@acts_once
def wording_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording, as the party's own draft in the same matter."""
    access, change = _open(request, pk)
    by = permissions.require(permissions.can_offer_wording(access.mandates, change))
    new = actions.offer_wording(change=change, by=by, on=access.day.today)
    messages.success(request, _("Write the sections as you would have them, then propose. Nobody else sees the draft."))
    return redirect(new)


@require_http_methods(["GET", "POST"])
@acts_once
def negotiations_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the parties did not agree."""
    access, change = _open(request, pk)
    by = permissions.require(permissions.can_end_negotiations(access.mandates, change))
    act = Act(
        title=_("End the negotiations without agreement"),
        lead=str(change),
        back=change.get_absolute_url(),
        done=_("It has been recorded that the negotiations ended without agreement."),
        note=_("The text in force stays. The proposal cannot be gone on with; it can be taken up again as a new one."),
    )
    return perform(
        request,
        access,
        act,
        EndForm(request.POST or None),
        lambda **values: actions.end_negotiations(change=change, by=by, on=access.day.today, **values),
        change=change,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def notice_shorten(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A party agrees that a late proposal comes into force on its wanted day."""
    access, change = _open(request, pk)
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    by = permissions.require(permissions.can_agree_to_shorter_notice(access.mandates, change, party))
    told = {"day": format_day(change.wanted_from) if change.wanted_from else ""}
    act = Act(
        title=_("Agree to a shorter time"),
        lead=f"{party.short_name}: {change}",
        back=change.get_absolute_url(),
        done=_("The consent to a shorter time has been recorded."),
        note=_("The changed text can then start on %(day)s, when every party has agreed (agreement 12 §).") % told,
    )
    return perform(
        request,
        access,
        act,
        ConfirmForm(request.POST or None),
        lambda: actions.agree_to_shorter_notice(
            change=change, party=party, by=by, on=access.day.today, sha256=change.sha256
        ),
        change=change,
    )
