"""By what costs are split: the default, or what every paying party and the steering group have agreed (9 §, A1-A4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from agreements.models import Agreement, Consent, Party, Reading
from costs.models import CostItem, Split

Kind, Key = CostItem.Kind, Split.Key
# The setting's name and what holds until otherwise agreed (domain 5.18).
KEY_READING = {Kind.DEVELOPMENT_DAY: "costs.development_day.key", Kind.JOINT: "costs.joint.key"}
KIND_OF = {name: kind for kind, name in KEY_READING.items()}
DEFAULT_KEY = {Kind.DEVELOPMENT_DAY: Key.ATTENDANCE, Kind.JOINT: Key.HEADS}
KEYS = {Kind.DEVELOPMENT_DAY: (Key.ATTENDANCE, Key.HEADS, Key.PERSON_YEARS), Kind.JOINT: (Key.HEADS, Key.PERSON_YEARS)}


def paying(agreement: Agreement, kind: str) -> list[Party]:
    """The parties that share costs of the kind, in party order: Kela takes no part in other joint costs (9 §)."""
    return list(agreement.parties.filter(role__in=CostItem.PAYERS[Kind(kind)]))


def without_consent(reading: Reading, parties: Iterable[Party]) -> list[Party]:
    """Those of the paying parties that have not consented to exactly this change of key."""
    consents = Consent.objects.filter(matter=reading.matter, sha256=reading.matter.sha256, outcome="given")
    given = set(consents.values_list("party", flat=True))
    return [party for party in parties if party.pk not in given]


def key_on(agreement: Agreement, kind: str, day: datetime.date) -> tuple[str, Reading | None]:
    """The key in force on the day and the setting that says so; None when it is the default.

    A setting counts when the group has approved it and every party that pays has consented.
    """
    found = Reading.objects.in_force(agreement, day).filter(key=KEY_READING[Kind(kind)]).select_related("matter")
    parties = paying(agreement, kind)
    for reading in reversed(found):
        if reading.value in KEYS[Kind(kind)] and not without_consent(reading, parties):
            return reading.value, reading
    return DEFAULT_KEY[Kind(kind)], None


def proposed(agreement: Agreement) -> list[Reading]:
    """Every change of a key that has been proposed, latest first."""
    found = Reading.objects.filter(matter__agreement=agreement, key__in=KIND_OF).select_related("matter")
    return list(found.prefetch_related("matter__decisions").order_by("-valid_from", "-pk"))
