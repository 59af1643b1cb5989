"""Where one is served, as the demo's Annex 1 has it (agreement section 4). Addresses are invented."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.models import Change
from staffing.actions import replace_points
from staffing.points import PointInput
from tym.desk.demo.data import AUTHORITY, COUNTY, KELA
from tym.desk.demo.stage import Stage


@dataclass(frozen=True)
class Point:
    role: str
    kind: str
    municipality: str
    name: str
    address: str
    opening: str = "ajanvarauksella"


POINTS = (
    Point(AUTHORITY, "joint", "Pori", "Porin yhteinen palvelupiste", "Esimerkkikatu 1", "ma–pe 9–15"),
    Point(AUTHORITY, "office", "Kankaanpää", "Kankaanpään toimipiste", "Mallitie 2", "ma–to 9–14"),
    Point(AUTHORITY, "office", "Harjavalta", "Harjavallan toimipiste", "Esimerkkitie 3", "ma, ke ja pe 9–14"),
    Point(AUTHORITY, "office", "Ulvila", "Ulvilan toimipiste", "Mallikuja 4", "ti ja to 9–14"),
    Point(COUNTY, "premises", "Kokemäki", "Kokemäen sosiaaliasema", "Esimerkkipolku 5"),
    Point(COUNTY, "other", "Karvia", "Karvian kylätalo", "Mallitie 6", "joka toinen keskiviikko"),
    Point(KELA, "premises", "Pori", "Kelan palvelupiste Porissa", "Esimerkkikatu 7"),
)


def write(stage: Stage, change: Change) -> None:
    """Into the agreement as signed, those that are in its area."""
    points = [
        PointInput(
            row.name,
            row.kind,
            stage.places[row.municipality],
            address=row.address,
            opening=row.opening,
            party=stage.parties[row.role],
        )
        for row in POINTS
        if row.municipality in stage.places
    ]
    if points:
        document = stage.agreement.documents.get(number=1)
        first_day = stage.agreement.valid_from
        replace_points(change=change, document=document, by=stage.by, on=first_day, points=points)
