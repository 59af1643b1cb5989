"""The papers of a meeting, made as PDF and kept as records; the summons also sent by e-mail."""

from __future__ import annotations

import datetime
import logging

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from agreements.actions.records import issue
from agreements.models import Mandate, Record
from agreements.permissions import mandates_of, require
from steering import permissions, state
from steering.minuted import agenda_of, summons_told
from steering.models import Absence, AgendaItem, Meeting
from steering.papers import extract_source, minutes_source, summons_source
from steering.standing import Standing
from tym.accounts.models import User
from tym.core.errors import Refused
from tym.core.pdf import PdfFailed, PdfSource

logger = logging.getLogger(__name__)
# Who besides the seats is called to the meetings.
CALLED = (
    Mandate.Capacity.COORDINATOR,
    Mandate.Capacity.STAND_IN,
    Mandate.Capacity.SECRETARY,
    Mandate.Capacity.YOUTH_LEAD,
)


def issue_summons(*, meeting: Meeting, by: Mandate, on: datetime.date) -> Record:
    """Kokouskutsu ja esityslista as PDF. Raises PdfFailed."""
    if meeting.summoned_on is None:
        raise Refused(_("The group has not been summoned yet."))
    return _issue(meeting, Record.Kind.SUMMONS, summons_source(meeting), by, on)


def issue_minutes(*, standing: Standing, by: Mandate, on: datetime.date) -> Record:
    """The minutes as PDF, with who has checked and signed so far. Raises PdfFailed."""
    if not standing.is_put:
        raise Refused(_("The minutes have not been put to be checked."))
    meeting = standing.minutes.meeting
    return _issue(meeting, Record.Kind.MINUTES, minutes_source(standing), by, on)


def issue_extract(*, standing: Standing, item: AgendaItem, by: Mandate, on: datetime.date) -> Record:
    """Pöytäkirjanote of one §, under its matter. Raises PdfFailed."""
    if not can_extract(standing, item):
        raise Refused(_("An extract is given of signed minutes, or of an item that was checked at once."))
    source = extract_source(standing, item)
    return _issue(standing.minutes.meeting, Record.Kind.EXTRACT, source, by, on, item)


def can_extract(standing: Standing, item: AgendaItem) -> bool:
    return item.is_closed and item.section is not None and (standing.is_signed or item.checked_at_once)


def _issue(
    meeting: Meeting, kind: str, source: PdfSource, by: Mandate, on: datetime.date, item: AgendaItem | None = None
) -> Record:
    by = require(permissions.can_view_meetings(mandates_of(by.person, meeting.agreement_id, on)))
    matter = item.matter if item else None
    return issue(agreement=meeting.agreement, kind=kind, source=source, title=source.title, by=by, matter=matter)


def send_summons(meeting: Meeting, by: Mandate, on: datetime.date) -> None:
    """After the commit: agenda as text and PDF, one mail a person. Whom it did not reach is told in `mail_failed`."""
    failed, attached = [], None
    try:
        attached = issue_summons(meeting=meeting, by=by, on=on)
    except PdfFailed as failure:
        logger.warning("The PDF of the summons to meeting %s was not made.", meeting.pk)
        failed.append(failure.message)
    told = agenda_of(meeting)
    for person, for_information in _called(meeting, on):
        body = summons_told(told, for_information=for_information)
        if not _sent(_mail(meeting, person, body, attached), meeting):
            address = person.email or _("no e-mail address")
            failed.append(f"{person} ({address})")
    meeting.mail_failed = tuple(failed)


def send_call(absence: Absence) -> None:
    """After the commit: the personal deputy is told that she is called, with the agenda."""
    meeting, seat = absence.meeting, absence.seat
    if seat.deputy is None:
        return
    told = {"member": seat.member, "seat": seat.position}
    called = _("You are called to the meeting in the place of %(member)s (seat %(seat)s).") % told
    body = f"{called}\n\n{summons_told(agenda_of(meeting))}"
    absence.mail_failed = not _sent(_mail(meeting, seat.deputy, body, None), meeting)


def _called(meeting: Meeting, on: datetime.date) -> list[tuple[User, bool]]:
    """Everybody who is summoned, each once; the deputies for information."""
    seats = state.seats_on(meeting.agreement_id, meeting.held_on)
    offices = Mandate.objects.in_force(on).filter(agreement=meeting.agreement_id, capacity__in=CALLED)
    called = {seat.member: False for seat in seats}
    for mandate in offices.select_related("person").order_by("pk"):
        called.setdefault(mandate.person, False)
    for seat in seats:
        if seat.deputy:
            called.setdefault(seat.deputy, True)
    return list(called.items())


def _mail(meeting: Meeting, person: User, body: str, attached: Record | None) -> EmailMessage:
    subject = _("Summons: meeting %(meeting)s of the steering group") % {"meeting": meeting.reference}
    mail = EmailMessage(subject, body, to=[person.email or ""])
    if attached:
        mail.attach(attached.file_name, bytes(attached.file.content), attached.file.media_type)
    return mail


def _sent(mail: EmailMessage, meeting: Meeting) -> bool:
    if not mail.to[0]:
        return False
    try:
        mail.send()
    except Exception:
        # Whatever a mail server answers, the group has been summoned; who summoned is told.
        logger.exception("A mail of the summons to meeting %s was not sent.", meeting.pk)
        return False
    return True
