"""A party's archive package: documents, data, metadata, fingerprints. Described in docs/archive.md."""

from __future__ import annotations

import datetime
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db.models import Q

from agreements.compilation import compile_agreement
from agreements.models import Change, Decision, Party, Record
from registry.copies import Held, versions_of
from registry.documents import Listed, documents_of
from registry.publicity import SECRET, Publicity
from registry.signings import signings_of
from steering.models import Minutes
from tym.core.models import StoredFile

SUMS, METADATA, FORMAT = "SHA256SUMS", "metadata.json", "tym-archive-1"
# The same package has the same bytes: no clock of the machine goes into the file.
STAMP = (1980, 1, 1, 0, 0, 0)
READ_ME = (
    "Arkistopaketti. Tarkista eheys tässä kansiossa komennolla: sha256sum -c SHA256SUMS\n"
    "Muuttunut tiedosto nimetään sanalla FAILED. Kuvaus: metadata.json\n"
)


@dataclass(frozen=True)
class Package:
    """texts: what is made for the package, by name. documents: by name, with the file's key and fingerprint."""

    texts: dict[str, bytes]
    documents: dict[str, tuple[int, str]]
    state_sha256: str

    @property
    def sums(self) -> bytes:
        """As sha256sum writes and reads them."""
        known = {name: hashlib.sha256(content).hexdigest() for name, content in self.texts.items()}
        known |= {name: sha256 for name, (_key, sha256) in self.documents.items()}
        return "".join(f"{known[name]}  {name}\n" for name in sorted(known)).encode()

    @property
    def manifest_sha256(self) -> str:
        return hashlib.sha256(self.sums).hexdigest()

    @property
    def count(self) -> int:
        return len(self.texts) + len(self.documents)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """One file at a time, so that a large archive does not fill the memory."""
        yield SUMS, self.sums
        yield from sorted(self.texts.items())
        for name, (key, _sha256) in sorted(self.documents.items()):
            yield name, bytes(StoredFile.objects.get(pk=key).content)

    def write_zip(self, to: IO[bytes]) -> None:
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.files():
                package.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)

    def write_folder(self, to: Path) -> None:
        """Raises OSError; an existing folder must be empty, so that nothing of another package stays in it."""
        for name, content in self.files():
            file = to / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def records_of(party: Party) -> list[Record]:
    """Every document of the agreement but those of another party's drafts, which it has not seen."""
    unseen = Change.objects.filter(Change.UNSEEN & ~Q(party=party))
    known = Record.objects.filter(agreement=party.agreement_id).exclude(matter__changes__in=unseen)
    related = known.select_related("file__destruction", "matter", "party", "agreement", "mandate__person")
    return list(related.defer("file__content").distinct())


def package_of(party: Party, day: datetime.date) -> Package:
    """What there is to archive for the party on the day."""
    listed, versions = _gathered(party, day)
    told = _state(party, listed, versions)
    state = hashlib.sha256(_json(told)).hexdigest()
    texts = {METADATA: _json({"format": FORMAT, "exported_on": day, **told}), "LUEMINUT.txt": READ_ME.encode()}
    for held in versions:
        texts[_data_name(held)] = compile_agreement(party.agreement, held.start).json
    there = [one.record for one in listed if not one.destroyed_on]
    documents = {_name(record): (record.file_id, record.file.sha256) for record in there}
    return Package(texts, documents, state)


def state_of(party: Party, day: datetime.date) -> str:
    """The fingerprint of what there is to archive, to compare with what was archived last."""
    return hashlib.sha256(_json(_state(party, *_gathered(party, day)))).hexdigest()


def _gathered(party: Party, day: datetime.date) -> tuple[list[Listed], list[Held]]:
    return documents_of(party.agreement, records_of(party), day), versions_of(party.agreement, day)


def _name(record: Record) -> str:
    return f"asiakirjat/{record.pk:06d}-{record.file_name}"


def _data_name(held: Held) -> str:
    return f"versiot/sopimus-{held.start.isoformat()}.json"


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode() + b"\n"


