"""The access rights of an agreement's parties on a day: counts, Annex 2 beside them, findings."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.models import Agreement, Party
from registry import findings
from registry.findings import Counts, Finding
from registry.models import AccessRight, RightsCheck, RightsSetting
from staffing.state import timelines


@dataclass(frozen=True)
class PartyRights:
    """What is known of a party. counts is None when a party of counts has told nothing. due: the next confirmation."""

    party: Party
    named: bool
    staff: int
    counts: Counts | None
    check: RightsCheck | None
    due: datetime.date
    findings: tuple[Finding, ...]


def rights_of(agreement: Agreement, day: datetime.date) -> list[PartyRights]:
    """Every party, in a number of queries that does not grow with people or confirmations' parties."""
    parties = list(agreement.parties.all())
    named = set(RightsSetting.objects.filter(party__in=parties, named=True).values_list("party", flat=True))
    checks = {check.party_id: check for check in RightsCheck.objects.filter(party__in=parties, on__lte=day)}
    rights: dict[int, list[AccessRight]] = defaultdict(list)
    for right in AccessRight.objects.filter(party__in=named):
        rights[right.party_id].append(right)
    agreed = timelines([agreement])[agreement.pk].on(day)
    found = []
    for party in parties:
        staff = agreed.of(party.pk).persons if agreed else 0
        is_named, check = party.pk in named, checks.get(party.pk)
        counts = _counts(is_named, rights[party.pk], check, day)
        last = check.on if check else None
        told = findings_of(party, rights[party.pk] if is_named else None, counts, staff, last, day)
        due = findings.next_check(last or agreement.valid_from)
        found.append(PartyRights(party, is_named, staff, counts, check, due, tuple(told)))
    return found


def findings_of(
    party: Party,
    rights: Sequence[AccessRight] | None,
    counts: Counts | None,
    staff: int,
    last: datetime.date | None,
    day: datetime.date,
) -> list[Finding]:
    """rights: the list of a party that keeps one by name, else None and what it told in counts. last: confirmation."""
    told = findings.of_rights(rights, staff, day) if rights is not None else []
    if rights is None and counts is not None:
        told = findings.of_counts(counts, staff)
    return told + findings.of_check(last, party.agreement.valid_from, day)


def _counts(named: bool, rights: list[AccessRight], check: RightsCheck | None, day: datetime.date) -> Counts | None:
    if named:
        return findings.counts_of(rights, day)
    if check is None:
        return None
    return Counts(check.granted, check.outside, check.applied, check.untrained, check.left)


def employers_of_others(party: Party) -> frozenset[str]:
    """The other parties of the agreement as employers, in small letters: their people are not on this party's list."""
    others = Party.objects.filter(agreement=party.agreement_id).exclude(pk=party.pk)
    names = {name.casefold() for row in others.values_list("short_name", "organisation__name") for name in row}
    return frozenset(names)
