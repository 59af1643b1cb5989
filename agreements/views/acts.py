"""Legal acts all go the same way: fill in, check, confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from agreements import permissions
from agreements.access import Access
from agreements.models import Change, Correction
from agreements.openings import Versions
from tym.core.errors import Refused, Stale
from tym.core.forms import told


@dataclass(frozen=True)
class Act:
    """An act as its pages show it. `note` says what follows; `done` is told when it has happened.

    again: for what somebody else may have saved meanwhile: the versions, and the form as it starts from the stored one.
    """

    title: str
    lead: str
    back: str
    done: str
    note: str = ""
    again: Callable[[BaseForm], tuple[Versions, BaseForm]] | None = None


def perform(
    request: HttpRequest, access: Access, act: Act, form: BaseForm, do: Callable[..., Any], **context: Any
) -> HttpResponse:
    """Show the form, then what was filled in, then act with the cleaned values.

    A form with a file is confirmed on the form itself, by its own tick: a file does not survive a second page.
    """
    context |= {"agreement": access.agreement, "act": act, "form": form, "section": context.get("section", "changes")}
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        if "edit" in request.POST:
            form.errors.clear()
        return TemplateResponse(request, "agreements/act_form.html", context)
    if not form.is_multipart() and "confirm" not in request.POST:
        return TemplateResponse(request, "agreements/act_check.html", context | {"told": told(form)})
    values = {name: value for name, value in form.cleaned_data.items() if name != "checked"}
    try:
        result = do(**values)
    except Refused as refusal:
        if act.again and isinstance(refusal, Stale):
            versions, form = act.again(form)
            context |= {"form": form, "stale": refusal, "versions": [versions]}
            return TemplateResponse(request, "agreements/act_form.html", context, status=409)
        return TemplateResponse(request, "agreements/act_form.html", context | {"refusal": refusal}, status=409)
    messages.success(request, act.done)
    # A change that was started or moved on is where one goes on.
    return redirect(result if isinstance(result, Change) else act.back)


def corrections_told(mandates: permissions.Mandates, corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Corrections with whether the person may confirm each."""
    return [
        {
            "item": correction,
            "may_confirm": not correction.confirmed_at
            and permissions.can_confirm_correction(mandates, correction) is not None,
        }
        for correction in corrections
    ]
