"""What the agreement leaves open about figures of staff, and how the parties read it (domain 5.18). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Question:
    """An open point: `code` as in the list of ambiguities, `key` of the setting, its choices, the default first."""

    code: str
    key: str
    choices: tuple[str, ...]

    @property
    def default(self) -> str:
        return self.choices[0]


# A1: "henkilöstön määrä" counts heads or person-years. A23: the number of clients of a year.
# A33: the agreed staff of a time in which Annex 2 changed.
A1 = Question("A1", "staffing.amount_of_staff", ("persons", "person_years"))
A23 = Question("A23", "staffing.clients_of_year", ("mean", "year_end", "served"))
A33 = Question("A33", "staffing.agreed_of_period", ("time_weighted", "at_end"))
QUESTIONS = (A1, A23, A33)
BY_KEY = {question.key: question for question in QUESTIONS}

# Limits exist only when the steering group has set them (A22); none is built in.
CLIENTS_LIMIT = "staffing.clients_per_person_year"
REALISED_LIMIT = "staffing.realised_percent"
LIMITS = (CLIENTS_LIMIT, REALISED_LIMIT)

# Until when the adequacy review of a year is approved: a day of the next year, "31.3."; A9: the year's end.
REVIEW_DUE = "staffing.review_due"
REVIEW_DUE_DEFAULT = "31.12."


@dataclass(frozen=True)
class Chosen:
    """A reading in use. ground: the decision it rests on, in words; empty for the default."""

    question: Question
    value: str
    ground: str = ""

    @property
    def is_default(self) -> bool:
        return not self.ground


@dataclass(frozen=True)
class Readings:
    """The reading of every question, by code; those nobody has decided are the defaults."""

    chosen: Mapping[str, Chosen] = field(default_factory=dict)

    def of(self, question: Question) -> Chosen:
        return self.chosen.get(question.code, Chosen(question, question.default))

    def value(self, question: Question) -> str:
        return self.of(question).value

    def read_as(self, question: Question, value: str) -> Readings:
        """The same with one question read another way."""
        return replace(self, chosen={**self.chosen, question.code: replace(self.of(question), value=value)})
