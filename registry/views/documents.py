"""Every document in one list, with search."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from agreements.models import Record
from registry.documents import documents_of, search, visible
from registry.views.pages import context_of, open_registry

A_PAGE = 50
LONGEST_SEARCH = 100


@require_GET
def document_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person sees, newest first."""
    access = open_registry(request, pk)
    words, kind = request.GET.get("haku", "")[:LONGEST_SEARCH], request.GET.get("laji", "")
    kind = kind if kind in Record.Kind.values else ""
    records = visible(access.agreement, request.user, access.day.today)  # type: ignore[arg-type]
    known = documents_of(access.agreement, records, access.day.today)
    found = search(known, words, kind)
    there = {one.record.kind for one in known}
    pages = Paginator(found, A_PAGE)
    context = context_of(
        access,
        "documents",
        shown=pages.get_page(request.GET.get("sivu", "")),
        count=len(found),
        words=words,
        kind=kind,
        kinds=[(value, label) for value, label in Record.Kind.choices if value in there],
    )
    return TemplateResponse(request, "registry/document_list.html", context)
