"""Matters: opened, submitted, decided. Higher rooms put their own rows under a matter and decide through here."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.files import Upload, keep_record
from agreements.actions.locking import lock_agreement
from agreements.history import System
from agreements.models import Agreement, Change, Decision, Mandate, Matter, Record
from tym.core.errors import Refused, Stale

# What the group can do with a matter of the parties; anything else it decides in full (12 §, 7 §).
ONLY = {
    Matter.Kind.AMENDMENT: (
        Decision.Outcome.NEGOTIATE,
        Decision.Outcome.RETURN,
        Decision.Outcome.TABLE,
        Decision.Outcome.NOTE,
    ),
    Matter.Kind.NOTICE: (Decision.Outcome.NOTE, Decision.Outcome.TABLE),
    Matter.Kind.GROUP_APPOINTMENT: (Decision.Outcome.NOTE, Decision.Outcome.TABLE),
    Matter.Kind.YOUTH_LEAD: (Decision.Outcome.NOTE, Decision.Outcome.TABLE),
    Matter.Kind.SETTLEMENT: (Decision.Outcome.NOTE, Decision.Outcome.TABLE),
    Matter.Kind.SHARING: (Decision.Outcome.NOTE, Decision.Outcome.TABLE),
}
ANY = (
    Decision.Outcome.APPROVE,
    Decision.Outcome.REJECT,
    Decision.Outcome.RETURN,
    Decision.Outcome.TABLE,
    Decision.Outcome.NOTE,
)


def open_matter(*, agreement: Agreement, kind: str, title: str, by: Mandate | System, year: int) -> Matter:
    """A new matter with the agreement's next number of the year. The caller has locked the agreement."""
    last = agreement.matters.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    matter = Matter(agreement=agreement, kind=kind, year=year, number=last + 1, title=title)
    history.save(matter, by=by, reason="opened")
    return matter


def submit_matter(matter: Matter, *, sha256: str, by: Mandate | System) -> Matter:
    """Freeze what is put before the deciding body; what lies under the matter cannot change after this."""
    matter.sha256, matter.submitted_at = sha256, timezone.now()
    history.save(matter, by=by, reason="submitted", fields=["sha256", "submitted_at"])
    return matter


def outcomes_of(matter: Matter) -> tuple[Decision.Outcome, ...]:
    """What the steering group may decide in the matter."""
    return ONLY.get(Matter.Kind(matter.kind), ANY)


def proposals_of(matter: Matter) -> tuple[Change | None, Change | None]:
    """What was proposed in the matter last, and the open or adopted change in its place as amended. One query."""
    shown = Change.objects.filter(matter=matter).exclude(state=Change.State.WITHDRAWN, amends__isnull=False)
    changes = list(shown.select_related("matter__agreement", "party").order_by("pk"))
    told = [change for change in changes if change.amends_id is None and not change.is_unseen]
    last = told[-1] if told else None
    return last, next((change for change in changes if last and change.amends_id == last.pk), None)


@transaction.atomic
def decide_matter(
    *,
    matter: Matter,
    by: Mandate,
    on: datetime.date,
    organ: str,
    decided_on: datetime.date,
    section: str,
    outcome: str,
    sha256: str,
    grounds: str = "",
    extract: Upload | None = None,
) -> Decision:
    """Record what the steering group decided in a matter that changes no document (those: `decide_change`).

    Also notes and tables any matter, and starts negotiations on a proposal to change the text. Raises Refused
    with the clause when the group cannot decide that, Stale when something else was submitted than was seen.
    """
    agreement = lock_agreement(matter.agreement_id)
    matter = Matter.objects.get(pk=matter.pk)
    mandates = permissions.mandates_of(by.person, agreement.pk, on)
    by = permissions.require(permissions.can_record_decisions(mandates, matter))
    _check(matter, outcome, decided_on, on, sha256)
    told: dict[str, Any] = {"organ": organ, "decided_on": decided_on, "section": section, "grounds": grounds}
    told["extract"] = keep_record(matter, Record.Kind.EXTRACT, extract, by=by, on=decided_on)
    decision = Decision(matter=matter, outcome=outcome, sha256=matter.sha256, mandate=by, **told)
    decision.full_clean(validate_constraints=False)
    decision.save()
    if outcome == Decision.Outcome.RETURN:
        _return_amendment(matter, by)
    return decision


def _check(matter: Matter, outcome: str, decided_on: datetime.date, on: datetime.date, sha256: str) -> None:
    if not matter.sha256 or matter.sha256 != sha256:
        raise Stale(_("This is not what was proposed. Look at the proposal again."))
    if decided_on > on:
        raise Refused(_("The day of the decision is in the future."))
    if outcome not in outcomes_of(matter):
        raise Refused(
            _("The steering group cannot decide this; it notes it, or starts negotiations."),
            clause=_("agreement 7 and 12 §"),
        )
    if matter.decisions.filter(party=None, outcome__in=Decision.FINAL).exists():
        raise Refused(_("The matter has been decided already."))
    if outcome in Decision.FINAL and _was_returned(matter):
        raise Refused(
            _("The matter was returned for preparation. It comes back as a new matter, which the group decides.")
        )
    changes_rows = matter.changes.filter(state=Change.State.PROPOSED).exclude(matter__kind=Matter.Kind.AMENDMENT)
    if changes_rows.exists() and outcome not in (Decision.Outcome.NOTE, Decision.Outcome.TABLE):
        raise Refused(_("This changes an annex: decide the change itself."))


def _was_returned(matter: Matter) -> bool:
    """Returned as it is. A change comes back in the same matter as a redrafted one, anything else as a new matter."""
    returned = matter.decisions.filter(party=None, outcome=Decision.Outcome.RETURN, sha256=matter.sha256)
    return returned.exists() and not matter.changes.exists()


def _return_amendment(matter: Matter, by: Mandate) -> None:
    change = matter.changes.filter(state=Change.State.PROPOSED, amends=None).first()
    if change and change.is_in_signing:
        raise Refused(_("The change is being signed, or has been. The signing is interrupted first."))
    if change:
        change.state = Change.State.RETURNED
        history.save(change, by=by, reason="returned", fields=["state"])
