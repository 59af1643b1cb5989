"""Figures of staff and clients, each of which explains itself (domain 5.17). Pure: no database, exact inside.

A figure is worked out from a year's data under chosen readings; what another reading gives is worked out the same
way. Fractions inside; rounded half up only where a number is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from staffing.agreed import Timeline
from staffing.periods import Period
from staffing.readings import A1, A23, A33, Chosen, Question, Readings
from tym.core.formats import format_number

PERCENT = "%"


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Half up, exactly."""
    scale = 10**places
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def text_of(value: Fraction, least: int = 2) -> str:
    """With the decimals it needs, `least` to three, so that a formula can be checked by hand."""
    exact = next((places for places in range(least, 3) if value * 10**places == int(value * 10**places)), 3)
    return format_number(rounded(value, exact), exact)


@dataclass(frozen=True)
class Counts:
    """Counts of a period (asiakasmäärät); what was not given is None."""

    clients: int
    ended: int | None = None
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Realised:
    """What came true of a party's staff in a quarter: of its one figure, or of its three months'. None: not given."""

    party: int
    person_years: tuple[Decimal, ...] = ()
    persons: int | None = None

    @property
    def value(self) -> Fraction | None:
        """A quarter given by months counts when all three are in."""
        if len(self.person_years) not in (1, 3):
            return None
        return sum(map(Fraction, self.person_years), Fraction(0)) / len(self.person_years)


@dataclass(frozen=True)
class Quarter:
    """What is known of a quarter: clients at its end, and every party's realised staff in party order."""

    period: Period
    counts: Counts | None
    realised: tuple[Realised, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """Parties that have not told."""
        return tuple(entry.party for entry in self.realised if entry.value is None)


@dataclass(frozen=True)
class YearData:
    """A year of one agreement."""

    year: int
    timeline: Timeline
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True)
class Worked:
    """A figure under one reading. value None: something it needs has not been given (`missing`)."""

    value: Fraction | None
    formula: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    versions: tuple[int, ...] = ()
    quarters: tuple[Period, ...] = ()
    missing: tuple[int, ...] = ()
    # Fewest decimals, when the reading decides what is counted: heads or person-years.
    least: int | None = None


@dataclass(frozen=True)
class Other:
    """What the figure would be if an open point were read otherwise."""

    question: Question
    value: str
    worked: Worked


@dataclass(frozen=True)
class Figure:
    """A figure with how it was worked out. name: what it is, in code; unit: "%" or nothing."""

    name: str
    worked: Worked
    unit: str = ""
    least: int = 2
    readings: tuple[Chosen, ...] = ()
    others: tuple[Other, ...] = ()
    place: str = ""

    @property
    def value(self) -> Fraction | None:
        return self.worked.value

    @property
    def text(self) -> str:
        return self.told(self.worked)

    def told(self, worked: Worked) -> str:
        """As shown; empty when it is not known."""
        if worked.value is None:
            return ""
        number = self._number(worked.value, self.least if worked.least is None else worked.least)
        return f"{number}\u00a0{self.unit}" if self.unit else number

    def _number(self, value: Fraction, least: int) -> str:
        return text_of(value, least) if self.name in MEASURES else format_number(rounded(value, least), least)

    @property
    def formula(self) -> str:
        """With the numbers put in and its result: "1 128 / 18,93 = 59,59"."""
        return self.told_formula(self.worked)

    def told_formula(self, worked: Worked) -> str:
        if worked.value is None:
            return ""
        told = self.told(worked)
        return told if worked.formula in ("", told) else f"{worked.formula} = {told}"


# Amounts, shown with up to three decimals where they need them; all else is a ratio of two decimals.
MEASURES = {"clients", "agreed", "realised", "amount"}
Work = Callable[[YearData, Readings], Worked]


def explain(
    name: str, work: Work, data: YearData, readings: Readings, *questions: Question, **shape: str | int
) -> Figure:
    """The figure under the readings in use, and what every other reading of the questions gives."""
    worked = work(data, readings)
    others = [
        Other(question, value, again)
        for question in questions
        for value in question.choices
        if value != readings.value(question)
        and (again := work(data, readings.read_as(question, value))).value is not None
    ]
    chosen = tuple(readings.of(question) for question in questions)
    return Figure(name, worked, readings=chosen, others=tuple(others), **shape)  # type: ignore[arg-type]


