"""What the group decides on its own work: its way of working, the coordinator's frame, working groups (7 §)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import open_matter, submit_matter
from agreements.actions.locking import lock_agreement
from agreements.models import Agreement, Mandate, Matter, Reading
from agreements.permissions import mandates_of, require
from steering import permissions, rules
from steering.fingerprints import fingerprint
from steering.models import Frame, WorkingGroup
from tym.core.errors import Refused


def _prepared(agreement: Agreement, kind: str, title: str, by: Mandate, on: datetime.date) -> tuple[Matter, Mandate]:
    """A new matter of the kind, with the agreement locked, and the mandate that prepares it."""
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare(mandates_of(by.person, agreement.pk, on)))
    return open_matter(agreement=agreement, kind=kind, title=title, by=by, year=on.year), by


@transaction.atomic
def propose_readings(
    *, agreement: Agreement, by: Mandate, on: datetime.date, values: Mapping[str, str], valid_from: datetime.date
) -> Matter:
    """Put the group's way of working before it: the rules named in `values` (domain 4.1, A16).

    Raises Refused for a rule or a value that is not one, or when nothing is named.
    """
    if not values:
        raise Refused(_("Choose at least one rule."))
    for key, value in values.items():
        _check_value(key, value)
    matter, by = _prepared(agreement, Matter.Kind.READING, str(_("The group's way of working")), by, on)
    for key in sorted(values):
        reading = Reading(matter=matter, key=key, value=values[key], valid_from=valid_from)
        reading.full_clean(validate_constraints=False)
        reading.save()
    told = {"values": dict(values), "from": valid_from}
    return submit_matter(matter, sha256=fingerprint(matter.kind, told), by=by)


def _check_value(key: str, value: str) -> None:
    rule = rules.BY_KEY.get(key)
    if rule is None:
        raise Refused(_("There is no such rule: %(key)s.") % {"key": key})
    if not rule.takes(value):
        told = {"rule": rule.label, "value": value}
        raise Refused(_("%(rule)s: “%(value)s” is not possible.") % told)


@transaction.atomic
def propose_frame(*, agreement: Agreement, by: Mandate, on: datetime.date, text: str) -> Matter:
    """Put the frame of the coordinator's tasks before the group (7 §); the latest approved is in force."""
    if not text.strip():
        raise Refused(_("Write the frame of the coordinator's tasks."), clause=_("agreement 7 §"))
    matter, by = _prepared(agreement, Matter.Kind.FRAME, str(_("Frame of the coordinator's tasks")), by, on)
    frame = Frame(matter=matter, text=text.strip())
    frame.full_clean(validate_constraints=False)
    frame.save()
    return submit_matter(matter, sha256=fingerprint(matter.kind, {"text": frame.text}), by=by)


@transaction.atomic
def propose_working_group(
    *,
    agreement: Agreement,
    by: Mandate,
    on: datetime.date,
    name: str,
    task: str,
    members: str = "",
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> Matter:
    """Put the setting up of a working group or network before the group (7 §)."""
    if valid_to and valid_to < valid_from:
        raise Refused(_("The last day is before the first."))
    told = {"name": name.strip(), "task": task.strip(), "members": members.strip()}
    title = str(_("Working group: %(name)s") % told)
    matter, by = _prepared(agreement, Matter.Kind.WORKING_GROUP, title, by, on)
    group = WorkingGroup(matter=matter, valid_from=valid_from, valid_to=valid_to, **told)
    group.full_clean(validate_constraints=False)
    group.save()
    seen = fingerprint(matter.kind, {**told, "from": valid_from, "to": valid_to})
    return submit_matter(matter, sha256=seen, by=by)
