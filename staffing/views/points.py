"""Where a party's people edit their own service points of Annex 1."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.access import Access, open_change
from agreements.models import Change, Document
from agreements.permissions import can_edit, require
from staffing import points
from staffing.actions import replace_points
from staffing.forms import StartForm
from staffing.forms.points import MAX_POINTS, BasePointFormSet, PointFormSet, as_typed
from tym.core.errors import Refused, Stale
from tym.core.once import acts_once

PREFIX = "points"


@require_http_methods(["GET", "POST"])
@acts_once
def draft_points(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The party's own service points in a draft (agreement 4 §)."""
    access, change = open_change(request, pk)
    kind = Document.Kind.SERVICE_DESCRIPTION
    versions = change.versions.select_related("document")
    document = get_object_or_404(versions, document__number=number, document__kind=kind).document
    # A common draft has no party whose rows it could change.
    if change.party is None:
        raise Http404
    if change.state != Change.State.DRAFT:
        raise Refused(_("This is no longer a draft, so it cannot be edited."))
    by = require(can_edit(access.mandates, change))
    stored = points.drafted(change, document)
    if request.method != "POST":
        rows = [as_typed(point) for point in stored.own]
        return _page(request, access, change, document, _formset(change, stored, initial=rows or [{}]))
    formset, start = _formset(change, stored, data=request.POST), StartForm(request.POST, auto_id=False)
    if not (formset.management_form.is_valid() and start.is_valid()):
        raise BadRequest("The rows did not come through whole.")
    if "add" in request.POST:
        return _one_row_more(request, access, change, document, formset, start)
    if not formset.is_valid():
        return _page(request, access, change, document, formset, start=start)
    try:
        told = {"by": by, "on": access.day.today, "points": formset.points, **start.cleaned_data}
        replace_points(change=change, document=document, **told)
    except Stale as stale:
        return _page(request, access, change, document, formset, stale=stale)
    messages.success(request, _("The service points have been saved in the draft."))
    return redirect(change)


def _formset(change: Change, stored: points.DraftPoints, **kwargs: Any) -> BasePointFormSet:
    """With the agreement's municipalities, and those the party's rows already name, to choose from."""
    area = change.matter.agreement.municipalities.all()
    named = {*area, *(point.municipality for point in stored.own)}
    chosen = sorted(named, key=lambda municipality: municipality.name)
    return PointFormSet(prefix=PREFIX, form_kwargs={"area": chosen, "empty_permitted": True}, **kwargs)


def _one_row_more(
    request: HttpRequest,
    access: Access,
    change: Change,
    document: Document,
    formset: BasePointFormSet,
    start: StartForm,
) -> HttpResponse:
    rows = formset.typed
    if len(rows) >= MAX_POINTS:
        messages.warning(request, _("There can be at most %(rows)s rows.") % {"rows": MAX_POINTS})
        return _page(request, access, change, document, formset, start=start)
    more = _formset(change, points.drafted(change, document), initial=[*rows, {}])
    more.forms[-1].fields["name"].widget.attrs["autofocus"] = True
    return _page(request, access, change, document, more, start=start)


def _page(
    request: HttpRequest,
    access: Access,
    change: Change,
    document: Document,
    formset: BasePointFormSet,
    *,
    start: StartForm | None = None,
    stale: Stale | None = None,
) -> HttpResponse:
    """The form; in a conflict, what is stored stands above what she typed."""
    change.refresh_from_db(fields=["revision"])
    stored = points.drafted(change, document)
    begun = StartForm(initial={"revision": change.revision, "ground": stored.ground}, auto_id=False)
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "document": document,
        "formset": formset,
        "start": start or begun,
        "stale": stale,
        "stored": points.by_municipality(stored.own),
        "others": points.by_municipality(stored.others),
    }
    return TemplateResponse(request, "staffing/draft_points.html", context, status=409 if stale else 200)