def agreed(timeline: Timeline, periods: Sequence[Period], readings: Readings, party: int | None = None) -> Worked:
    """Person-years of Annex 2 over the periods (5 §): the time-weighted mean of versions in force, or the last one."""
    if readings.value(A33) == "at_end":
        step = timeline.last_in(periods[-1]) if periods else None
        shares = [(Fraction(step.of(party).person_years), Fraction(1), "1", step.version)] if step else []
    else:
        found = timeline.shares(periods)
        shares = [(Fraction(s.agreed.of(party).person_years), s.months, s.text, s.agreed.version) for s in found]
    if not shares:
        return Worked(None)
    length = sum((months for _value, months, _text, _version in shares), Fraction(0))
    value = sum((value * months for value, months, _text, _version in shares), Fraction(0)) / length
    parts = [f"{text_of(value)} × {text}" for value, _months, text, _version in shares]
    of = _of_length(length)
    formula = text_of(value) if len(shares) == 1 else f"({' + '.join(parts)}) / {of}"
    inputs = tuple((f"version:{version}", text_of(value)) for value, _months, _text, version in shares)
    return Worked(value, formula, inputs, tuple(share[3] for share in shares), tuple(periods))


def _of_length(months: Fraction) -> str:
    whole, rest = divmod(months, 1)
    if not rest:
        return str(whole)
    part = f"{rest.numerator}/{rest.denominator}"
    return f"({whole} + {part})" if whole else f"({part})"


def realised(data: YearData, periods: Sequence[Period], party: int | None = None) -> Worked:
    """Person-years that came true over the quarters that everybody has told, each weighted by its months in force."""
    told = [(quarter, _realised_in(quarter, party)) for quarter in data.quarters if quarter.period in periods]
    known = [(quarter.period, value) for quarter, value in told if value is not None]
    if not known:
        return Worked(None, missing=tuple(dict.fromkeys(pk for quarter, _value in told for pk in quarter.missing)))
    if len(known) == 1 and len(periods) == 1:
        return _one_quarter(told[0][0], party)
    weights = [sum((s.months for s in data.timeline.shares([period])), Fraction(0)) or 3 for period, _v in known]
    total = sum(weights)
    value = sum((value * weight for (_p, value), weight in zip(known, weights, strict=True)), Fraction(0)) / total
    formula = _mean(list(zip([value for _p, value in known], weights, strict=True)))
    inputs = tuple((f"quarter:{period.number}", text_of(value)) for period, value in known)
    missing = tuple(dict.fromkeys(pk for quarter, value in told if value is None for pk in quarter.missing))
    return Worked(value, formula, inputs, (), tuple(period for period, _value in known), missing)


def _mean(parts: Sequence[tuple[Fraction, Fraction | int]]) -> str:
    if len(parts) == 1:
        return text_of(parts[0][0])
    if len({weight for _value, weight in parts}) == 1:
        return f"({' + '.join(text_of(value) for value, _weight in parts)}) / {len(parts)}"
    total = _of_length(Fraction(sum(weight for _value, weight in parts)))
    told = " + ".join(f"{text_of(value)} × {_of_length(Fraction(weight))}" for value, weight in parts)
    return f"({told}) / {total}"


def _realised_in(quarter: Quarter, party: int | None) -> Fraction | None:
    values = [entry.value for entry in quarter.realised if party in (None, entry.party)]
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if values and len(known) == len(values) else None


def _one_quarter(quarter: Quarter, party: int | None) -> Worked:
    entries = [entry for entry in quarter.realised if party in (None, entry.party)]
    values = [entry.value or Fraction(0) for entry in entries]
    if len(entries) == 1 and len(entries[0].person_years) == 3:
        formula = f"({' + '.join(text_of(Fraction(part)) for part in entries[0].person_years)}) / 3"
    else:
        formula = " + ".join(text_of(value) for value in values)
    inputs = tuple((f"party:{e.party}", text_of(value)) for e, value in zip(entries, values, strict=True))
    return Worked(sum(values, Fraction(0)), formula, inputs, (), (quarter.period,))


