"""What may be destroyed and where each proposal of it stands (agreement 11 §, act 906/2019 21 §)."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from agreements.models import Agreement, Change, Party, Record
from registry.models import Destruction, DestructionConsent, DestructionLine
from registry.retention import Due, due, rules_by_party

OWN, COMMON = "omat", "yhteiset"
CONFIRM, DECLINE = DestructionConsent.Outcome.CONFIRM, DestructionConsent.Outcome.DECLINE
UNDER_WAY = (Change.State.DRAFT, Change.State.PROPOSED)


def kept_records(agreements: Iterable[Agreement]) -> QuerySet[Record]:
    """Documents that are still here and may go, without their bytes. Those of a change under way are needed."""
    pending = Change.objects.filter(matter__agreement__in=agreements, state__in=UNDER_WAY)
    records = Record.objects.filter(agreement__in=agreements, file__destruction=None)
    able = records.exclude(matter__changes__in=pending).exclude(kind=Record.Kind.DESTRUCTION)
    return able.select_related("file").defer("file__content").order_by("pk")


def unproposed(records: QuerySet[Record]) -> QuerySet[Record]:
    """Those that no proposal lists, declined ones apart."""
    listed = DestructionLine.objects.exclude(destruction__consents__outcome=DECLINE)
    return records.exclude(pk__in=listed.values("record"))


def falling_due(
    agreement: Agreement, parties: Sequence[Party], records: Iterable[Record], day: datetime.date
) -> list[Due]:
    """Those of the agreement's documents that may be destroyed by its rules on the day."""
    return due(agreement, parties, rules_by_party(parties), records, day)


def of_scope(found: Iterable[Due], party: Party | None) -> list[Due]:
    """The party's own documents, or the common ones."""
    return [one for one in found if one.record.party_id == (party.pk if party else None)]


def waiting_for(agreement: Any, party: Any, person: int) -> QuerySet[Destruction]:
    """Proposals that wait for the word of the party, given by this person. Takes keys, or references to them."""
    spoken = DestructionConsent.objects.filter(destruction=OuterRef("pk"), party=_outer(party))
    theirs = Q(party=party) | Q(party=None) & ~Q(mandate__party=party)
    found = Destruction.objects.filter(theirs, ~Exists(spoken), agreement=agreement).exclude(mandate__person=person)
    return found.exclude(consents__outcome=DECLINE).order_by("pk")


def _outer(key: Any) -> Any:
    """The key as seen from a query one level further in."""
    return OuterRef(key) if isinstance(key, OuterRef) else key


def fingerprint(lines: Iterable[DestructionLine]) -> str:
    """SHA-256 of exactly what is proposed: each document with its bytes, its rule and last day."""
    told = [
        [line.record_id, line.record.title, line.record.kind, line.record.file.sha256, line.basis, str(line.last_day)]
        for line in lines
    ]
    return hashlib.sha256(json.dumps(sorted(told), ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """A proposal with its documents, the words given on it, and the parties whose word it waits for."""

    destruction: Destruction
    lines: tuple[DestructionLine, ...]
    consents: tuple[DestructionConsent, ...]
    waits: tuple[Party, ...]
    minutes: Record | None

    @property
    def declined(self) -> DestructionConsent | None:
        return next((one for one in self.consents if one.outcome != CONFIRM), None)

    @property
    def is_open(self) -> bool:
        return bool(self.waits) and not self.declined

    @property
    def is_done(self) -> bool:
        return not self.waits and not self.declined

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def whose(self) -> str:
        party = self.destruction.party
        return _("Own documents of %(party)s") % {"party": party.genitive} if party else _("Common documents")


def standings(agreement: Agreement) -> list[Standing]:
    """Every proposal of the agreement, the latest first. A fixed number of queries."""
    return _standings(Destruction.objects.filter(agreement=agreement))


def standing_of(destruction: Destruction) -> Standing:
    return _standings(Destruction.objects.filter(pk=destruction.pk))[0]


def _standings(found: QuerySet[Destruction]) -> list[Standing]:
    related = found.select_related("agreement", "party", "mandate__person", "mandate__party")
    words = DestructionConsent.objects.select_related("party", "mandate__person")
    loaded = list(related.prefetch_related("agreement__parties", Prefetch("consents", words)))
    rows = DestructionLine.objects.filter(destruction__in=loaded)
    lines: dict[int, list[DestructionLine]] = {}
    for line in rows.select_related("record__agreement", "record__file__destruction").defer("record__file__content"):
        lines.setdefault(line.destruction_id, []).append(line)
    minutes = {one.file_id: one for one in _minutes(loaded)}
    return [_standing(one, lines.get(one.pk, []), minutes) for one in loaded]


def _minutes(loaded: Iterable[Destruction]) -> QuerySet[Record]:
    agreements = {one.agreement_id for one in loaded}
    found = Record.objects.filter(agreement__in=agreements, kind=Record.Kind.DESTRUCTION)
    return found.select_related("agreement", "file").defer("file__content")


def _standing(one: Destruction, lines: list[DestructionLine], minutes: dict[int, Record]) -> Standing:
    consents = tuple(one.consents.all())
    spoken = {consent.party_id for consent in consents}
    waits = tuple(p for p in one.agreement.parties.all() if needs(one, p) and p.pk not in spoken)
    destroyed = next((line.record.file.destroyed for line in lines), None)
    told = minutes.get(destroyed.minutes_id) if destroyed else None
    return Standing(one, tuple(lines), consents, waits, told)


def needs(one: Destruction, party: Party) -> bool:
    """Its own documents need the party's word by a second person; common ones every party's but the proposer's."""
    return one.party_id == party.pk if one.party_id else one.mandate.party_id != party.pk
