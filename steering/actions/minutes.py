"""Minutes: written, put to be checked, checked, signed, noted afterwards (pöytäkirjan tarkastus, 7 §)."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Mandate
from steering import permissions, state
from steering.actions.locking import acting, lock_meeting, remove
from steering.departures import too_few_checkers
from steering.fingerprints import fingerprint
from steering.minuted import content_of
from steering.models import Checker, Meeting, Minutes, MinutesCheck, MinutesNote, MinutesSignature
from steering.papers import canonical
from steering.standing import Standing, standing_of
from tym.accounts.models import User
from tym.core.errors import Refused, Stale


def _locked(meeting: Meeting) -> tuple[Meeting, Minutes | None]:
    """The meeting, which must have been held, and its minutes once something has been written in them."""
    meeting = lock_meeting(meeting)
    if not meeting.is_held:
        raise Refused(_("Minutes are made of a meeting that has ended."))
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes:
        minutes.meeting = meeting
    return meeting, minutes


@transaction.atomic
def save_minutes(
    *,
    meeting: Meeting,
    by: Mandate,
    on: datetime.date,
    checkers: Collection[User] = (),
    entries: str = "",
    secrecy_ground: str = "",
    deviation: str = "",
) -> Minutes:
    """Who was chosen to check the minutes, what the secretary adds, and why they are secret, if they are.

    deviation: why fewer were chosen than the rule says.
    """
    meeting, known = _locked(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if known and known.sha256:
        raise Refused(_("The minutes have been put to be checked. Re-open them first."))
    minutes = known or Minutes(meeting=meeting, way=_way(meeting))
    minutes.entries, minutes.secrecy_ground = entries.strip(), secrecy_ground.strip()
    minutes.deviation = deviation.strip()
    history.save(minutes, by=by, reason="edited")
    _choose(meeting, checkers, by)
    return minutes


def _way(meeting: Meeting) -> str:
    return str(state.rules_on(meeting.agreement, meeting.held_on).minutes)


def _choose(meeting: Meeting, people: Collection[User], by: Mandate) -> None:
    known = {row.person_id: row for row in meeting.checkers.all()}
    there = seated(meeting)
    for person in people:
        if person.pk not in there:
            raise Refused(_("%(name)s did not act in a seat of the meeting.") % {"name": person.name})
        if person.pk not in known:
            history.save(Checker(meeting=meeting, person=person), by=by, reason="chosen")
    for key in known.keys() - {person.pk for person in people}:
        remove(known[key], by=by, reason="removed")


def seated(meeting: Meeting) -> set[int]:
    """People who sat or acted in a seat: of them the checkers are chosen. Two queries."""
    there = meeting.attendances.exclude(seat=None).values_list("person", flat=True)
    acted = meeting.items.exclude(seatings=None).values_list("seatings__person", flat=True)
    return {*there, *acted}


@transaction.atomic
def put_to_check(*, meeting: Meeting, by: Mandate, on: datetime.date) -> Minutes:
    """What the minutes say now is kept with its fingerprint; checkers and signers bind themselves to that."""
    meeting, known = _locked(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if known and known.sha256:
        return known
    minutes = known or Minutes(meeting=meeting, way=_way(meeting))
    if known is None:
        history.save(minutes, by=by, reason="edited")
    chosen = meeting.checkers.count()
    rules = state.rules_on(meeting.agreement, meeting.held_on)
    departed = too_few_checkers(rules, chosen)
    if departed and not minutes.deviation:
        sentence = _("%(sentence)s Record who were chosen, or the reason, to go on.") % {"sentence": departed.sentence}
        raise Refused(sentence, clause=departed.clause)
    # Nobody was chosen: then only the group itself can check.
    minutes.way = str(Minutes.Way.NEXT_MEETING if departed and not chosen else rules.minutes)
    told = content_of(minutes)
    minutes.content, minutes.sha256 = canonical(told), fingerprint("minutes", told)
    history.save(minutes, by=by, reason="put to be checked", fields=["way", "content", "sha256"])
    return minutes


@transaction.atomic
def reopen_minutes(*, meeting: Meeting, by: Mandate, on: datetime.date) -> Minutes:
    """Before the first signature the minutes can be written again; what has been checked is checked anew."""
    meeting, minutes = _put(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if minutes.minutessignatures.exists():
        raise Refused(_("The minutes have been signed. A correction is written as a note."))
    minutes.content, minutes.sha256 = "", ""
    history.save(minutes, by=by, reason="re-opened", fields=["content", "sha256"])
    return minutes


def _put(meeting: Meeting) -> tuple[Meeting, Minutes]:
    meeting, minutes = _locked(meeting)
    if minutes is None or not minutes.sha256:
        raise Refused(_("The minutes have not been put to be checked."))
    return meeting, minutes


def _same(minutes: Minutes, sha256: str) -> None:
    if minutes.sha256 != sha256:
        raise Stale(_("The minutes have been re-opened and put to be checked again. Read them anew."))


@transaction.atomic
def check_minutes(*, meeting: Meeting, by: Mandate, on: datetime.date, sha256: str) -> MinutesCheck:
    """Check exactly what was read. By the rule a chosen checker does, or a preparer records that the group did.

    A checker acts on the mandate of the meeting day. Pressing twice is once.
    """
    meeting, minutes = _put(meeting)
    group_in = None
    if minutes.way == Minutes.Way.TWO_CHECKERS:
        chosen = set(meeting.checkers.values_list("person", flat=True))
        right = lambda held: permissions.can_check_minutes(held, chosen)  # noqa: E731
        by = acting(by, meeting.agreement_id, meeting.held_on, right)
    else:
        by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
        group_in = _checked_in(meeting, minutes)
    _same(minutes, sha256)
    check, _new = MinutesCheck.objects.get_or_create(
        minutes=minutes, person=by.person, sha256=sha256, defaults={"mandate": by, "group_in": group_in}
    )
    return check


def _checked_in(meeting: Meeting, minutes: Minutes) -> Meeting:
    """The meeting in which the group checked the minutes."""
    if minutes.way == Minutes.Way.AT_ONCE:
        return meeting
    later = meeting.agreement.meetings.filter(
        held_on__gte=meeting.held_on, state__in=(Meeting.State.OPEN, Meeting.State.ENDED)
    )
    found = later.exclude(pk=meeting.pk).order_by("held_on", "number").first()
    if found is None:
        raise Refused(_("By the group's rule the minutes are checked at the next meeting; it has not been held yet."))
    return found


@transaction.atomic
def sign_minutes(*, meeting: Meeting, by: Mandate, office: str, sha256: str) -> MinutesSignature:
    """Sign what has been checked, on the mandate of the meeting day. Pressing twice is once."""
    meeting, minutes = _put(meeting)
    standing = standing_of(meeting, minutes)
    right = lambda held: permissions.can_sign_minutes(held, standing.signers[office])  # noqa: E731
    by = acting(by, meeting.agreement_id, meeting.held_on, right)
    _same(minutes, sha256)
    if not standing.is_checked:
        raise Refused(_("The minutes are signed when they have been checked."))
    known = next((row for row in standing.signatures if row.office == office), None)
    return known or MinutesSignature.objects.create(
        minutes=minutes, office=office, person=by.person, mandate=by, sha256=sha256
    )


@transaction.atomic
def note_minutes(*, meeting: Meeting, by: Mandate, on: datetime.date, text: str) -> MinutesNote:
    """A correction after the signing; the minutes stay as they are."""
    meeting, minutes = _put(meeting)
    by = acting(by, meeting.agreement_id, on, permissions.can_prepare_meeting)
    if not standing_of(meeting, minutes).is_signed:
        raise Refused(_("The minutes have not been signed. Re-open them instead."))
    return MinutesNote.objects.create(minutes=minutes, text=text.strip(), mandate=by)


def offices_to_sign(standing: Standing, mandates: permissions.Mandates) -> list[str]:
    """The offices in which the person may sign now, on her mandates of the meeting day."""
    if not standing.is_checked:
        return []
    return [one for one in standing.unsigned if permissions.can_sign_minutes(mandates, standing.signers[one])]
