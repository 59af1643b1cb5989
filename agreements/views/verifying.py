"""The page that tells of a file whether it is a signed agreement, and unchanged. Open to whoever holds the file."""

from __future__ import annotations

import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from agreements import verifying
from agreements.access import day_of
from agreements.forms.signing import FingerprintForm, VerifyForm
from tym.core.limits import Limit, sender_of

FILES = Limit("verify-a-file", 60, datetime.timedelta(hours=1))
RETRY = {"Retry-After": str(60 * 60)}


@login_not_required
@require_http_methods(["GET", "POST"])
def file_verify(request: HttpRequest) -> HttpResponse:
    """By a file, or by its SHA-256 in the address. Nothing is kept."""
    reader: Any = request.user
    today = day_of(request).today
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    asked = FingerprintForm(request.GET if request.method == "GET" and "tarkiste" in request.GET else None)
    context: dict[str, Any] = {"form": form, "asked": asked, "forms": [asked]}
    if (form.is_bound or asked.is_bound) and not FILES.take(sender_of(request)):
        return _page(request, context | {"too_often": True}, status=HTTPStatus.TOO_MANY_REQUESTS, headers=RETRY)
    if form.is_valid():
        context["found"] = verifying.look(form.cleaned_data["upload"].content, reader, today)
    elif asked.is_valid():
        context["found"] = verifying.find(asked.cleaned_data["tarkiste"], reader, today)
    return _page(request, context)


def _page(request: HttpRequest, context: dict[str, Any], **told: Any) -> HttpResponse:
    return TemplateResponse(request, "agreements/file_verify.html", context, **told)
