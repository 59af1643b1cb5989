"""What may be done with files: keep them, and destroy their bytes."""

import datetime
import hashlib
from collections.abc import Iterable

from django.db import transaction

from tym.core.models import FileDestruction, StoredFile


@transaction.atomic
def store_file(*, content: bytes, media_type: str) -> StoredFile:
    """Keep the bytes under their SHA-256; the same bytes are stored once, unless they have been destroyed."""
    sha256 = hashlib.sha256(content).hexdigest()
    # Locked, so that it is not destroyed before whoever keeps it has put it under a record.
    there = StoredFile.objects.select_for_update().exclude(content=b"").defer("content")
    known = there.filter(sha256=sha256).first()
    if known:
        return known
    return StoredFile.objects.create(sha256=sha256, content=content, size=len(content), media_type=media_type)


@transaction.atomic
def destroy_files(*, files: Iterable[int], minutes: StoredFile, on: datetime.date) -> None:
    """Empty the files by their keys; their fingerprints stay. Whoever calls has asked for the right.

    The database refuses it unless every document of each file may be destroyed.
    """
    keys = sorted(set(files))
    for key in StoredFile.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True):
        FileDestruction.objects.create(file_id=key, minutes=minutes, on=on)
        StoredFile.objects.filter(pk=key).update(content=b"")
