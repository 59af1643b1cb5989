"""What the parties that pay joint costs have agreed on sharing them: recorded, consented to, shown."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.access import Access
from agreements.permissions import require
from agreements.views.acts import Act, perform
from costs import actions, keys, permissions
from costs.forms import SeenForm, SharingForm
from costs.models import CostItem, Sharing
from costs.views.pages import SECTION, open_costs, party_of, year_address
from tym.core.formats import format_day, format_number
from tym.core.once import acts_once

FOLLOWED = ("weights__party", "matter__consents__mandate__person", "matter__consents__party")


def sharings_told(access: Access) -> list[dict[str, Any]]:
    """Every agreed sharing, latest first: weights, who has consented, whose consent is missing."""
    paying = keys.paying(access.agreement, CostItem.Kind.JOINT)
    in_use = keys.sharing_on(access.agreement, access.day.today, paying)
    found = []
    for sharing in _sharings(access).order_by("-valid_from", "-pk"):
        missing = keys.without_consent(sharing.matter, paying)
        found.append(
            {
                "sharing": sharing,
                "weights": weights_in_words(sharing),
                "consents": [one for one in sharing.matter.consents.all() if one.sha256 == sharing.matter.sha256],
                "missing": missing,
                "may": [party for party in missing if permissions.can_consent_to_key(access.mandates, party)],
                "is_in_use": sharing == in_use,
            }
        )
    return found


def _sharings(access: Access) -> Any:
    return access.agreement.sharings.select_related("matter", "record").prefetch_related(*FOLLOWED)


def weights_in_words(sharing: Sharing) -> str:
    """ "Työllisyysalue 60 : hyvinvointialue 40"."""
    if sharing.ends:
        return _("by the number of staff again")
    rows = sharing.weights.all()
    return " : ".join(f"{row.party.short_name} {format_number(row.weight, _places(row.weight))}" for row in rows)


def _places(weight: Any) -> int:
    return 0 if weight == int(weight) else 2


@require_http_methods(["GET", "POST"])
@acts_once
def sharing_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was agreed; it holds when every paying party has consented."""
    access = open_costs(request, pk)
    by = require(permissions.can_record_sharing(access.mandates))
    parties = keys.paying(access.agreement, CostItem.Kind.JOINT)
    act = Act(
        title=_("Record an agreed sharing of joint costs"),
        lead=access.agreement.short_title,
        back=year_address(pk, access.day.today.year),
        done=_("The agreed sharing has been recorded. It holds when every party that pays has consented."),
        note=_(
            "Employment authority and wellbeing services county may agree to share other joint costs otherwise than by "
            "the number of staff (act 381/2023 10 § 2 mom). Kela takes no part in them."
        ),
    )
    form = SharingForm(request.POST or None, request.FILES or None, parties=parties)

    def record(**typed: Any) -> Sharing:
        told = {name: typed[name] for name in ("basis", "reference", "agreed_on", "valid_from", "file")}
        weights = form.weights
        return actions.record_sharing(agreement=access.agreement, by=by, on=access.day.today, weights=weights, **told)

    return perform(request, access, act, form, record, section=SECTION)


@require_http_methods(["GET", "POST"])
@acts_once
def sharing_consent(request: HttpRequest, pk: int, sharing_pk: int, order: int) -> HttpResponse:
    """A paying party's consent to exactly this sharing."""
    access = open_costs(request, pk)
    sharing = _sharings(access).filter(pk=sharing_pk).first()
    if sharing is None:
        raise Http404
    party = party_of(access, order)
    by = require(permissions.can_consent_to_key(access.mandates, party))
    told = {"reference": sharing.reference, "agreed_on": format_day(sharing.agreed_on)}
    told |= {"weights": weights_in_words(sharing), "day": format_day(sharing.valid_from)}
    act = Act(
        title=_("Consent on behalf of %(of_party)s") % {"of_party": party.genitive},
        lead=_("Joint costs from %(day)s: %(weights)s (agreed on %(agreed_on)s: %(reference)s)") % told,
        back=year_address(pk, access.day.today.year),
        done=_("The consent has been given."),
    )
    return perform(
        request,
        access,
        act,
        SeenForm(request.POST or None, initial={"sha256": sharing.matter.sha256}),
        lambda sha256: actions.consent_to_sharing(
            sharing=sharing, party=party, by=by, on=access.day.today, sha256=sha256
        ),
        section=SECTION,
    )
