"""Annex 1's service points as content of the agreement (liite 1, palvelupisteet)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.contents import Content, RowChange, sha256_of
from agreements.models import Change, Document, Municipality, Party, RowQuerySet
from staffing.models import ServicePoint

VALUES = ("kind", "municipality", "name", "address", "opening")


@dataclass(frozen=True)
class PointInput:
    """A service point as it should be. key: the row it continues, or empty for a new one."""

    name: str
    kind: str
    municipality: Municipality
    address: str = ""
    opening: str = ""
    key: str = ""
    party: Party | None = None

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in VALUES}


def load(points: RowQuerySet) -> list[ServicePoint]:
    return list(points.order_by("party__order", "position", "pk").select_related("party", "municipality"))


def canonical(point: ServicePoint) -> dict[str, Any]:
    return {
        "key": point.key,
        "party": point.party.order,
        "kind": point.kind,
        "municipality": point.municipality.name,
        "name": point.name,
        "address": point.address,
        "opening": point.opening,
        "position": point.position,
    }


def by_municipality(points: Iterable[ServicePoint]) -> list[ServicePoint]:
    """In the order in which the table groups them."""
    return sorted(points, key=lambda point: (point.municipality.name, point.party.order, point.position, point.pk))


@dataclass(frozen=True)
class PointChange:
    """A service point before and after; `fields` names what differs."""

    change: RowChange
    fields: frozenset[str]

    @property
    def point(self) -> ServicePoint:
        point: ServicePoint = self.change.row
        return point


def compare(changes: Sequence[RowChange], before: Sequence[Any], after: Sequence[Any]) -> list[PointChange]:
    order = {point.pk: place for place, point in enumerate(by_municipality(item.row for item in changes))}
    found = [PointChange(item, _differing(item)) for item in changes]
    return sorted(found, key=lambda item: order[item.point.pk])


def _differing(item: RowChange) -> frozenset[str]:
    if item.kind != "changed":
        return frozenset()
    old, new = canonical(item.before), canonical(item.after)
    return frozenset(name for name in old if old[name] != new[name])


def problems(points: Sequence[Any]) -> list[str]:
    """Section 4 sets no least number of places."""
    return []


def sums(points: Sequence[Any]) -> str:
    return _("%(count)s service points") % {"count": len(points)}


@dataclass(frozen=True)
class DraftPoints:
    """A party's service points as its draft has them.

    own: with the draft's own rows on top. decided: as decided, by key. others: the other parties'. ground:
    fingerprint of the decided rows under the draft.
    """

    own: tuple[ServicePoint, ...]
    decided: dict[str, ServicePoint]
    others: tuple[ServicePoint, ...]
    ground: str

    @property
    def new_keys(self) -> frozenset[str]:
        """Keys of rows that exist only in the draft."""
        return frozenset(row.key for row in self.own if row.base_id is None and row.key not in self.decided)

    @property
    def keys(self) -> frozenset[str]:
        """Every key a row of this draft may continue."""
        return frozenset(self.decided) | {row.key for row in self.own}


def drafted(change: Change, document: Document) -> DraftPoints:
    """Two loads of rows, however many there are."""
    standing = load(ServicePoint.objects.of(document).latest_decided())
    written = load(ServicePoint.objects.filter(version__change=change, version__document=document))
    decided = {row.key: row for row in standing if row.party_id == change.party_id}
    own = [row for row in (decided | {row.key: row for row in written}).values() if not row.removed]
    return DraftPoints(
        own=tuple(sorted(own, key=lambda row: (row.position, row.pk))),
        decided=decided,
        others=tuple(row for row in standing if row.key not in decided),
        ground=sha256_of(sorted(row.pk for row in decided.values()))[:16],
    )


POINTS = Content(
    model=ServicePoint,
    template="staffing/_points.html",
    compare_template="staffing/_points_compared.html",
    row_template="staffing/_point_row.html",
    edit_url="staffing:draft_points",
    load=load,
    canonical=canonical,
    present=by_municipality,
    compare=compare,
    problems=problems,
    sums=sums,
    follows=True,
)
