"""What may be done with files: keep them."""

import hashlib

from tym.core.models import StoredFile


def store_file(*, content: bytes, media_type: str) -> StoredFile:
    """Keep the bytes under their SHA-256; the same bytes are stored once."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.defer("content").filter(sha256=sha256).first()
    if known:
        return known
    return StoredFile.objects.create(sha256=sha256, content=content, size=len(content), media_type=media_type)