def _state(party: Party, listed: list[Listed], versions: list[Held]) -> dict[str, Any]:
    """All of the metadata but the day of the package."""
    agreement = party.agreement
    return {
        "agreement": {"title": agreement.title, "valid_from": agreement.valid_from, "valid_to": agreement.valid_to},
        "archive_of": party.short_name,
        "business_id": party.organisation.business_id,
        "parties": [
            {
                "name": one.organisation.name,
                "role": one.role,
                "signatures": [{"name": s.name, "signed_on": s.told_day} for s in one.signatories.all()],
            }
            for one in agreement.parties.select_related("organisation").prefetch_related("signatories__corrections")
        ],
        "versions": [_version(held, {one.record.pk: one.record for one in listed}) for held in versions],
        "documents": [_document(one) for one in reversed(listed)],
        "matters": _matters(party),
        "signings": signings_of(agreement),
        "minutes": _minutes(party),
    }


def _version(held: Held, known: dict[int, Record]) -> dict[str, Any]:
    """A version as data and as the copy that shows it."""
    copy = known.get(held.copy.pk) if held.copy else None
    there = copy is not None and not copy.file.destroyed
    return {"from": held.start, "data": _data_name(held), "copy": _name(copy) if copy and there else None}


def _document(one: Listed) -> dict[str, Any]:
    record = one.record
    return {
        "file": None if one.destroyed_on else _name(record),
        "destroyed_on": one.destroyed_on,
        "destroyed_by": one.minutes.title if one.minutes else None,
        "sha256": record.file.sha256,
        "size": record.file.size,
        "media_type": record.file.media_type,
        "pdf_a": "PDF/A-3a" if not one.received and record.file.media_type == "application/pdf" else None,
        "title": record.title,
        "type": record.kind,
        "version": one.version,
        "day": record.on,
        "received": one.received,
        "came_at": record.issued_at.isoformat(),
        "original_name": record.original_name,
        "sender_or_maker": str(record.mandate.person) if record.mandate else None,
        "matter": record.matter.reference if record.matter else None,
        "case_numbers": dict(one.cases),
        **_publicity(one.publicity),
    }


def _publicity(told: Publicity) -> dict[str, Any]:
    """The class that holds; when it was set by hand, by whom and why, and the one that was computed."""
    found = {"public_from": told.since, "publicity_ground": told.ground, "secret": told.state == SECRET}
    if told.by_hand is None or told.computed is None:
        return found
    row = told.by_hand
    by_hand = {name: getattr(row, name) for name in ("on", "part", "until", "reason")}
    return {**found, "set_by_hand": {**by_hand, "by": str(row.mandate.person)}, "computed": _publicity(told.computed)}


def _matters(party: Party) -> list[dict[str, Any]]:
    """Matters that have been submitted or decided, with their decisions and fingerprints."""
    decided = Decision.objects.filter(matter__agreement=party.agreement_id).select_related("matter", "party")
    return [
        {
            "reference": decision.matter.reference,
            "title": decision.matter.title,
            "kind": decision.matter.kind,
            "decided_by": decision.organ,
            "party": decision.party.short_name if decision.party else None,
            "decided_on": decision.decided_on,
            "section": decision.section,
            "outcome": decision.outcome,
            "sha256": decision.sha256,
        }
        for decision in decided.order_by("decided_on", "pk")
    ]


def _minutes(party: Party) -> list[dict[str, Any]]:
    """The signatures of minutes: who, in what office, when, of exactly which content."""
    kept = Minutes.objects.filter(meeting__agreement=party.agreement_id).select_related("meeting")
    return [
        {
            "meeting": one.meeting.held_on,
            "sha256": one.sha256,
            "signatures": [
                {"name": str(s.person), "office": s.office, "at": s.at.isoformat(), "sha256": s.sha256}
                for s in one.minutessignatures.all()
            ],
        }
        for one in kept.prefetch_related("minutessignatures__person").order_by("meeting__held_on")
    ]
