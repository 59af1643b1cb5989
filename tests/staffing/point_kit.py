"""Service points in tests."""

from staffing.actions import replace_points
from staffing.forms.points import as_typed
from staffing.models import ServicePoint
from staffing.points import VALUES, PointInput, drafted, load


def points(cast, party=None, day=None):
    """Service points in force: all, or one party's."""
    rows = ServicePoint.objects.of(cast.annex1).in_force(day or cast.today)
    return load(rows.filter(party=party) if party else rows)


def point(cast, party):
    return points(cast, party)[0]


def told(row, **differing):
    """A row as the form would send it back, with what differs."""
    return PointInput(**{**{name: getattr(row, name) for name in ("key", *VALUES)}, **differing})


def new_point(cast, **differing):
    values = {"name": "Kirjaston huone", "kind": "other", "municipality": cast.agreement.municipalities.first()}
    return PointInput(**{**values, **differing})


def point_draft(cast, *, new=False, by=None, rows=None):
    """A draft in which Kela adds a point, or changes the hours of its first one."""
    by = by or cast.kela
    change = cast.draft(by, document=cast.annex1)
    own = drafted(change, cast.annex1).own
    if rows is None:
        kept = [told(row) for row in own]
        rows = (
            [*kept, new_point(cast)]
            if new
            else [told(own[0], opening=f"{own[0].opening} ma–ke 9–15".strip()), *kept[1:]]
        )
    replace_points(change=change, document=cast.annex1, by=by, on=cast.today, points=rows)
    return cast.fresh(change)


def points_as_sent(change, document, *, more=(), **differing):
    """A whole post of the service points: the stored ones; `more` rows after them; what differs by field name."""
    held = drafted(change, document)
    rows = [as_typed(row) for row in held.own] + list(more)
    fields = {f"points-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    management = {"points-TOTAL_FORMS": len(rows), "points-INITIAL_FORMS": len(rows)}
    return {**management, "revision": change.revision, "ground": held.ground, **fields, **differing}


def found_points(change, by, rows):
    """The original agreement's own. rows: party order, kind, municipality, name."""
    agreement = change.matter.agreement
    parties = {party.order: party for party in agreement.parties.all()}
    places = {place.name: place for place in agreement.municipalities.all()}
    inputs = [PointInput(name, kind, places[town], party=parties[order]) for order, kind, town, name in rows]
    document = agreement.documents.get(number=1)
    replace_points(change=change, document=document, by=by, on=agreement.valid_from, points=inputs)
