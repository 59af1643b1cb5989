"""Agreements of one person side by side."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from agreements.models import Mandate
from staffing.beside import side_by_side
from staffing.periods import Period
from tym.core import periods


@require_GET
def agreements_compare(request: HttpRequest) -> HttpResponse:
    """Staff and clients per person-year of every agreement on which the person holds a mandate. 403 without one."""
    today = periods.today()
    held = Mandate.objects.in_force(today).filter(person=request.user.pk).select_related("agreement")
    mandates = list(held)
    if not mandates:
        raise PermissionDenied
    first = min(mandate.agreement.valid_from.year for mandate in mandates)
    years = range(min(first, today.year), today.year + 1)
    typed = request.GET.get("vuosi", "")
    year = max(Period.ended_before(today).year, years[0])
    if typed.isascii() and typed.isdecimal() and len(typed) == 4 and int(typed) in years:
        year = int(typed)
    context = {"year": year, "years": years, "lines": side_by_side(mandates, year, today)}
    return TemplateResponse(request, "staffing/agreements_compare.html", context)
