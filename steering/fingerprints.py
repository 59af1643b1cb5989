"""The fingerprint of what is put before the group: the same words give the same one, on every machine."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def fingerprint(kind: str, told: Mapping[str, Any]) -> str:
    """SHA-256 over the kind of the matter and everything that lies under it."""
    canonical = json.dumps({"kind": kind, **told}, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
