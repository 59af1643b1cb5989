"""How costs are shared: the defaults, or what every paying party and the steering group have agreed (9 §, A1-A7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from agreements.models import Agreement, Consent, Matter, Party, Reading
from costs.models import CostItem, Sharing, Split

Kind, Key, Shared, Weighed = CostItem.Kind, Split.Key, Split.Shared, Split.Weighed


@dataclass(frozen=True)
class Setting:
    """An open point of a kind of cost: what it is about, and its choices, the default first (domain 5.18)."""

    kind: CostItem.Kind
    what: str
    choices: tuple[TextChoices, ...]

    @property
    def name(self) -> str:
        return f"costs.{self.kind.value}.{self.what}"

    @property
    def default(self) -> str:
        return str(self.choices[0].value)

    @property
    def clause(self) -> str:
        """What leaves the point open."""
        return _("agreement 9 §, act 381/2023 10 § 2 mom") if self.kind == Kind.JOINT else _("agreement 9 §")

    def label(self, value: str) -> str:
        """What the value means, in words."""
        return next(str(choice.label) for choice in self.choices if choice.value == value)


OF_STAFF = (Key.HEADS, Key.ALL_HEADS, Key.PERSON_YEARS, Key.REALISED, Key.REALISED_MONTH)
KEYS = {Kind.DEVELOPMENT_DAY: (Key.ATTENDANCE, *OF_STAFF), Kind.JOINT: OF_STAFF}
KEY, AMOUNT, DAY = "key", "amount", "day"
SETTINGS = tuple(
    Setting(kind, what, choices)
    for kind in KEYS
    for what, choices in ((KEY, KEYS[kind]), (AMOUNT, tuple(Shared)), (DAY, tuple(Weighed)))
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting_of(kind: str, what: str) -> Setting:
    return BY_NAME[f"costs.{kind}.{what}"]


def title_of(what: str) -> str:
    """What the setting is about, in words."""
    return {KEY: _("split by"), AMOUNT: _("amount that is shared"), DAY: _("day of the weights")}[what]


@dataclass(frozen=True)
class Ground:
    """A value in use and the setting that says so; None when it is the default."""

    value: str
    reading: Reading | None = None


@dataclass(frozen=True)
class Rule:
    """How costs of a kind are shared on a day. sharing: what the paying parties have agreed instead of the key."""

    kind: str
    key: Ground
    amount: Ground
    day: Ground
    sharing: Sharing | None = None


def paying(agreement: Agreement, kind: str) -> list[Party]:
    """The parties that share costs of the kind, in party order: Kela takes no part in other joint costs (9 §)."""
    return list(agreement.parties.filter(role__in=CostItem.PAYERS[Kind(kind)]))


def without_consent(matter: Matter, parties: Iterable[Party]) -> list[Party]:
    """Those of the paying parties that have not consented to exactly what lies under the matter."""
    given = {
        consent.party_id
        for consent in matter.consents.all()
        if consent.sha256 == matter.sha256 and consent.outcome == Consent.Outcome.GIVEN
    }
    return [party for party in parties if party.pk not in given]


def rule_on(agreement: Agreement, kind: str, day: datetime.date) -> Rule:
    """How costs of the kind whose invoice is of the day are shared.

    A setting counts when the group has approved it and every party that pays has consented. Of joint costs the
    paying parties may agree otherwise among themselves (act 10 § 2 mom): that goes before the key.
    """
    parties = paying(agreement, kind)
    names = {setting.name: setting for setting in SETTINGS if setting.kind == kind}
    found = {what: Ground(setting_of(kind, what).default) for what in (KEY, AMOUNT, DAY)}
    readings = Reading.objects.in_force(agreement, day).filter(key__in=names)
    for reading in readings.select_related("matter").prefetch_related("matter__consents"):
        setting = names[reading.key]
        if reading.value in setting.choices and not without_consent(reading.matter, parties):
            found[setting.what] = Ground(reading.value, reading)
    sharing = sharing_on(agreement, day, parties) if kind == Kind.JOINT else None
    return Rule(kind, found[KEY], found[AMOUNT], found[DAY], sharing)


def sharing_on(agreement: Agreement, day: datetime.date, parties: Iterable[Party]) -> Sharing | None:
    """The agreed sharing of joint costs in force on the day; None when there is none or it has been ended."""
    started = agreement.sharings.filter(valid_from__lte=day).order_by("valid_from", "pk").select_related("matter")
    known = [one for one in started.prefetch_related("matter__consents") if not without_consent(one.matter, parties)]
    return known[-1] if known and not known[-1].ends else None


def proposed(agreement: Agreement) -> list[Reading]:
    """Every change of a setting that has been proposed, latest first."""
    found = Reading.objects.filter(matter__agreement=agreement, key__in=BY_NAME).select_related("matter")
    return list(found.prefetch_related("matter__decisions", "matter__consents").order_by("-valid_from", "-pk"))
