"""The adequacy review of a year: prepared from the figures, judged, put before the group (agreement 5 §)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import open_matter, submit_matter
from agreements.actions.locking import lock_agreement
from agreements.contents import sha256_of
from agreements.models import Agreement, Decision, Mandate, Matter, Party
from agreements.permissions import mandates_of, require
from staffing import permissions
from staffing.actions.realised import annex_version
from staffing.duties import BY_CODE, DUTIES
from staffing.frozen import taken
from staffing.models import AdequacyReview, DutyCheck, Judgement, Remedy
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day


@dataclass(frozen=True)
class Judged:
    """What is written of a party or of a duty; an empty outcome is not decided yet."""

    outcome: str = ""
    text: str = ""


@transaction.atomic
def prepare_review(*, agreement: Agreement, year: int, by: Mandate, on: datetime.date) -> AdequacyReview:
    """Start from the figures of the day. What a returned review of the year said is taken along.

    Raises Refused for a year that is not over, and when the year has a review that is open or approved.
    """
    agreement = lock_agreement(agreement.pk)
    by = require(permissions.can_prepare_review(mandates_of(by.person, agreement.pk, on)))
    if year >= on.year:
        raise Refused(_("The year is not over yet."))
    _check_year(agreement, year)
    version = annex_version(agreement, datetime.date(year, 12, 31))
    if version is None:
        raise Refused(_("Annex 2 was not in force in the year."), clause=_("agreement 5 §"))
    earlier = AdequacyReview.objects.of_year(agreement, year).first()
    title = str(_("Adequacy of staff in %(year)s") % {"year": year})
    matter = open_matter(agreement=agreement, kind=Matter.Kind.ADEQUACY, title=title, by=by, year=on.year)
    figures = taken(agreement, year, on)
    review = AdequacyReview(matter=matter, year=year, version=version, figures=figures, taken_on=on, prepared_by=by)
    review.full_clean(validate_constraints=False)
    review.save()
    if earlier:
        _take_along(earlier, review)
    return review


def _check_year(agreement: Agreement, year: int, *, but: AdequacyReview | None = None) -> None:
    """One review a year: another may come only when the earlier one was rejected or returned."""
    others = AdequacyReview.objects.of_year(agreement, year).exclude(pk=but.pk if but else None)
    told = {"year": year}
    if others.approved().exists():
        raise Refused(
            _("The review of %(year)s has been approved already: one review a year.") % told,
            clause=_("agreement 5 §"),
        )
    done = [Decision.Outcome.REJECT, Decision.Outcome.RETURN]
    if others.exclude(matter__decisions__in=Decision.objects.filter(party=None, outcome__in=done)).exists():
        raise Refused(_("A review of %(year)s is being prepared or is before the steering group already.") % told)


def _take_along(earlier: AdequacyReview, review: AdequacyReview) -> None:
    for model in (Judgement, DutyCheck, Remedy):
        for row in model._default_manager.filter(review=earlier):
            row.pk, row.review = None, review
            row._state.adding = True
            row.save()


def _open(review: AdequacyReview, by: Mandate, on: datetime.date, seen: str | None) -> tuple[AdequacyReview, Mandate]:
    """The review, locked, while it is in preparation. Raises Stale when a colleague has changed it since `seen`."""
    agreement = lock_agreement(review.matter.agreement_id)
    review = AdequacyReview.objects.select_related("matter__agreement", "version").get(pk=review.pk)
    by = require(permissions.can_prepare_review(mandates_of(by.person, agreement.pk, on)))
    if review.matter.sha256:
        raise Refused(_("The review has been put before the steering group and stays as it is."))
    if seen is not None and seen != review_sha256(review):
        raise Stale(_("A colleague has changed the review after you opened it. Nothing you wrote is lost."))
    return review, by


@transaction.atomic
def retake_figures(*, review: AdequacyReview, by: Mandate, on: datetime.date) -> AdequacyReview:
    """Take the year's figures anew into a review in preparation."""
    review, by = _open(review, by, on, None)
    review.figures, review.taken_on = taken(review.matter.agreement, review.year, on), on
    review.prepared_by = by
    review.save()
    return review


@transaction.atomic
def save_judgements(
    *, review: AdequacyReview, values: Mapping[Party, Judged], by: Mandate, on: datetime.date, seen: str | None = None
) -> AdequacyReview:
    """What is judged of each party's staff. Raises Refused when something is not adequate and nothing says why."""
    review, by = _open(review, by, on, seen)
    held = {row.party_id: row for row in review.judgement_set.all()}
    for party, judged in values.items():
        row = held.get(party.pk) or Judgement(review=review, party=party)
        if judged.outcome and judged.outcome != Judgement.Outcome.ADEQUATE and not judged.text.strip():
            told = {"party": party.short_name}
            raise Refused(_("Write the reasons of the judgement on %(party)s.") % told, clause=_("agreement 5 §"))
        row.outcome, row.reasons = judged.outcome, judged.text.strip()
        _keep(row, is_said=bool(judged.outcome))
    return review


