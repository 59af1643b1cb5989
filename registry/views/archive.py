"""Each party's archive packages: what was taken, and whether something has come since."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agreements.access import Access
from agreements.actions import issue_consolidated
from agreements.permissions import require
from registry import actions, permissions
from registry.copies import missing
from registry.models import ArchiveExport
from registry.packages import state_of
from registry.views.pages import context_of, open_registry, party_of
from tym.core.errors import Refused
from tym.core.formats import format_day
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed

LAST = 5


@require_GET
def archive_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every party's last packages; a party's own people see whether there is something new and make one."""
    return _page(request, open_registry(request, pk))


def _page(request: HttpRequest, access: Access, refusal: Refused | None = None) -> HttpResponse:
    exports: dict[int, list[ArchiveExport]] = {}
    for export in ArchiveExport.objects.filter(party__agreement=access.agreement).select_related("mandate__person"):
        exports.setdefault(export.party_id, []).append(export)
    rows = []
    for party in access.agreement.parties.select_related("agreement", "organisation"):
        own = permissions.can_export_archive(access.mandates, party) is not None
        made = exports.get(party.pk, [])
        changed = own and bool(made) and made[0].state_sha256 != state_of(party, access.day.today)
        rows.append({"party": party, "exports": made[:LAST], "own": own, "changed": changed})
    lacking = missing(access.agreement, access.day.today) if any(row["own"] for row in rows) else []
    context = context_of(access, "archive", rows=rows, missing=lacking, refusal=refusal)
    return TemplateResponse(request, "registry/archive_list.html", context, status=409 if refusal else 200)


@require_POST
@acts_once
def archive_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the earliest consolidated copy that is missing. One at a time: each takes seconds."""
    access = open_registry(request, pk)
    able = [permissions.can_export_archive(access.mandates, party) for party in access.agreement.parties.all()]
    by = require(next((mandate for mandate in able if mandate), None))
    day = next(iter(missing(access.agreement, access.day.today)), None)
    if day:
        try:
            issue_consolidated(agreement=access.agreement, by=by, day=day, on=access.day.today)
        except PdfFailed as failure:
            context = context_of(access, "archive", failure=failure)
            return TemplateResponse(request, "agreements/pdf_failed.html", context, status=503)
        messages.success(request, _("The consolidated copy of %(day)s has been made.") % {"day": format_day(day)})
    return redirect("registry:archive_list", pk)


@require_POST
@acts_once
def archive_export(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The package as a file; the log tells that it was made."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    by = require(permissions.can_export_archive(access.mandates, party))
    try:
        _export, package = actions.export_archive(party=party, by=by, on=access.day.today)
    except Refused as refusal:
        return _page(request, access, refusal)
    file = io.BytesIO()
    package.write_zip(file)
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    name = f"arkisto-{access.agreement.pk}-{party.order}-{access.day.today.isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox"
    return response
