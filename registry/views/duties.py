"""The duty matrix: who answers for what, on what it rests, when it was confirmed; for an inspection as PDF."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.models import Agreement
from agreements.permissions import require
from agreements.views.acts import Act, perform
from registry import actions, permissions
from registry.duties import duties_on, keha_on, matrix
from registry.forms.duties import DutiesForm, EvidenceForm
from registry.views.pages import SECTION, context_of, open_registry, party_of
from tym.core.formats import format_day
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed, PdfSource, render_pdf, style_sheet


@require_GET
def duty_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every duty of the day with its bearers, confirmations and evidence."""
    access = open_registry(request, pk)
    parties = list(access.agreement.parties.all())
    own = [party for party in parties if permissions.can_confirm_duties(access.mandates, party)]
    rows = matrix(access.agreement, access.day.on)
    late = Counter(party for row in rows for party in row.overdue)
    context = context_of(
        access,
        "duties",
        rows=rows,
        parties=parties,
        own=own,
        overdue=[(party, late[party]) for party in parties if late[party]],
        keha=keha_on(access.day.on),
    )
    return TemplateResponse(request, "registry/duty_list.html", context)


def _back(access: Access) -> str:
    return reverse("registry:duty_list", args=[access.agreement.pk])


@require_http_methods(["GET", "POST"])
@acts_once
def duty_confirm(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A party's yearly confirmation of its own duties, in one sweep."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    by = require(permissions.can_confirm_duties(access.mandates, party))
    duties = [duty for duty in duties_on(access.day.today) if duty.yearly and party.role in duty.bearers]
    act = Act(
        title=_("Confirm the duties of %(party)s") % {"party": party.genitive},
        lead=access.agreement.short_title,
        back=_back(access),
        done=_("The duties have been confirmed for a year."),
        note=_("What is not ticked stays as it was."),
    )
    return perform(
        request,
        access,
        act,
        DutiesForm(request.POST or None, duties=duties),
        lambda duties: actions.confirm_duties(party=party, by=by, on=access.day.today, duties=duties),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def duty_evidence(request: HttpRequest, pk: int, order: int, key: str) -> HttpResponse:
    """How a duty is kept: a note, a link, a file."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    by = require(permissions.can_confirm_duties(access.mandates, party))
    duty = next((duty for duty in duties_on(access.day.today) if duty.key == key), None)
    if duty is None:
        raise Http404
    act = Act(
        title=_("Evidence of a duty"),
        lead=f"{duty.title} ({duty.clause})",
        back=_back(access),
        done=_("The evidence has been saved."),
        note=_("Every party sees it. It cannot be changed or taken away afterwards."),
    )
    return perform(
        request,
        access,
        act,
        EvidenceForm(request.POST or None, request.FILES or None),
        lambda **told: actions.add_evidence(party=party, by=by, on=access.day.today, duty=key, **told),
        section=SECTION,
    )


@require_GET
def duty_pdf(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """The matrix for an inspection. It is drawn anew each time: the same source, the same bytes."""
    access = open_registry(request, pk)
    try:
        day = datetime.date.fromisoformat(on)
    except ValueError:
        raise Http404 from None
    try:
        content = render_pdf(pdf_source(access.agreement, day))
    except PdfFailed as failure:
        context = context_of(access, "duties", failure=failure, back=_back(access))
        return TemplateResponse(request, "agreements/pdf_failed.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="velvollisuudet-{day.isoformat()}.pdf"'
    response["Content-Security-Policy"] = "sandbox"
    return response


def pdf_source(agreement: Agreement, day: datetime.date) -> PdfSource:
    """What the PDF is made from."""
    rows = matrix(agreement, day)
    title = _("Duties of data protection and documents, %(agreement)s")
    title %= {"agreement": agreement.short_title}
    context: dict[str, Any] = {
        "agreement": agreement,
        "rows": rows,
        "evidenced": any(row.evidence for row in rows),
        "day": day,
        "title": title,
        "language": get_language() or "fi",
    }
    told = [
        {
            "key": row.duty.key,
            "title": row.duty.title,
            "clause": row.duty.clause,
            "law": row.duty.law,
            "bearers": row.bearers,
            "confirmed": {cell.party.short_name: format_day(cell.confirmed) for cell in row.cells if cell.confirmed},
        }
        for row in rows
    ]
    return PdfSource(
        html=render_to_string("registry/pdf/duties.html", context),
        css=(style_sheet("pdf.css"),),
        attachment_name="velvollisuudet.json",
        attachment=json.dumps(told, ensure_ascii=False, indent=1).encode(),
        attachment_mime="application/json",
        day=day,
        title=title,
        language=get_language() or "fi",
    )
