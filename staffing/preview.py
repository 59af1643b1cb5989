"""What a spreadsheet would do to a party's draft, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from staffing.content import Cell
from staffing.exchange import HEADINGS, TICKS, Problem, Reading, ReadRow, matched
from staffing.forms import BaseLineFormSet, LineForm, as_typed
from staffing.models import StaffingLine
from tym.core.formats import format_person_years

KINDS = ("added", "changed", "removed", "same", "wrong")


@dataclass(frozen=True)
class Planned:
    """A row as the draft would have it. source: the sheet's row, None for a stored row the sheet does not have."""

    source: ReadRow | None
    stored: StaffingLine | None
    typed: dict[str, Any]


@dataclass(frozen=True)
class PreviewRow:
    """kind: one of KINDS; a wrong row is to be corrected first. number: the sheet's row."""

    kind: str
    number: int | None
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Preview:
    """data: the rows as the ordinary form would send them, so no file has to be kept."""

    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    counts: dict[str, int]
    data: list[tuple[str, str]]
    reading: Reading


def plan(reading: Reading, stored: Sequence[StaffingLine], *, replace: bool) -> list[Planned]:
    """The sheet's rows and the stored ones it does not have: those are to be removed, or stay as they are."""
    pairs = matched(reading.rows, stored)
    planned = [Planned(row, line, _typed(row, line)) for row, line in pairs]
    kept = {line.key for _row, line in pairs if line}
    rest = [line for line in stored if line.key not in kept]
    planned += [Planned(None, line, {**as_typed(line), "remove": replace}) for line in rest]
    if replace:
        return planned
    # What is added comes after what was there.
    places = {line.key: place for place, line in enumerate(stored)}
    return sorted(planned, key=lambda row: places[row.stored.key] if row.stored else len(places))


def _typed(row: ReadRow, line: StaffingLine | None) -> dict[str, Any]:
    base = as_typed(line) if line else {"key": ""}
    return {**base, **row.values}


def sent(planned: Sequence[Planned], prefix: str) -> dict[str, str]:
    """The rows as a browser would post the form of them."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(planned)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(planned):
        for name, value in row.typed.items():
            if value is not False:
                data[f"{prefix}-{place}-{name}"] = _as_sent(name, value)
    return data


def _as_sent(name: str, value: Any) -> str:
    if value is True:
        return "on"
    return str(LineForm.base_fields[name].prepare_value(value))


def preview(
    reading: Reading,
    stored: Sequence[StaffingLine],
    *,
    replace: bool,
    prefix: str,
    formset: Callable[..., BaseLineFormSet],
) -> Preview:
    planned = plan(reading, stored, replace=replace)
    data = sent(planned, prefix)
    checked = formset(data=data)
    checked.is_valid()
    pairs = list(zip(planned, checked.forms, strict=True))
    rows = tuple(_row(row, form) for row, form in pairs)
    problems = [problem for row, form in pairs for problem in _problems(reading.sheet, row, form)]
    problems += [Problem(reading.sheet, 1, "–", str(message)) for message in checked.non_form_errors()]
    told = sorted([*reading.problems, *problems], key=lambda problem: problem.row)
    counts = Counter(row.kind for row in rows)
    return Preview(rows, tuple(told), {kind: counts[kind] for kind in KINDS}, list(data.items()), reading)


def _problems(sheet: str, row: Planned, form: LineForm) -> list[Problem]:
    number = row.source.number if row.source else 0
    return [
        Problem(sheet, number, HEADINGS.get(name, name), str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]


def _row(row: Planned, form: LineForm) -> PreviewRow:
    number = row.source.number if row.source else None
    before = told(as_typed(row.stored)) if row.stored else None
    if row.typed.get("remove") and before:
        return PreviewRow("removed", number, {name: Cell(text, text, False) for name, text in before.items()})
    after = told({**row.typed, **({} if form.errors else _cleaned(form))})
    cells = {name: Cell((before or after)[name], text, (before or after)[name] != text) for name, text in after.items()}
    changed = any(cell.changed for cell in cells.values())
    kind = "added" if before is None else "changed" if changed else "same"
    return PreviewRow("wrong" if form.errors else kind, number, cells)


def _cleaned(form: LineForm) -> dict[str, Any]:
    if not form.cleaned_data:
        return {}
    names = ", ".join(municipality.name for municipality in form.cleaned_data["municipalities"])
    return {**form.cleaned_data, "municipalities": names}


def told(values: dict[str, Any]) -> dict[str, str]:
    """A row as the preview shows it, column by column; figures that are none stay as written."""
    served = sorted(name.strip() for name in str(values.get("municipalities") or "").split(",") if name.strip())
    words = {name: _("yes") if values.get(name) else _("no") for name in TICKS}
    return {
        "title": str(values.get("title") or "–"),
        "persons": str(values.get("persons", "")),
        "person_years": _person_years(values.get("person_years", "")),
        "unit": str(values.get("unit") or "–"),
        "municipalities": ", ".join(served) or _("the whole area"),
        **words,
        "note": str(values.get("note") or "–"),
    }


def _person_years(value: Any) -> str:
    return value if isinstance(value, str) else format_person_years(value)