@transaction.atomic
def save_duties(
    *, review: AdequacyReview, values: Mapping[str, Judged], by: Mandate, on: datetime.date, seen: str | None = None
) -> AdequacyReview:
    """How each duty of sections 4-6 was kept."""
    review, by = _open(review, by, on, seen)
    held = {row.duty: row for row in review.dutycheck_set.all()}
    for code, judged in values.items():
        if code not in BY_CODE:
            raise Refused(_("There is no duty %(code)s to look at.") % {"code": code})
        row = held.get(code) or DutyCheck(review=review, duty=code)
        row.state, row.note = judged.outcome, judged.text.strip()
        _keep(row, is_said=bool(judged.outcome))
    return review


def _keep(row: Judgement | DutyCheck, *, is_said: bool) -> None:
    if is_said:
        row.full_clean(validate_constraints=False)
        row.save()
    elif row.pk:
        row.delete()


@transaction.atomic
def add_remedy(
    *, review: AdequacyReview, what: str, responsible: str, by_when: datetime.date, by: Mandate, on: datetime.date
) -> Remedy:
    """An action that follows, with its responsible person and day."""
    review, by = _open(review, by, on, None)
    remedy = Remedy(review=review, what=what.strip(), responsible=responsible.strip(), by_when=by_when)
    remedy.full_clean(validate_constraints=False)
    remedy.save()
    return remedy


@transaction.atomic
def remove_remedy(*, remedy: Remedy, by: Mandate, on: datetime.date) -> None:
    """Take an action out of a review in preparation."""
    review, by = _open(remedy.review, by, on, None)
    for row in review.remedy_set.filter(pk=remedy.pk):
        row.delete()


def review_sha256(review: AdequacyReview) -> str:
    """Fingerprint of all that lies under the matter. Three queries."""
    judgements = review.judgement_set.select_related("party")
    return sha256_of(
        {
            "year": review.year,
            "version": review.version.number,
            "taken_on": review.taken_on.isoformat(),
            "figures": review.figures,
            "judgements": [[row.party.order, row.outcome, row.reasons] for row in judgements],
            "duties": sorted([row.duty, row.state, row.note] for row in review.dutycheck_set.all()),
            "remedies": [[row.what, row.responsible, row.by_when.isoformat()] for row in review.remedy_set.all()],
        }
    )


@transaction.atomic
def submit_review(
    *,
    review: AdequacyReview,
    by: Mandate,
    on: datetime.date,
    report: Matter | None = None,
    opens_report: bool = False,
    deviation: str = "",
    seen: str | None = None,
) -> AdequacyReview:
    """Put the review before the group, with the annual report's matter (opened too, if asked) or a reason why not.

    Raises Refused while a party has not been judged or a duty not been looked at, and when the figures have changed.
    """
    review, by = _open(review, by, on, seen)
    _check_year(review.matter.agreement, review.year, but=review)
    _check_whole(review, on)
    deviation = deviation.strip()
    if not report and not opens_report and not deviation:
        raise Refused(
            _("Handle the review with the annual report of the year, or write why not."), clause=_("agreement 5 §")
        )
    if opens_report:
        report = _open_report(review, by, on)
    review.report, review.deviation = report, "" if report else deviation
    review.full_clean(validate_constraints=False)
    review.save()
    told = {"review": review_sha256(review), "report": report and report.reference, "deviation": review.deviation}
    submit_matter(review.matter, sha256=sha256_of(told), by=by)
    return review


def _check_whole(review: AdequacyReview, on: datetime.date) -> None:
    judged = set(review.judgement_set.values_list("party", flat=True))
    left = [party.short_name for party in review.matter.agreement.parties.all() if party.pk not in judged]
    if left:
        raise Refused(_("Not judged yet: %(parties)s.") % {"parties": ", ".join(left)}, clause=_("agreement 5 §"))
    looked_at = set(review.dutycheck_set.values_list("duty", flat=True))
    missing = [duty.code for duty in DUTIES if duty.code not in looked_at]
    if missing:
        raise Refused(_("Duties not looked at yet: %(codes)s.") % {"codes": ", ".join(missing)})
    if review.figures != taken(review.matter.agreement, review.year, on):
        told = {"day": format_day(review.taken_on)}
        raise Refused(_("The figures have changed since %(day)s. Take them anew and look at them first.") % told)


def report_title(year: int) -> str:
    """What the matter of the year's annual report is called."""
    return str(_("Annual report %(year)s") % {"year": year})


def _open_report(review: AdequacyReview, by: Mandate, on: datetime.date) -> Matter:
    told: dict[str, Any] = {"agreement": review.matter.agreement, "title": report_title(review.year)}
    matter = open_matter(**told, kind=Matter.Kind.REPORT, by=by, year=on.year)
    return submit_matter(matter, sha256=sha256_of({"annual report": review.year}), by=by)
