"""The consolidated copy of every version of the agreement that has come into force, as an archive wants them (11 §)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.models import Agreement, Change, Record


@dataclass(frozen=True)
class Held:
    """The agreement from a day on, until the next such day, with the consolidated copy of that day if there is one."""

    start: datetime.date
    copy: Record | None


def versions_of(agreement: Agreement, day: datetime.date) -> list[Held]:
    """One for each day on which a version came into force by the day. Three queries.

    A copy that was issued before a change of its day, or of an earlier one, had been adopted shows another text.
    """
    adopted = Change.objects.filter(matter__agreement=agreement, state=Change.State.ADOPTED, valid_from__lte=day)
    days = {pk: start for pk, start in adopted.values_list("pk", "valid_from") if start}
    past = Change.history.filter(id__in=list(days), state=Change.State.ADOPTED)
    at: dict[int, datetime.datetime] = {}
    for pk, moment in past.order_by("-history_date", "-history_id").values_list("id", "history_date"):
        at[pk] = moment
    copies = Record.objects.filter(agreement=agreement, kind=Record.Kind.CONSOLIDATED, on__in=set(days.values()))
    known = list(copies.order_by("issued_at", "pk"))
    return [Held(start, _copy(known, start, days, at)) for start in sorted(set(days.values()))]


def _copy(
    known: Sequence[Record],
    start: datetime.date,
    days: dict[int, datetime.date],
    at: dict[int, datetime.datetime],
) -> Record | None:
    moments = [at[pk] for pk, day in days.items() if day <= start and pk in at]
    whole = [one for one in known if one.on == start and all(moment <= one.issued_at for moment in moments)]
    return whole[-1] if whole else None


def missing(agreement: Agreement, day: datetime.date) -> list[datetime.date]:
    """The days of which there is no copy yet, the earliest first."""
    return [held.start for held in versions_of(agreement, day) if held.copy is None]
