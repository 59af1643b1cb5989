"""The privacy notice of this service, and what it holds of the person who asks."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from registry.own_data import acts_of, held_of


@require_GET
@login_not_required
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """Tietosuojaseloste (GDPR art. 13–14)."""
    return TemplateResponse(request, "registry/privacy_notice.html", {})


@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything that this service holds of the person, on one page."""
    person = request.user
    context = {"held": held_of(person), "acts": acts_of(person)}  # type: ignore[arg-type]
    return TemplateResponse(request, "registry/own_data.html", context)


@require_GET
def own_data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    held = {one.name: one.rows for one in held_of(request.user)}  # type: ignore[arg-type]
    content = json.dumps(held, ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="omat-tiedot.json"'
    response["Content-Security-Policy"] = "sandbox"
    return response
