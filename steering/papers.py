"""The papers of a meeting as PDF sources: summons, minutes, extract. The same words give the same file."""

from __future__ import annotations

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from steering.minuted import agenda_of
from steering.models import AgendaItem, Meeting
from steering.standing import Standing
from tym.core.pdf import PdfSource, style_sheet

TEMPLATES = "steering/pdf"


def summons_source(meeting: Meeting) -> PdfSource:
    """Kokouskutsu ja esityslista."""
    title = _("Summons and agenda, meeting %(meeting)s") % {"meeting": meeting.reference}
    return _source("summons", meeting, title, {"told": agenda_of(meeting)})


def minutes_source(standing: Standing) -> PdfSource:
    """Pöytäkirja: what was put to be checked, and who has checked and signed it so far."""
    meeting = standing.minutes.meeting
    title = _("Minutes, meeting %(meeting)s") % {"meeting": meeting.reference}
    notes = list(standing.minutes.notes.all())
    return _source("minutes", meeting, title, {"told": standing.minutes.told, "notes": notes, **_bound(standing)})


def extract_source(standing: Standing, item: AgendaItem) -> PdfSource:
    """Pöytäkirjanote: one § of the minutes. Of an item checked at once it can be given before the signing."""
    told = standing.content
    one = next(row for row in told["items"] if row["number"] == item.section)
    meeting = standing.minutes.meeting
    title = _("Extract of minutes, § %(section)s, meeting %(meeting)s")
    named = title % {"section": item.section, "meeting": meeting.reference}
    context = {"told": {**told, "items": [one]}, "item": one, **_bound(standing)}
    return _source("extract", meeting, named, context)


def _bound(standing: Standing) -> dict[str, Any]:
    return {"standing": standing}


def _source(name: str, meeting: Meeting, title: str, context: dict[str, Any]) -> PdfSource:
    language = get_language() or "fi"
    context |= {"title": title, "agreement": meeting.agreement, "meeting": meeting, "language": language}
    return PdfSource(
        html=render_to_string(f"{TEMPLATES}/{name}.html", context),
        css=(style_sheet("pdf.css"),),
        attachment_name=f"{name}.json",
        attachment=canonical(context["told"]).encode(),
        attachment_mime="application/json",
        day=meeting.held_on,
        title=title,
        language=language,
    )


def canonical(told: dict[str, Any]) -> str:
    """The same words give the same text, on every machine."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
