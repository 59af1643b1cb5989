"""By what costs are split: proposed, and consented to by every party that pays."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.access import Access
from agreements.models import Decision, Reading
from agreements.permissions import require
from agreements.views.acts import Act, perform
from costs import actions, keys, permissions
from costs.explained import reading_told
from costs.forms import KeyForm, SeenForm
from costs.models import CostItem, Split
from costs.views.pages import SECTION, open_costs, party_of, year_address
from tym.core.formats import format_day
from tym.core.once import acts_once


def keys_told(access: Access) -> list[dict[str, Any]]:
    """The key in force today of each kind, and on what it rests."""
    found = []
    for kind in keys.KEYS:
        key, reading = keys.key_on(access.agreement, kind, access.day.today)
        found.append({"kind": kind.label, "key": Split.Key(key).label, "ground": reading_told(reading)})
    return found


def proposals_told(access: Access) -> list[dict[str, Any]]:
    """Changes of a key that wait for a consent or for the group, with who may consent."""
    found = []
    for reading in keys.proposed(access.agreement):
        outcomes = {d.outcome for d in reading.matter.decisions.all() if d.party_id is None}
        missing = keys.without_consent(reading, keys.paying(access.agreement, keys.KIND_OF[reading.key]))
        approved = Decision.Outcome.APPROVE in outcomes
        if Decision.Outcome.REJECT in outcomes or (approved and not missing):
            continue
        may = [party for party in missing if permissions.can_consent_to_key(access.mandates, party)]
        found.append({"reading": reading, "missing": missing, "approved": approved, "may": may})
    return found


@require_http_methods(["GET", "POST"])
@acts_once
def key_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose another way of splitting."""
    access = open_costs(request, pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    act = Act(
        title=_("Propose another way of splitting"),
        lead=access.agreement.short_title,
        back=year_address(pk, access.day.today.year),
        done=_("The matter waits for the paying parties' consents and for the steering group."),
        note=_("It holds when the steering group has approved it and every party that pays has consented."),
    )
    return perform(
        request,
        access,
        act,
        KeyForm(request.POST or None, initial={"valid_from": access.day.today}),
        lambda **told: actions.propose_key(agreement=access.agreement, by=by, on=access.day.today, **told),
        section=SECTION,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def key_consent(request: HttpRequest, pk: int, reading_pk: int, order: int) -> HttpResponse:
    """A paying party's consent."""
    access = open_costs(request, pk)
    readings = Reading.objects.filter(matter__agreement=access.agreement, key__in=keys.KIND_OF)
    reading = readings.select_related("matter").filter(pk=reading_pk).first()
    if reading is None:
        raise Http404
    party = party_of(access, order)
    by = require(permissions.can_consent_to_key(access.mandates, party))
    kind = CostItem.Kind(keys.KIND_OF[reading.key])
    told = {"kind": kind.label, "key": Split.Key(reading.value).label, "day": format_day(reading.valid_from)}
    act = Act(
        title=_("Consent on behalf of %(party)s") % {"party": party.short_name},
        lead=_("%(kind)s: by %(key)s from %(day)s") % told,
        back=year_address(pk, access.day.today.year),
        done=_("The consent has been given."),
    )
    return perform(
        request,
        access,
        act,
        SeenForm(request.POST or None, initial={"sha256": reading.matter.sha256}),
        lambda sha256: actions.consent_to_key(reading=reading, party=party, by=by, on=access.day.today, sha256=sha256),
        section=SECTION,
    )
