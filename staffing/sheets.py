"""The quarter of one person over all her agreements: what was promised, what was told, what was confirmed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreements.models import Change, Document, Mandate, Party, Version
from agreements.permissions import PARTY_EDITORS
from staffing.actions import Promise, agreed_of
from staffing.models import AnnexConfirmation, RealisedStaffing
from staffing.periods import Period
from staffing.state import timelines
from staffing.summary import Total
from tym.accounts.models import User


@dataclass(frozen=True)
class Entry:
    """One party of the person on the sheet. Told by months, a quarter has up to three figures and no press."""

    party: Party
    period: Period
    agreed: Total | None
    told: tuple[RealisedStaffing, ...]
    version: Version | None
    confirmation: AnnexConfirmation | None
    last: AnnexConfirmation | None
    change: Change | None
    is_latest: bool

    @property
    def of_quarter(self) -> RealisedStaffing | None:
        return next((row for row in self.told if row.period == self.period), None)

    @property
    def months(self) -> tuple[RealisedStaffing, ...]:
        return tuple(row for row in self.told if row.period != self.period)

    @property
    def may_realise(self) -> bool:
        """The press is there while nothing has been told, and Annex 2 promised something."""
        return self.agreed is not None and not self.told

    @property
    def may_confirm(self) -> bool:
        """A confirmation is of today: it counts for the quarter that ended last."""
        return self.is_latest and self.version is not None and self.confirmation is None

    @property
    def seen(self) -> str:
        """What the person sees, as the form sends it back."""
        return f"{self.agreed.persons}/{self.agreed.person_years}" if self.agreed else ""


@dataclass(frozen=True)
class Sheet:
    """The quarter; `entries` of agreements in force in it. earliest: first day of the person's oldest agreement."""

    period: Period
    entries: tuple[Entry, ...]
    earliest: datetime.date | None

    def entry(self, party: str) -> Entry | None:
        return next((entry for entry in self.entries if str(entry.party.pk) == party), None)

    @property
    def is_open(self) -> bool:
        return any(entry.may_realise or entry.may_confirm for entry in self.entries)

    def promise(self, entry: Entry) -> Promise:
        return Promise(entry.party, agreed=entry.agreed, version=entry.version)


def parties_of(person: User, day: datetime.date) -> list[Party]:
    """Parties for which the person may tell figures. One query."""
    held = Mandate.objects.in_force(day).filter(person=person, capacity__in=PARTY_EDITORS)
    held = held.select_related("party__agreement").order_by("agreement__short_title", "party__order")
    return list({mandate.party_id: mandate.party for mandate in held if mandate.party}.values())


def sheet_of(person: User, period: Period, today: datetime.date) -> Sheet:
    """Seven queries, however many agreements."""
    everywhere = parties_of(person, today)
    parties = [party for party in everywhere if _was_party(party, period)]
    lines = timelines({party.agreement for party in parties})
    told, confirmed, changes = _told(parties, period), _confirmed(parties), _changes(parties, period)
    versions = _versions(parties, today)
    is_latest = period == Period.ended_before(today)
    entries = []
    for party in parties:
        known = confirmed[party.pk]
        entries.append(
            Entry(
                party=party,
                period=period,
                agreed=agreed_of(lines[party.agreement_id], period, party),
                told=tuple(told[party.pk]),
                version=versions.get(party.agreement_id),
                confirmation=next((c for c in known if period.last < c.day <= period.next.last), None),
                last=known[0] if known else None,
                change=changes.get(party.pk),
                is_latest=is_latest,
            )
        )
    earliest = min((party.agreement.valid_from for party in everywhere), default=None)
    return Sheet(period, tuple(entries), earliest)


def _was_party(party: Party, period: Period) -> bool:
    agreement = party.agreement
    return period.last >= agreement.valid_from and (agreement.valid_to is None or period.first <= agreement.valid_to)


def _told(parties: Sequence[Party], period: Period) -> dict[int, list[RealisedStaffing]]:
    found: dict[int, list[RealisedStaffing]] = defaultdict(list)
    rows = RealisedStaffing.objects.filter(
        party__in=parties, first_day__gte=period.first, last_day__lte=period.last
    ).order_by("first_day")
    for row in rows.select_related("confirmed_by__person"):
        found[row.party_id].append(row)
    return found


def _confirmed(parties: Sequence[Party]) -> dict[int, list[AnnexConfirmation]]:
    """The latest first."""
    found: dict[int, list[AnnexConfirmation]] = defaultdict(list)
    rows = AnnexConfirmation.objects.filter(party__in=parties).select_related("mandate__person", "version")
    for row in rows.order_by("-day", "-pk"):
        found[row.party_id].append(row)
    return found


def _changes(parties: Sequence[Party], period: Period) -> dict[int, Change]:
    """The party's own latest change of Annex 2 that waits, or that started in the quarter or after it."""
    changes = Change.objects.filter(
        party__in=parties,
        versions__document__kind=Document.Kind.STAFFING,
        state__in=[Change.State.PROPOSED, Change.State.ADOPTED],
    ).select_related("matter")
    return {
        change.party_id: change
        for change in changes.order_by("pk")
        if change.party_id and (change.valid_from is None or change.valid_from >= period.first)
    }


def _versions(parties: Iterable[Party], day: datetime.date) -> dict[int, Version]:
    """Annex 2 in force on the day, by agreement."""
    started = Version.objects.filter(
        document__agreement__in=[party.agreement_id for party in parties],
        document__kind=Document.Kind.STAFFING,
        change__state=Change.State.ADOPTED,
        change__valid_from__lte=day,
    ).select_related("document")
    return {version.document.agreement_id: version for version in started.order_by("change__valid_from", "number")}
