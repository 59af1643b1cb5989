"""What a page starts from: the agreement or change the person may see, her mandates, and the day asked about."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from agreements import permissions
from agreements.models import Agreement, Change, Document, Mandate, SigningRound
from tym.core import periods
from tym.core.formats import Unreadable, format_day, parse_day


@dataclass(frozen=True)
class Day:
    """The day a page is about. `error` is set when the address asked for a day that is not one."""

    today: datetime.date
    on: datetime.date
    typed: str
    error: str = ""

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def query(self) -> str:
        """Goes after links so that the whole walk stays on the same day."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"


def day_of(request: HttpRequest) -> Day:
    """Today, or the day in ?on= as 2026-03-01 or 1.3.2026."""
    today = periods.today()
    typed = request.GET.get("on", "").strip()
    if not typed:
        return Day(today, today, "")
    try:
        on = datetime.date.fromisoformat(typed) if "-" in typed else parse_day(typed)
    except Unreadable as problem:
        return Day(today, today, typed, str(problem))
    except ValueError:
        return Day(today, today, typed, _unreadable(typed))
    return Day(today, on, format_day(on))


def _unreadable(typed: str) -> str:
    try:
        parse_day(typed)
    except Unreadable as problem:
        return str(problem)
    return ""


@dataclass(frozen=True)
class Access:
    """An agreement seen by a person who holds mandates on it."""

    agreement: Agreement
    mandates: permissions.Mandates
    day: Day


def open_agreement(request: HttpRequest, pk: int) -> Access:
    """The agreement with the person's mandates, one query. Without a mandate it does not exist (404)."""
    day = day_of(request)
    mandates = permissions.mandates_of(request.user, pk, day.today)  # type: ignore[arg-type]
    if not mandates:
        raise Http404
    return Access(mandates[0].agreement, mandates, day)


def open_agreement_with_people(request: HttpRequest, pk: int) -> tuple[Access, list[Mandate]]:
    """The same, with every mandate of the agreement by party: still one query."""
    day = day_of(request)
    mandates = Mandate.objects.filter(agreement=pk).select_related("agreement", "party", "person", "municipality")
    held = list(mandates.order_by("party__order", "valid_from", "pk"))
    own = tuple(m for m in held if m.person_id == request.user.pk and m.holds(day.today))
    if not own:
        raise Http404
    return Access(own[0].agreement, own, day), held


def open_document(request: HttpRequest, pk: int, number: int) -> tuple[Access, Document]:
    """A document of the agreement by its number (0 is the agreement text)."""
    access = open_agreement(request, pk)
    document = access.agreement.documents.filter(number=number).first()
    if document is None:
        raise Http404
    document.agreement = access.agreement
    return access, document


def open_change(request: HttpRequest, pk: int) -> tuple[Access, Change]:
    """A change the person may see: two queries. Another party's draft does not exist for her (404)."""
    day = day_of(request)
    change = (
        Change.objects.visible_to(request.user, day.today)  # type: ignore[arg-type]
        .select_related(
            "matter__agreement",
            "party",
            "amends",
            "proposed_by__person",
            "proposed_by__party",
            "drafted_by__person",
        )
        .filter(pk=pk)
        .first()
    )
    if change is None:
        raise Http404
    mandates = permissions.mandates_of(request.user, change.matter.agreement_id, day.today)  # type: ignore[arg-type]
    return Access(change.matter.agreement, mandates, day), change


def open_round(request: HttpRequest, pk: int) -> tuple[Access, SigningRound]:
    """A signing round of a change the person may see: two queries."""
    day = day_of(request)
    visible = Change.objects.visible_to(request.user, day.today)  # type: ignore[arg-type]
    rounds = SigningRound.objects.filter(change__in=visible).select_related(
        "change__matter__agreement", "end__mandate__person", "end__record", "frozen", "mandate__person"
    )
    signing = rounds.filter(pk=pk).first()
    if signing is None:
        raise Http404
    agreement = signing.change.matter.agreement
    return Access(agreement, permissions.mandates_of(request.user, agreement.pk, day.today), day), signing  # type: ignore[arg-type]
