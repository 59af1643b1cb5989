"""A button pressed twice acts once, and the second press is answered kindly."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

type_of_view = Callable[..., HttpResponse]
UNDER_WAY = "…"
LONGEST_ACT = 30
REMEMBERED = 60 * 60
PAUSE = 0.05


def acts_once(view: type_of_view) -> type_of_view:
    """The same person, form and content a second time: on to where the first press led, and nothing is done again.

    The form is known by its masked CSRF token, which every page gets anew; so the same act on a page opened again
    is an act of its own. Only a press that was accepted, and so led on, is remembered.
    """

    @functools.wraps(view)
    def pressed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        if not cache.add(key, UNDER_WAY, LONGEST_ACT) and (led_to := _outcome(key)):
            messages.info(request, _("This had been done already. The page shows how things stand now."))
            return redirect(led_to)
        led_to = ""
        try:
            response = view(request, *args, **kwargs)
            led_to = response.get("Location", "")
        finally:
            cache.set(key, led_to, REMEMBERED if led_to else 0)
        return response

    pressed.acts_once = True  # type: ignore[attr-defined]
    return pressed


def _key(request: HttpRequest) -> str:
    """Who, where, on which page, and every word and file that was sent."""
    told = hashlib.sha256(f"{request.user.pk} {request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        told.update(repr((name, values)).encode())
    files: list[tuple[str, Any]] = sorted(request.FILES.items())
    for name, file in files:
        told.update(repr((name, file.name)).encode())
        for chunk in file.chunks():
            told.update(chunk)
        file.seek(0)
    return f"once:{told.hexdigest()}"


def _outcome(key: str) -> str:
    """Where the first press led, once that is known; empty when it was refused."""
    last = time.monotonic() + LONGEST_ACT
    while (led_to := cache.get(key, "")) == UNDER_WAY and time.monotonic() < last:
        time.sleep(PAUSE)
    return "" if led_to == UNDER_WAY else str(led_to)
