"""What the pages of meetings share: opening one, saving a form, pressing a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from agreements.access import Access, open_agreement
from agreements.views.acts import Act
from steering import permissions
from steering.models import AgendaItem, Meeting
from tym.core.errors import Refused

SECTION = "steering"


def navigation(access: Access) -> dict[str, Any]:
    """What the group's own navigation needs; a municipal contact sees no meetings."""
    sees = permissions.can_view_meetings(access.mandates) is not None
    return {"nav": {"sees_meetings": sees, "year": access.day.today.year}}


def open_meetings(request: HttpRequest, pk: int) -> Access:
    """The agreement, for somebody who sees its meetings; for all others they do not exist."""
    access = open_agreement(request, pk)
    if permissions.can_view_meetings(access.mandates) is None:
        raise Http404
    return access


def open_one(request: HttpRequest, pk: int, meeting_pk: int) -> tuple[Access, Meeting]:
    access = open_meetings(request, pk)
    meeting = Meeting.objects.select_related("agreement", "asked_by", "term").filter(agreement=pk, pk=meeting_pk)
    found = meeting.first()
    if found is None:
        raise Http404
    return access, found


def open_item(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> tuple[Access, AgendaItem]:
    access = open_meetings(request, pk)
    wanted = AgendaItem.objects.select_related(
        "meeting__agreement", "meeting__asked_by", "matter", "chaired_by", "moved_to", "decision"
    )
    item = wanted.filter(pk=item_pk, meeting=meeting_pk, meeting__agreement=pk).first()
    if item is None:
        raise Http404
    return access, item


def fill_in(
    request: HttpRequest, access: Access, act: Act, form: BaseForm, do: Callable[..., Any], **context: Any
) -> HttpResponse:
    """A form that is saved at once: nothing legal follows from it. A meeting that was planned is shown next."""
    context |= {"agreement": access.agreement, "act": act, "form": form, "section": SECTION}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = do(**form.cleaned_data)
        except Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            messages.success(request, act.done)
            return redirect(made if isinstance(made, Meeting) else act.back)
    return TemplateResponse(request, "steering/save_form.html", context, status=status)


def press(request: HttpRequest, back: str, done: str, do: Callable[[], Any]) -> HttpResponse:
    """A button without a form: what it did, or why not, is told on the page one came from."""
    try:
        do()
    except Refused as refusal:
        clause = f" ({refusal.clause})" if refusal.clause else ""
        messages.error(request, f"{refusal.message}{clause}")
    else:
        messages.success(request, done)
    return redirect(back)
