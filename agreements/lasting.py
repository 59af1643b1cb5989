"""Where the yearly reviews, the end and the disputes of an agreement stand, told in sentences (12-13 §)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.court import court_limit, payment_limit
from agreements.models import (
    Agreement,
    Decision,
    Dispute,
    DisputeEnd,
    Matter,
    Party,
    Reading,
    ReviewOutcome,
    ReviewStatement,
    Termination,
)
from agreements.models.parties import PartyQuerySet
from tym.core.formats import day_of_year, format_day

# Until when a year has been reviewed: a day of that year. "Yearly" (12 §) leaves it open; the group may set it.
REVIEW_DUE = "agreement.review_due"
REVIEW_DUE_DEFAULT = "31.12."
REVIEW_DUE_WORDS = gettext_lazy("Yearly review of the agreement is due on")


def _due_readings(day: datetime.date) -> QuerySet[Reading]:
    """What groups have set on the due day as it holds on the day, the latest last."""
    approved = Decision.objects.filter(matter=OuterRef("matter"), party=None, outcome=Decision.Outcome.APPROVE)
    return Reading.objects.filter(Exists(approved), key=REVIEW_DUE, valid_from__lte=day).order_by("valid_from", "pk")


def _with_due(parties: PartyQuerySet, day: datetime.date) -> PartyQuerySet:
    """Parties with the due day of their agreement's review as it holds on the day; no query of its own."""
    held = _due_readings(day).filter(matter__agreement=OuterRef("agreement")).order_by("-valid_from", "-pk")
    return parties.annotate(
        review_due=Coalesce(Subquery(held.values("value")[:1]), Value(REVIEW_DUE_DEFAULT)),
        review_due_from=Subquery(held.values("valid_from")[:1]),
    )


def due_of(agreement: Agreement, year: int, text: str, since: datetime.date | None = None) -> datetime.date:
    """The due day in the year; the year's end when the agreement, or the day that was set, began after it."""
    due = day_of_year(text, year)
    return due if due >= max(agreement.valid_from, since or due) else datetime.date(year, 12, 31)


def due_set(agreement: Agreement, day: datetime.date) -> Reading | None:
    """What the group has set, with its decision at hand; none when the default is used."""
    held = _due_readings(day).filter(matter__agreement=agreement)
    return held.select_related("matter").prefetch_related("matter__decisions__corrections").last()


def under(matter: Matter) -> list[tuple[str, str, str]]:
    """(what, value, from when) of this room's setting under the matter."""
    told = matter.readings.filter(key=REVIEW_DUE)
    return [(str(REVIEW_DUE_WORDS), reading.value, format_day(reading.valid_from)) for reading in told]


@dataclass(frozen=True)
class Standing:
    """The review of a year: what each party has stated, what came of it, and until when it is due."""

    year: int
    statements: tuple[ReviewStatement, ...]
    missing: tuple[Party, ...]
    outcome: ReviewOutcome | None
    day: datetime.date
    due: datetime.date

    @property
    def is_overdue(self) -> bool:
        return self.outcome is None and self.day > self.due

    @property
    def sentence(self) -> str:
        """The review in one sentence, as it was recorded."""
        if self.outcome is None:
            return self._waits()
        told = {
            "year": self.year,
            "stated": "; ".join(f"{s.party.short_name}: {s.get_outcome_display()}" for s in self.statements),
            "outcome": self.outcome.get_outcome_display(),
            "who": self.outcome.mandate,
            "day": format_day(timezone.localtime(self.outcome.recorded_at)),
        }
        return _("Review of %(year)s: %(outcome)s (%(stated)s). Recorded on %(day)s by %(who)s.") % told

    def _waits(self) -> str:
        told = {"year": self.year, "day": format_day(self.due)}
        told["parties"] = ", ".join(party.short_name for party in self.missing)
        if self.is_overdue:
            return _("The parties' review of the agreement for %(year)s was due on %(day)s.") % told
        if not self.missing:
            return _("Every party has stated for %(year)s. The coordinator records the outcome.") % told
        return _("The parties review the agreement for %(year)s by %(day)s. Not yet stated: %(parties)s.") % told


def years_of(agreement: Agreement, day: datetime.date) -> list[int]:
    """Years that are reviewed: every one in which the agreement is in force, the latest first."""
    last = min(day, agreement.valid_to) if agreement.valid_to else day
    return list(range(last.year, agreement.valid_from.year - 1, -1)) if day >= agreement.valid_from else []


def standings(agreement: Agreement, day: datetime.date) -> list[Standing]:
    """Of every year, the latest first. Three queries."""
    parties = list(_with_due(agreement.parties.all(), day))
    return _standings([agreement], {agreement.pk: parties}, day)[agreement.pk]


def with_review(parties: PartyQuerySet, agreement: Agreement, day: datetime.date) -> PartyQuerySet:
    """Parties with the year reviewed next, whether each has stated for it and its due day; no query of its own."""
    latest = ReviewOutcome.objects.filter(agreement=agreement).order_by("-year").values("year")[:1]
    following = Coalesce(F("reviewed") + 1, Value(agreement.valid_from.year))
    stated = ReviewStatement.objects.filter(party=OuterRef("pk"), year=OuterRef("next_year"))
    told = _with_due(parties, day).annotate(reviewed=Subquery(latest))
    return told.annotate(next_year=following).annotate(has_stated=Exists(stated))


