"""Annex 2 as content of the agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agreements.contents import Content, RowChange
from agreements.models import RowQuerySet
from staffing import summary
from staffing.models import StaffingLine


def load(lines: RowQuerySet) -> list[StaffingLine]:
    ordered = lines.order_by("party__order", "position", "pk")
    return list(ordered.select_related("party").prefetch_related("municipalities"))


def canonical(line: StaffingLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "party": line.party.short_name,
        "unit": line.unit,
        "municipalities": [municipality.name for municipality in line.municipalities.all()],
        "title": line.title,
        "persons": line.persons,
        "person_years": f"{line.person_years:.2f}",
        "leads_client_work": line.leads_client_work,
        "uses_typpi": line.uses_typpi,
        "counts": line.counts,
        "note": line.note,
        "position": line.position,
    }


@dataclass(frozen=True)
class LineChange:
    """A row before and after; `fields` names what differs."""

    change: RowChange
    fields: frozenset[str]

    @property
    def line(self) -> StaffingLine:
        return self.change.after or self.change.before


@dataclass(frozen=True)
class PartyTotals:
    party: object
    before: summary.Totals
    after: summary.Totals


@dataclass(frozen=True)
class Comparison:
    """What a change does to Annex 2: row by row, and in sums."""

    lines: tuple[LineChange, ...]
    parties: tuple[PartyTotals, ...]
    before: summary.Totals
    after: summary.Totals


def compare(changes: Sequence[RowChange], before: Sequence[Any], after: Sequence[Any]) -> Comparison:
    concerned = {(item.after or item.before).party for item in changes}
    parties = [
        PartyTotals(
            party,
            summary.totals([line for line in before if line.party == party]),
            summary.totals([line for line in after if line.party == party]),
        )
        for party in sorted(concerned, key=lambda party: party.order)
    ]
    return Comparison(
        tuple(LineChange(item, _differing(item)) for item in changes),
        tuple(parties),
        summary.totals(before),
        summary.totals(after),
    )


def _differing(item: RowChange) -> frozenset[str]:
    if item.kind != "changed":
        return frozenset()
    old, new = canonical(item.before), canonical(item.after)
    return frozenset(name for name in old if old[name] != new[name])


def problems(lines: Sequence[Any]) -> list[str]:
    """Each row's own limits are kept by the database; the whole has none in law (A22)."""
    return []


STAFFING = Content(
    model=StaffingLine,
    template="staffing/_lines.html",
    compare_template="staffing/_lines_compared.html",
    edit_url="staffing:draft_lines",
    load=load,
    canonical=canonical,
    present=summary.table,
    compare=compare,
    problems=problems,
)
