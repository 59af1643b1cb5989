"""A proposal to change the text is received: its three months are counted, and it replaces an earlier wording."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from agreements import contents, history
from agreements.models import Change, Mandate
from agreements.notice import earliest_day
from tym.core.errors import Refused
from tym.core.formats import format_day


def replace_wording(change: Change, documents: Sequence[contents.DocumentChange], by: Mandate) -> None:
    """Count the proposal's three months (12 §) and let it replace the wording that was negotiated in its matter.

    The negotiations' own time is not lost: a new wording of the same sections keeps the first proposal's day.
    """
    earlier = negotiated_wording(change)
    count_from(change, counted_day(change, documents, change.told_arrival or change.received_on, earlier))
    if earlier is None:
        return
    if not change.matter.is_negotiated:
        raise Refused(_("Negotiations have not been started, so there is no other wording yet."))
    if earlier.is_in_signing:
        raise Refused(_("The change is being signed, or has been. The signing is interrupted first."))
    earlier.state = Change.State.REPLACED
    history.save(earlier, by=by, reason="replaced", fields=["state"])


def negotiated_wording(change: Change) -> Change | None:
    """The proposal of the same matter in whose place the draft is another wording."""
    return change.matter.changes.filter(state=Change.State.PROPOSED).exclude(pk=change.pk).first()


def counted_day(
    change: Change,
    documents: Sequence[contents.DocumentChange],
    received: datetime.date | None,
    earlier: Change | None,
) -> datetime.date | None:
    """From which day the three months are counted, were the change received that day."""
    if earlier and _touched(documents) <= _touched(contents.document_changes(earlier)):
        return earlier.counted_from
    return received


def count_from(change: Change, day: datetime.date | None) -> None:
    """From which day the three months are counted, and the first day of force they allow."""
    if day is not None:
        change.counted_from, change.earliest_from = day, earliest_day(day)


def _touched(documents: Sequence[contents.DocumentChange]) -> set[tuple[int, str]]:
    """The sections touched. A new one counts by where its document is: in another wording it has another key."""
    return {
        (touched.document.pk, item.before.key if item.before else "")
        for touched in documents
        for item in touched.changes
    }


def check_in_time(change: Change, valid_from: datetime.date) -> None:
    """Raises Refused when the text would change before its three months and not every party has agreed to less."""
    if change.earliest_from is None or valid_from >= change.earliest_from:
        return
    agreed = change.shorter_notices.filter(sha256=change.sha256).values("party")
    silent = change.matter.agreement.parties.exclude(pk__in=agreed)
    if change.wanted_from is None or valid_from < change.wanted_from or silent:
        missing = ", ".join(party.short_name for party in silent)
        told = {"day": format_day(change.earliest_from), "parties": missing or "–"}
        raise Refused(
            _(
                "The proposal was received so that the text can change on %(day)s at the earliest. The parties may "
                "all agree on the wanted day instead. Missing: %(parties)s."
            )
            % told,
            clause=_("agreement 12 §"),
        )
