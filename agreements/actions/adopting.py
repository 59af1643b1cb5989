"""Putting a change in force: its start checked, its versions numbered, what follows done in the same act."""

from __future__ import annotations

import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from agreements import contents, history
from agreements.history import System
from agreements.models import Change, Mandate, Version
from tym.core.errors import Refused
from tym.core.formats import format_day


def adopt(change: Change, *, valid_from: datetime.date, deviation: str, by: Mandate | System) -> None:
    """Put the change in force from the day and number its versions. The caller has checked everything."""
    change.state, change.valid_from, change.deviation = Change.State.ADOPTED, valid_from, deviation.strip()
    for touched in contents.document_changes(change):
        if touched.content.adopted:
            touched.content.adopted(change, touched, by)
    history.save(change, by=by, reason="adopted", fields=["state", "valid_from", "deviation"])
    for version in change.versions.order_by("document__number"):
        last = Version.objects.filter(document=version.document_id).aggregate(last=Max("number"))["last"] or 0
        version.number = last + 1
        history.save(version, by=by, reason="adopted", fields=["number"])


def check_starts(change: Change, documents: list[contents.DocumentChange], valid_from: datetime.date) -> None:
    first_day = change.matter.agreement.valid_from
    if valid_from < first_day:
        raise Refused(_("Nothing can be in force before the agreement, %(day)s.") % {"day": format_day(first_day)})
    for touched in documents:
        _check_row_starts(touched, valid_from)
        _check_result(touched, valid_from)


def _check_row_starts(touched: contents.DocumentChange, valid_from: datetime.date) -> None:
    bases = [item.before.version_id for item in touched.changes if item.before]
    later = Change.objects.filter(versions__in=bases, valid_from__gt=valid_from).order_by("-valid_from").first()
    if later and later.valid_from:
        raise Refused(
            _("A row that this replaces starts only on %(day)s. The change cannot start before it.")
            % {"day": format_day(later.valid_from)}
        )


def _check_result(touched: contents.DocumentChange, valid_from: datetime.date) -> None:
    """The document as it would be on the start and on every later start already decided."""
    later = Change.objects.filter(versions__document=touched.document, valid_from__gt=valid_from)
    gone = {item.before.pk for item in touched.changes if item.before}
    added = [item.after for item in touched.changes if item.after]
    rows = touched.content.model._default_manager.of(touched.document)
    for day in sorted({valid_from, *(change.start for change in later)}):
        standing = [row for row in touched.content.load(rows.in_force(day)) if row.pk not in gone]
        for problem in touched.content.problems(standing + added):
            raise Refused(problem)
