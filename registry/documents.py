"""Every document of an agreement that a person sees, in one list (agreement 11 §, act 906/2019 25–26 §)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from agreements.models import Agreement, CaseNumber, Matter, Record, SigningEnd, SigningRound
from registry.models import PublicityClass
from registry.publicity import PUBLIC, Publicity, Told, publicity_of, with_hand
from steering.models import Minutes
from tym.accounts.models import User


@dataclass(frozen=True)
class Listed:
    """A document with what the register says of it. version: how many of the same kind in the matter came before."""

    record: Record
    received: bool
    version: int
    cases: tuple[tuple[str, str], ...]
    publicity: Publicity
    minutes: Record | None = None

    @property
    def destroyed_on(self) -> datetime.date | None:
        """The day on which the file was destroyed; `minutes` tell of it, when the person sees them."""
        destroyed = self.record.file.destroyed
        return destroyed.on if destroyed else None

    @property
    def words(self) -> str:
        """What the search looks in."""
        record = self.record
        told = [record.title, str(record.get_kind_display()), record.original_name, record.file.sha256]
        told += [record.matter.title, record.matter.reference] if record.matter else []
        return " ".join([*told, *(number for _party, number in self.cases)]).casefold()


def documents_of(agreement: Agreement, records: Iterable[Record], day: datetime.date) -> list[Listed]:
    """The records, newest first, with case ids and publicity. Five more queries, however many documents."""
    known = sorted(records, key=lambda record: (record.issued_at, record.pk))
    cases, publicity = _cases(agreement), _Publicity(agreement, day)
    originals = Matter.objects.filter(agreement=agreement, kind=Matter.Kind.ORIGINAL)
    original = originals.values_list("pk", flat=True).first()
    seen: Counter[object] = Counter()
    told_by = {record.file_id: record for record in known if record.kind == Record.Kind.DESTRUCTION}
    found = []
    for record in known:
        place = (record.kind, record.matter_id, record.party_id)
        seen[place] += 1
        told = tuple(cases.get(record.matter_id or original or 0, ()))
        destroyed = record.file.destroyed
        by = told_by.get(destroyed.minutes_id) if destroyed else None
        found.append(Listed(record, is_received(record), seen[place], told, publicity.of(record), by))
    return found[::-1]


def closed(records: Sequence[Record], day: datetime.date) -> set[int]:
    """Keys of those that are secret or not public yet (see agreements.openness)."""
    by_agreement: dict[Agreement, list[Record]] = {}
    for record in records:
        by_agreement.setdefault(record.agreement, []).append(record)
    found = set()
    for agreement, own in by_agreement.items():
        publicity = _Publicity(agreement, day)
        found |= {record.pk for record in own if publicity.of(record).state != PUBLIC}
    return found


def visible(agreement: Agreement, person: User, day: datetime.date) -> list[Record]:
    """Only what the person sees by the rule of records; without the bytes."""
    records = agreement.records.visible_to(person, day)
    related = records.select_related("file__destruction", "matter", "party", "agreement", "mandate__person")
    return list(related.defer("file__content"))


def search(documents: Iterable[Listed], words: str, kind: str = "") -> list[Listed]:
    """Those in which every word is, and of the kind asked for."""
    asked = words.casefold().split()
    return [
        one for one in documents if (not kind or one.record.kind == kind) and all(word in one.words for word in asked)
    ]


def is_received(record: Record) -> bool:
    """A file that came from outside. What this service draws knows its source; what it froze or sealed has no name."""
    of_signing = record.kind in (Record.Kind.TO_SIGN, Record.Kind.SIGNED) and not record.original_name
    return not (record.source_sha256 or of_signing or record.kind == Record.Kind.CONSOLIDATED)


def _cases(agreement: Agreement) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    numbers = CaseNumber.objects.filter(matter__agreement=agreement).select_related("party")
    for case in numbers.order_by("party__order"):
        found.setdefault(case.matter_id, []).append((case.party.short_name, case.number))
    return found


class _Publicity:
    """What the publicity of an agreement's documents on a day rests on: three queries."""

    def __init__(self, agreement: Agreement, day: datetime.date):
        self.day = day
        kept = Minutes.objects.filter(meeting__agreement=agreement).select_related("meeting")
        self.minutes = {one.meeting.held_on: _told(one) for one in kept.prefetch_related("minutessignatures")}
        ends = SigningEnd.objects.filter(round__change__matter__agreement=agreement)
        completed = ends.filter(outcome=SigningRound.State.COMPLETED)
        self.signed = dict(completed.values_list("round__change__matter", "on"))
        by_hand = PublicityClass.objects.filter(record__agreement=agreement, on__lte=day)
        self.by_hand = {row.record_id: row for row in by_hand.select_related("mandate__person").order_by("pk")}

    def of(self, record: Record) -> Publicity:
        computed = publicity_of(
            record.kind,
            received=is_received(record),
            on=record.on,
            kept=timezone.localdate(record.issued_at),
            minutes=self.minutes.get(record.on, Told()) if record.on else Told(),
            signed=self.signed.get(record.matter_id or 0),
            day=self.day,
        )
        return with_hand(computed, self.by_hand.get(record.pk), self.day)


def _told(minutes: Minutes) -> Told:
    signatures = list(minutes.minutessignatures.all())
    offices = {signature.office for signature in signatures}
    is_signed = len(offices) == len(type(signatures[0]).Office.values) if signatures else False
    last = max(timezone.localdate(signature.at) for signature in signatures) if is_signed else None
    return Told(minutes.secrecy_ground, last)
