"""What of keeping and destroying documents waits for a party's own people, told on their front page."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement, Mandate, Party, Record
from registry.destruction import kept_records, unproposed, waiting_for
from registry.permissions import can_propose_destruction
from registry.retention import due, rules_by_party

Told = dict[int, list[tuple[str, str]]]


def tell(agreements: Sequence[Agreement], mandates: Sequence[Mandate], day: datetime.date) -> Told:
    """Documents whose time has run out, and proposals that wait for the party. Three queries."""
    able = tuple(mandates)
    own = {one.pk: [party for party in one.parties.all() if can_propose_destruction(able, party)] for one in agreements}
    concerned = [one for one in agreements if own[one.pk]]
    if not concerned:
        return {}
    told: Told = defaultdict(list)
    what = _("A proposal to destroy documents waits for your party's confirmation")
    for proposal in waiting_for(mandates):
        told[proposal.agreement_id].append((what, proposal.get_absolute_url()))
    _tell_due(told, concerned, own, day)
    return told


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
