"""Each party's archive packages: what was taken, and whether something has come since."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from agreements.permissions import require
from registry import actions, permissions
from registry.models import ArchiveExport
from registry.packages import state_of
from registry.views.pages import context_of, open_registry, party_of
from tym.core.once import acts_once

LAST = 5


@require_GET
def archive_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every party's last packages; a party's own people see whether there is something new and make one."""
    access = open_registry(request, pk)
    rows = []
    for party in access.agreement.parties.select_related("agreement", "organisation"):
        exports = list(ArchiveExport.objects.filter(party=party).select_related("mandate__person")[:LAST])
        own = permissions.can_export_archive(access.mandates, party) is not None
        changed = own and bool(exports) and exports[0].state_sha256 != state_of(party, access.day.today)
        rows.append({"party": party, "exports": exports, "own": own, "changed": changed})
    return TemplateResponse(request, "registry/archive_list.html", context_of(access, "archive", rows=rows))


@require_POST
@acts_once
def archive_export(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The package as a file; the log tells that it was made."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    by = require(permissions.can_export_archive(access.mandates, party))
    _export, package = actions.export_archive(party=party, by=by, on=access.day.today)
    file = io.BytesIO()
    package.write_zip(file)
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    name = f"arkisto-{access.agreement.pk}-{party.order}-{access.day.today.isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox"
    return response
