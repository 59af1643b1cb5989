"""What is to be done in the group's room, with the person whose move it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement, Mandate, Party
from steering import state
from steering.composition import Composition
from steering.minuted import chair_of
from steering.models import Meeting, Minutes
from steering.offices import ToDo
from steering.standing import Office, secretaries, signers_among
from tym.core.formats import format_day

# Who writes the minutes and signs them beside the chair.
SECRETARIES = (Mandate.Capacity.SECRETARY, Mandate.Capacity.COORDINATOR, Mandate.Capacity.STAND_IN)
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


@dataclass(frozen=True)
class Holders:
    """Who holds or has held an office or a seat, for naming the person whose move it is."""

    mandates: Sequence[Mandate]

    def on(self, day: datetime.date) -> list[Mandate]:
        return [mandate for mandate in self.mandates if mandate.holds(day)]

    def secretary(self, day: datetime.date) -> str:
        return named(_("secretary"), secretaries(self.on(day)))

    def chair(self, day: datetime.date) -> str:
        return named(_("chair"), [one for one in self.on(day) if one.capacity == Mandate.Capacity.CHAIR])


def named(office: str, mandates: Iterable[Mandate]) -> str:
    """ "sihteeri Katja Lavia"; the office alone when nobody holds it."""
    return " ".join(filter(None, (office, ", ".join(dict.fromkeys(str(one.person) for one in mandates)))))


def of_meetings(agreement: Agreement, today: datetime.date) -> list[ToDo]:
    """Summons that are late, minutes not checked or signed. Constant queries, whatever the number of meetings."""
    wanted = (*Mandate.OF_A_SEAT, *SECRETARIES)
    held = Mandate.objects.filter(agreement=agreement, capacity__in=wanted).select_related("person").order_by("pk")
    holders = Holders(list(held))
    return [*_late_summons(agreement, holders, today), *_minutes(agreement, holders, today)]


def _late_summons(agreement: Agreement, holders: Holders, today: datetime.date) -> list[ToDo]:
    days = state.rules_on(agreement, today).summons_days
    planned = agreement.meetings.filter(state=Meeting.State.PLANNED).order_by("held_on")
    sentence = _("Meeting %(meeting)s: the summons is late, it is sent at least %(days)s days before.")
    return [
        ToDo(
            sentence % {"meeting": meeting, "days": days},
            _("agreement 7 §"),
            holders.chair(today),
            meeting.get_absolute_url(),
        )
        for meeting in planned
        if meeting.summons_is_late(today, days)
    ]


def _minutes(agreement: Agreement, holders: Holders, today: datetime.date) -> list[ToDo]:
    held = agreement.meetings.filter(state__in=Meeting.HELD_STATES).select_related("minutes")
    wanted = held.prefetch_related(
        "items",
        "attendances__seat",
        "checkers__person",
        "minutes__minuteschecks",
        "minutes__minutessignatures",
    )
    found = []
    for meeting in wanted.order_by("held_on", "pk"):
        sentence, whose = _waits(meeting, holders, today)
        if whose:
            url = reverse("steering:minutes_detail", args=[agreement.pk, meeting.pk])
            found.append(ToDo(sentence % {"meeting": meeting}, _("agreement 7 §"), whose, url))
    return found


def _waits(meeting: Meeting, holders: Holders, today: datetime.date) -> tuple[str, str]:
    """For what the minutes of a meeting wait, and for whom; nobody when they have been signed."""
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    if minutes is None or not minutes.sha256:
        return _("Meeting %(meeting)s: the minutes have not been put to be checked."), holders.secretary(today)
    unchecked = _unchecked(meeting, minutes, holders, today)
    if unchecked:
        return _("Meeting %(meeting)s: the minutes have not been checked."), unchecked
    signed = {row.office for row in minutes.minutessignatures.all()}
    chair = chair_of(meeting.items.all(), meeting.attendances.all())
    signers = signers_among(holders.on(meeting.held_on), chair)
    left = [named(str(office.label), signers[office.value]) for office in Office if office.value not in signed]
    return _("Meeting %(meeting)s: the minutes have not been signed."), ", ".join(left)


def _unchecked(meeting: Meeting, minutes: Minutes, holders: Holders, today: datetime.date) -> str:
    """Who has to check the minutes yet, in words; "" when they have been checked."""
    done = {row.person_id for row in minutes.minuteschecks.all() if row.sha256 == minutes.sha256}
    if minutes.way != Minutes.Way.TWO_CHECKERS:
        return "" if done else holders.secretary(today)
    return ", ".join(str(row.person) for row in meeting.checkers.all() if row.person_id not in done)
