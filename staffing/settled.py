"""Limits and readings of figures that a matter puts before the group, in words."""

from __future__ import annotations

from agreements.models import Matter
from staffing.readings import BY_KEY, REVIEW_DUE
from staffing.words import CHOICES, LIMITS, QUESTIONS, REVIEW_DUE_WORDS
from tym.core.formats import format_day


def under(matter: Matter) -> list[tuple[str, str, str]]:
    """(what, value, from when) of every setting of this room under the matter."""
    found = []
    for reading in matter.readings.all():
        told = _in_words(reading.key, reading.value)
        if told:
            found.append((*told, format_day(reading.valid_from)))
    return found


def _in_words(key: str, value: str) -> tuple[str, str] | None:
    if key in LIMITS:
        return str(LIMITS[key]), value
    if key == REVIEW_DUE:
        return str(REVIEW_DUE_WORDS), value
    question = BY_KEY.get(key)
    return (str(QUESTIONS[question.code]), str(CHOICES.get(value, value))) if question else None
