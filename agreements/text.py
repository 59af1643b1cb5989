"""Text as content: sections of the agreement text and of written annexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agreements import markup
from agreements.comparison import compared, heading_level, title
from agreements.contents import Content
from agreements.models import Change, Clause, Document, RowQuerySet


@dataclass(frozen=True)
class Section:
    """A section ready to be shown. `part` is set only where a new part begins; `level` as `heading_level` tells.

    notes: the editor's, beside the text.
    """

    part: str
    key: str
    number: str
    heading: str
    html: SafeString
    level: int = 4
    notes: tuple[str, ...] = ()


def load(clauses: RowQuerySet) -> list[Clause]:
    return list(clauses.order_by("position", "pk"))


def canonical(clause: Clause) -> dict[str, Any]:
    return {
        "key": clause.key,
        "part": clause.part,
        "number": clause.number,
        "heading": clause.heading,
        "body": clause.body,
        "position": clause.position,
    }


def sections(clauses: Sequence[Clause]) -> list[Section]:
    shown, part = [], ""
    for clause in clauses:
        begins = clause.part if clause.part != part else ""
        part = clause.part
        told = (begins, clause.key, clause.number, clause.heading, markup.render(clause.body), heading_level(clause))
        shown.append(Section(*told))
    return shown


def problems(clauses: Sequence[Clause]) -> list[str]:
    numbers = [clause.number for clause in clauses if clause.number]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    return [_("The section number %(number)s is used twice.") % {"number": number} for number in twice]


TEXT = Content(
    model=Clause,
    template="agreements/_sections.html",
    compare_template="agreements/_sections_compared.html",
    row_template="agreements/_clause_row.html",
    edit_url="agreements:draft_text",
    load=load,
    canonical=canonical,
    present=sections,
    compare=compared,
    problems=problems,
)


@dataclass(frozen=True)
class DraftSection:
    """A section on the page where a draft's text is edited; a removed one where it was.

    state: decided (as it is), added, changed or removed. overtaken: decided anew after the draft changed it.
    """

    clause: Clause
    state: str
    overtaken: bool

    @property
    def title(self) -> str:
        return title(self.clause)


def drafted(change: Change, document: Document) -> list[DraftSection]:
    """The text as the draft has it, in order. Two queries."""
    written = Clause.objects.filter(version__change=change, version__document=document)
    mine = {clause.key: clause for clause in written}
    decided = {clause.key: clause for clause in Clause.objects.of(document).latest_decided()}
    rows = sorted({**decided, **mine}.values(), key=lambda row: (row.position, row.pk))
    return [DraftSection(row, _state_in(row, mine), _is_overtaken(row, mine, decided)) for row in rows]


def _state_in(row: Clause, mine: dict[str, Clause]) -> str:
    if row.key not in mine:
        return "decided"
    return "removed" if row.removed else "changed" if row.base_id else "added"


def _is_overtaken(row: Clause, mine: dict[str, Clause], decided: dict[str, Clause]) -> bool:
    now = decided.get(row.key)
    return row.key in mine and row.base_id is not None and (now is None or now.pk != row.base_id)
