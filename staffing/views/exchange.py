"""Annex 2 to and from spreadsheets. A file that comes in is read, shown and dropped; only its rows go on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import open_document
from agreements.models import Document
from staffing.content import load
from staffing.exchange import COLUMNS, Reading, read, row_of
from staffing.forms import MAX_ROWS, SheetForm
from staffing.models import StaffingLine
from staffing.preview import Preview, preview
from staffing.views.desk import PREFIX, Desk, open_desk
from tym.core import sheets
from tym.core.uploads import CSV, XLSX

MEDIA_TYPES = {"xlsx": XLSX, "csv": f"{CSV}; charset=utf-8"}


@require_http_methods(["GET", "POST"])
def lines_import(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Choose a file or paste, then see row by row what would change. The draft is written by `draft_lines`."""
    desk = open_desk(request, pk, number)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, "staffing/lines_import.html", {"form": form})
    try:
        reading = _read(desk, form.cleaned_data)
    except ValidationError as problem:
        form.add_error("upload" if form.cleaned_data["upload"] else "pasted", problem)
        return _page(request, desk, "staffing/lines_import.html", {"form": form})
    return _page(request, desk, "staffing/lines_preview.html", {"preview": _preview(desk, reading, form)})


def _read(desk: Desk, given: dict[str, Any]) -> Reading:
    upload = given["upload"]
    sheet = (
        sheets.read_upload(upload, limit=MAX_ROWS) if upload else sheets.read_pasted(given["pasted"], limit=MAX_ROWS)
    )
    own = desk.change.party
    if own is None:
        raise Http404
    parties = desk.change.matter.agreement.parties.all()
    return read(sheet, own=own, parties=parties, headings_needed=bool(upload), limit=MAX_ROWS)


def _preview(desk: Desk, reading: Reading, form: SheetForm) -> Preview:
    replace = form.cleaned_data["mode"] == SheetForm.REPLACE
    return preview(reading, desk.stored.own, replace=replace, prefix=PREFIX, formset=desk.formset)


def _page(request: HttpRequest, desk: Desk, template: str, more: dict[str, Any]) -> HttpResponse:
    context = {
        "agreement": desk.change.matter.agreement,
        "section": "changes",
        "change": desk.change,
        "document": desk.document,
        "start": desk.start,
        "headings": [column.heading for column in COLUMNS[:8]],
    }
    return TemplateResponse(request, template, context | more)


@require_GET
def draft_export(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """The party's rows as its draft has them."""
    desk = open_desk(request, pk, number)
    return _file(desk.stored.own, desk.document, kind, f"luonnos-{desk.change.pk}")


@require_GET
def annex_export(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """Every party's rows in force on the day."""
    access, document = open_document(request, pk, number)
    if document.kind != Document.Kind.STAFFING or access.day.error:
        raise Http404
    lines = load(StaffingLine.objects.of(document).in_force(access.day.on))
    return _file(lines, document, kind, access.day.on.isoformat())


def _file(lines: Iterable[StaffingLine], document: Document, kind: str, told: str) -> HttpResponse:
    headings = [column.heading for column in COLUMNS]
    rows = [row_of(line) for line in lines]
    if kind == "xlsx":
        content = sheets.write_xlsx(f"Liite {document.number}", headings, rows, [column.width for column in COLUMNS])
    else:
        content = sheets.write_csv(headings, rows)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="liite-{document.number}-{told}.{kind}"'
    response["Content-Security-Policy"] = "sandbox"
    return response
