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
from registry.destruction import COMMON, OWN, kept_records, of_scope, standings, unproposed
from registry.forms.retention import RetentionForm
from registry.retention import due, rules_by_party, rules_of
from registry.views.pages import SECTION, context_of, open_registry, party_of
from tym.core.once import acts_once


@require_GET
def retention_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules by party; a party's own people see what has fallen due by theirs."""
    access = open_registry(request, pk)
    agreement, day = access.agreement, access.day.today
    parties = list(agreement.parties.all())
    rules = rules_by_party(parties)
    own = [party for party in parties if permissions.can_set_retention(access.mandates, party)]
    found = due(agreement, parties, rules, unproposed(kept_records([agreement])), day) if own else []
    context = context_of(
        access,
        "retention",
        parties=parties,
        rows=[
            (cells[0].label, [(rule, party in own, party) for rule, party in zip(cells, parties, strict=True)])
            for cells in zip(*(rules[party.pk] for party in parties), strict=True)
        ],
        own=[(party, [(OWN, of_scope(found, party)), (COMMON, of_scope(found, None))]) for party in own],
        proposals=standings(agreement),
    )
    return TemplateResponse(request, "registry/retention_list.html", context)


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
