"""Meetings in sentences: the quorum with its formula, how a vote ended, what comes next and whose move it is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from steering import quorum
from steering.models import AgendaItem, Meeting
from steering.state import Sitting
from tym.core.formats import format_day


def quorum_told(found: quorum.Quorum) -> str:
    """ "Läsnä 6, tarvitaan vähintään 4. Johtoryhmä on päätösvaltainen." """
    told = {"present": found.present, "needed": found.needed, "seats": found.seats}
    if found.quorate:
        return _("Present %(present)s, needed at least %(needed)s. The steering group is quorate.") % told
    if not found.enough:
        return _("Present %(present)s, needed at least %(needed)s. The steering group is not quorate.") % told
    if found.no_chair:
        return _("Neither the chair nor the vice chair is present. The steering group is not quorate.")
    return _("A party is not represented. The steering group is not quorate.")


def formula_told(rules: quorum.Rules, seats: int) -> str:
    """On what the needed number rests."""
    told = {"seats": seats, "needed": quorum.needed(seats, rules)}
    if "quorum" in rules.by_default:
        return _("The steering group has not adopted its meeting rules. The default is used: over half of the members.")
    if rules.quorum:
        return _("The group's own rule: at least %(needed)s of %(seats)s.") % told
    return _("The group's own rule: over half of %(seats)s, at least %(needed)s.") % told


def result_told(result: quorum.Result) -> str:
    """How the vote ended."""
    told = {"in_favour": result.in_favour, "against": result.against, "blank": result.blank}
    count = _("%(in_favour)s for the proposal, %(against)s against, %(blank)s blank.") % told
    if result.carried is None:
        return " ".join([count, _("A tie: the chair has not voted.")])
    if result.by_chair:
        return " ".join([count, _("A tie: the vote of the chair decides.")])
    return count


def next_steps(meeting: Meeting, items: Sequence[AgendaItem], sitting: Sitting, today: datetime.date) -> list[str]:
    """What is to be done, with the person whose move it is."""
    if meeting.state == Meeting.State.PLANNED:
        return [*_followup_due(meeting, items), _summons_due(meeting, sitting, today)]
    if meeting.state == Meeting.State.SUMMONED:
        day = format_day(meeting.held_on)
        return [_("The coordinator or the secretary opens the meeting on %(day)s.") % {"day": day}]
    if not meeting.is_open:
        return []
    if meeting.asked_by_id:
        return [_("A member has asked for a meeting: the coordinator ends the procedure and moves its items.")]
    left = [str(item.section) for item in items if not item.is_closed]
    if left:
        return [_("Not handled yet: § %(sections)s. The secretary records each.") % {"sections": ", ".join(left)}]
    return [_("Every item has been handled: the secretary ends the meeting.")]


def _followup_due(meeting: Meeting, items: Sequence[AgendaItem]) -> list[str]:
    """Each meeting follows staff, clients and goals (7 and 12 §); in writing nothing is discussed."""
    if meeting.is_written or any(item.followup for item in items):
        return []
    return [_("The agenda has no follow-up yet: the coordinator prepares it (agreement 7 and 12 §).")]


def _summons_due(meeting: Meeting, sitting: Sitting, today: datetime.date) -> str:
    last = (meeting.deadline or meeting.held_on) - datetime.timedelta(days=sitting.rules.summons_days)
    told = {"day": format_day(last), "days": sitting.rules.summons_days}
    if last < today:
        return _("The summons is late: it was due on %(day)s. The chair calls the meeting; give the reason.") % told
    return _("The chair calls the meeting; the summons is due on %(day)s, %(days)s days before.") % told
