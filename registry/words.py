"""Findings of the registry in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.findings import Finding


def finding_told(finding: Finding) -> str:
    """One sentence with its clause; with the name when the finding has one."""
    text = _SENTENCES[finding.kind](finding)
    return f"{finding.person}: {text}" if finding.person else text


def _untrained(one: Finding) -> str:
    if one.person:
        return _("Training is missing (agreement 10 §: guidance to proper and secure use).")
    return ngettext(
        "Training is missing from %(count)s person who has a right or has applied for one (agreement 10 §: guidance "
        "to proper and secure use).",
        "Training is missing from %(count)s persons who have a right or have applied for one (agreement 10 §: "
        "guidance to proper and secure use).",
        one.count,
    ) % {"count": one.count}


def _left(one: Finding) -> str:
    told = {"count": one.count, "days": one.days}
    if one.days:
        return (
            ngettext(
                "The tasks have ended but the right has been open for %(days)s day since (agreement 10 §).",
                "The tasks have ended but the right has been open for %(days)s days since (agreement 10 §).",
                one.days,
            )
            % told
        )
    return (
        ngettext(
            "%(count)s right is open although the tasks have ended (agreement 10 §).",
            "%(count)s rights are open although the tasks have ended (agreement 10 §).",
            one.count,
        )
        % told
    )


def _late(one: Finding) -> str:
    return ngettext(
        "The right was ended %(days)s day late (agreement 10 §).",
        "The right was ended %(days)s days late (agreement 10 §).",
        one.days,
    ) % {"days": one.days}


def _right_without_staff(one: Finding) -> str:
    return ngettext(
        "%(count)s right more than there are TYM staff in Annex 2 (agreement 10 §).",
        "%(count)s rights more than there are TYM staff in Annex 2 (agreement 10 §).",
        one.count,
    ) % {"count": one.count}


def _staff_without_right(one: Finding) -> str:
    return ngettext(
        "%(count)s person of the TYM staff in Annex 2 has no right (agreement 5 and 10 §).",
        "%(count)s persons of the TYM staff in Annex 2 have no right (agreement 5 and 10 §).",
        one.count,
    ) % {"count": one.count}


def _outside(one: Finding) -> str:
    return ngettext(
        "%(count)s right belongs to a person who is not counted as TYM staff, such as the coordinator. That is as it "
        "may be.",
        "%(count)s rights belong to people who are not counted as TYM staff, such as the coordinator. That is as it "
        "may be.",
        one.count,
    ) % {"count": one.count}


def _check_overdue(one: Finding) -> str:
    return ngettext(
        "The yearly confirmation is %(days)s day late.", "The yearly confirmation is %(days)s days late.", one.days
    ) % {"days": one.days}


_SENTENCES = {
    "untrained": _untrained,
    "left": _left,
    "late": _late,
    "right_without_staff": _right_without_staff,
    "staff_without_right": _staff_without_right,
    "outside": _outside,
    "check_overdue": _check_overdue,
}
