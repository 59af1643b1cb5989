"""What of keeping and destroying documents waits for a party's own people, told on their front page."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement, Mandate, Party, Record
from registry.destruction import DECLINE, kept_records, needs, unproposed
from registry.models import Destruction
from registry.permissions import can_confirm_destruction, can_propose_destruction
from registry.retention import due, rules_by_party

Told = dict[int, list[tuple[str, str]]]


def tell(agreements: Sequence[Agreement], mandates: Sequence[Mandate], day: datetime.date) -> Told:
    """Documents whose time has run out, and proposals that wait for the party. Four queries, however many there are."""
    held = {one.pk: tuple(m for m in mandates if m.agreement_id == one.pk) for one in agreements}
    own = {
        one.pk: [party for party in one.parties.all() if can_propose_destruction(held[one.pk], party)]
        for one in agreements
    }
    concerned = [one for one in agreements if own[one.pk]]
    if not concerned:
        return {}
    told: Told = defaultdict(list)
    proposals = _open(concerned)
    for one in concerned:
        told[one.pk] += _waiting(one, own[one.pk], held[one.pk], proposals)
    _tell_due(told, concerned, own, day)
    return told


def _open(agreements: Sequence[Agreement]) -> list[Destruction]:
    found = Destruction.objects.filter(agreement__in=agreements).exclude(consents__outcome=DECLINE)
    return list(found.select_related("mandate").prefetch_related("consents").order_by("pk"))


def _waiting(
    agreement: Agreement, parties: list[Party], held: tuple[Mandate, ...], proposals: list[Destruction]
) -> list[tuple[str, str]]:
    """Proposals that the person herself may confirm for her party."""
    what = _("A proposal to destroy documents waits for your party's confirmation")
    return [
        (what, reverse("registry:destruction_detail", args=[agreement.pk, one.pk]))
        for one in proposals
        if one.agreement_id == agreement.pk and any(_waits(one, party, held) for party in parties)
    ]


def _waits(one: Destruction, party: Party, held: tuple[Mandate, ...]) -> bool:
    spoken = {consent.party_id for consent in one.consents.all()}
    able = can_confirm_destruction(held, one, party) is not None
    return able and needs(one, party) and party.pk not in spoken


def _tell_due(told: Told, agreements: list[Agreement], own: dict[int, list[Party]], day: datetime.date) -> None:
    """How many of a party's own and of the common documents have fallen due."""
    rules = rules_by_party([party for one in agreements for party in one.parties.all()])
    kept: dict[int, list[Record]] = defaultdict(list)
    for record in unproposed(kept_records(agreements)):
        kept[record.agreement_id].append(record)
    for one in agreements:
        mine = {None, *(party.pk for party in own[one.pk])}
        found = due(one, list(one.parties.all()), rules, kept[one.pk], day)
        count = len([row for row in found if row.record.party_id in mine])
        if count:
            what = ngettext(
                "The time of keeping %(count)s document has run out",
                "The time of keeping %(count)s documents has run out",
                count,
            )
            told[one.pk].append((what % {"count": count}, reverse("registry:retention_list", args=[one.pk])))
