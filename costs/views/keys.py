"""How costs are shared: proposed, and consented to by every party that pays."""

from __future__ import annotations

import datetime
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
from costs.forms import SeenForm, SettingForm
from costs.models import Split
from costs.views.pages import SECTION, open_costs, party_of, year_address
from tym.core.formats import format_day
from tym.core.once import acts_once


def rules_told(access: Access) -> list[dict[str, Any]]:
    """How costs of each kind are shared today, and on what it rests."""
    found = []
    for kind in keys.KEYS:
        rule = keys.rule_on(access.agreement, kind, access.day.today)
        read = [(keys.KEY, rule.key), (keys.AMOUNT, rule.amount), (keys.DAY, rule.day)]
        if rule.sharing:
            read = read[1:2]
        elif rule.key.value == Split.Key.ATTENDANCE:
            read = read[:2]
        told = [
            {
                "what": keys.title_of(what),
                "value": keys.setting_of(kind, what).label(ground.value),
                "ground": f"{keys.setting_of(kind, what).clause}; {reading_told(ground.reading)}",
            }
            for what, ground in read
        ]
        found.append({"kind": kind.label, "told": told, "sharing": rule.sharing})
    return found


def proposals_told(access: Access) -> list[dict[str, Any]]:
    """Changes of a setting that wait for a consent or for the group, with who may consent."""
    paying = {kind: keys.paying(access.agreement, kind) for kind in keys.KEYS}
    found = []
    for reading in keys.proposed(access.agreement):
        outcomes = {d.outcome for d in reading.matter.decisions.all() if d.party_id is None}
        missing = keys.without_consent(reading.matter, paying[keys.BY_NAME[reading.key].kind])
        approved = Decision.Outcome.APPROVE in outcomes
        if Decision.Outcome.REJECT in outcomes or (approved and not missing):
            continue
        may = [party for party in missing if permissions.can_consent_to_key(access.mandates, party)]
        found.append({"reading": reading, "missing": missing, "approved": approved, "may": may})
    return found


@require_http_methods(["GET", "POST"])
@acts_once
def key_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose another way of sharing."""
    access = open_costs(request, pk)
    by = require(permissions.can_prepare_costs(access.mandates))
    act = Act(
        title=_("Propose another way of splitting"),
        lead=access.agreement.short_title,
        back=year_address(pk, access.day.today.year),
        done=_("The matter waits for the paying parties' consents and for the steering group."),
        note=_("It holds when the steering group has approved it and every party that pays has consented."),
    )
    form = SettingForm(request.POST or None, initial={"valid_from": access.day.today})

    def propose(valid_from: datetime.date, **_typed: Any) -> Reading:
        told: dict[str, Any] = {"name": form.name, "value": form.value, "valid_from": valid_from}
        return actions.propose_setting(agreement=access.agreement, by=by, on=access.day.today, **told)

    return perform(request, access, act, form, propose, section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def key_consent(request: HttpRequest, pk: int, reading_pk: int, order: int) -> HttpResponse:
    """A paying party's consent."""
    access = open_costs(request, pk)
    readings = Reading.objects.filter(matter__agreement=access.agreement, key__in=keys.BY_NAME)
    reading = readings.select_related("matter").filter(pk=reading_pk).first()
    if reading is None:
        raise Http404
    party = party_of(access, order)
    by = require(permissions.can_consent_to_key(access.mandates, party))
    act = Act(
        title=_("Consent on behalf of %(of_party)s") % {"of_party": party.genitive},
        lead=_("%(title)s, in force from %(day)s") % _told(reading),
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


def _told(reading: Reading) -> dict[str, str]:
    return {"title": reading.matter.title, "day": format_day(reading.valid_from)}
