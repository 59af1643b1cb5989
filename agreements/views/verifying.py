"""The page that tells of a file whether it is a signed agreement, and unchanged."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from agreements import verifying
from agreements.access import day_of
from agreements.forms.signing import VerifyForm
from tym.core.limits import Limit, sender_of

FILES = Limit("verify-a-file", 60, datetime.timedelta(hours=1))


@require_http_methods(["GET", "POST"])
def file_verify(request: HttpRequest) -> HttpResponse:
    """By a file, or by its SHA-256 in the address. Nothing is kept."""
    person: Any = request.user
    today = day_of(request).today
    form = VerifyForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        if not FILES.take(sender_of(request)):
            raise PermissionDenied
        found = verifying.look(form.cleaned_data["upload"].content, person, today)
    asked = "".join(request.GET.get("tarkiste", "").split()).lower()
    if request.method == "GET" and asked:
        found = verifying.find(asked[:64], person, today)
    return TemplateResponse(request, "agreements/file_verify.html", {"form": form, "found": found, "asked": asked})
