"""Where the adequacy reviews of an agreement stand: what each year's matter and report have been decided to be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement, Decision, Matter
from staffing.charts import Chart
from staffing.duties import BY_CODE, Duty
from staffing.models import AdequacyReview, DutyCheck, Judgement, Remedy
from staffing.state import Settings, decision_in_words, settings_of
from tym.core.formats import format_day

STATES: Mapping[str, str] = {
    Decision.Outcome.APPROVE: "approved",
    Decision.Outcome.REJECT: "rejected",
    Decision.Outcome.RETURN: "returned",
}

HANDLED = (Decision.Outcome.APPROVE, Decision.Outcome.NOTE)


def last_decision(matter: Matter | None) -> Decision | None:
    """What the group decided last in the matter, tabling apart. Uses `decisions`: load them before many."""
    if matter is None:
        return None
    own = [d for d in matter.decisions.all() if d.party_id is None and d.outcome != Decision.Outcome.TABLE]
    return own[-1] if own else None


def handled(report: Matter | None) -> Decision | None:
    """The decision by which the group handled the annual report: it approved or noted it."""
    decision = last_decision(report)
    return decision if decision and decision.outcome in HANDLED else None


@dataclass(frozen=True)
class Shown:
    """A review with all that lies under it and what has been decided."""

    review: AdequacyReview
    judgements: tuple[Judgement, ...]
    duties: tuple[tuple[Duty, DutyCheck], ...]
    remedies: tuple[Remedy, ...]

    @property
    def charts(self) -> list[Chart]:
        return [Chart.of(kept) for kept in self.review.figures["charts"]]

    @property
    def state(self) -> str:
        """draft, before (the group), approved, rejected or returned."""
        if not self.review.matter.sha256:
            return "draft"
        decision = last_decision(self.review.matter)
        return STATES.get(decision.outcome, "before") if decision else "before"

    @property
    def decided(self) -> str:
        """The decision in words; empty before it."""
        decision = last_decision(self.review.matter)
        return decision_in_words(decision) if decision else ""

    @property
    def report_decided(self) -> str:
        """What the annual report's own matter says of its handling."""
        decision = handled(self.review.report)
        return decision_in_words(decision) if decision else ""

    @property
    def is_apart(self) -> bool:
        """Approved, though the annual report has not been handled: a deviation from 5 §."""
        return self.state == "approved" and not self.report_decided


def of_year(agreement: Agreement, year: int) -> list[Shown]:
    """The reviews of the year, the latest first. A fixed number of queries."""
    found = AdequacyReview.objects.of_year(agreement, year).select_related("matter__agreement", "report", "version")
    return [shown(review) for review in _loaded(found)]


def under(matter: Matter) -> Shown | None:
    """The review that lies under the matter."""
    found = AdequacyReview.objects.filter(matter=matter).select_related("matter__agreement", "report", "version")
    return next((shown(review) for review in _loaded(found)), None)


def _loaded(found: Any) -> Iterable[AdequacyReview]:
    decided = [f"{of}__decisions{more}" for of in ("matter", "report") for more in ("", "__corrections")]
    return found.prefetch_related("judgement_set__party", "dutycheck_set", "remedy_set", *decided)


def shown(review: AdequacyReview) -> Shown:
    checks = {row.duty: row for row in review.dutycheck_set.all()}
    duties = tuple((duty, checks[code]) for code, duty in BY_CODE.items() if code in checks)
    return Shown(review, tuple(review.judgement_set.all()), duties, tuple(review.remedy_set.all()))


@dataclass(frozen=True)
class Standing:
    """Where the review of a year stands on a day. due: until when; ground: who set that day."""

    year: int
    state: str
    due: datetime.date
    ground: str
    is_overdue: bool

    @property
    def sentence(self) -> str:
        """What is to be done; empty when nothing is."""
        if self.state == "approved":
            return ""
        told = {"year": self.year, "day": format_day(self.due)}
        if self.is_overdue:
            return _("The adequacy review of %(year)s was due on %(day)s and has not been approved.") % told
        return _("The adequacy review of %(year)s is due on %(day)s.") % told


def standings(agreement: Agreement, settings: Settings, day: datetime.date) -> list[Standing]:
    """Of every year that is over, the latest first. Three queries."""
    latest = _latest([agreement])
    return [_standing(year, latest.get((agreement.pk, year)), settings, day) for year in _years_over(agreement, day)]


def overdue(agreements: Sequence[Agreement], day: datetime.date) -> dict[int, list[tuple[str, str]]]:
    """Reviews of many agreements that are overdue: (what, where). A fixed number of queries."""
    waiting = [agreement for agreement in agreements if _years_over(agreement, day)]
    if not waiting:
        return {}
    settings, latest = settings_of(waiting), _latest(waiting)
    found: dict[int, list[tuple[str, str]]] = {}
    for agreement in waiting:
        for year in _years_over(agreement, day):
            standing = _standing(year, latest.get((agreement.pk, year)), settings[agreement.pk], day)
            if standing.is_overdue:
                address = reverse("staffing:review_detail", args=[agreement.pk, year])
                found.setdefault(agreement.pk, []).append((standing.sentence, address))
    return found


def _years_over(agreement: Agreement, day: datetime.date) -> list[int]:
    last = min(day, agreement.valid_to) if agreement.valid_to else day
    years = range(agreement.valid_from.year, last.year + 1)
    return [year for year in reversed(years) if year < day.year]


def _latest(agreements: Sequence[Agreement]) -> dict[tuple[int, int], AdequacyReview]:
    """By agreement and year the review that was approved, or else the last one."""
    latest: dict[tuple[int, int], AdequacyReview] = {}
    found = AdequacyReview.objects.filter(matter__agreement__in=agreements).select_related("matter", "report")
    for review in found.prefetch_related("matter__decisions", "report__decisions").order_by("pk"):
        key = (review.matter.agreement_id, review.year)
        if key not in latest or not _is_approved(latest[key]):
            latest[key] = review
    return latest


def _is_approved(review: AdequacyReview) -> bool:
    return any(d.party_id is None and d.outcome == Decision.Outcome.APPROVE for d in review.matter.decisions.all())


def _standing(year: int, review: AdequacyReview | None, settings: Settings, day: datetime.date) -> Standing:
    due, ground = settings.review_due(year, day)
    report = handled(review.report) if review else None
    if report and report.decided_on < due:
        # The agreement has the review made when the annual report is handled.
        due = report.decided_on
    state = Shown(review, (), (), ()).state if review else "none"
    return Standing(year, state, due, ground, state != "approved" and due < day)
