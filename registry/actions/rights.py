"""Access rights: entered, put right, checked once a year, brought in from a spreadsheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.actions.locking import lock_agreement
from agreements.models import Mandate, Party
from agreements.permissions import mandates_of, require
from registry import findings, permissions
from registry.models import AccessRight, RightsCheck, RightsSetting
from registry.models.rights import HAPPENED
from registry.rights import employers_of_others
from tym.core.errors import Refused, Stale

TOLD = ("person", "employer", "task", "is_staff", *AccessRight.DAYS, "deviation")


def _begin(party: Party, by: Mandate, on: datetime.date) -> Mandate:
    """Lock the agreement; the mandate that gives the right to the party's own list."""
    lock_agreement(party.agreement_id)
    return require(permissions.can_keep_rights(mandates_of(by.person, party.agreement_id, on), party))


@transaction.atomic
def choose_way(*, party: Party, by: Mandate, on: datetime.date, named: bool) -> RightsSetting:
    """Keep the list by name, or tell counts only. Names already here stay, closed, until they are destroyed."""
    by = _begin(party, by, on)
    setting = RightsSetting.objects.filter(party=party).first() or RightsSetting(party=party)
    setting.named = named
    history.save(setting, by=by, reason="chosen")
    return setting


@transaction.atomic
def enter_right(*, party: Party, by: Mandate, on: datetime.date, **told: Any) -> AccessRight:
    """Enter a person's right (see AccessRight for what is told). Raises Refused."""
    by = _begin(party, by, on)
    _by_name(party)
    return _save(AccessRight(party=party, entered_by=by), told, by, on, "entered")


@transaction.atomic
def revise_right(*, right: AccessRight, by: Mandate, on: datetime.date, revision: int, **told: Any) -> AccessRight:
    """Tell how the right has gone on. Raises Stale when somebody saved it meanwhile."""
    by = _begin(right.party, by, on)
    _by_name(right.party)
    right = AccessRight.objects.select_related("party").get(pk=right.pk)
    if right.revision != revision:
        raise Stale(_("Somebody has saved this right after you opened it. Nothing you wrote is lost."))
    right.revision += 1
    return _save(right, told, by, on, "revised")


def _by_name(party: Party) -> None:
    if not RightsSetting.objects.filter(party=party, named=True).exists():
        raise Refused(_("The party tells its rights in counts. Choose the list by name first."))


def _save(right: AccessRight, told: Mapping[str, Any], by: Mandate, on: datetime.date, reason: str) -> AccessRight:
    for name in TOLD:
        if name in told:
            setattr(right, name, told[name])
    _check(right, on)
    history.save(right, by=by, reason=reason)
    return right


def _check(right: AccessRight, on: datetime.date) -> None:
    for name in HAPPENED:
        if (getattr(right, name) or on) > on:
            raise Refused(_("What is entered has happened: a day is in the future."))
    if right.employer.casefold() in employers_of_others(right.party):
        raise Refused(
            _("%(person)s is on the list of another party: each keeps its own staff.") % {"person": right.person},
            clause=_("agreement 10 §"),
        )
    granted, trained = right.granted_on, right.trained_on
    if granted and granted < right.applied_on:
        raise Refused(_("A right is granted after it has been applied for."), clause=_("agreement 10 §"))
    if right.ended_on and right.ended_on < (granted or right.applied_on):
        raise Refused(_("A right ends after it has begun."), clause=_("agreement 10 §"))
    if granted and (trained is None or trained > granted) and not right.deviation:
        raise Refused(
            _("New persons are guided to proper and secure use before they use the system. Tell why it was not so."),
            clause=_("agreement 10 §"),
        )
    same = AccessRight.objects.filter(party=right.party, ended_on=None).exclude(pk=right.pk)
    if not right.ended_on and same.filter(person__iexact=right.person, employer__iexact=right.employer).exists():
        raise Refused(_("%(person)s has an open right already. Continue that one.") % {"person": right.person})


@transaction.atomic
def take_rights(
    *, party: Party, by: Mandate, on: datetime.date, rows: Iterable[tuple[AccessRight | None, Mapping[str, Any]]]
) -> list[AccessRight]:
    """Rows of a spreadsheet, each with the right it continues. All of them, or none."""
    by = _begin(party, by, on)
    _by_name(party)
    taken = []
    for known, told in rows:
        right = known or AccessRight(party=party, entered_by=by)
        if right.party_id != party.pk:
            raise Refused(_("A right of another party cannot be changed."), clause=_("agreement 10 §"))
        right.revision += 1 if known else 0
        taken.append(_save(right, told, by, on, "imported"))
    return taken


@transaction.atomic
def check_rights(
    *, party: Party, by: Mandate, on: datetime.date, seen: Iterable[int], needed: Iterable[int], note: str = ""
) -> RightsCheck:
    """The yearly sweep of the list: who still needs the right. The others' tasks end today.

    seen, needed: keys of the open rights that were looked at, and of those that are still needed. Raises Stale when
    others are open by now.
    """
    by = _begin(party, by, on)
    _by_name(party)
    kept, rights = set(needed), list(AccessRight.objects.filter(party=party))
    current = [right for right in rights if right.is_open(on)]
    if {right.pk for right in current} != set(seen):
        raise Stale(_("The list has changed after you opened it. Open it again and look through it."))
    for right in current:
        right.checked_on = on
        if right.pk not in kept and right.left_on is None:
            right.left_on = on
        right.revision += 1
        history.save(right, by=by, reason="checked")
    counts = findings.counts_of(rights, on)
    return _confirmed(party, on, by, note, **vars(counts))


@transaction.atomic
def confirm_counts(*, party: Party, by: Mandate, on: datetime.date, note: str = "", **counts: int) -> RightsCheck:
    """The yearly confirmation of a party that tells counts only."""
    by = _begin(party, by, on)
    if RightsSetting.objects.filter(party=party, named=True).exists():
        raise Refused(_("The party keeps the list by name: go through the list."))
    if counts["outside"] > counts["granted"] or counts["left"] > counts["granted"]:
        raise Refused(_("A part cannot be larger than all open rights."))
    if counts["untrained"] > counts["granted"] + counts["applied"]:
        raise Refused(_("A part cannot be larger than all open rights."))
    return _confirmed(party, on, by, note, **counts)


def _confirmed(party: Party, on: datetime.date, by: Mandate, note: str, **counts: int) -> RightsCheck:
    check = RightsCheck(party=party, on=on, mandate=by, note=note.strip(), **counts)
    check.full_clean(validate_constraints=False)
    check.save()
    return check
