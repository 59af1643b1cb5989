"""What each party keeps how long, and what has fallen due."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.permissions import require
from agreements.views.acts import Act, perform
from registry import actions, permissions
from registry.documents import visible
from registry.forms.retention import RetentionForm
from registry.retention import due, rules_of
from registry.views.pages import SECTION, context_of, open_registry, party_of
from tym.core.once import acts_once


@require_GET
def retention_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules by party; a party's own people see what has fallen due by theirs."""
    access = open_registry(request, pk)
    records = visible(access.agreement, request.user, access.day.today)  # type: ignore[arg-type]
    rows = []
    for party in access.agreement.parties.select_related("agreement"):
        rules = rules_of(party)
        own = permissions.can_set_retention(access.mandates, party) is not None
        fallen = due(party, records, rules, access.day.today) if own else []
        rows.append({"party": party, "rules": rules, "own": own, "due": fallen})
    return TemplateResponse(request, "registry/retention_list.html", context_of(access, "retention", rows=rows))


@require_http_methods(["GET", "POST"])
@acts_once
def retention_set(request: HttpRequest, pk: int, order: int, kind: str) -> HttpResponse:
    """A party's time for a type of document."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    by = require(permissions.can_set_retention(access.mandates, party))
    rule = next((rule for rule in rules_of(party) if rule.kind == kind), None)
    if rule is None:
        raise Http404
    start = {"years": rule.years, "counted_from": rule.counted_from, "basis": rule.basis if rule.own else ""}
    act = Act(
        title=_("Set how long is kept: %(type)s") % {"type": rule.label},
        lead=f"{party.short_name}, {access.agreement.short_title}",
        back=reverse("registry:retention_list", args=[pk]),
        done=_("The retention rule has been saved."),
        note=_("Nothing is destroyed by this. The earlier rule stays to be seen."),
    )
    return perform(
        request,
        access,
        act,
        RetentionForm(request.POST or None, initial=start),
        lambda **told: actions.set_rule(party=party, by=by, on=access.day.today, kind=kind, **told),
        section=SECTION,
    )
