"""Figures in words: what they are, on what they rest, how an open point was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffing.figures import Figure, Worked
from staffing.readings import CLIENTS_LIMIT, REALISED_LIMIT, Chosen, Question
from staffing.state import Limit, is_over
from tym.core.formats import format_number

# name: (what it is, on what it rests)
FIGURES: dict[str, tuple[Any, Any]] = {
    "clients": (gettext_lazy("Clients"), gettext_lazy("act 381/2023 9 §, agreement 5 §")),
    "agreed": (gettext_lazy("Agreed person-years"), gettext_lazy("agreement 5 §, Annex 2")),
    "per_agreed": (gettext_lazy("Clients per agreed person-year"), gettext_lazy("act 381/2023 9 §, agreement 5 §")),
    "realised": (gettext_lazy("Realised person-years"), gettext_lazy("agreement 5 §")),
    "per_realised": (gettext_lazy("Clients per realised person-year"), gettext_lazy("act 381/2023 9 §, agreement 5 §")),
    "percent": (gettext_lazy("Realised of agreed"), gettext_lazy("agreement 5 §")),
    "amount": (
        gettext_lazy("Amount of TYM staff at the end of the year"),
        gettext_lazy("agreement 5 and 9 §, Annex 2"),
    ),
    "plans": (gettext_lazy("Plans made in three months"), gettext_lazy("act 381/2023 4 §, agreement 6 §")),
    "reviews": (gettext_lazy("Reviews made in three months"), gettext_lazy("act 381/2023 6 §, agreement 6 §")),
    "face_to_face": (gettext_lazy("Assessments face to face"), gettext_lazy("agreement 4 §")),
}
QUESTIONS: dict[str, Any] = {
    "A1": gettext_lazy("What amount of staff means"),
    "A23": gettext_lazy("Which number of clients a year has"),
    "A33": gettext_lazy("Which agreed staff a time has in which Annex 2 changed"),
}
CHOICES: dict[str, Any] = {
    "persons": gettext_lazy("heads"),
    "person_years": gettext_lazy("person-years"),
    "mean": gettext_lazy("mean of the ends of the quarters"),
    "year_end": gettext_lazy("number at the end of the year"),
    "served": gettext_lazy("everybody served in the year"),
    "time_weighted": gettext_lazy("time-weighted mean of the versions in force; months weigh the same"),
    "at_end": gettext_lazy("the version in force at the end"),
}
LIMITS: dict[str, Any] = {
    CLIENTS_LIMIT: gettext_lazy("At most clients per person-year"),
    REALISED_LIMIT: gettext_lazy("At least realised of agreed, %"),
}
REVIEW_DUE_WORDS = gettext_lazy("Adequacy review is due on")
LIMIT_OF = {"per_agreed": CLIENTS_LIMIT, "per_realised": CLIENTS_LIMIT, "percent": REALISED_LIMIT}


@dataclass(frozen=True)
class Verdict:
    """A figure against the limit of the group."""

    over: bool
    text: str
    ground: str


@dataclass(frozen=True)
class Told:
    """A figure ready to be shown, with everything that explains it."""

    figure: Figure
    title: str
    of: str
    clause: str
    inputs: tuple[tuple[str, str], ...]
    versions: str
    readings: tuple[str, ...]
    others: tuple[str, ...]
    missing: str
    verdict: Verdict | None

    @property
    def text(self) -> str:
        return self.figure.text

    @property
    def formula(self) -> str:
        return self.figure.formula

    @property
    def anchor(self) -> str:
        return f"luku-{self.figure.name}-{self.figure.place}".rstrip("-")


def tell(figure: Figure, *, of: str, parties: Mapping[int, str], limit: Limit | None = None) -> Told:
    """of: of what time, and of whom, the figure is. parties: short names."""
    title, clause = FIGURES[figure.name]
    worked = figure.worked
    return Told(
        figure,
        str(title),
        of,
        str(clause),
        tuple((_input(name, parties), text) for name, text in worked.inputs),
        _versions(worked),
        tuple(_reading(chosen) for chosen in figure.readings),
        tuple(_other(figure, other.question, other.value, other.worked) for other in figure.others),
        ", ".join(parties[pk] for pk in worked.missing if pk in parties),
        _verdict(worked.value, limit),
    )


def _input(name: str, parties: Mapping[int, str]) -> str:
    kind, _colon, of = name.partition(":")
    if kind == "party":
        return parties.get(int(of), "")
    words = {
        "version": _("Annex 2 version %(number)s"),
        "quarter": _("quarter %(number)s"),
        "counted": _("in time, or face to face"),
        "of_all": _("of all"),
    }
    return words[kind] % {"number": of} if of else words[kind]


def _versions(worked: Worked) -> str:
    return ", ".join(str(number) for number in dict.fromkeys(worked.versions))


def _reading(chosen: Chosen) -> str:
    told = {
        "question": QUESTIONS[chosen.question.code],
        "code": chosen.question.code,
        "choice": CHOICES[chosen.value],
        "ground": chosen.ground,
    }
    if chosen.is_default:
        return _("%(question)s (%(code)s): %(choice)s – default, nobody has decided otherwise") % told
    return _("%(question)s (%(code)s): %(choice)s – %(ground)s") % told


def _other(figure: Figure, question: Question, value: str, worked: Worked) -> str:
    told = {"code": question.code, "choice": CHOICES[value], "formula": figure.told_formula(worked)}
    if worked.value == figure.value:
        return _("%(code)s, %(choice)s: the same figure") % told
    return _("%(code)s, %(choice)s: %(formula)s") % told


def _verdict(value: Fraction | None, limit: Limit | None) -> Verdict | None:
    if limit is None or value is None:
        return None
    over = is_over(value, limit)
    told = {"limit": number_of(limit), "ground": limit.ground}
    if limit.key == REALISED_LIMIT:
        text = _("below the limit %(limit)s %%") if over else _("reaches the limit %(limit)s %%")
    else:
        text = _("over the limit %(limit)s") if over else _("within the limit %(limit)s")
    return Verdict(over, text % told, limit.ground)


def number_of(limit: Limit) -> str:
    places = max(0, -int(limit.value.normalize().as_tuple().exponent))
    return format_number(limit.value, places)
