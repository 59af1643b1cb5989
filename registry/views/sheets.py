"""A party's list of rights from and to a spreadsheet. A file that comes in is read, shown and dropped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.models import Mandate, Party
from registry import actions
from registry.exchange import COLUMNS, headings, read, row_of
from registry.forms.rights import MAX_ROWS, RightsSheetForm, RowFormSet
from registry.preview import PREFIX, preview
from registry.views.pages import context_of, open_own
from registry.views.rights import limits_of, own_address
from tym.core import sheets
from tym.core.errors import Refused
from tym.core.once import acts_once
from tym.core.uploads import CSV, XLSX

MEDIA_TYPES = {"xlsx": XLSX, "csv": f"{CSV}; charset=utf-8"}


@require_http_methods(["GET", "POST"])
@acts_once
def right_import(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Choose a file, see row by row what would change, then take the rows."""
    access, party, by = open_own(request, pk, order)
    if request.method == "POST" and f"{PREFIX}-TOTAL_FORMS" in request.POST:
        return _take(request, access, party, by)
    form = RightsSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = sheets.read_upload(form.cleaned_data["upload"], limit=MAX_ROWS)
            found = preview(read(sheet, party.access_rights.all()), **limits_of(access, party))
        except ValidationError as problem:
            form.add_error("upload", problem)
        else:
            return _page(request, access, party, "registry/right_preview.html", preview=found)
    return _page(request, access, party, "registry/right_import.html", form=form, headings=headings())


def _take(request: HttpRequest, access: Access, party: Party, by: Mandate) -> HttpResponse:
    formset = RowFormSet(request.POST, prefix=PREFIX, form_kwargs=limits_of(access, party))
    form = RightsSheetForm()
    told: dict[str, Any] = {"form": form, "headings": headings(), "status": 409}
    if not formset.is_valid():
        refusal = Refused(_("The rows are not as they were shown. Choose the spreadsheet again."))
        return _page(request, access, party, "registry/right_import.html", refusal=refusal, **told)
    stored = {right.pk: right for right in party.access_rights.select_related("party")}
    rows = []
    for data in formset.cleaned_data:
        rows.append((stored.get(data.get("known") or 0), {name: data[name] for name in COLUMNS}))
    try:
        taken = actions.take_rights(party=party, by=by, on=access.day.today, rows=rows)
    except Refused as refusal:
        return _page(request, access, party, "registry/right_import.html", refusal=refusal, **told)
    messages.success(request, _("Rows taken into the list: %(count)s.") % {"count": len(taken)})
    return redirect(own_address(party))


def _page(request: HttpRequest, access: Access, party: Party, template: str, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = context_of(access, "rights", party=party, back=own_address(party), **more)
    return TemplateResponse(request, template, context, status=status)


@require_GET
def right_export(request: HttpRequest, pk: int, order: int, kind: str) -> HttpResponse:
    """The party's own list."""
    _access, party, _by = open_own(request, pk, order)
    rows = [row_of(right) for right in party.access_rights.all()]
    if kind == "xlsx":
        content = sheets.write_xlsx("Käyttöoikeudet", headings(), rows, [20] * len(COLUMNS))
    else:
        content = sheets.write_csv(headings(), rows)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="kayttooikeudet-{party.order}.{kind}"'
    response["Content-Security-Policy"] = "sandbox"
    return response
