"""Text as content: sections of the agreement text and of written annexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agreements import markup
from agreements.contents import Content, RowChange
from agreements.models import Clause, RowQuerySet
from agreements.redline import Redline, compare


@dataclass(frozen=True)
class Section:
    """A section ready to be shown. `part` is set only where a new part begins."""

    part: str
    key: str
    number: str
    heading: str
    html: SafeString


@dataclass(frozen=True)
class ClauseChange:
    """A section before, after and marked."""

    change: RowChange
    title: str
    heading: Redline
    body: Redline


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
        shown.append(Section(begins, clause.key, clause.number, clause.heading, markup.render(clause.body)))
    return shown


def compared(changes: Sequence[RowChange], before: Sequence[Clause], after: Sequence[Clause]) -> list[ClauseChange]:
    return [_clause_change(item) for item in changes]


def _clause_change(item: RowChange) -> ClauseChange:
    old, new = item.before, item.after
    return ClauseChange(
        change=item,
        title=str(new or old),
        heading=compare(str(old or ""), str(new or "")),
        body=compare(old.body if old else "", new.body if new else ""),
    )


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
