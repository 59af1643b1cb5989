"""Agreements that belong beside this one: recorded, and told to have ended."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import actions, permissions
from agreements.access import Access, open_agreement
from agreements.forms.related import EndRelatedForm, RelatedForm
from agreements.views.acts import Act, perform
from tym.core.once import acts_once


def _address(access: Access) -> str:
    return f"{reverse('agreements:lasting_detail', args=[access.agreement.pk])}#related"


@require_http_methods(["GET", "POST"])
@acts_once
def related_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a separate agreement, such as that on the youth joint service."""
    access = open_agreement(request, pk)
    by = permissions.require(permissions.can_relate(access.mandates))
    act = Act(
        title=_("Record a related agreement"),
        lead=access.agreement.title,
        back=_address(access),
        done=_("The related agreement has been recorded."),
        note=_(
            "What is agreed on the youth joint service is agreed separately (act 381/2023 16 §, agreement 3 and 6 §). "
            "Every party sees what is recorded. It is not changed afterwards: another may replace it, or it may end."
        ),
    )
    current = access.agreement.related.filter(end=None, replaced_by=None)
    form = RelatedForm(request.POST or None, request.FILES or None, current=current)
    told: dict[str, Any] = {"agreement": access.agreement, "by": by, "on": access.day.today}
    return perform(request, access, act, form, lambda **v: actions.relate_agreement(**told, **v), section="agreement")


@require_http_methods(["GET", "POST"])
@acts_once
def related_end(request: HttpRequest, pk: int, related_pk: int) -> HttpResponse:
    """Tell that a related agreement has ended."""
    access = open_agreement(request, pk)
    by = permissions.require(permissions.can_relate(access.mandates))
    related = access.agreement.related.filter(pk=related_pk).first()
    if related is None:
        raise Http404
    act = Act(
        title=_("Record the end of a related agreement"),
        lead=str(related),
        back=_address(access),
        done=_("The end of the related agreement has been recorded."),
        note=_("It stays visible as ended. If another has taken its place, record that one instead."),
    )
    form = EndRelatedForm(request.POST or None)
    told: dict[str, Any] = {"related": related, "by": by, "on": access.day.today}
    return perform(request, access, act, form, lambda **v: actions.end_related(**told, **v), section="agreement")
