"""What the group decided in minutes kept elsewhere (päätös ulkopuolisesta pöytäkirjasta)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import decide_matter
from agreements.actions.files import Upload
from agreements.actions.locking import lock_agreement
from agreements.models import Decision, Mandate, Matter
from steering import permissions
from steering.actions.items import ORGAN
from steering.actions.locking import acting
from steering.models import AgendaItem, Meeting
from tym.core.errors import Refused


@transaction.atomic
def record_elsewhere(
    *,
    matter: Matter,
    by: Mandate,
    on: datetime.date,
    decided_on: datetime.date,
    section: str,
    outcome: str,
    extract: Upload,
    sha256: str,
    grounds: str = "",
) -> Decision:
    """The same act as closing an item, for a group whose minutes are kept in a case system of its own.

    Raises Refused when the matter waits on an agenda here, or the decision cannot be.
    """
    agreement = lock_agreement(matter.agreement_id)
    by = acting(by, agreement.pk, on, lambda held: permissions.require_recording(held, matter))
    if decided_on < agreement.valid_from:
        raise Refused(_("The day of the decision is before the agreement."))
    _check_agendas(matter)
    told = {"decided_on": decided_on, "section": section.strip(), "outcome": outcome, "grounds": grounds.strip()}
    return decide_matter(matter=matter, by=by, on=on, organ=ORGAN, sha256=sha256, extract=extract, **told)  # type: ignore[arg-type]


def _check_agendas(matter: Matter) -> None:
    """Two ways to decide one matter at once would leave an item nobody can close."""
    waiting = AgendaItem.objects.filter(matter=matter).exclude(state=AgendaItem.State.CLOSED)
    item = waiting.exclude(meeting__state__in=Meeting.ENDED_STATES).select_related("meeting").first()
    if item:
        raise Refused(
            _("The matter is on the agenda of meeting %(meeting)s: decide it there, or first take it off the agenda.")
            % {"meeting": item.meeting.reference}
        )
