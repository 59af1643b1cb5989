"""Writing the service points of Annex 1 into a draft."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import RowDraft, draft_version, write_rows
from agreements.actions.rows import editable, touch
from agreements.history import System
from agreements.models import Change, Document, Mandate
from staffing.models import ServicePoint
from staffing.points import VALUES, DraftPoints, PointInput, drafted
from tym.core.errors import NotAllowed, Refused, Stale


@transaction.atomic
def replace_points(
    *,
    change: Change,
    document: Document,
    by: Mandate | System,
    on: datetime.date,
    points: Iterable[PointInput],
    revision: int | None = None,
    ground: str | None = None,
) -> list[ServicePoint]:
    """Make the party's service points in the draft be exactly `points` (agreement 4 §); those left out are removed.

    Raises NotAllowed for a row of another party; Stale when a colleague saved the draft (`revision`) or a row was
    decided meanwhile (`ground`).
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    now, points = drafted(change, document), list(points)
    if ground is not None and ground != now.ground:
        raise Stale(_("A service point has been decided after you opened the draft. Nothing you wrote is lost."))
    _check_keys([point.key for point in points if point.key], now)
    drafts = [draft for place, point in enumerate(points, start=1) if (draft := _draft(change, point, place, now))]
    kept = {point.key for point in points}
    gone = [row for key, row in now.decided.items() if key not in kept]
    drafts += [RowDraft(base=row, values=_of(row), removed=True) for row in gone]
    version = draft_version(change=change, document=document, by=by)
    written = write_rows(version=version, replaced=ServicePoint.objects.all(), drafts=drafts)
    touch(change, by=by)
    return written  # type: ignore[return-value]


def _check_keys(keys: Sequence[str], now: DraftPoints) -> None:
    if not now.keys.issuperset(keys):
        raise NotAllowed(_("A party changes only its own rows."))
    if len(set(keys)) < len(keys):
        raise Refused(_("The same row came twice. Nothing was saved."))


def _draft(change: Change, point: PointInput, place: int, now: DraftPoints) -> RowDraft | None:
    base = now.decided.get(point.key)
    if base and all(getattr(base, name) == value for name, value in point.values.items()):
        return None
    party = base.party if base else (change.party or point.party)
    last = max((row.position for row in now.decided.values()), default=1000)
    values = {**point.values, "party": party, "position": base.position if base else last + place}
    # A row that was removed by a decision meanwhile starts anew: its key has had its successor.
    return RowDraft(base=base, values=values, key=point.key if base or point.key in now.new_keys else "")


def _of(row: ServicePoint) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("party", "position", *VALUES)}
