"""How far the minutes of a meeting have come: put to be checked, checked, signed; whose move it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from agreements.models import Mandate
from steering.minuted import chair_of, content_of
from steering.models import Checker, Meeting, Minutes, MinutesCheck, MinutesSignature

Office = MinutesSignature.Office


@dataclass(frozen=True)
class Standing:
    """Minutes with who has checked and signed what they say now, and who still has to."""

    minutes: Minutes
    checkers: tuple[Checker, ...]
    checks: tuple[MinutesCheck, ...]
    signatures: tuple[MinutesSignature, ...]
    signers: dict[str, tuple[Mandate, ...]]

    @property
    def is_put(self) -> bool:
        return bool(self.minutes.sha256)

    @property
    def unchecked(self) -> list[Checker]:
        """Chosen checkers who have not checked yet."""
        done = {check.person_id for check in self.checks}
        return [row for row in self.checkers if row.person_id not in done]

    @property
    def is_checked(self) -> bool:
        by_members = self.minutes.way == Minutes.Way.TWO_CHECKERS
        return bool(self.checks) and not (by_members and self.unchecked)

    @property
    def unsigned(self) -> list[str]:
        """Offices that have not signed yet."""
        done = {row.office for row in self.signatures}
        return [office for office in Office.values if office not in done]

    @property
    def is_signed(self) -> bool:
        return not self.unsigned

    @property
    def public_on(self) -> datetime.date | None:
        """Minutes become public when they have been signed (act 621/1999 6 §), if they are not secret."""
        if not self.is_signed or self.minutes.secrecy_ground:
            return None
        return timezone.localdate(max(row.at for row in self.signatures))

    @property
    def publicity(self) -> Minutes.Publicity:
        if self.minutes.secrecy_ground:
            return Minutes.Publicity.SECRET
        return Minutes.Publicity.PUBLIC if self.is_signed else Minutes.Publicity.NOT_YET

    @cached_property
    def content(self) -> dict[str, Any]:
        """What was put to be checked; before that, what the data says now."""
        return self.minutes.told if self.is_put else content_of(self.minutes)

    def names_of(self, office: str) -> list[str]:
        return [str(mandate.person) for mandate in self.signers[office]]


def standing_of(meeting: Meeting, minutes: Minutes | None = None) -> Standing:
    """The minutes of a meeting that has been held. Constant queries."""
    minutes = minutes or Minutes(meeting=meeting)
    checks: tuple[MinutesCheck, ...] = ()
    signatures: tuple[MinutesSignature, ...] = ()
    if minutes.sha256:
        bound = {"sha256": minutes.sha256}
        checks = tuple(minutes.minuteschecks.filter(**bound).select_related("person", "group_in"))
        signatures = tuple(minutes.minutessignatures.select_related("person"))
    return Standing(
        minutes=minutes,
        checkers=tuple(meeting.checkers.select_related("person")),
        checks=checks,
        signatures=signatures,
        signers=signers_of(meeting),
    )


def signers_of(meeting: Meeting) -> dict[str, tuple[Mandate, ...]]:
    """By office, the mandates of the meeting day on which the minutes can be signed. Three queries."""
    chair = chair_of(meeting.items.order_by("position"), meeting.attendances.select_related("seat"))
    held = Mandate.objects.in_force(meeting.held_on).filter(agreement=meeting.agreement_id)
    return signers_among(list(held.select_related("person", "party", "agreement").order_by("pk")), chair)


def signers_among(held: list[Mandate], chair: int | None) -> dict[str, tuple[Mandate, ...]]:
    """By office, of the mandates held on the meeting day; chair: key of the person who chaired."""
    return {
        Office.CHAIR.value: tuple(_first_of(held, chair)),
        Office.SECRETARY.value: tuple(secretaries(held)),
    }


def _first_of(held: Iterable[Mandate], person_id: int | None) -> list[Mandate]:
    """The seat's mandate of the person, each person once."""
    own = [one for one in held if one.person_id == person_id and one.capacity in Mandate.OF_A_SEAT]
    return own[:1]


def secretaries(held: list[Mandate]) -> list[Mandate]:
    """The secretary; where there was none, the coordinator or her stand-in."""
    own = [one for one in held if one.capacity == Mandate.Capacity.SECRETARY]
    others = (Mandate.Capacity.COORDINATOR, Mandate.Capacity.STAND_IN)
    return own or [one for one in held if one.capacity in others]