def clients(data: YearData, periods: Sequence[Period], readings: Readings) -> Worked:
    """Clients in the model: at a quarter's end; of a year the mean of quarter ends (A23), its last, or all served."""
    known = [(q.period, q.counts) for q in data.quarters if q.period in periods and q.counts is not None]
    if not known:
        return Worked(None)
    inputs = tuple((f"quarter:{period.number}", text_of(Fraction(c.clients), 0)) for period, c in known)
    within, last = tuple(period for period, _counts in known), known[-1][1]
    if len(periods) == 1 or readings.value(A23) == "year_end":
        value = Fraction(last.clients)
        return Worked(value, text_of(value, 0), inputs[-1:], (), within)
    if readings.value(A23) == "served":
        return _served(last, [counts.ended for _period, counts in known], inputs, within)
    value = Fraction(sum(counts.clients for _period, counts in known), len(known))
    told = " + ".join(text for _name, text in inputs)
    return Worked(value, f"({told}) / {len(known)}" if len(known) > 1 else told, inputs, (), within)


def _served(
    last: Counts, ended: Sequence[int | None], inputs: tuple[tuple[str, str], ...], within: tuple[Period, ...]
) -> Worked:
    """Everybody served: those there at the end and those who ended, if the latter are known for every quarter."""
    if None in ended:
        return Worked(None)
    gone = [count for count in ended if count is not None]
    value = Fraction(last.clients + sum(gone))
    told = " + ".join(text_of(Fraction(count), 0) for count in (last.clients, *gone))
    return Worked(value, told, inputs, (), within)


def ratio(above: Worked, below: Worked, *, percent: bool = False, least: tuple[int, int] = (2, 2)) -> Worked:
    """One worked figure by another."""
    missing = tuple(dict.fromkeys((*above.missing, *below.missing)))
    if above.value is None or not below.value:
        return Worked(None, missing=missing)
    value = above.value / below.value * (100 if percent else 1)
    formula = f"{text_of(above.value, least[0])} / {text_of(below.value, least[1])}{' × 100' if percent else ''}"
    inputs = (*above.inputs, *below.inputs)
    versions = above.versions or below.versions
    return Worked(value, formula, inputs, versions, above.quarters or below.quarters, missing)


def amount(data: YearData, readings: Readings) -> Worked:
    """Amount of staff at the year's end (henkilöstön määrä, 9 §): heads, or person-years (A1)."""
    step = data.timeline.last_in(data.quarters[-1].period) if data.quarters else None
    if step is None:
        return Worked(None)
    heads = readings.value(A1) == "persons"
    values = {party: Fraction(total.persons if heads else total.person_years) for party, total in step.by_party.items()}
    least = 0 if heads else 2
    told = tuple((f"party:{party}", text_of(value, least)) for party, value in values.items())
    formula = " + ".join(text for _name, text in told)
    return Worked(sum(values.values(), Fraction(0)), formula, told, (step.version,), least=least)


def part(data: YearData, periods: Sequence[Period], name: str) -> Worked:
    """A share of counts in percent, over the quarters in which it was counted."""
    known = [
        (q.period, q.counts.parts[name])
        for q in data.quarters
        if q.period in periods and q.counts and name in q.counts.parts
    ]
    of = sum(whole for _period, (_some, whole) in known)
    if not of:
        return Worked(None)
    some = sum(count for _period, (count, _whole) in known)
    told = (("counted", text_of(Fraction(some), 0)), ("of_all", text_of(Fraction(of), 0)))
    formula = f"{told[0][1]} / {told[1][1]} × 100"
    return Worked(Fraction(some * 100, of), formula, told, (), tuple(period for period, _part in known))


__all__ = ["A1", "A23", "A33", "Counts", "Figure", "Quarter", "Realised", "YearData", "explain", "text_of"]
