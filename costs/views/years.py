"""Costs of a year, and each party's statement of a settlement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.models import Party, Record
from costs import actions, permissions, yearly
from costs.actions.statements import kept_statement
from costs.statements import WIDTHS, Statement, headings, pdf_source, rows_of, statement_of
from costs.views.keys import proposals_told, rules_told
from costs.views.pages import context_of, open_costs, open_settlement_page, party_of
from costs.views.sharing import sharings_told
from tym.core import sheets
from tym.core.formats import format_euro
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed, render_pdf
from tym.core.uploads import CSV, XLSX

FIRST_YEAR, LAST_YEAR = 2000, 2199
YEARS_SHOWN = 5
MEDIA_TYPES = {"xlsx": XLSX, "csv": CSV}


def _year(request: HttpRequest, today_year: int) -> int:
    typed = request.GET.get("vuosi", "")
    if not typed:
        return today_year
    if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:9]) <= LAST_YEAR):
        raise Http404
    return int(typed)


@require_GET
def cost_year(request: HttpRequest, pk: int) -> HttpResponse:
    """The year's items by kind and party, the shares, earlier years, the development day, settlements."""
    access = open_costs(request, pk)
    year = _year(request, access.day.today.year)
    parties = list(access.agreement.parties.all())
    development = yearly.shares_by_year(access.agreement, parties)
    of_year = next((one for one in development if one.year == year), None)
    days = access.agreement.development_days.filter(held_on__year=year)
    context = context_of(
        access,
        year=year,
        years=sorted({year, access.day.today.year, *(one.year for one in development)}, reverse=True)[:YEARS_SHOWN],
        parties=parties,
        kinds=yearly.by_kind(yearly.items_of(access.agreement, year), parties),
        shares=of_year,
        bars=_bars(parties, of_year),
        development=development[:YEARS_SHOWN],
        days=days.annotate(came=Sum("attendance__persons"), told=Count("attendance")),
        last_day=access.agreement.development_days.filter(held_on__year__lt=year).last(),
        is_over=year < access.day.today.year,
        settlements=list(access.agreement.settlements.filter(first_day__year=year).select_related("matter")),
        not_held=access.agreement.days_not_held.filter(year=year).select_related("recorded_by__person").first(),
        rules=rules_told(access),
        sharings=sharings_told(access),
        proposals=proposals_told(access),
        may_enter=permissions.can_enter_cost(access.mandates),
        may_prepare=permissions.can_prepare_costs(access.mandates),
        may_record_sharing=permissions.can_record_sharing(access.mandates),
    )
    return TemplateResponse(request, "costs/cost_year.html", context)


def _bars(parties: list[Party], of_year: yearly.YearShares | None) -> list[tuple[str, Decimal, str]]:
    if of_year is None:
        return []
    pairs = zip(parties, of_year.amounts, strict=True)
    return [(party.short_name, amount, format_euro(amount)) for party, amount in pairs]


def _statement(request: HttpRequest, pk: int, settlement_pk: int, order: int) -> tuple[dict[str, object], Statement]:
    access, settlement = open_settlement_page(request, pk, settlement_pk)
    statement = statement_of(settlement, party_of(access, order))
    return context_of(access, statement=statement, settlement=settlement), statement


@require_GET
def statement_detail(request: HttpRequest, pk: int, settlement_pk: int, order: int) -> HttpResponse:
    """A party's statement on the screen."""
    context, statement = _statement(request, pk, settlement_pk, order)
    context["kept"] = kept_statement(statement.settlement, statement.party)
    return TemplateResponse(request, "costs/statement_detail.html", context)


@require_GET
def statement_export(request: HttpRequest, pk: int, settlement_pk: int, order: int, kind: str) -> HttpResponse:
    """The statement as a sheet."""
    _context, statement = _statement(request, pk, settlement_pk, order)
    if kind == "xlsx":
        content = sheets.write_xlsx(_("Statement"), headings(), rows_of(statement), WIDTHS)
    else:
        content = sheets.write_csv(headings(), rows_of(statement))
    return _file(content, MEDIA_TYPES[kind], statement, kind)


@require_http_methods(["GET", "POST"])
@acts_once
def statement_pdf(request: HttpRequest, pk: int, settlement_pk: int, order: int) -> HttpResponse:
    """The statement as an archivable, accessible PDF: of a closed settlement the one kept, else as it stands now.

    A POST makes the one to be kept, when it could not be made as the settlement closed.
    """
    context, statement = _statement(request, pk, settlement_pk, order)
    kept = kept_statement(statement.settlement, statement.party)
    if kept:
        return redirect(kept)
    try:
        if request.method == "POST":
            return redirect(_keep(request, pk, statement))
        return _file(render_pdf(pdf_source(statement)), "application/pdf", statement, "pdf")
    except PdfFailed as failure:
        told = context | {
            "failure": failure,
            "back": reverse("costs:statement_detail", args=[pk, settlement_pk, order]),
        }
        return TemplateResponse(request, "costs/pdf_failed.html", told, status=503)


def _keep(request: HttpRequest, pk: int, statement: Statement) -> Record:
    access = open_costs(request, pk)
    told: dict[str, Any] = {"by": access.mandates[0], "on": access.day.today}
    return actions.issue_statement(settlement=statement.settlement, party=statement.party, **told)


def _file(content: bytes, media_type: str, statement: Statement, extension: str) -> HttpResponse:
    name = f"erittely-{statement.settlement.pk}-{statement.party.order}-{statement.settlement.last_day.isoformat()}"
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response["Content-Security-Policy"] = "sandbox"
    return response
