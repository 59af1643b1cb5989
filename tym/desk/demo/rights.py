"""The access rights of the demo (domain 6.9): the county keeps a list by name, the others tell counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry import actions
from registry.duties import duties_on
from registry.models import AccessRight
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

STARTED, GREW, ENDED, APPLIED, CHECKED = (
    date(2025, 1, 15), date(2025, 4, 1), date(2025, 11, 3), date(2026, 1, 5), date(2026, 1, 14),
)  # fmt: skip
EMPLOYER = "Satakunnan hyvinvointialue"
FIRST = {"applied_on": date(2024, 12, 2), "trained_on": date(2024, 12, 11), "granted_on": date(2024, 12, 16)}
SECOND = {"applied_on": date(2025, 3, 24), "trained_on": date(2025, 3, 28), "granted_on": GREW}
LEFT = date(2025, 9, 30)
# Invented people; their surnames are places of Satakunta.
PEOPLE = (
    ("Aino Vähärauma", "sosiaaliohjaaja"), ("Eero Pihlava", "sosiaaliohjaaja"), ("Helmi Reposaari", "sosiaaliohjaaja"),
    ("Ilmari Ahlainen", "sosiaaliohjaaja"), ("Kerttu Köyliö", "sosiaaliohjaaja"),
    ("Lauri Yläne", "sosiaalityöntekijä"), ("Martta Kiukainen", "terveydenhoitaja"),
)  # fmt: skip
NEWCOMERS = (("Oiva Lassila", "sosiaaliohjaaja"), ("Saima Vaskivesi", "terveydenhoitaja"))
LEAVER, APPLICANT = "Ilmari Ahlainen", ("Tyyne Luvia", "sosiaaliohjaaja")
COUNTS = {data.AUTHORITY: (12, 1, "TYM-koordinaattorin oikeus on mukana."), data.KELA: (2, 0, "")}


def load(stage: Stage) -> None:
    """Training missing from one who applied, a right ended 34 days late, the coordinator's right as information."""
    county = _told(stage, data.COUNTY)
    actions.choose_way(**county, on=STARTED, named=True)
    for person, task in PEOPLE:
        _enter(county, STARTED, person, task, FIRST)
    for person, task in NEWCOMERS:
        _enter(county, GREW, person, task, SECOND)
    _sweep(county, STARTED)
    right = AccessRight.objects.select_related("party").get(person=LEAVER, party=county["party"])
    ended = {"left_on": LEFT, "ended_on": ENDED}
    actions.revise_right(right=right, by=county["by"], on=ENDED, revision=right.revision, **ended)
    _enter(county, APPLIED, *APPLICANT, {"applied_on": APPLIED})
    _sweep(county, CHECKED)
    for role, (granted, outside, note) in COUNTS.items():
        for on in (STARTED, CHECKED):
            counts: dict[str, Any] = {"granted": granted, "outside": outside, "applied": 0, "untrained": 0, "left": 0}
            actions.confirm_counts(**_told(stage, role), on=on, note=note, **counts)
    for role in (data.COUNTY, data.KELA):
        keys = [duty.key for duty in duties_on(CHECKED) if duty.yearly]
        actions.confirm_duties(**_told(stage, role), on=CHECKED, duties=keys)


def _told(stage: Stage, role: str) -> dict[str, Any]:
    return {"party": stage.parties[role], "by": stage.liaison(role)}


def _enter(county: dict[str, Any], on: date, person: str, task: str, days: dict[str, Any]) -> None:
    actions.enter_right(**county, on=on, person=person, employer=EMPLOYER, task=task, **days)


def _sweep(county: dict[str, Any], on: date) -> None:
    rights = AccessRight.objects.filter(party=county["party"])
    current = [right.pk for right in rights if right.is_open(on)]
    actions.check_rights(**county, on=on, seen=current, needed=current)
