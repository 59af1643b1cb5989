"""The figures of a year as plain data, kept with the review that rests on them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Agreement, Party
from staffing.charts import charts_of
from staffing.periods import Period
from staffing.readings import CLIENTS_LIMIT
from staffing.shown import Gap, gaps_of, limits_told, lines_of, more_told, party_told
from staffing.state import settings_of, spread_on, year_data
from staffing.words import Told
from staffing.yearly import figures_of
from tym.core.formats import format_day, format_person_years

# duty: the figures that tell of it
TELLS_OF = {"4.3": "face_to_face", "5.2": "percent", "5.3": "per_realised", "6.1": "plans", "6.3": "reviews"}


def taken(agreement: Agreement, year: int, day: datetime.date) -> dict[str, Any]:
    """All figures of the year with what explains them. A fixed number of queries."""
    settings = settings_of([agreement])[agreement.pk]
    last = Period.quarter(year, 4).last
    figures = figures_of(year_data([agreement], year)[agreement.pk], settings.readings(last))
    parties = list(agreement.parties.all())
    lines, more = lines_of(figures, settings, parties, day), more_told(figures, parties)
    gaps = gaps_of(parties, year, day)
    limit = settings.limit(CLIENTS_LIMIT, last)
    found = {
        "lines": [
            {"title": line.title, "told": [_told(told) for told in line.told], "is_over": True} for line in lines
        ],
        "parties": [_party(party, party_told(figures, party, parties)) for party in parties],
        "more": [_told(told) for told in more],
        "limits": [
            {"title": str(one["title"]), "number": one["number"], "ground": one["limit"].ground}
            for one in limits_told(settings, last)
        ],
        "gaps": [_gap(gap) for gap in gaps],
        "charts": [chart.kept() for chart in charts_of(figures, limit, spread_on(agreement, last))],
        "facts": _facts([*lines[-1].told, *more], gaps),
    }
    # Plain lists and texts, so that what is kept equals what is taken again.
    return json.loads(json.dumps(found))


def _told(told: Told) -> dict[str, Any]:
    names = ("title", "of", "text", "formula", "anchor", "clause", "versions", "missing")
    verdict = told.verdict and {"over": told.verdict.over, "text": told.verdict.text, "ground": told.verdict.ground}
    lists = {name: list(getattr(told, name)) for name in ("readings", "others")}
    inputs = [list(pair) for pair in told.inputs]
    return {name: getattr(told, name) for name in names} | lists | {"inputs": inputs, "verdict": verdict}


def _party(party: Party, three: Sequence[Told]) -> dict[str, Any]:
    return {"order": party.order, "name": party.short_name, "told": [_told(told) for told in three]}


def _gap(gap: Gap) -> dict[str, Any]:
    vacancy = gap.vacancy
    last = format_day(vacancy.last_day) if vacancy.last_day else ""
    return {
        "title": vacancy.title,
        "party": vacancy.party.short_name,
        "person_years": format_person_years(vacancy.person_years),
        "time": f"{format_day(vacancy.first_day)}–{last}",
        "days": gap.days,
    }


def _facts(told: Sequence[Told], gaps: Sequence[Gap]) -> dict[str, str]:
    """What the figures say of a duty, in a few words."""
    known = {one.figure.name: f"{one.title}: {one.text}" for one in told if one.text}
    facts = {duty: known[name] for duty, name in TELLS_OF.items() if name in known}
    words = {"count": len(gaps), "days": sum(gap.days for gap in gaps)}
    facts["4.8"] = _("Vacancies: %(count)s; days without substitute: %(days)s") % words
    return facts
