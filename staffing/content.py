"""Annex 2 as content of the agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.contents import Content, RowChange, sha256_of
from agreements.models import Change, Document, RowQuerySet
from staffing import summary
from staffing.models import StaffingLine
from tym.core.formats import format_person_years


def load(lines: RowQuerySet) -> list[StaffingLine]:
    ordered = lines.order_by("party__order", "position", "pk")
    return list(ordered.select_related("party").prefetch_related("municipalities"))


def canonical(line: StaffingLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "party": line.party.order,
        "unit": line.unit,
        "municipalities": sorted(municipality.name for municipality in line.municipalities.all()),
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
class DraftLines:
    """Annex 2 as a party's draft has it.

    own: the party's rows with the draft's own on top. decided: its rows as decided, by key. others: the other
    parties' rows as decided. overtaken: own rows as they were decided after the draft changed them. ground:
    fingerprint of the decided rows under the draft; it changes when one of them is decided.
    """

    own: tuple[StaffingLine, ...]
    decided: dict[str, StaffingLine]
    others: tuple[StaffingLine, ...]
    overtaken: tuple[StaffingLine, ...]
    ground: str

    @property
    def new_keys(self) -> frozenset[str]:
        """Keys of rows that exist only in the draft."""
        return frozenset(line.key for line in self.own if line.base_id is None and line.key not in self.decided)

    @property
    def keys(self) -> frozenset[str]:
        """Every key a row of this draft may continue."""
        return frozenset(self.decided) | {line.key for line in self.own}


def drafted(change: Change, document: Document) -> DraftLines:
    """Two loads of rows, however many there are."""
    standing = load(StaffingLine.objects.of(document).latest_decided())
    written = load(StaffingLine.objects.filter(version__change=change, version__document=document))
    decided = {row.key: row for row in standing if row.party_id == change.party_id}
    mine = {row.key: row for row in written}
    own = [row for row in (decided | mine).values() if not row.removed]
    return DraftLines(
        own=tuple(sorted(own, key=lambda row: (row.position, row.pk))),
        decided=decided,
        others=tuple(row for row in standing if row.key not in decided),
        overtaken=tuple(row for key, row in decided.items() if key in mine and mine[key].base_id != row.pk),
        ground=ground_of(decided.values()),
    )


def ground_of(decided: Iterable[StaffingLine]) -> str:
    """Fingerprint of decided rows: another one as soon as one of them is decided anew."""
    return sha256_of(sorted(row.pk for row in decided))[:16]


@dataclass(frozen=True)
class Cell:
    """What a row says in one column, before and after."""

    before: str
    after: str
    changed: bool


@dataclass(frozen=True)
class LineChange:
    """A row before and after; `fields` names what differs, `cells` has every column as text."""

    change: RowChange
    fields: frozenset[str]
    cells: dict[str, Cell]

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
        tuple(_line_change(item) for item in changes),
        tuple(parties),
        summary.totals(before),
        summary.totals(after),
    )


def _line_change(item: RowChange) -> LineChange:
    fields = _differing(item)
    old, new = _written(item.before or item.after), _written(item.after or item.before)
    return LineChange(item, fields, {name: Cell(old[name], new[name], name in fields) for name in new})


def _written(line: StaffingLine) -> dict[str, str]:
    words = {True: _("yes"), False: _("no")}
    return {
        "unit": line.unit or "–",
        "municipalities": line.places or _("the whole area"),
        "title": line.title,
        "persons": str(line.persons),
        "person_years": line.person_years_text,
        "leads_client_work": words[line.leads_client_work],
        "uses_typpi": words[line.uses_typpi],
        "counts": words[line.counts],
        "note": line.note or "–",
    }


def _differing(item: RowChange) -> frozenset[str]:
    if item.kind != "changed":
        return frozenset()
    old, new = canonical(item.before), canonical(item.after)
    return frozenset(name for name in old if old[name] != new[name])


def problems(lines: Sequence[Any]) -> list[str]:
    """Each row's own limits are kept by the database; the whole has none in law (A22)."""
    return []


def sums(lines: Sequence[Any]) -> str:
    """TYM staff of the whole annex."""
    counted = summary.totals(lines).counted
    told = {"persons": counted.persons, "years": format_person_years(counted.person_years)}
    return _("%(persons)s persons, %(years)s person-years") % told


STAFFING = Content(
    model=StaffingLine,
    template="staffing/_lines.html",
    compare_template="staffing/_lines_compared.html",
    row_template="staffing/_line_row.html",
    edit_url="staffing:draft_lines",
    export_url="staffing:annex_export",
    load=load,
    canonical=canonical,
    present=summary.table,
    compare=compare,
    problems=problems,
    sums=sums,
)
