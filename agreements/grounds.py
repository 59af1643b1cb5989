"""On what each mandate rests, in one phrase, told from what was recorded when it was given."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement, Change, Document, Invitation, Mandate
from tym.core.formats import format_day


def grounds(agreement: Agreement, mandates: Sequence[Mandate]) -> dict[int, str]:
    """The ground of each mandate of the agreement, by its key. Four queries at most, however many there are."""
    keys = [mandate.pk for mandate in mandates]
    invitations = {i.mandate_id: i for i in _invitations().filter(mandate__in=keys)}
    lines = {line.id: line for line in _first_lines().filter(id__in=keys)}
    notices = _notices(agreement)
    return {
        mandate.pk: _ground(
            mandate,
            invitations.get(mandate.pk),
            notices.get((mandate.party_id, mandate.valid_from)),
            lines[mandate.pk],
        )
        for mandate in mandates
    }


def _invitations() -> Any:
    return Invitation.objects.select_related("invited_by__person", "invited_by__party")


def _first_lines() -> Any:
    return Mandate.history.filter(history_type="+").select_related("history_user", "mandate__person", "mandate__party")


def _notices(agreement: Agreement) -> dict[tuple[int | None, datetime.date | None], datetime.date | None]:
    """Arrival of the notices from which seats were recorded on a party's behalf, by party and the seats' first day."""
    changes = Change.objects.filter(
        matter__agreement=agreement,
        state=Change.State.ADOPTED,
        notice__isnull=False,
        versions__document__kind=Document.Kind.COMPOSITION,
    )
    found = changes.prefetch_related("corrections")
    return {(change.party_id, change.valid_from): change.told_arrival for change in found}


def _ground(mandate: Mandate, invitation: Invitation | None, arrived_on: datetime.date | None, line: Any) -> str:
    if invitation:
        told = {"who": invitation.invited_by, "day": _day(invitation.invited_at)}
        return _("Invited by %(who)s on %(day)s") % told
    of_a_seat = mandate.capacity in Mandate.OF_A_SEAT
    if of_a_seat and arrived_on:
        told = {"day": format_day(arrived_on)}
        return _("From Annex 3, recorded on behalf of the party from its notice of %(day)s") % told
    told = {"who": line.mandate or line.history_user, "day": _day(line.history_date)}
    if of_a_seat:
        return _("From Annex 3 (agreement 7 §), recorded on %(day)s") % told
    if line.history_user.is_system:
        return _("Granted by a command of the installation on %(day)s") % told
    return _("Granted by %(who)s on %(day)s") % told


def _day(moment: datetime.datetime) -> str:
    return format_day(timezone.localdate(moment))
