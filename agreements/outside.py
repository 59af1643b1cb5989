"""The plug point for outside signing services: a file goes in, the signed file comes back.

An adapter of a real service would send the file over its interface and fetch it when it is ready. The only one now
goes by hand: somebody downloads the frozen file, has it signed where her organisation signs, and uploads it.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from agreements.sealing import installed_seal, seal_certificate
from agreements.signatures import Root, Verdict, judge, load_roots


class SigningService(Protocol):
    """What a signing service does for a round."""

    def given(self, frozen: bytes) -> bytes:
        """The file as the service takes it."""

    def returned(self, content: bytes, given: bytes) -> Verdict:
        """Whether what came back is what was given, signed."""


class ByHand:
    """Download and upload (the signers' own services and programs)."""

    def given(self, frozen: bytes) -> bytes:
        return frozen

    def returned(self, content: bytes, given: bytes) -> Verdict:
        return judge(content, given, trusted_roots())


def trusted_roots() -> list[Root]:
    """The roots of the settings, and the installation's own seal."""
    own = installed_seal().certificate
    return [*load_roots(settings.TYM_SIGNING_ROOTS), *([seal_certificate(own)] if own.exists() else [])]


SERVICE: SigningService = ByHand()
