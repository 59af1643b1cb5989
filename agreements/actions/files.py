"""Files that people hand in become records."""

from __future__ import annotations

import datetime

from agreements.models import Agreement, Mandate, Matter, Party, Record
from tym.core.actions import store_file
from tym.core.uploads import Upload

__all__ = ["Upload", "keep_for_agreement", "keep_record"]


def keep_record(
    matter: Matter, kind: str, upload: Upload | None, *, by: Mandate, on: datetime.date, party: Party | None = None
) -> Record | None:
    """A received file as a record of the matter, or None when there is no file."""
    if upload is None:
        return None
    return keep_for_agreement(matter.agreement, kind, upload, by=by, on=on, party=party, matter=matter)


def keep_for_agreement(
    agreement: Agreement,
    kind: str,
    upload: Upload,
    *,
    by: Mandate,
    on: datetime.date | None,
    party: Party | None = None,
    matter: Matter | None = None,
) -> Record:
    """A received file as a record of the agreement; every party sees it."""
    return Record.objects.create(
        agreement=agreement,
        matter=matter,
        party=party,
        kind=kind,
        title=str(Record.Kind(kind).label),
        on=on,
        original_name=upload.name,
        mandate=by,
        file=store_file(content=upload.content, media_type=upload.media_type),
    )
