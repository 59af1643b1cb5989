"""Where a naming or minutes depart from the agreement: what was not so, and the clause it should have followed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from steering import quorum
from steering.models import Appointment, Term
from tym.core.formats import format_day


@dataclass(frozen=True)
class Departure:
    """One thing that is not as the clause says. Recorded with a reason, not refused (Poikkeama)."""

    sentence: str
    clause: str


def departures(
    appointment: Appointment, *, named_on: datetime.date, approved_on: datetime.date | None, term: Term | None
) -> list[Departure]:
    """What a naming on the day departs from. The youth lead is only told to the group."""
    if appointment.capacity == Appointment.Capacity.YOUTH_LEAD:
        return []
    return [*_before_approval(named_on, approved_on), *_beyond_term(appointment, term)]


def _before_approval(named_on: datetime.date, approved_on: datetime.date | None) -> list[Departure]:
    clause = _("agreement 7 §, act 381/2023 9 § 1 mom")
    if approved_on is None:
        return [Departure(_("The steering group has not approved the person."), clause)]
    if approved_on > named_on:
        told = {"named": format_day(named_on), "approved": format_day(approved_on)}
        return [
            Departure(_("The naming, %(named)s, is before the steering group's approval, %(approved)s.") % told, clause)
        ]
    return []


def _beyond_term(appointment: Appointment, term: Term | None) -> list[Departure]:
    clause = _("agreement 7 §, decree 388/2024 4 §")
    if term is None:
        return [Departure(_("The steering group has no term on the first day."), clause)]
    if appointment.valid_to is None or appointment.valid_to > term.last_day:
        told = {"day": format_day(term.last_day)}
        return [
            Departure(_("The office would last beyond the steering group's term, which ends %(day)s.") % told, clause)
        ]
    return []


def too_few_checkers(rules: quorum.Rules, chosen: int) -> Departure | None:
    """Fewer minute checkers were chosen than the group's rule says (pöytäkirjan tarkastus, 7 §)."""
    if rules.minutes != quorum.Minutes.TWO_CHECKERS:
        return None
    if chosen >= 2:
        return None
    if chosen:
        sentence = _("One minute checker was chosen; by the group's rule there are two.")
    else:
        sentence = _("No minute checker was chosen; by the group's rule there are two.")
    return Departure(sentence, _("agreement 7 §, the group's way of working"))


def clauses_of(departed: list[Departure]) -> str:
    """The clauses departed from, each once."""
    return "; ".join(dict.fromkeys(departure.clause for departure in departed))
