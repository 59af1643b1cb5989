"""How the group works when it meets: each rule, its default (domain 4.1, A16), and what the group adopted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, Decision, Reading, readings_on

Words = str | Promise
YES_NO: dict[str, Words] = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}
LEAST_SUMMONS_DAYS = 4


@dataclass(frozen=True)
class Rule:
    """A rule the group may set. key: of its Reading. choices: what it can be, in words.

    most: when it may also be a whole number from 1 to this; `number` says that in words.
    """

    key: str
    label: Words
    default: str
    choices: dict[str, Words]
    most: int = 0
    number: Words = ""

    @property
    def field(self) -> str:
        return self.key.replace(".", "_")

    def takes(self, value: str) -> bool:
        """Whether the rule can have the value."""
        is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(self.most))
        return value in self.choices or (is_number and 1 <= int(value) <= self.most)

    def in_words(self, value: str) -> str:
        words = self.choices.get(value)
        return str(words) if words else str(self.number) % {"number": value}


RULES = (
    Rule(
        "meeting.quorum",
        gettext_lazy("Quorum"),
        "over_half",
        {"over_half": gettext_lazy("more than half of the members")},
        99,
        gettext_lazy("at least %(number)s members"),
    ),
    Rule("meeting.chair_required", gettext_lazy("Chair or vice chair must be present"), "no", YES_NO),
    Rule("meeting.each_party", gettext_lazy("Each party must be represented"), "no", YES_NO),
    Rule(
        "meeting.summons_days",
        gettext_lazy("Summons is sent at least"),
        "7",
        {},
        60,
        gettext_lazy("%(number)s days before"),
    ),
    Rule(
        "meeting.tie",
        gettext_lazy("When the votes are even"),
        "chair",
        {
            "chair": gettext_lazy("the opinion of the chair of the meeting"),
            "falls": gettext_lazy("the proposal falls"),
        },
    ),
    Rule(
        "meeting.minutes",
        gettext_lazy("Minutes are checked"),
        "two_checkers",
        {
            "two_checkers": gettext_lazy("by two chosen members"),
            "next_meeting": gettext_lazy("at the next meeting"),
            "at_once": gettext_lazy("at once in the meeting"),
        },
    ),
)
BY_KEY = {rule.key: rule for rule in RULES}


@dataclass(frozen=True)
class RuleInForce:
    """A rule on a day. reading: what adopted it, or None when the default is used; `decision` tells the §."""

    rule: Rule
    value: str
    reading: Reading | None
    decision: Decision | None

    @property
    def in_words(self) -> str:
        return self.rule.in_words(self.value)

    @property
    def is_default(self) -> bool:
        return self.reading is None

    @property
    def is_short(self) -> bool:
        """Summons so short that members may not have time to call their deputies."""
        return self.rule.key == "meeting.summons_days" and int(self.value) < LEAST_SUMMONS_DAYS


def rules_on(agreement: Agreement, day: datetime.date) -> list[RuleInForce]:
    """Every rule as it holds on the day. Two queries."""
    return list(_rules(agreement, day))


def _rules(agreement: Agreement, day: datetime.date) -> Iterator[RuleInForce]:
    adopted = {key: reading for key, reading in readings_on(agreement, day).items() if key in BY_KEY}
    matters = {reading.matter_id for reading in adopted.values()}
    approvals = Decision.objects.filter(matter__in=matters, party=None, outcome=Decision.Outcome.APPROVE)
    decided = {decision.matter_id: decision for decision in approvals}
    for rule in RULES:
        reading = adopted.get(rule.key)
        decision = decided.get(reading.matter_id) if reading else None
        yield RuleInForce(rule, reading.value if reading else rule.default, reading, decision)


def values_on(agreement: Agreement, day: datetime.date) -> dict[str, str]:
    """The same as plain values by key, defaults in place."""
    return {held.rule.key: held.value for held in rules_on(agreement, day)}
