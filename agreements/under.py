"""What lies under a matter, for the page on which it is handled. Each room says how its own is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agreements.contents import Block
from agreements.models import Matter

_DRAWN: dict[str, tuple[tuple[str, Callable[[Matter], Any]], ...]] = {}


def register(kind: str, *, template: str, gather: Callable[[Matter], Any]) -> None:
    """Say what is drawn of matters of this kind, and how. gather: the template's `content`; nothing to draw: None."""
    _DRAWN[kind] = (*_DRAWN.get(kind, ()), (template, gather))


def blocks(matter: Matter) -> list[Block]:
    """All that rooms have to show of the matter."""
    gathered = [(template, gather(matter)) for template, gather in _DRAWN.get(matter.kind, ())]
    return [Block(template, content) for template, content in gathered if content]
