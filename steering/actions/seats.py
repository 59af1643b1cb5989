"""Seats: written into drafts, and what follows when they are in force: the mandates of those who sit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions import RowDraft, draft_version, write_rows
from agreements.actions.mandates import give_mandate
from agreements.actions.rows import editable, touch
from agreements.contents import DocumentChange
from agreements.models import Agreement, Change, Document, Mandate, Party
from steering.content import drafted, shares_a_deputy
from steering.models import SeatLine, Term
from tym.accounts.actions import add_person
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused, Stale


@dataclass(frozen=True)
class SeatHolder:
    """A person as her party names her. email: how she is told apart and reached; empty when it is not known."""

    name: str
    email: str = ""
    title: str = ""


@dataclass(frozen=True)
class SeatInput:
    """A seat as it should be. key: the seat it continues, or empty for a new one."""

    member: SeatHolder
    deputy: SeatHolder | None = None
    role: str = SeatLine.Role.MEMBER
    party: Party | None = None
    key: str = ""

    @classmethod
    def of(cls, row: SeatLine) -> SeatInput:
        """A stored seat as it stands."""
        member = SeatHolder(row.member.name, row.member.email or "", row.member_title)
        deputy = SeatHolder(row.deputy.name, row.deputy.email or "", row.deputy_title) if row.deputy else None
        return cls(member, deputy, role=row.role, party=row.party, key=row.key)


def person_of(holder: SeatHolder, agreement: Agreement, known: Sequence[User] = ()) -> User:
    """The person by e-mail address; without one, by name among `known` and those who have sat on this agreement.

    Raises Refused when the address is known here under another name: the seat would go to somebody else.
    """
    name, email = holder.name.strip(), holder.email.strip().lower()
    same = [person for person in known if (person.name, person.email or "") == (name, email)]
    if same:
        return same[0]
    if email:
        return _by_email(name, email)
    seated = User.objects.filter(mandates__agreement=agreement, name=name).distinct()[:2]
    return seated[0] if len(seated) == 1 else add_person(name=name)


def _by_email(name: str, email: str) -> User:
    person = add_person(name=name, email=email)
    if person.name.casefold() != name.casefold():
        raise Refused(
            _("The address %(email)s is known here under another name than %(name)s. Check both.")
            % {"email": email, "name": name}
        )
    return person


def values_of_input(seat: SeatInput, agreement: Agreement, known: Sequence[User] = ()) -> dict[str, Any]:
    """The seat's own fields; people become persons."""
    member = person_of(seat.member, agreement, known)
    deputy = person_of(seat.deputy, agreement, known) if seat.deputy else None
    if member == deputy:
        raise Refused(_("%(name)s cannot be her own deputy.") % {"name": member.name}, clause=_("agreement 7 §"))
    return {
        "role": seat.role,
        "member": member,
        "member_title": seat.member.title,
        "deputy": deputy,
        "deputy_title": seat.deputy.title if seat.deputy else "",
    }


def people_of(rows: Iterable[SeatLine]) -> list[User]:
    """Members and deputies of the seats."""
    return [person for row in rows for person in (row.member, row.deputy) if person]


@transaction.atomic
def replace_seats(
    *,
    change: Change,
    document: Document,
    by: Mandate,
    on: datetime.date,
    seats: Iterable[SeatInput],
    revision: int | None = None,
    ground: str | None = None,
) -> list[SeatLine]:
    """Say who sits in the party's own seats (7 §). The number of seats stays.

    Raises NotAllowed for a seat of another party; Stale when a colleague saved the draft (`revision`) or a seat
    was decided meanwhile (`ground`).
    """
    change, by = editable(change, by=by, on=on, revision=revision)
    now = drafted(change, document)
    if ground is not None and ground != now.ground:
        raise Stale(_("One of the seats has been decided after you opened the draft. Nothing you wrote is lost."))
    inputs = {seat.key: seat for seat in seats}
    if not set(now.decided) >= set(inputs):
        raise NotAllowed(_("A party names its own members only."))
    known = people_of([*now.decided.values(), *now.own])
    drafts = [_redrafted(now.decided[key], seat, change, known) for key, seat in inputs.items()]
    version = draft_version(change=change, document=document, by=by)
    changed = [draft for draft in drafts if draft is not None]
    written = write_rows(version=version, replaced=SeatLine.objects.all(), drafts=changed)
    touch(change, by=by)
    return written  # type: ignore[return-value]


def _redrafted(base: SeatLine, seat: SeatInput, change: Change, known: Sequence[User]) -> RowDraft | None:
    values = values_of_input(seat, change.matter.agreement, known) | {"role": base.role}
    if all(getattr(base, name) == value for name, value in values.items()):
        return None
    return RowDraft(base=base, values={**values, "party": base.party, "position": base.position})


def seat_people(change: Change, touched: DocumentChange, by: Any) -> None:
    """The mandates of members and deputies follow the seats, in the act that puts these in force.

    Who leaves ends on the day before; who comes begins on the start and ends with the term at the latest. Who
    holds the same office in another seat stays.
    """
    if shares_a_deputy(touched) and not change.deviation:
        raise Refused(
            _("A deputy is personal. One for several seats is recorded as a deviation: give the reason."),
            clause=_("decree 388/2024 1 §"),
        )
    agreement, start = change.matter.agreement, change.start
    term = Term.objects.on(start).filter(agreement=agreement).first()
    if term is None:
        raise Refused(_("The steering group has no term on that day."), clause=_("agreement 7 §"))
    stay = [office for seat in touched.after for office in _offices(seat)]
    left = [office for item in touched.changes if item.before for office in _offices(item.before)]
    come = [office for item in touched.changes if item.after for office in _offices(item.after)]
    for office in dict.fromkeys(left):
        if office not in stay:
            _end(agreement, office, start=start, by=by)
    for office in dict.fromkeys(come):
        _give(agreement, office, start=start, last_day=term.last_day, by=by)


Office = tuple[User, str, Party]


def _offices(seat: SeatLine) -> Iterator[Office]:
    yield seat.member, seat.role, seat.party
    if seat.deputy:
        yield seat.deputy, Mandate.Capacity.DEPUTY, seat.party


def _held(agreement: Agreement, office: Office, start: datetime.date) -> Any:
    person, capacity, party = office
    held = agreement.mandates.filter(person=person, capacity=capacity, party=party, valid_from__lte=start)
    return held.filter(valid_to__gte=start)


def _end(agreement: Agreement, office: Office, *, start: datetime.date, by: Any) -> None:
    """Until the day before; one that was to begin on the same day never held."""
    for mandate in _held(agreement, office, start):
        mandate.valid_to = start - datetime.timedelta(days=1)
        history.save(mandate, by=by, reason="ended", fields=["valid_to"])


def _give(agreement: Agreement, office: Office, *, start: datetime.date, last_day: datetime.date, by: Any) -> None:
    """From the start to the end of the term, unless she holds the same office then."""
    person, capacity, party = office
    if not _held(agreement, office, start).exists():
        give_mandate(
            agreement=agreement,
            person=person,
            capacity=capacity,
            party=party,
            valid_from=start,
            valid_to=last_day,
            by=by,
        )
