"""What is to be done in the group's room, with the person whose move it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from agreements.models import Agreement, Mandate, Party
from steering import state
from steering.composition import Composition
from steering.models import Meeting, Minutes, MinutesSignature
from steering.offices import ToDo
from steering.standing import Office
from tym.core.formats import format_day

# How long before the end of the term the next one is to be in hand, and to be hurried.
SOON, VERY_SOON = datetime.timedelta(days=183), datetime.timedelta(days=92)


def of_group(agreement: Agreement, group: Composition, parties: Iterable[Party], day: datetime.date) -> list[ToDo]:
    """Term, seats, deputies, coordinator. One query."""
    parties = list(parties)
    lead = next((party.short_name for party in parties if party.role == Party.Role.EMPLOYMENT_AUTHORITY), "")
    return [*_term(group, lead, day), *_seats(group, parties), *_coordinator(agreement, lead, day)]


def _term(group: Composition, lead: str, day: datetime.date) -> list[ToDo]:
    term, clause = group.term, _("decree 388/2024 1 §")
    if term is None:
        return [ToDo(_("The steering group has no term on this day."), clause, lead)]
    follows = any(other.valid_from > term.last_day for other in group.terms)
    left = term.last_day - day
    if follows or left > SOON:
        return []
    told = {"day": format_day(term.last_day), "months": 3 if left <= VERY_SOON else 6}
    sentence = _("The term ends on %(day)s, within %(months)s months, and the next group has not been appointed.")
    return [ToDo(sentence % told, clause, lead)]


def _seats(group: Composition, parties: Iterable[Party]) -> list[ToDo]:
    if group.term is None:
        return []
    found = []
    for party in parties:
        own = [seat for seat in group.seats if seat.party_id == party.pk]
        without = ", ".join(str(seat.position) for seat in own if seat.deputy_id is None)
        if not own:
            sentence = _("%(party)s has no member in the group.") % {"party": party.short_name}
            found.append(ToDo(sentence, _("decree 388/2024 1 §"), party.short_name))
        elif without:
            sentence = _("No personal deputy: seat %(seats)s.") % {"seats": without}
            found.append(ToDo(sentence, _("decree 388/2024 1 §"), party.short_name))
    return found


def _coordinator(agreement: Agreement, lead: str, day: datetime.date) -> list[ToDo]:
    held = Mandate.objects.in_force(day).filter(agreement=agreement, capacity=Mandate.Capacity.COORDINATOR)
    if held.exists():
        return []
    return [ToDo(_("There is no TYM coordinator."), _("agreement 7 §, decree 388/2024 4 §"), lead)]


def of_meetings(agreement: Agreement, today: datetime.date) -> list[ToDo]:
    """Summons that are late, minutes not checked or signed. Constant queries, whatever the number of meetings."""
    return [*_late_summons(agreement, today), *_minutes(agreement)]


def _late_summons(agreement: Agreement, today: datetime.date) -> list[ToDo]:
    days = state.rules_on(agreement, today).summons_days
    planned = agreement.meetings.filter(state=Meeting.State.PLANNED).order_by("held_on")
    sentence = _("Meeting %(meeting)s: the summons is late, it is sent at least %(days)s days before.")
    return [
        ToDo(sentence % {"meeting": meeting, "days": days}, _("agreement 7 §"), _("chair"))
        for meeting in planned
        if meeting.summons_is_late(today, days)
    ]


def _minutes(agreement: Agreement) -> list[ToDo]:
    held = agreement.meetings.filter(state__in=Meeting.HELD_STATES).select_related("minutes")
    wanted = held.prefetch_related("checkers__person", "minutes__minuteschecks", "minutes__minutessignatures")
    return [todo for meeting in wanted.order_by("held_on", "pk") for todo in _of_one(meeting)]


def _of_one(meeting: Meeting) -> list[ToDo]:
    """What the minutes of a meeting wait for."""
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    told = {"meeting": str(meeting)}
    if minutes is None or not minutes.sha256:
        sentence = _("Meeting %(meeting)s: the minutes have not been put to be checked.")
        return [ToDo(sentence % told, _("agreement 7 §"), _("secretary"))]
    waits = _unchecked(meeting, minutes)
    if waits:
        return [ToDo(_("Meeting %(meeting)s: the minutes have not been checked.") % told, _("agreement 7 §"), waits)]
    signed = {row.office for row in minutes.minutessignatures.all()}
    left = [str(MinutesSignature.Office(office).label) for office in Office.values if office not in signed]
    if not left:
        return []
    whose = ", ".join(left)
    return [ToDo(_("Meeting %(meeting)s: the minutes have not been signed.") % told, _("agreement 7 §"), whose)]


def _unchecked(meeting: Meeting, minutes: Minutes) -> str:
    """Who has to check the minutes yet, in words; "" when they have been checked."""
    done = {row.person_id for row in minutes.minuteschecks.all() if row.sha256 == minutes.sha256}
    if minutes.way != Minutes.Way.TWO_CHECKERS:
        return "" if done else _("secretary")
    return ", ".join(str(row.person) for row in meeting.checkers.all() if row.person_id not in done)
