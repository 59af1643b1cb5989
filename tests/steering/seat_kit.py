"""Appointing and giving notice, in few words."""

from dataclasses import replace
from datetime import date, timedelta

from agreements import actions
from agreements.models import Mandate
from steering.actions import SeatHolder, SeatInput, appoint_group, close_term, replace_seats, revise_group
from steering.actions.terms import Appointing
from steering.composition import seats_on
from steering.content import drafted
from steering.forms.seats import as_typed
from steering.models import Term
from tests.cast import TODAY

NEXT_FIRST, NEXT_LAST = date(2030, 1, 1), date(2034, 12, 31)


def term(cast):
    return Term.objects.filter(agreement=cast.agreement).order_by("valid_from").first()


def present(cast, day=TODAY):
    """The seats of the day as they would be entered again."""
    return [SeatInput.of(seat) for seat in seats_on(cast.agreement, day)]


def decision(day=TODAY, **told):
    return Appointing("Kaupunginhallitus", day, "77", **told)


def appoint(cast, seats=None, *, first=NEXT_FIRST, by=None, **told):
    return appoint_group(
        agreement=cast.agreement,
        party=cast.ta.party,
        by=by or cast.ta,
        **{"on": TODAY, "decision": decision(), "valid_from": first, **told},
        seats=present(cast) if seats is None else seats,
    )


def revise(cast, seats, *, first=date(2025, 9, 1), **told):
    return revise_group(
        term=term(cast), by=cast.ta, on=TODAY, valid_from=first, seats=seats, **{"decision": decision(), **told}
    )


def close(cast, last_day, reason="Työllisyysalue muuttuu.", by=None):
    return close_term(term=term(cast), by=by or cast.ta, on=TODAY, last_day=last_day, reason=reason)


def person(name, title="", *, email=None):
    plain = name.lower().translate(str.maketrans("äö ", "ao."))
    address = f"{plain}@example.org" if email is None else email
    return SeatHolder(name, address, title)


def drafted_notice(cast, by, *, place=0, wanted_from=TODAY, deviation="", **holders):
    """A draft in which the party's seat at `place` has other holders."""
    change = actions.draft_change(document=cast.annex3, by=by, on=TODAY)
    seats = [SeatInput.of(seat) for seat in drafted(change, cast.annex3).own]
    seats[place] = replace(seats[place], **holders)
    replace_seats(change=change, document=cast.annex3, by=by, on=TODAY, seats=seats)
    told = {"what": "Jäsen vaihtuu.", "why": "Tehtävä vaihtui.", "wanted_from": wanted_from, "deviation": deviation}
    actions.save_proposal(change=change, by=by, on=TODAY, **told)
    return cast.fresh(change)


def notice(cast, by, **told):
    """A notice, given: in force when `by` may bind her party."""
    return cast.propose(drafted_notice(cast, by, **told), by=by)


def seated(cast, day=TODAY):
    """{seat number: (member, deputy)} by name."""
    return {
        seat.position: (seat.member.name, seat.deputy and seat.deputy.name) for seat in seats_on(cast.agreement, day)
    }


def offices(cast, name, day):
    """Capacities of the person's seat mandates on the day."""
    held = Mandate.objects.in_force(day).filter(
        agreement=cast.agreement, person__name=name, capacity__in=Mandate.OF_A_SEAT
    )
    return sorted(mandate.capacity for mandate in held)


def day_before(day):
    return day - timedelta(days=1)


def as_sent(rows):
    """Rows of a formset as a browser sends them."""
    fields = {f"seats-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return {"seats-TOTAL_FORMS": len(rows), "seats-INITIAL_FORMS": 0, **fields}


def seats_as_sent(change, document, **differing):
    """A whole post of the party's seats in a draft: as stored, with what differs by field name."""
    held = drafted(change, document)
    rows = [as_typed(seat) for seat in held.own]
    management = {"seats-INITIAL_FORMS": len(rows), "revision": change.revision, "ground": held.ground}
    return {**as_sent(rows), **management, **differing}


def appointment_as_sent(cast, **differing):
    """A whole post of the appointment of the next term, with the present people."""
    rows = [as_typed(seat) for seat in seats_on(cast.agreement, TODAY)]
    told = {"organ": "Kaupunginhallitus", "decided_on": "2.6.2025", "section": "77", "valid_from": "1.1.2030"}
    return {**as_sent(rows), **told, "checked": "on", **differing}
