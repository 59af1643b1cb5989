"""Realised staff, vacancies and clients of the demo's year 2025, and the limit the group set (domain 6.5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from agreements.models import Matter
from staffing.actions import (
    Promise,
    VacancyInput,
    agreed_of,
    annex_version,
    confirm_quarter,
    propose_settings,
    save_counts,
    save_realised,
    save_vacancy,
)
from staffing.periods import Period, quarters_of
from staffing.readings import CLIENTS_LIMIT
from staffing.state import timelines
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

YEAR = 2025
# Clients at the end of each quarter, and the person-years that came true of the authority and the county.
CLIENTS = (1040, 1095, 1150, 1128)
REALISED = {
    data.AUTHORITY: (11, ("10.10", "10.10", "10.10", "10.10")),
    data.COUNTY: (9, ("6.30", "7.47", "6.80", "7.63")),
}
# Plans due and made in time, reviews due and made in time, assessments and those face to face: 361/412, 3741/4300.
WORK = (
    (101, 88, 1050, 912, 100, 88),
    (104, 91, 1080, 940, 105, 93),
    (103, 89, 1090, 945, 101, 88),
    (104, 93, 1080, 944, 106, 94),
)
WORK_NAMES = ("plans_due", "plans_in_time", "reviews_due", "reviews_in_time", "assessments", "face_to_face")


def load(stage: Stage) -> None:
    """Quarter by quarter as they ended; the limit has been decided by then."""
    for place, period in enumerate(quarters_of(YEAR)):
        on = period.next.first.replace(day=12)
        _count_clients(stage, period, place, on)
        _tell_realised(stage, period, place, on)
        _press_twice(stage, period, on)
    _leave_a_post_empty(stage)


def propose_limit(stage: Stage) -> Matter:
    """At most 60 clients a person-year; decided 20.3.2025 § 11."""
    return propose_settings(
        agreement=stage.agreement,
        values={CLIENTS_LIMIT: "60"},
        valid_from=date(2025, 3, 20),
        by=stage.coordinator,
        on=date(2025, 3, 10),
    )


def _count_clients(stage: Stage, period: Period, place: int, on: date) -> None:
    values = dict(zip(WORK_NAMES, WORK[place], strict=True))
    save_counts(
        agreement=stage.agreement,
        period=period,
        values={"clients": CLIENTS[place], **values},
        revision=0,
        by=stage.coordinator,
        on=on,
    )


def _tell_realised(stage: Stage, period: Period, place: int, on: date) -> None:
    for role, (persons, years) in REALISED.items():
        if role == data.COUNTY and place == 0:
            # The county's first quarter came true as agreed; it has no nurse pair and northern guide yet.
            persons = 7
        save_realised(
            party=stage.parties[role],
            period=period,
            persons=persons,
            person_years=Decimal(years[place]),
            note="Sosiaaliohjaajan tehtävä oli täyttämättä." if role == data.COUNTY and place else "",
            revision=0,
            by=stage.liaison(role),
            on=on,
        )


def _press_twice(stage: Stage, period: Period, on: date) -> None:
    """Kela's two presses: it came true as agreed, and nothing changes in its rows."""
    party = stage.parties[data.KELA]
    promise = agreed_of(timelines([stage.agreement])[stage.agreement.pk], period, party)
    confirm_quarter(
        period=period,
        realised=[Promise(party, agreed=promise)],
        annexes=[Promise(party, version=annex_version(stage.agreement, on))],
        person=stage.liaison(data.KELA).person,
        on=on,
    )


def _leave_a_post_empty(stage: Stage) -> None:
    """The county had no guide, and nobody stood in, from 1.6. to 15.10.2025."""
    save_vacancy(
        party=stage.parties[data.COUNTY],
        values=VacancyInput(
            title=data.GUIDE,
            person_years=Decimal("1.00"),
            first_day=date(2025, 6, 1),
            last_day=date(2025, 10, 15),
            note="Sijaista ei saatu.",
        ),
        by=stage.liaison(data.COUNTY),
        on=date(2025, 10, 20),
    )