def next_review(agreement: Agreement, parties: Sequence[Any], day: datetime.date) -> Standing | None:
    """The review that waits, from parties read by `with_review`; none when the year has been reviewed."""
    year = parties[0].next_year if parties else 0
    if year not in years_of(agreement, day):
        return None
    due = due_of(agreement, year, parties[0].review_due, parties[0].review_due_from)
    return Standing(year, (), tuple(party for party in parties if not party.has_stated), None, day, due)


def standing_of(agreement: Agreement, year: int, day: datetime.date) -> Standing:
    """Of one year, which the agreement reviews."""
    return next(standing for standing in standings(agreement, day) if standing.year == year)


def _standings(
    agreements: Sequence[Agreement], parties: dict[int, list[Any]], day: datetime.date
) -> dict[int, list[Standing]]:
    stated = ReviewStatement.objects.filter(party__agreement__in=agreements).select_related("party", "mandate__person")
    by_year: dict[tuple[int, int], list[ReviewStatement]] = {}
    for statement in stated.order_by("party__order"):
        by_year.setdefault((statement.party.agreement_id, statement.year), []).append(statement)
    recorded = ReviewOutcome.objects.filter(agreement__in=agreements)
    outcomes = {(o.agreement_id, o.year): o for o in recorded.select_related("mandate__person", "mandate__party")}
    found: dict[int, list[Standing]] = {}
    for agreement in agreements:
        told = ((party.review_due, party.review_due_from) for party in parties[agreement.pk])
        text, since = next(told, (REVIEW_DUE_DEFAULT, None))
        for year in years_of(agreement, day):
            own = by_year.get((agreement.pk, year), [])
            said = {statement.party_id for statement in own}
            missing = tuple(party for party in parties[agreement.pk] if party.pk not in said)
            until = due_of(agreement, year, text, since)
            one = Standing(year, tuple(own), missing, outcomes.get((agreement.pk, year)), day, until)
            found.setdefault(agreement.pk, []).append(one)
    return {agreement.pk: found.get(agreement.pk, []) for agreement in agreements}


def overdue(agreements: Sequence[Agreement], day: datetime.date) -> dict[int, list[tuple[str, str]]]:
    """Yearly reviews of many agreements that are overdue: (what, where). Two queries, however many there are."""
    known = _with_due(Party.objects.filter(agreement__in=agreements), day)
    due = {party.agreement_id: (party.review_due, party.review_due_from) for party in known}
    done = set(ReviewOutcome.objects.filter(agreement__in=agreements).order_by().values_list("agreement", "year"))
    late: dict[int, list[tuple[str, str]]] = {}
    for agreement in agreements:
        where = reverse("agreements:lasting_detail", args=[agreement.pk])
        for year in years_of(agreement, day):
            until = due_of(agreement, year, *due.get(agreement.pk, (REVIEW_DUE_DEFAULT, None)))
            one = Standing(year, (), (), None, day, until)
            if one.is_overdue and (agreement.pk, year) not in done:
                late.setdefault(agreement.pk, []).append((one.sentence, where))
    return late


def termination_of(agreement: Agreement) -> Termination | None:
    """The recorded decision that ends the agreement. One query, none when it has no end."""
    if agreement.valid_to is None:
        return None
    ended = Termination.objects.filter(agreement=agreement)
    return ended.select_related("party", "extract", "mandate__person", "mandate__party").first()


def told_end(ending: Termination) -> str:
    """The termination in one sentence."""
    told = {
        "party": ending.party.short_name,
        "organ": ending.organ,
        "decided": format_day(ending.decided_on),
        "section": ending.section,
        "last": format_day(ending.last_day),
    }
    return _("Terminated, ends on %(last)s: %(party)s, %(organ)s %(decided)s § %(section)s.") % told


@dataclass(frozen=True)
class Disputed:
    """A dispute with how it ended and its last days for the administrative court."""

    dispute: Dispute
    end: DisputeEnd | None

    @property
    def limit(self) -> datetime.date:
        claimed = self.dispute.claimed_on
        return payment_limit(claimed) if claimed else court_limit(self.dispute.disputed_on)

    @property
    def sentence(self) -> str:
        told = {
            "party": self.dispute.party.short_name,
            "day": format_day(self.dispute.disputed_on),
            "limit": format_day(self.limit),
        }
        begun = _("Disputed since %(day)s, opened by %(party)s.") % told
        if self.end:
            words = {"outcome": self.end.get_outcome_display(), "day": format_day(self.end.on)}
            ended = _("Ended on %(day)s: %(outcome)s.") % words
            last = _("Last day for the court: %(limit)s (808/2019 21 §).") % told
            return f"{begun} {ended} {last}" if self.end.outcome == DisputeEnd.Outcome.COURT else f"{begun} {ended}"
        if self.dispute.claimed_on:
            rule = _("A payment claim is made to the administrative court at the latest on %(limit)s (808/2019 21 §).")
        else:
            rule = _("The application to the administrative court is made at the latest on %(limit)s (808/2019 21 §).")
        return f"{begun} {rule % told}"


def disputes_of(agreement: Agreement) -> list[Disputed]:
    """Every dispute, the latest first. One query."""
    found = agreement.disputes.select_related("party", "end", "mandate__person")
    return [Disputed(dispute, getattr(dispute, "end", None)) for dispute in found]
