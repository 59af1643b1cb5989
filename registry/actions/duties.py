"""Words on duties: evidence, and the yearly confirmation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions.files import Upload, keep_for_agreement
from agreements.actions.locking import lock_agreement
from agreements.models import Mandate, Party, Record
from agreements.permissions import mandates_of, require
from registry import permissions
from registry.duties import Duty, duties_on
from registry.models import DutyNote
from tym.core.errors import Refused


def _begin(party: Party, by: Mandate, on: datetime.date) -> Mandate:
    lock_agreement(party.agreement_id)
    return require(permissions.can_confirm_duties(mandates_of(by.person, party.agreement_id, on), party))


def _duty(key: str, on: datetime.date) -> Duty:
    duty = next((duty for duty in duties_on(on) if duty.key == key), None)
    if duty is None:
        raise Refused(_("There is no such duty in force."))
    return duty


@transaction.atomic
def add_evidence(
    *,
    party: Party,
    by: Mandate,
    on: datetime.date,
    duty: str,
    note: str = "",
    link: str = "",
    upload: Upload | None = None,
) -> DutyNote:
    """Tell how a duty is kept: a note, a link, a file. Any party may tell of KEHA's duties."""
    by = _begin(party, by, on)
    known = _duty(duty, on)
    if not (note.strip() or link or upload):
        raise Refused(_("Write a note, give a link or choose a file."))
    record = None
    if upload:
        record = keep_for_agreement(party.agreement, Record.Kind.EVIDENCE, upload, by=by, on=on, party=party)
    return _say(party, known, by, on, note=note.strip(), link=link, record=record)


@transaction.atomic
def confirm_duties(*, party: Party, by: Mandate, on: datetime.date, duties: Iterable[str]) -> list[DutyNote]:
    """The party says for a year that it keeps these duties of its own."""
    by = _begin(party, by, on)
    told = [_duty(key, on) for key in duties]
    if not told:
        raise Refused(_("Choose what is confirmed."))
    if any(not duty.yearly or party.role not in duty.bearers for duty in told):
        raise Refused(_("A party confirms its own duties."), clause=_("agreement 10 §"))
    return [_say(party, duty, by, on, confirms=True) for duty in told]


def _say(party: Party, duty: Duty, by: Mandate, on: datetime.date, **told: object) -> DutyNote:
    said = DutyNote(party=party, duty=duty.key, on=on, mandate=by, **told)
    said.full_clean(validate_constraints=False)
    said.save()
    return said
