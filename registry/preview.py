"""What a spreadsheet would do to a party's list of rights, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.exchange import COLUMNS, ReadRow, row_of, sent
from registry.forms.rights import RightForm, RowFormSet

PREFIX = "rows"


@dataclass(frozen=True)
class PreviewRow:
    """kind: added, changed, same or wrong. cells: heading and text. problems: heading and what is wrong there."""

    kind: str
    number: int
    cells: list[tuple[str, str, bool]]
    problems: list[tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    """data: the rows as the ordinary form would send them, so no file has to be kept."""

    rows: list[PreviewRow]
    counts: dict[str, int]
    data: list[tuple[str, str]]
    problems: list[str]


def preview(rows: Sequence[ReadRow], **limits: Any) -> Preview:
    """limits: what a row may say (see RightForm)."""
    data = sent(rows, PREFIX)
    formset = RowFormSet(data, prefix=PREFIX, form_kwargs=limits)
    formset.is_valid()
    told = [_row(row, form) for row, form in zip(rows, formset.forms, strict=False)]
    counts = Counter(row.kind for row in told)
    return Preview(
        told,
        {kind: counts[kind] for kind in ("added", "changed", "same", "wrong")},
        list(data.items()),
        [str(message) for message in formset.non_form_errors()],
    )


def _row(row: ReadRow, form: RightForm) -> PreviewRow:
    before = dict(zip(COLUMNS, row_of(row.known), strict=True)) if row.known else {}
    cells = []
    for name, value in {**before, **row.values}.items():
        cells.append((COLUMNS[name][0], value, bool(before) and before[name] != value))
    headings = {name: words[0] for name, words in COLUMNS.items()}
    problems = [(headings.get(name, "–"), str(text)) for name, texts in form.errors.items() for text in texts]
    changed = any(cell[2] for cell in cells)
    kind = "wrong" if problems else "added" if not before else "changed" if changed else "same"
    return PreviewRow(kind, row.number, cells, problems)
