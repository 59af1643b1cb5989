"""The two ways in which an action says no."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """The person has no mandate for this (403)."""


class Refused(Exception):
    """A rule says no. The message is for the user and in her language.

    clause: what the rule rests on, for example "sopimus 12 §"; empty when it is plain sense.
    collisions: what was decided meanwhile, when that is the reason.
    """

    def __init__(self, message: str, *, clause: str = "", collisions: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.message = str(message)
        self.clause = clause
        self.collisions = tuple(collisions)


class Stale(Refused):
    """Somebody saved the same thing first. Nothing was written; the page shows both."""
