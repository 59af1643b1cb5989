"""Figures of the cast's first quarter of 2025, through the actions."""

from decimal import Decimal

from staffing.actions import (
    Promise,
    VacancyInput,
    agreed_of,
    annex_version,
    confirm_quarter,
    save_counts,
    save_realised,
    save_vacancy,
)
from staffing.models import AnnexConfirmation
from staffing.periods import Period
from staffing.state import timelines
from tests.cast import TODAY

Q1 = Period.quarter(2025, 1)
# What a person who may would send from each page, confirmed. The sheet is only looked at before it is confirmed.
POST = {"title": "neuvoja", "person_years": "1,00", "first_day": "1.3.2025", "note": "", "confirm": "1"}
FORMS = {
    "quarter_sheet": {"pick": "all"},
    "realised_edit": {"persons": "2", "person_years": "1,10", "note": "", "revision": "0", "confirm": "1"},
    "counts_edit": {"clients": "100", "note": "", "revision": "0", "confirm": "1"},
    "vacancy_add": {**POST, "revision": "0"},
    "vacancy_edit": {**POST, "revision": "1"},
    "vacancy_withdraw": {"revision": "1", "confirm": "1"},
    "settings_propose": {"clients_limit": "60", "valid_from": "1.7.2025", "confirm": "1"},
}


def realised(cast, by=None, *, period=Q1, on=TODAY, **values):
    by = by or cast.kela
    told = {"persons": 2, "person_years": Decimal("1.10"), "note": "", "revision": 0, "party": by.party}
    return save_realised(period=period, by=by, on=on, **{**told, **values})


def vacancy(cast, by=None, *, stored=None, revision=0, on=TODAY, **values):
    by = by or cast.kela
    told = {"title": "neuvoja", "person_years": Decimal("1.00"), "first_day": Q1.first}
    return save_vacancy(
        party=by.party, values=VacancyInput(**{**told, **values}), by=by, on=on, vacancy=stored, revision=revision
    )


def counts(cast, by=None, *, period=Q1, municipalities=None, revision=0, on=TODAY, note="", **values):
    return save_counts(
        agreement=cast.agreement,
        period=period,
        values={"clients": 100, **values},
        municipalities=municipalities,
        note=note,
        revision=revision,
        by=by or cast.coordinator,
        on=on,
    )


def promise(by, period=Q1, agreement=None):
    agreement = agreement or by.agreement
    return Promise(by.party, agreed=agreed_of(timelines([agreement])[agreement.pk], period, by.party))


def as_agreed(cast, by=None, *, period=Q1, on=TODAY, promised=None):
    by = by or cast.kela
    told = [promised or promise(by, period)]
    confirm_quarter(period=period, realised=told, annexes=[], person=by.person, on=on)
    return by.party.realised_staffing.get(first_day=period.first, last_day=period.last)


def confirm(cast, by=None, *, on=TODAY, version=None):
    by = by or cast.kela
    seen = Promise(by.party, version=version or annex_version(by.agreement, on))
    confirm_quarter(period=Q1, realised=[], annexes=[seen], person=by.person, on=on)
    return AnnexConfirmation.objects.filter(party=by.party).latest("pk")


def told(cast):
    """A first quarter in which every kind of figure is there, and some are missing."""
    realised(cast)
    as_agreed(cast, cast.hva)
    confirm(cast)
    vacancy(cast)
    vacancy(cast, cast.hva, substitute_person_years=Decimal("0.50"), substitute_from=Q1.last, note="Sijainen löytyi.")
    pori = cast.agreement.municipalities.get(name="Pori")
    counts(cast, municipalities={pori: 60}, plans_due=10, plans_in_time=9, note="Laskettu TYPPI-järjestelmästä.")
