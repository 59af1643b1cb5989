"""The steering group's own page, its appointment, and a party's seats in a draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access, open_agreement, open_change
from agreements.models import Change, Document, Party
from agreements.permissions import can_draft, can_edit, require
from agreements.views.acts import Act, perform
from steering import actions, permissions, todo
from steering.actions.terms import Appointing
from steering.composition import Composition, composition_on
from steering.content import drafted, load
from steering.forms.seats import AppointForm, CloseTermForm, NewSeatFormSet, OwnSeatFormSet, StartForm, as_typed
from steering.models import SeatLine, Term
from steering.offices import ToDo
from steering.views.pages import navigation
from tym.core.errors import Refused, Stale
from tym.core.once import acts_once

SECTION = "steering"


@require_GET
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The group on the day: term, seats, each rule with its clause, and who sat before."""
    access = open_agreement(request, pk)
    parties = list(access.agreement.parties.all())
    group = composition_on(access.agreement, access.day.on, parties)
    annex = access.agreement.documents.filter(kind=Document.Kind.COMPOSITION).first()
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "day": access.day,
        "group": group,
        "annex": annex,
        "todo": _todo(access, group, parties),
        "may_notice": annex and group.seats and can_draft(access.mandates, annex),
        "may_appoint": [party for party in parties if permissions.can_appoint_group(access.mandates, party)],
        "may_close": _may_close(access, group),
    }
    return TemplateResponse(request, "steering/group_detail.html", context | navigation(access))


def _todo(access: Access, group: Composition, parties: list[Party]) -> list[ToDo]:
    """What is to be done today, on today's page only; meetings for those who see them."""
    if not access.day.is_today:
        return []
    found = todo.of_group(access.agreement, group, parties, access.day.today)
    if permissions.can_view_meetings(access.mandates) is None:
        return found
    return [*found, *todo.of_meetings(access.agreement, access.day.today)]


def _may_close(access: Access, group: Composition) -> bool:
    term = group.term
    return bool(term and not term.closed_on and permissions.can_close_term(access.mandates, term.party))


@require_http_methods(["GET", "POST"])
@acts_once
def group_appoint(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Record the authority's decision that appoints the group, or changes its number of seats."""
    access = open_agreement(request, pk)
    party = get_object_or_404(access.agreement.parties, order=order, role=Party.Role.EMPLOYMENT_AUTHORITY)
    require(permissions.can_appoint_group(access.mandates, party))
    form = AppointForm(request.POST or None, request.FILES or None)
    now = composition_on(access.agreement, access.day.today, [])
    formset = NewSeatFormSet(
        request.POST or None,
        prefix="seats",
        initial=[as_typed(seat) for seat in now.seats],
        form_kwargs={"parties": access.agreement.parties.all()},
    )
    refusal = None
    valid = [form.is_valid(), formset.is_valid()]
    if request.method == "POST" and all(valid):
        try:
            _appoint(access, party, form.cleaned_data, formset.seats)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request, _("The appointment has been recorded. The seats are in force from its first day.")
            )
            return redirect("steering:group_detail", pk)
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "party": party,
        "form": form,
        "formset": formset,
        "refusal": refusal,
        "file_lost": bool(request.FILES),
    }
    return TemplateResponse(request, "steering/group_appoint.html", context, status=409 if refusal else 200)


def _appoint(access: Access, party: Party, told: dict[str, Any], seats: list[actions.SeatInput]) -> None:
    names = ("organ", "decided_on", "section", "case_number", "extract")
    common: dict[str, Any] = {
        "by": access.mandates[0],
        "on": access.day.today,
        "decision": Appointing(**{name: told[name] for name in names}),
        "valid_from": told["valid_from"],
        "seats": seats,
        "deviation": told["deviation"],
    }
    term = Term.objects.on(told["valid_from"]).filter(agreement=access.agreement, party=party).first()
    if term:
        actions.revise_group(term=term, **common)
    else:
        actions.appoint_group(agreement=access.agreement, party=party, **common)


@require_http_methods(["GET", "POST"])
@acts_once
def term_close(request: HttpRequest, pk: int, term_pk: int) -> HttpResponse:
    """The term ends before its five years, with the reason."""
    access = open_agreement(request, pk)
    term = get_object_or_404(Term.objects.select_related("party"), pk=term_pk, agreement=access.agreement)
    by = require(permissions.can_close_term(access.mandates, term.party))
    act = Act(
        title=_("Close the term early"),
        lead=_("Term %(term)s") % {"term": term},
        back=reverse("steering:group_detail", args=[pk]),
        done=_("The term has been closed."),
        note=_("The mandates of the members and deputies end with the term."),
    )
    return perform(
        request,
        access,
        act,
        CloseTermForm(request.POST or None),
        lambda **values: actions.close_term(term=term, by=by, on=access.day.today, **values),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def draft_seats(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Who sits in the party's own seats, in a draft of its notice (7 §)."""
    access, change = open_change(request, pk)
    versions = change.versions.select_related("document")
    document = get_object_or_404(versions, document__number=number, document__kind=Document.Kind.COMPOSITION).document
    if change.party is None:
        raise Http404
    if change.state != Change.State.DRAFT:
        raise Refused(_("This is no longer a draft, so it cannot be edited."))
    by = require(can_edit(access.mandates, change))
    stored = drafted(change, document)
    if request.method != "POST":
        formset = OwnSeatFormSet(prefix="seats", initial=[as_typed(seat) for seat in stored.own])
        return _seats_page(request, access, change, document, formset)
    formset, start = OwnSeatFormSet(request.POST, prefix="seats"), StartForm(request.POST, auto_id=False)
    if not (formset.management_form.is_valid() and start.is_valid()):
        raise BadRequest("The seats did not come through whole.")
    if not formset.is_valid():
        return _seats_page(request, access, change, document, formset, start=start)
    try:
        actions.replace_seats(
            change=change, document=document, by=by, on=access.day.today, seats=formset.seats, **start.cleaned_data
        )
    except Stale:
        return _seats_page(request, access, change, document, formset, conflict=True)
    except Refused as refusal:
        return _seats_page(request, access, change, document, formset, start=start, refusal=refusal)
    messages.success(request, _("The seats have been saved in the draft."))
    return redirect(change)


def _seats_page(
    request: HttpRequest,
    access: Access,
    change: Change,
    document: Document,
    formset: Any,
    *,
    start: StartForm | None = None,
    conflict: bool = False,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The form; in a conflict, what is stored stands above what she typed."""
    change.refresh_from_db(fields=["revision"])
    stored = drafted(change, document)
    others = SeatLine.objects.of(document).latest_decided().exclude(party=change.party)
    begun = StartForm(initial={"revision": change.revision, "ground": stored.ground}, auto_id=False)
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "formset": formset,
        "rows": _with_their_seats(stored.own, formset),
        "start": start or begun,
        "conflict": conflict,
        "refusal": refusal,
        "stored": stored.own,
        "others": load(others),
    }
    status = 409 if conflict or refusal else 200
    return TemplateResponse(request, "steering/draft_seats.html", context, status=status)


def _with_their_seats(own: Iterable[SeatLine], formset: Any) -> list[tuple[SeatLine | None, Any]]:
    """Each form with the seat whose key it carries, so that nothing typed is lost when the seats have changed."""
    seats = {seat.key: seat for seat in own}
    return [(seats.get(form["key"].value()), form) for form in formset]
